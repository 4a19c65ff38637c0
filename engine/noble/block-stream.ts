/** Key derivation output as a stream of bytes, made block by block from a pseudorandom function. */

import type { Long, LongKdfStream } from '../engine.ts';
import { drain } from './long.ts';

/** A keyed function of byte strings: HMAC or CMAC under one key. */
export interface Prf {
  readonly outputLength: number;
  /** The function of the parts in order into `out`, which may be one of the parts. */
  macInto(out: Uint8Array, ...parts: Uint8Array[]): void;
  wipe(): void;
}

/** What a read leaves of a block waits for the next. */
export abstract class BlockStream implements LongKdfStream {
  protected readonly prf: Prf;
  protected readonly block: Uint8Array;
  #used: number;

  constructor(prf: Prf) {
    this.prf = prf;
    this.block = new Uint8Array(prf.outputLength);
    this.#used = this.block.length;
  }

  /** The next block into `block`: at once, or in the pieces given back. */
  protected abstract next(): Long<undefined> | undefined;

  *readLong(length: number): Long<Uint8Array> {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (this.#used === this.block.length) {
        const pieces = this.next();
        if (pieces !== undefined) yield* pieces;
        this.#used = 0;
      }
      const part = this.block.subarray(this.#used, this.#used + length - at);
      out.set(part, at);
      at += part.length;
      this.#used += part.length;
    }
    return out;
  }

  read(length: number): Uint8Array {
    return drain(this.readLong(length));
  }

  wipe(): void {
    this.prf.wipe();
    this.block.fill(0);
    this.#used = this.block.length;
  }
}
