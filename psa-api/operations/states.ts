/** The states behind operation handles, family by family. */
import type { KeyAttributes } from '../attributes.ts';

export type { AeadState } from './aead.ts';
export type { CipherState } from './cipher.ts';
export type { HashState } from './hash.ts';
export type { KeyDerivationState } from './key-derivation.ts';
export type { MacState } from './mac.ts';
export type { SignState, VerifyState } from './multi-part-signature.ts';
export type { PakeState } from './pake.ts';
export type { XofState } from './xof.ts';

/** What every state has: how it ends, and the key it stands on, if any. */
export interface OperationState {
  readonly alg: number;
  /** Destroying this key makes the operation fail (9.6.2). */
  readonly key?: { readonly destroyed: boolean; readonly attributes: KeyAttributes };
  wipe(): void;
}
