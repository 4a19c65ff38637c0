/** Status codes. PSA Status code API 1.0 (shared by all PSA APIs) and PSA Crypto 1.3, 8.1. */

export const PSA_SUCCESS = 0;

export const PSA_ERROR_PROGRAMMER_ERROR = -129;
export const PSA_ERROR_CONNECTION_REFUSED = -130;
export const PSA_ERROR_CONNECTION_BUSY = -131;
export const PSA_ERROR_GENERIC_ERROR = -132;
export const PSA_ERROR_NOT_PERMITTED = -133;
export const PSA_ERROR_NOT_SUPPORTED = -134;
export const PSA_ERROR_INVALID_ARGUMENT = -135;
export const PSA_ERROR_INVALID_HANDLE = -136;
export const PSA_ERROR_BAD_STATE = -137;
export const PSA_ERROR_BUFFER_TOO_SMALL = -138;
export const PSA_ERROR_ALREADY_EXISTS = -139;
export const PSA_ERROR_DOES_NOT_EXIST = -140;
export const PSA_ERROR_INSUFFICIENT_MEMORY = -141;
export const PSA_ERROR_INSUFFICIENT_STORAGE = -142;
export const PSA_ERROR_INSUFFICIENT_DATA = -143;
export const PSA_ERROR_SERVICE_FAILURE = -144;
export const PSA_ERROR_COMMUNICATION_FAILURE = -145;
export const PSA_ERROR_STORAGE_FAILURE = -146;
export const PSA_ERROR_HARDWARE_FAILURE = -147;
export const PSA_ERROR_INSUFFICIENT_ENTROPY = -148;
export const PSA_ERROR_INVALID_SIGNATURE = -149;
export const PSA_ERROR_INVALID_PADDING = -150;
export const PSA_ERROR_CORRUPTION_DETECTED = -151;
export const PSA_ERROR_DATA_CORRUPT = -152;
export const PSA_ERROR_DATA_INVALID = -153;

/** Neither success nor error: an interruptible operation has work left. */
export const PSA_OPERATION_INCOMPLETE = -248;

/** Every error, name to value. */
export const ERRORS = {
  PSA_ERROR_PROGRAMMER_ERROR,
  PSA_ERROR_CONNECTION_REFUSED,
  PSA_ERROR_CONNECTION_BUSY,
  PSA_ERROR_GENERIC_ERROR,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INSUFFICIENT_STORAGE,
  PSA_ERROR_INSUFFICIENT_DATA,
  PSA_ERROR_SERVICE_FAILURE,
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_STORAGE_FAILURE,
  PSA_ERROR_HARDWARE_FAILURE,
  PSA_ERROR_INSUFFICIENT_ENTROPY,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_INVALID_PADDING,
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_DATA_CORRUPT,
  PSA_ERROR_DATA_INVALID,
} as const;

/** Name to value. */
export const STATUSES = Object.freeze({ PSA_SUCCESS, ...ERRORS, PSA_OPERATION_INCOMPLETE } as const);

export type PsaError = (typeof ERRORS)[keyof typeof ERRORS];
export type PsaStatus = typeof PSA_SUCCESS | PsaError;

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(STATUSES).map(([name, value]) => [value, name]),
);

/** 'PSA_ERROR_BAD_STATE', or 'status -999' for a value without a name. */
export function statusName(status: number): string {
  return NAMES.get(status) ?? `status ${status}`;
}
