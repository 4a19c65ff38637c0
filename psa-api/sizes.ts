/** Lengths and sufficient buffer sizes, in bytes. 0 stands for "not recognised" and for arguments that do not go together. */

export * from './asymmetric-sizes.ts';
export * from './symmetric-sizes.ts';

/** Outside the specification, as the board's header has them. */
export const PSA_BITS_TO_BYTES = (bits: number): number => Math.floor((bits + 7) / 8);
export const PSA_BYTES_TO_BITS = (bytes: number): number => bytes * 8;
