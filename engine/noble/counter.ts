/**
 * Counter keystreams: CTR (SP 800-38A 6.5) with a counter of 128 bits, and GCTR (SP 800-38D 6.5) with one
 * of 32. Both are big-endian and wrap.
 */

import { BLOCK, encryptWords, type NobleAesKey } from './aes-key.ts';
import { loadBE, loadLE, storeBE, storeLE, swapBytes } from './words.ts';

export type CounterBits = 32 | 128;

export class CounterStream {
  readonly #key: NobleAesKey;
  readonly #bits: CounterBits;
  readonly #counter: Uint8Array;
  readonly #pad = new Uint8Array(BLOCK);
  /** Bytes of the pad already used. */
  #used = BLOCK;

  /** `counter`, the first block, becomes the stream's own. */
  constructor(key: NobleAesKey, counter: Uint8Array, bits: CounterBits) {
    this.#key = key;
    this.#bits = bits;
    this.#counter = counter;
  }

  /** Input xor keystream, in a new array. */
  apply(input: Uint8Array): Uint8Array {
    const out = new Uint8Array(input.length);
    let at = this.#applyPad(input, out, 0);
    const blocks = (input.length - at) >>> 4;
    if (blocks > 0) this.#applyBlocks(input, out, at, blocks);
    at += blocks * BLOCK;
    if (at < input.length) {
      this.#refill();
      this.#applyPad(input, out, at);
    }
    return out;
  }

  wipe(): void {
    this.#pad.fill(0);
    this.#counter.fill(0);
  }

  /** As far as the pad goes; answers where the next block begins. */
  #applyPad(input: Uint8Array, out: Uint8Array, from: number): number {
    const end = Math.min(input.length, from + BLOCK - this.#used);
    for (let at = from; at < end; at++) {
      out[at] = (input[at] as number) ^ (this.#pad[this.#used++] as number);
    }
    return end;
  }

  #refill(): void {
    this.#pad.fill(0);
    this.#applyBlocks(this.#pad, this.#pad, 0, 1);
    this.#used = 0;
  }

  #applyBlocks(input: Uint8Array, out: Uint8Array, from: number, blocks: number): void {
    const schedule = this.#key.forward;
    const counter = this.#counter;
    let c0 = loadLE(counter, 0);
    let c1 = loadLE(counter, 4);
    let c2 = loadLE(counter, 8);
    let low = loadBE(counter, 12);
    const end = from + blocks * BLOCK;
    for (let at = from; at < end; at += BLOCK) {
      const { s0, s1, s2, s3 } = encryptWords(schedule, c0, c1, c2, swapBytes(low));
      storeLE(out, at, s0 ^ loadLE(input, at));
      storeLE(out, at + 4, s1 ^ loadLE(input, at + 4));
      storeLE(out, at + 8, s2 ^ loadLE(input, at + 8));
      storeLE(out, at + 12, s3 ^ loadLE(input, at + 12));
      low = (low + 1) | 0;
      if (low === 0 && this.#bits === 128) {
        this.#carry();
        c0 = loadLE(counter, 0);
        c1 = loadLE(counter, 4);
        c2 = loadLE(counter, 8);
      }
    }
    storeBE(counter, 12, low);
  }

  /** One more in the upper 96 bits. */
  #carry(): void {
    for (let at = 8; at >= 0; at -= 4) {
      const word = (loadBE(this.#counter, at) + 1) | 0;
      storeBE(this.#counter, at, word);
      if (word !== 0) return;
    }
  }
}
