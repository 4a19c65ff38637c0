/** GCM (SP 800-38D 7). */

import type { AeadState, Direction } from '../engine.ts';
import { BLOCK, type NobleAesKey } from './aes-key.ts';
import { CounterStream } from './counter.ts';
import { Ghash } from './ghash.ts';

const TAG_LENGTHS: readonly number[] = [4, 8, 12, 13, 14, 15, 16];

/** J0 of 7.1 step 2. */
function firstCounterBlock(key: NobleAesKey, nonce: Uint8Array): Uint8Array {
  if (nonce.length === 12) {
    const block = new Uint8Array(BLOCK);
    block.set(nonce);
    block[BLOCK - 1] = 1;
    return block;
  }
  const hash = new Ghash(key.ghash);
  hash.update(nonce);
  return hash.finish(0, nonce.length);
}

export class GcmState implements AeadState {
  readonly #encrypting: boolean;
  readonly #tagLength: number;
  readonly #hash: Ghash;
  readonly #stream: CounterStream;
  /** E(K, J0), which hides the hash (7.1 step 6). */
  readonly #mask: Uint8Array;
  #inMessage = false;
  #adLength = 0;
  #length = 0;

  constructor(key: NobleAesKey, direction: Direction, nonce: Uint8Array, tagLength: number) {
    if (nonce.length === 0) throw new RangeError('a GCM nonce is not empty');
    if (!TAG_LENGTHS.includes(tagLength)) throw new RangeError(`GCM has no tag of ${tagLength} bytes`);
    this.#encrypting = direction === 'encrypt';
    this.#tagLength = tagLength;
    this.#hash = new Ghash(key.ghash);
    this.#stream = new CounterStream(key, firstCounterBlock(key, nonce), 32);
    this.#mask = this.#stream.apply(new Uint8Array(BLOCK));
  }

  updateAd(data: Uint8Array): void {
    if (this.#inMessage) throw new Error('GCM: additional data after the message');
    this.#hash.update(data);
    this.#adLength += data.length;
  }

  update(input: Uint8Array): Uint8Array {
    if (!this.#inMessage) this.#hash.pad();
    this.#inMessage = true;
    this.#length += input.length;
    const output = this.#stream.apply(input);
    this.#hash.update(this.#encrypting ? output : input);
    return output;
  }

  tag(): Uint8Array {
    const tag = this.#hash.finish(this.#adLength, this.#length);
    for (let i = 0; i < BLOCK; i++) tag[i] = (tag[i] as number) ^ (this.#mask[i] as number);
    this.wipe();
    return tag.slice(0, this.#tagLength);
  }

  wipe(): void {
    this.#hash.wipe();
    this.#stream.wipe();
    this.#mask.fill(0);
  }
}
