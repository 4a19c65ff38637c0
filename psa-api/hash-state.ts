/** The hash suspend state: algorithm, input length, chaining value, unprocessed input. PSA Crypto 1.3, 10.2.5. */
import type { SuspendedHash } from '../engine/engine.ts';
import { concat } from './bytes.ts';
import {
  PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH as ALGORITHM,
  PSA_ALG_IS_HASH,
  PSA_HASH_BLOCK_LENGTH,
  PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH,
  PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH,
} from './constants.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';

const bigEndian = (value: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
};

/** Exact to 2^53, more than any message has; above it, no number at all. */
const number = (bytes: Uint8Array): number | undefined => {
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : undefined;
};

export const encodeHashState = (
  alg: number,
  { inputLength, state, unprocessed }: SuspendedHash,
): Uint8Array =>
  concat(
    bigEndian(alg, ALGORITHM),
    bigEndian(inputLength, PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg)),
    state,
    unprocessed,
  );

export const decodeHashState = (bytes: Uint8Array): { alg: number; suspended: SuspendedHash } | PsaError => {
  if (bytes.length < ALGORITHM) return PSA_ERROR_INVALID_ARGUMENT;
  const alg = number(bytes.subarray(0, ALGORITHM)) ?? 0;
  const lengthField = PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg);
  if (!PSA_ALG_IS_HASH(alg)) return PSA_ERROR_INVALID_ARGUMENT;
  if (lengthField === 0) return PSA_ERROR_NOT_SUPPORTED;
  const stateAt = ALGORITHM + lengthField;
  const restAt = stateAt + PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg);
  const inputLength = number(bytes.subarray(ALGORITHM, stateAt));
  if (inputLength === undefined || bytes.length !== restAt + (inputLength % PSA_HASH_BLOCK_LENGTH(alg)))
    return PSA_ERROR_INVALID_ARGUMENT;
  return {
    alg,
    suspended: { inputLength, state: bytes.slice(stateAt, restAt), unprocessed: bytes.slice(restAt) },
  };
};
