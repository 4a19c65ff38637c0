/**
 * Hashes: FIPS 180-4, FIPS 202, RFC 1321, RIPEMD-160, the hash of Zigbee, and SHAKE and SHA-256 cut.
 */

import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
import type { HashName, HashState, SuspendedHash } from '../engine.ts';
import { aesMmoZigbee } from './aes-mmo.ts';
import { resume, suspend } from './hash-suspend.ts';
import { truncated } from './truncated-hash.ts';

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

function shake(xof: typeof shake128, length: number): HashFunction {
  return { outputLen: length, blockLen: xof.blockLen, create: () => xof.create({ dkLen: length }) };
}

const HASHES: Readonly<Record<HashName, HashFunction>> = {
  md5,
  ripemd160,
  sha1,
  sha224,
  sha256,
  'sha256-192': truncated(sha256, 24),
  sha384,
  sha512,
  'sha512-224': sha512_224,
  'sha512-256': sha512_256,
  'sha3-224': sha3_224,
  'sha3-256': sha3_256,
  'sha3-384': sha3_384,
  'sha3-512': sha3_512,
  'shake128-256': shake(shake128, 32),
  'shake256-192': shake(shake256, 24),
  'shake256-256': shake(shake256, 32),
  'shake256-512': shake(shake256, 64),
  'aes-mmo-zigbee': aesMmoZigbee,
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

  suspend(): SuspendedHash | undefined {
    return suspend(this.#hash);
  }

  wipe(): void {
    this.#hash.destroy();
  }
}

export function startHash(name: HashName): HashState {
  return new RunningHashState(HASHES[name].create());
}

export function resumeHash(name: HashName, suspended: SuspendedHash): HashState | undefined {
  const hash = resume(HASHES[name], suspended);
  return hash && new RunningHashState(hash);
}
