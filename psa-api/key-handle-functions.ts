/**
 * Functions of the crypto service that the specification does not have: those of TF-M 1.5 and Mbed TLS from before key
 * identifiers. Firmware of that time opens a key before it uses it.
 */
import { type FunctionRow, groupRows, key, type Param, scalar } from './parameters.ts';

const handle = (name: string): Param => scalar(name, 'u32', 'psa_key_handle_t');

export const KEY_HANDLE_FUNCTIONS: readonly FunctionRow[] = groupRows('tf-m', 0x45, 'key handles', [
  [
    'psa_open_key',
    'TF-M',
    [key(), { kind: 'scalar-out', name: 'handle', type: 'u32', c: 'psa_key_handle_t' }],
  ],
  ['psa_close_key', 'TF-M', [handle('handle')]],
]);
