/** Every PSA_* constant and macro in one place. */

export * from './algorithm-algebra.ts';
export * from './algorithms.ts';
export * from './attributes.ts';
export * from './derivation-steps.ts';
export * from './key-ids.ts';
export * from './key-types.ts';
export * from './lifetimes.ts';
export * from './pake-constants.ts';
export * from './sizes.ts';
export * from './status.ts';
export * from './usage.ts';
export * from './version.ts';
