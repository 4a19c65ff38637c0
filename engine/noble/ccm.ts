/** CCM (SP 800-38C) with the formatting of its appendix A. */

import type { AeadState, Direction } from '../engine.ts';
import { BLOCK, type NobleAesKey } from './aes-key.ts';
import { CbcMac } from './cbc-mac.ts';
import { CounterStream } from './counter.ts';
import { storeBE } from './words.ts';

/** Lengths of additional data from here on take six bytes to write, A.2.2. */
const LONG_AD = 0xff00;

/** Fills blocks of the MAC, with zeros where the standard pads. */
class Formatter {
  readonly chain: CbcMac;
  readonly #partial = new Uint8Array(BLOCK);
  #held = 0;

  constructor(key: NobleAesKey) {
    this.chain = new CbcMac(key);
  }

  update(data: Uint8Array): void {
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(BLOCK - this.#held, data.length);
      this.#partial.set(data.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < BLOCK) return;
      this.#absorbPartial();
    }
    const blocks = (data.length - at) >>> 4;
    if (blocks > 0) this.chain.absorb(data, at, blocks);
    at += blocks * BLOCK;
    this.#held = data.length - at;
    if (this.#held > 0) this.#partial.set(data.subarray(at));
  }

  pad(): void {
    if (this.#held === 0) return;
    this.#partial.fill(0, this.#held);
    this.#absorbPartial();
  }

  wipe(): void {
    this.chain.wipe();
    this.#partial.fill(0);
  }

  #absorbPartial(): void {
    this.chain.absorb(this.#partial, 0, 1);
    this.#held = 0;
  }
}

/** B0 of A.2.1, whose flags depend on the lengths. */
function firstBlock(
  nonce: Uint8Array,
  tagLength: number,
  adLength: number,
  messageLength: number,
): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const q = 15 - nonce.length;
  block[0] = (adLength > 0 ? 0x40 : 0) | (((tagLength - 2) / 2) << 3) | (q - 1);
  block.set(nonce, 1);
  let rest = messageLength;
  for (let at = BLOCK - 1; at > nonce.length; at--) {
    block[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  if (rest > 0)
    throw new RangeError(`CCM: a message of ${messageLength} does not fit a length of ${q} bytes`);
  return block;
}

function checkNonce(nonce: Uint8Array): void {
  if (nonce.length < 7 || nonce.length > 13)
    throw new RangeError(`CCM has no nonce of ${nonce.length} bytes`);
}

/** A.3: flags of q alone, the nonce, the counter. */
function counterBlock(nonce: Uint8Array, counter: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  block[0] = 14 - nonce.length;
  block.set(nonce, 1);
  block[BLOCK - 1] = counter;
  return block;
}

/** CCM* with no tag: the message is ciphered from counter 1 on. */
export function ccmStarCounter(nonce: Uint8Array): Uint8Array {
  checkNonce(nonce);
  return counterBlock(nonce, 1);
}

function encodedAdLength(adLength: number): Uint8Array {
  if (adLength < LONG_AD) return Uint8Array.of(adLength >>> 8, adLength);
  const encoded = new Uint8Array(6);
  encoded.set([0xff, 0xfe]);
  storeBE(encoded, 2, adLength);
  return encoded;
}

export class CcmState implements AeadState {
  readonly #encrypting: boolean;
  readonly #tagLength: number;
  readonly #mac: Formatter;
  readonly #stream: CounterStream;
  /** S0 of 6.1 step 5. */
  readonly #mask: Uint8Array;
  #adLeft: number;
  #messageLeft: number;

  constructor(
    key: NobleAesKey,
    direction: Direction,
    nonce: Uint8Array,
    tagLength: number,
    adLength: number,
    messageLength: number,
  ) {
    checkNonce(nonce);
    if (tagLength < 4 || tagLength > 16 || tagLength % 2 !== 0) {
      throw new RangeError(`CCM has no tag of ${tagLength} bytes`);
    }
    if (adLength > 0xffffffff) throw new RangeError('CCM: additional data of 2^32 bytes or more');
    this.#encrypting = direction === 'encrypt';
    this.#tagLength = tagLength;
    this.#adLeft = adLength;
    this.#messageLeft = messageLength;
    this.#mac = new Formatter(key);
    this.#mac.update(firstBlock(nonce, tagLength, adLength, messageLength));
    if (adLength > 0) this.#mac.update(encodedAdLength(adLength));
    this.#stream = new CounterStream(key, counterBlock(nonce, 0), 128);
    this.#mask = this.#stream.apply(new Uint8Array(BLOCK));
  }

  updateAd(data: Uint8Array): void {
    this.#adLeft -= data.length;
    if (this.#adLeft < 0) throw new RangeError('CCM: more additional data than announced');
    this.#mac.update(data);
    if (this.#adLeft === 0) this.#mac.pad();
  }

  update(input: Uint8Array): Uint8Array {
    if (this.#adLeft > 0) throw new Error('CCM: less additional data than announced');
    this.#messageLeft -= input.length;
    if (this.#messageLeft < 0) throw new RangeError('CCM: a longer message than announced');
    const output = this.#stream.apply(input);
    this.#mac.update(this.#encrypting ? input : output);
    return output;
  }

  tag(): Uint8Array {
    if (this.#adLeft > 0 || this.#messageLeft > 0) throw new Error('CCM: less data than announced');
    this.#mac.pad();
    const tag = this.#mac.chain.value();
    for (let i = 0; i < BLOCK; i++) tag[i] = (tag[i] as number) ^ (this.#mask[i] as number);
    this.wipe();
    return tag.slice(0, this.#tagLength);
  }

  wipe(): void {
    this.#mac.wipe();
    this.#stream.wipe();
    this.#mask.fill(0);
  }
}
