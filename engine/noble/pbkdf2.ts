/** PBKDF2 (RFC 8018 5.2) with any pseudorandom function. */

import type { Long } from '../engine.ts';
import { BlockStream, type Prf } from './block-stream.ts';
import { storeBE } from './words.ts';

/** Iterations in a piece: with the slowest hash of all they take half a millisecond. */
const PIECE = 32;

/** T_i = U_1 xor ... xor U_c, U_1 = PRF(P, S || INT(i)), U_j = PRF(P, U_(j-1)). */
export class Pbkdf2 extends BlockStream {
  readonly #salt: Uint8Array;
  readonly #iterations: number;
  readonly #index = new Uint8Array(4);
  readonly #u: Uint8Array;
  #blocks = 0;

  constructor(prf: Prf, salt: Uint8Array, iterations: number) {
    super(prf);
    if (iterations < 1) throw new RangeError('PBKDF2: no iterations');
    this.#salt = salt.slice();
    this.#iterations = iterations;
    this.#u = new Uint8Array(this.block.length);
  }

  protected override *next(): Long<undefined> {
    this.#blocks += 1;
    storeBE(this.#index, 0, this.#blocks);
    this.prf.macInto(this.#u, this.#salt, this.#index);
    this.block.set(this.#u);
    for (let left = this.#iterations - 1; left > 0; left -= PIECE) {
      yield;
      this.#iterate(Math.min(left, PIECE));
    }
    return undefined;
  }

  override wipe(): void {
    super.wipe();
    this.#salt.fill(0);
    this.#u.fill(0);
  }

  #iterate(count: number): void {
    const u = this.#u;
    const sum = this.block;
    for (let j = 0; j < count; j++) {
      this.prf.macInto(u, u);
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) ^ (u[i] as number);
    }
  }
}
