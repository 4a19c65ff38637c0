/**
 * The client's calls of PSA Firmware Framework-M 1.0 (4.4), as rows of the function table: what a vendor's non-secure
 * client sends by them, the framework behind the device's sessions makes into the other rows' calls.
 */
import { type FunctionRow, groupRows, type Param, scalar } from './parameters.ts';

const handle: Param = scalar('handle', 'u32', 'psa_handle_t');

export const FRAMEWORK_FUNCTIONS: readonly FunctionRow[] = groupRows('framework', 0x44, 'framework', [
  ['psa_framework_version', '1.0', 'local'],
  ['psa_version', '1.0', 'local'],
  // The handle is what C returns; a failure is one that no connection has.
  [
    'psa_connect',
    '1.0',
    [
      scalar('sid', 'u32', 'uint32_t'),
      scalar('version', 'u32', 'uint32_t'),
      { kind: 'scalar-out', name: 'handle', type: 'u32', c: 'psa_handle_t' },
    ],
  ],
  [
    'psa_call',
    '1.0',
    [
      handle,
      scalar('type', 'u32', 'int32_t'),
      { kind: 'vectors', name: 'in_vec', length: 'in_len' },
      { kind: 'vectors-out', name: 'out_vec', length: 'out_len' },
    ],
  ],
  ['psa_close', '1.0', [handle]],
]);
