/**
 * An AES key (FIPS 197) with what is derived from it, each made once and when first needed: both key
 * schedules, the GHASH tables and the CMAC subkeys. The rounds and schedules are noble's.
 */

import { unsafe } from '@noble/ciphers/aes.js';
import type { AesKey } from '../engine.ts';
import { GhashKey } from './ghash.ts';
import { loadLE, storeBlock } from './words.ts';

export const BLOCK = 16;

/** The constant of doubling in GF(2^128), SP 800-38B 5.3. */
const R128 = 0x87;

/** FIPS 197 5.1; state words are little-endian columns, as noble holds them. */
export const encryptWords = unsafe.encrypt;
/** FIPS 197 5.3.5, equivalent inverse cipher. */
export const decryptWords = unsafe.decrypt;

/** SP 800-38B 6.1: multiplication by x, big-endian. */
function double(block: Uint8Array): Uint8Array {
  const out = new Uint8Array(BLOCK);
  let carry = 0;
  for (let i = BLOCK - 1; i >= 0; i--) {
    const byte = block[i] as number;
    out[i] = (byte << 1) | carry;
    carry = byte >>> 7;
  }
  out[BLOCK - 1] = (out[BLOCK - 1] as number) ^ (R128 & -carry);
  return out;
}

export class NobleAesKey implements AesKey {
  readonly bits: 128 | 192 | 256;
  readonly #key: Uint8Array;
  #wiped = false;
  #forward: Uint32Array | undefined;
  #backward: Uint32Array | undefined;
  #ghash: GhashKey | undefined;
  #subkeys: readonly [Uint8Array, Uint8Array] | undefined;

  constructor(key: Uint8Array) {
    if (key.length !== 16 && key.length !== 24 && key.length !== 32) {
      throw new RangeError(`an AES key is 16, 24 or 32 bytes, not ${key.length}`);
    }
    this.bits = key.length === 16 ? 128 : key.length === 24 ? 192 : 256;
    this.#key = key.slice();
  }

  /** The key itself, for what schedules it anew; not to be kept or written to. */
  get bytes(): Uint8Array {
    this.#refuseWiped();
    return this.#key;
  }

  /** A key of its own life, for what outlives this one. */
  clone(): NobleAesKey {
    return new NobleAesKey(this.bytes);
  }

  /** The key schedule of the cipher. */
  get forward(): Uint32Array {
    this.#refuseWiped();
    this.#forward ??= unsafe.expandKeyLE(this.#key);
    return this.#forward;
  }

  /** The key schedule of the equivalent inverse cipher. */
  get backward(): Uint32Array {
    this.#refuseWiped();
    this.#backward ??= unsafe.expandKeyDecLE(this.#key);
    return this.#backward;
  }

  /** SP 800-38D 7.1 step 1: H is the cipher of the zero block. */
  get ghash(): GhashKey {
    this.#refuseWiped();
    this.#ghash ??= new GhashKey(this.encryptBlock(new Uint8Array(BLOCK)));
    return this.#ghash;
  }

  /** K1 and K2 of SP 800-38B 6.1. */
  get subkeys(): readonly [Uint8Array, Uint8Array] {
    this.#refuseWiped();
    if (this.#subkeys === undefined) {
      const k1 = double(this.encryptBlock(new Uint8Array(BLOCK)));
      this.#subkeys = [k1, double(k1)];
    }
    return this.#subkeys;
  }

  /** The cipher of one block, in a new array. */
  encryptBlock(block: Uint8Array): Uint8Array {
    const { s0, s1, s2, s3 } = encryptWords(
      this.forward,
      loadLE(block, 0),
      loadLE(block, 4),
      loadLE(block, 8),
      loadLE(block, 12),
    );
    const out = new Uint8Array(BLOCK);
    storeBlock(out, 0, s0, s1, s2, s3);
    return out;
  }

  /** Ends every state made from the key: an erased schedule would cipher under a key of zeros. */
  wipe(): void {
    this.#wiped = true;
    this.#key.fill(0);
    this.#forward?.fill(0);
    this.#backward?.fill(0);
    this.#ghash?.wipe();
    for (const subkey of this.#subkeys ?? []) subkey.fill(0);
  }

  #refuseWiped(): void {
    if (this.#wiped) throw new Error('this AES key was wiped');
  }
}

export function ownAesKey(key: AesKey): NobleAesKey {
  if (!(key instanceof NobleAesKey)) throw new TypeError('an AES key of another engine');
  return key;
}
