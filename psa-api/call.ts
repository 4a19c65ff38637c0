/**
 * The call record: what a psa_* call looks like between the layers, before and after any wire.
 */
import type { KeyAttributes } from './attributes.ts';

/** `psa_pake_cipher_suite_t`: algorithm, primitive (type, family, bits) and key confirmation. */
export interface CipherSuite {
  readonly alg: number;
  readonly type: number;
  readonly family: number;
  readonly bits: number;
  readonly keyConfirmation: number;
}

/** `psa_custom_key_parameters_t`. */
export interface CustomParameters {
  readonly flags: number;
}

/** `psa_storage_info_t`: sizes in bytes. */
export interface StorageInfo {
  readonly capacity: number;
  readonly size: number;
  readonly flags: number;
}

/** `psa_invec` of a psa_call, or what its answer puts into `psa_outvec`. */
export type Vectors = readonly Uint8Array[];

/** Room of each `psa_outvec`, in bytes. */
export type Sizes = readonly number[];

/** One argument or result. 64-bit integers are bigint; a size_t is a number, 0xffffffff standing for SIZE_MAX. */
export type Value =
  | number
  | bigint
  | Uint8Array
  | KeyAttributes
  | CipherSuite
  | CustomParameters
  | StorageInfo
  | Vectors
  | Sizes;

/** An output room, or a capacity, without bound: SIZE_MAX in C. */
export const UNBOUNDED = 0xffffffff;

/** The longest output that one answer carries; whoever asks for more is told PSA_ERROR_INSUFFICIENT_MEMORY. */
export const MAX_OUTPUT: number = 16 * 1024 * 1024 - 64;

/**
 * Inputs in the order of the function table's parameters: a room is its size, an operation its handle
 * (0 = inactive), an output has no input.
 */
export type Inputs = readonly Value[];

/**
 * The status, then the outputs in the order of the parameters. A failure carries the handle of the
 * operation (0: it has ended) and nothing else; `source` operations have no output.
 */
export type Outcome = readonly [status: number, ...outputs: Value[]];

/** Carries one call to where it is answered: a device in this process, or one behind a socket. */
export type Call = (functionId: number, inputs: Inputs) => Outcome | Promise<Outcome>;

/** A multi-part operation as its owner holds it: a handle, 0 while inactive (like `psa_hash_operation_t`). */
export interface Operation<Family extends string = string> {
  readonly family: Family;
  handle: number;
}
