/** Lengths and sufficient buffer sizes, in bytes. 0 stands for "not recognised" and for arguments that do not go together. */

export * from './asymmetric-sizes.ts';
export * from './symmetric-sizes.ts';
