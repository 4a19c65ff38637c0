/**
 * XTS (IEEE 1619, SP 800-38E) on a running stream. A partial last block takes the end of the block before it
 * (5.3.2), so from 16 to 31 bytes are held back until it is known which block is the last.
 */

import type { CipherState, Direction } from '../engine.ts';
import { BLOCK, decryptWords, encryptWords, type NobleAesKey } from './aes-key.ts';
import { loadLE, storeBlock } from './words.ts';

/** x^128 mod the polynomial of 5.2, little-endian. */
const R = 0x87;

/** The tweak times x, in place. */
function double(tweak: Int32Array): void {
  const t0 = tweak[0] as number;
  const t1 = tweak[1] as number;
  const t2 = tweak[2] as number;
  const t3 = tweak[3] as number;
  tweak[0] = (t0 << 1) ^ (R & (t3 >> 31));
  tweak[1] = (t1 << 1) | (t0 >>> 31);
  tweak[2] = (t2 << 1) | (t1 >>> 31);
  tweak[3] = (t3 << 1) | (t2 >>> 31);
}

export class XtsState implements CipherState {
  readonly #key: NobleAesKey;
  readonly #encrypting: boolean;
  readonly #tweak = new Int32Array(4);
  readonly #held = new Uint8Array(2 * BLOCK);
  #pending = 0;

  constructor(key: NobleAesKey, tweakKey: NobleAesKey, direction: Direction, iv: Uint8Array) {
    if (iv.length !== BLOCK) throw new RangeError('XTS takes a tweak of 16 bytes');
    if (key.bits !== tweakKey.bits) throw new RangeError('XTS takes two keys of one length');
    this.#key = key;
    this.#encrypting = direction === 'encrypt';
    const tweak = tweakKey.encryptBlock(iv);
    for (let word = 0; word < 4; word++) this.#tweak[word] = loadLE(tweak, 4 * word);
  }

  get pending(): number {
    return this.#pending;
  }

  updateLength(inputLength: number): number {
    const free = this.#pending + inputLength - BLOCK;
    return free < BLOCK ? 0 : free - (free % BLOCK);
  }

  update(input: Uint8Array): Uint8Array {
    const out = new Uint8Array(this.updateLength(input.length));
    let read = 0;
    let written = 0;
    while (written < out.length && this.#pending > 0) {
      const missing = Math.max(0, BLOCK - this.#pending);
      this.#held.set(input.subarray(read, read + missing), this.#pending);
      this.#block(this.#held, 0, out, written);
      this.#held.copyWithin(0, BLOCK, this.#pending);
      this.#pending = Math.max(0, this.#pending - BLOCK);
      read += missing;
      written += BLOCK;
    }
    for (; written < out.length; written += BLOCK, read += BLOCK) this.#block(input, read, out, written);
    this.#held.set(input.subarray(read), this.#pending);
    this.#pending += input.length - read;
    return out;
  }

  finish(): Uint8Array | 'partial-block' {
    if (this.#pending < BLOCK) return 'partial-block';
    const out = new Uint8Array(this.#pending);
    if (this.#pending === BLOCK) this.#block(this.#held, 0, out, 0);
    else this.#steal(out);
    this.wipe();
    return out;
  }

  wipe(): void {
    this.#tweak.fill(0);
    this.#held.fill(0);
    this.#pending = 0;
  }

  /**
   * 5.3.2 and 5.4.2 for the last whole block and the partial one after it. Deciphering uses their two tweaks
   * the other way round.
   */
  #steal(out: Uint8Array): void {
    const last = this.#tweak.slice();
    if (!this.#encrypting) double(this.#tweak);
    const first = new Uint8Array(BLOCK);
    this.#block(this.#held, 0, first, 0);
    const partial = this.#held.slice(BLOCK, this.#pending);
    out.set(first.subarray(0, partial.length), BLOCK);
    first.set(partial);
    if (!this.#encrypting) this.#tweak.set(last);
    this.#block(first, 0, out, 0);
  }

  /** 5.3.1, 5.4.1; then the next tweak. */
  #block(input: Uint8Array, from: number, out: Uint8Array, to: number): void {
    const tweak = this.#tweak;
    const t0 = tweak[0] as number;
    const t1 = tweak[1] as number;
    const t2 = tweak[2] as number;
    const t3 = tweak[3] as number;
    const words = this.#encrypting ? encryptWords : decryptWords;
    const { s0, s1, s2, s3 } = words(
      this.#encrypting ? this.#key.forward : this.#key.backward,
      t0 ^ loadLE(input, from),
      t1 ^ loadLE(input, from + 4),
      t2 ^ loadLE(input, from + 8),
      t3 ^ loadLE(input, from + 12),
    );
    storeBlock(out, to, t0 ^ s0, t1 ^ s1, t2 ^ s2, t3 ^ s3);
    double(tweak);
  }
}
