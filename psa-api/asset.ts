/** Stored data as the operations see them, and the store they get them from. PSA Secure Storage API 1.0. */
import type { PsaError, PsaStatus } from './status.ts';

export interface Asset {
  readonly data: Uint8Array;
  /** PSA_STORAGE_FLAG_*, as given when the data was set. */
  readonly flags: number;
}

export interface AssetStore {
  /** PSA_ERROR_DOES_NOT_EXIST for a uid that this owner has not set; PSA_ERROR_STORAGE_FAILURE. */
  get(owner: number, uid: bigint): Asset | PsaError;
  /** Replaces what is there as a whole or not at all, unless it was written once. */
  set(owner: number, uid: bigint, asset: Asset): PsaStatus;
  remove(owner: number, uid: bigint): PsaStatus;
}
