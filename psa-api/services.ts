/** What the operations stand on; a device puts it together. */
import type { Engine, Long, RandomBytes } from '../engine/engine.ts';
import type { AssetStore } from './asset.ts';
import type { Attester } from './attester.ts';
import type { Caller } from './handler.ts';
import type { KeyStore } from './key.ts';
import type { Maybe } from './maybe.ts';

/** What the device computes; all of it is implemented, a profile may have less. */
export interface Supports {
  /** A whole identifier: its hash, and both halves of a key agreement, must be there too. */
  algorithm(alg: number): boolean;
  key(type: number, bits: number): boolean;
  /** PSA_ALG_CTR with an IV shorter than a block. */
  readonly shortCtrIv: boolean;
  /** Bytes of the longest identity of a PAKE. */
  readonly pakeIdentity: number;
}

/** The key that signs attestation tokens: P-256, with ECDSA over SHA-256. */
export interface InitialAttestationKey {
  /** 0x04 || X || Y, 65 bytes. */
  readonly publicKey: Uint8Array;
  /** r || s, 64 bytes, of a hash of 32. */
  signHash(hash: Uint8Array): Uint8Array;
  wipe(): void;
}

/** What the read-only system flash holds at an address; undefined outside of what is emulated. */
export type SystemFlash = (address: number, length: number) => Uint8Array | undefined;

export interface Services {
  readonly supports: Supports;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly assets: AssetStore;
  readonly attester: Attester;
  readonly random: RandomBytes;
  readonly systemFlash: SystemFlash;
  /** A generator of its own, seeded by one draw: what takes long must not draw between other calls. */
  readonly fork: () => RandomBytes;
  /**
   * Does long arithmetic piece by piece: at once when it is short, else between other clients' calls. Rejects with
   * `Abandoned` when the caller is gone.
   */
  readonly run: <T>(long: Long<T>, caller: Caller) => Maybe<T>;
}

/** The caller of a long call has gone away; nobody waits for the answer. */
export class Abandoned extends Error {}
