/**
 * Hashes: FIPS 180-4, FIPS 202, RFC 1321, RIPEMD-160, and SHAKE256 cut at 512 bits.
 */

import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake256 } from '@noble/hashes/sha3.js';
import type { HashName, HashState } from '../engine.ts';

/** What this engine uses of a running hash of noble's. */
export interface RunningHash {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
  digestInto(out: Uint8Array): void;
  clone(): RunningHash;
  /** Its own class alone, for which this interface has no name. */
  _cloneInto(to: never): unknown;
  destroy(): void;
}

/** Overwrites `to`, a hash of the same function: a clone that allocates nothing. */
export function copyState(from: RunningHash, to: RunningHash): void {
  from._cloneInto(to as never);
}

export interface HashFunction {
  readonly outputLen: number;
  readonly blockLen: number;
  create(): RunningHash;
}

const SHAKE256_512: HashFunction = {
  outputLen: 64,
  blockLen: 136,
  create: () => shake256.create({ dkLen: 64 }),
};

const HASHES: Readonly<Record<HashName, HashFunction>> = {
  md5,
  ripemd160,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  'sha512-224': sha512_224,
  'sha512-256': sha512_256,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
  'shake256-512': SHAKE256_512,
};

export function hashFunction(name: HashName): HashFunction {
  return HASHES[name];
}

/** One-shot hash of the parts in order. */
export function digest(name: HashName, ...parts: Uint8Array[]): Uint8Array {
  const running = HASHES[name].create();
  for (const part of parts) running.update(part);
  return running.digest();
}

class RunningHashState implements HashState {
  readonly #hash: RunningHash;

  constructor(hash: RunningHash) {
    this.#hash = hash;
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Uint8Array {
    return this.#hash.digest();
  }

  clone(): HashState {
    return new RunningHashState(this.#hash.clone());
  }

  wipe(): void {
    this.#hash.destroy();
  }
}

export function startHash(name: HashName): HashState {
  return new RunningHashState(HASHES[name].create());
}
