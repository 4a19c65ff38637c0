/**
 * What a test in C asks of the emulator beside the device (clients/c/include/h5sm/ctl.h): rows of the function table for
 * the wire's sake. They are no calls of the device: no trace has them, no clock and no generator moves for them.
 */
import { bytes, type FunctionRow, groupRows, type Param, room, scalar, sizeOut } from './parameters.ts';

const u32 = (name: string): Param => scalar(name, 'u32', 'uint32_t');
const u32Out = (name: string): Param => ({ kind: 'scalar-out', name, type: 'u32', c: 'uint32_t' });

/** Of an expectation: any status; and once or more. */
export const ANY_STATUS = 0x80000000 | 0;
export const ANY_TIMES = 0xffffffff;

/** A record of a call that has been made: 12 integers of 32 bits, big-endian. */
export const RECORD_WORDS = 12;

export const CONTROL_FUNCTIONS: readonly FunctionRow[] = groupRows('control', 0x51, 'control', [
  ['h5sm_ctl_reset', '0.1', []],
  ['h5sm_ctl_snapshot', '0.1', [u32Out('snapshot')]],
  ['h5sm_ctl_restore', '0.1', [u32('snapshot')]],
  ['h5sm_ctl_drop', '0.1', [u32('snapshot')]],
  ['h5sm_ctl_mark', '0.1', [u32Out('mark')]],
  ['h5sm_ctl_call_count', '0.1', [u32('mark'), u32('function'), sizeOut('count')]],
  ['h5sm_ctl_calls', '0.1', [u32('mark'), room('records')]],
  // A status has 32 bits, its sign among them.
  ['h5sm_ctl_expect_call', '0.1', [u32('function'), u32('status'), u32('times')]],
  ['h5sm_ctl_verify', '0.1', [u32Out('unmet'), room('report')]],
  ['h5sm_ctl_open_operations', '0.1', [sizeOut('count')]],
  ['h5sm_ctl_volatile_keys', '0.1', [sizeOut('count')]],
  // Fault 0, and why, for a line that is none.
  ['h5sm_ctl_fault_add', '0.1', [bytes('line'), u32Out('fault'), room('reason')]],
  ['h5sm_ctl_fault_clear', '0.1', []],
  ['h5sm_ctl_fault_hits', '0.1', [u32('fault'), sizeOut('count')]],
  ['h5sm_ctl_fail', '0.1', [u32('function'), u32('nth'), u32('status')]],
]);
