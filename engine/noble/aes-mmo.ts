/**
 * The hash of Zigbee (Zigbee specification B.6): Matyas-Meyer-Oseas over AES-128. Every block of the message is
 * ciphered under the hash so far as key and added to its own cipher.
 */

import { unsafe } from '@noble/ciphers/aes.js';
import { BLOCK, encryptWords } from './aes-key.ts';
import type { HashFunction, RunningHash } from './hashes.ts';
import { loadLE, storeBE, storeBlock } from './words.ts';

/** B.6 step 1: messages of fewer bits end in their length in 16 bits, others in 32 bits and 16 zeros. */
const LONG_MESSAGE = 2 ** 16;

class AesMmo implements RunningHash {
  readonly #chain = new Uint8Array(BLOCK);
  readonly #held = new Uint8Array(BLOCK);
  #pending = 0;
  #length = 0;
  #destroyed = false;

  update(data: Uint8Array): void {
    this.#refuseDestroyed();
    this.#length += data.length;
    for (let at = 0; at < data.length; ) {
      const part = data.subarray(at, at + BLOCK - this.#pending);
      this.#held.set(part, this.#pending);
      this.#pending += part.length;
      at += part.length;
      if (this.#pending === BLOCK) this.#compress();
    }
  }

  digest(): Uint8Array {
    const out = new Uint8Array(BLOCK);
    this.digestInto(out);
    this.destroy();
    return out;
  }

  digestInto(out: Uint8Array): void {
    this.#refuseDestroyed();
    const bits = 8 * this.#length;
    const isLong = bits >= LONG_MESSAGE;
    const lengthAt = isLong ? BLOCK - 6 : BLOCK - 2;
    this.#held.fill(0, this.#pending);
    this.#held[this.#pending] = 0x80;
    if (this.#pending >= lengthAt) this.#compress();
    if (isLong) {
      storeBE(this.#held, lengthAt, bits);
    } else {
      this.#held[lengthAt] = bits >>> 8;
      this.#held[lengthAt + 1] = bits;
    }
    this.#compress();
    out.set(this.#chain);
  }

  clone(): AesMmo {
    return this._cloneInto(new AesMmo());
  }

  _cloneInto(to: AesMmo): AesMmo {
    to.#chain.set(this.#chain);
    to.#held.set(this.#held);
    to.#pending = this.#pending;
    to.#length = this.#length;
    to.#destroyed = this.#destroyed;
    return to;
  }

  destroy(): void {
    this.#chain.fill(0);
    this.#held.fill(0);
    this.#destroyed = true;
  }

  /** Hash(j) = E(Hash(j-1), M(j)) xor M(j); then an empty block. */
  #compress(): void {
    const schedule = unsafe.expandKeyLE(this.#chain);
    const m0 = loadLE(this.#held, 0);
    const m1 = loadLE(this.#held, 4);
    const m2 = loadLE(this.#held, 8);
    const m3 = loadLE(this.#held, 12);
    const { s0, s1, s2, s3 } = encryptWords(schedule, m0, m1, m2, m3);
    storeBlock(this.#chain, 0, s0 ^ m0, s1 ^ m1, s2 ^ m2, s3 ^ m3);
    schedule.fill(0);
    this.#held.fill(0);
    this.#pending = 0;
  }

  #refuseDestroyed(): void {
    if (this.#destroyed) throw new Error('this hash was wiped');
  }
}

export const aesMmoZigbee: HashFunction = {
  outputLen: BLOCK,
  blockLen: BLOCK,
  create: () => new AesMmo(),
};
