/** ECB and CBC (SP 800-38A 6.1 and 6.2) on a running stream of bytes, for any block, and PKCS#7 padding (RFC 5652 6.3). */

import type { CipherState, Direction } from '../engine.ts';

/** Ciphers `blocks` whole blocks of `input` at `from` into `out` at `to`. */
export type BlockRun = (input: Uint8Array, from: number, out: Uint8Array, to: number, blocks: number) => void;

export type Padding = 'none' | 'add' | 'remove';

/** Of a mode that pads. */
export const paddingFor = (direction: Direction): Padding => (direction === 'encrypt' ? 'add' : 'remove');

/** ECB and CBC: whole blocks pass, the rest waits; unpadding decryption keeps the last block too. */
export class BlockCipherState implements CipherState {
  readonly #block: number;
  readonly #run: BlockRun;
  readonly #chain: Uint8Array;
  readonly #padding: Padding;
  readonly #waiting: Uint8Array;
  #pending = 0;

  /** `chain` is what the run keeps between blocks, wiped with the state. */
  constructor(block: number, run: BlockRun, chain: Uint8Array, padding: Padding) {
    this.#block = block;
    this.#waiting = new Uint8Array(block);
    this.#run = run;
    this.#chain = chain;
    this.#padding = padding;
  }

  get pending(): number {
    return this.#pending;
  }

  updateLength(inputLength: number): number {
    const total = this.#pending + inputLength;
    const kept = this.#padding === 'remove' && total > 0 ? 1 : 0;
    return total - kept - ((total - kept) % this.#block);
  }

  update(input: Uint8Array): Uint8Array {
    const out = new Uint8Array(this.updateLength(input.length));
    let read = 0;
    let written = 0;
    if (this.#pending > 0 && out.length > 0) {
      read = this.#block - this.#pending;
      this.#waiting.set(input.subarray(0, read), this.#pending);
      this.#run(this.#waiting, 0, out, 0, 1);
      this.#pending = 0;
      written = this.#block;
    }
    const rest = out.length - written;
    if (rest > 0) this.#run(input, read, out, written, rest / this.#block);
    read += rest;
    this.#waiting.set(input.subarray(read), this.#pending);
    this.#pending += input.length - read;
    return out;
  }

  finish(): Uint8Array | 'partial-block' | 'bad-padding' {
    if (this.#padding === 'add') return this.#finishPadding();
    if (this.#padding === 'remove') return this.#finishUnpadding();
    if (this.#pending > 0) return 'partial-block';
    this.wipe();
    return new Uint8Array(0);
  }

  wipe(): void {
    this.#waiting.fill(0);
    this.#chain.fill(0);
    this.#pending = 0;
  }

  #finishPadding(): Uint8Array {
    this.#waiting.fill(this.#block - this.#pending, this.#pending);
    const out = new Uint8Array(this.#block);
    this.#run(this.#waiting, 0, out, 0, 1);
    this.wipe();
    return out;
  }

  /** No branch on a byte of the padding before its verdict. */
  #finishUnpadding(): Uint8Array | 'partial-block' | 'bad-padding' {
    if (this.#pending !== this.#block) return 'partial-block';
    const last = new Uint8Array(this.#block);
    this.#run(this.#waiting, 0, last, 0, 1);
    this.wipe();
    const count = last[this.#block - 1] as number;
    let bad = ((count - 1) >>> 31) | ((this.#block - count) >>> 31);
    for (let i = 0; i < this.#block; i++) {
      const inPadding = (this.#block - i - 1 - count) >> 31;
      bad |= inPadding & ((last[i] as number) ^ count);
    }
    if (bad !== 0) return 'bad-padding';
    return last.slice(0, this.#block - count);
  }
}
