/** The unauthenticated modes of SP 800-38A on a running stream of bytes, with AES. */

import type { CipherMode, CipherState, Direction } from '../engine.ts';
import { BLOCK, decryptWords, encryptWords, type NobleAesKey } from './aes-key.ts';
import { BlockCipherState, type BlockRun, paddingFor } from './block-cipher.ts';
import { ccmStarCounter } from './ccm.ts';
import { CounterStream } from './counter.ts';
import { loadLE, storeBlock } from './words.ts';

function ecb(key: NobleAesKey, direction: Direction): BlockRun {
  const words = direction === 'encrypt' ? encryptWords : decryptWords;
  return (input, from, out, to, blocks) => {
    const schedule = direction === 'encrypt' ? key.forward : key.backward;
    for (let done = 0; done < blocks * BLOCK; done += BLOCK) {
      const at = from + done;
      const { s0, s1, s2, s3 } = words(
        schedule,
        loadLE(input, at),
        loadLE(input, at + 4),
        loadLE(input, at + 8),
        loadLE(input, at + 12),
      );
      storeBlock(out, to + done, s0, s1, s2, s3);
    }
  };
}

/** 6.2; `chain` holds the last ciphertext block. */
function cbcEncrypt(key: NobleAesKey, chain: Uint8Array): BlockRun {
  return (input, from, out, to, blocks) => {
    const schedule = key.forward;
    let c0 = loadLE(chain, 0);
    let c1 = loadLE(chain, 4);
    let c2 = loadLE(chain, 8);
    let c3 = loadLE(chain, 12);
    for (let done = 0; done < blocks * BLOCK; done += BLOCK) {
      const at = from + done;
      const { s0, s1, s2, s3 } = encryptWords(
        schedule,
        c0 ^ loadLE(input, at),
        c1 ^ loadLE(input, at + 4),
        c2 ^ loadLE(input, at + 8),
        c3 ^ loadLE(input, at + 12),
      );
      c0 = s0;
      c1 = s1;
      c2 = s2;
      c3 = s3;
      storeBlock(out, to + done, c0, c1, c2, c3);
    }
    storeBlock(chain, 0, c0, c1, c2, c3);
  };
}

/** 6.2; `chain` holds the last ciphertext block. */
function cbcDecrypt(key: NobleAesKey, chain: Uint8Array): BlockRun {
  return (input, from, out, to, blocks) => {
    const schedule = key.backward;
    let c0 = loadLE(chain, 0);
    let c1 = loadLE(chain, 4);
    let c2 = loadLE(chain, 8);
    let c3 = loadLE(chain, 12);
    for (let done = 0; done < blocks * BLOCK; done += BLOCK) {
      const at = from + done;
      const i0 = loadLE(input, at);
      const i1 = loadLE(input, at + 4);
      const i2 = loadLE(input, at + 8);
      const i3 = loadLE(input, at + 12);
      const { s0, s1, s2, s3 } = decryptWords(schedule, i0, i1, i2, i3);
      storeBlock(out, to + done, s0 ^ c0, s1 ^ c1, s2 ^ c2, s3 ^ c3);
      c0 = i0;
      c1 = i1;
      c2 = i2;
      c3 = i3;
    }
    storeBlock(chain, 0, c0, c1, c2, c3);
  };
}

function blockRun(key: NobleAesKey, mode: 'ecb' | 'cbc', direction: Direction, chain: Uint8Array): BlockRun {
  if (mode === 'ecb') return ecb(key, direction);
  return direction === 'encrypt' ? cbcEncrypt(key, chain) : cbcDecrypt(key, chain);
}

/** CTR, and CCM* without a tag: as many bytes out as in. */
class CounterState implements CipherState {
  readonly pending = 0;
  readonly #stream: CounterStream;

  constructor(key: NobleAesKey, iv: Uint8Array) {
    this.#stream = new CounterStream(key, iv, 128);
  }

  updateLength(inputLength: number): number {
    return inputLength;
  }

  update(input: Uint8Array): Uint8Array {
    return this.#stream.apply(input);
  }

  finish(): Uint8Array {
    this.wipe();
    return new Uint8Array(0);
  }

  wipe(): void {
    this.#stream.wipe();
  }
}

/** What goes back into the register: CFB (6.3, segments of 128 bits) the ciphertext, OFB (6.4) the pad. */
type Feedback = 'input' | 'output' | 'pad';

/** CFB and OFB: the register is ciphered into a pad, which is used byte by byte. */
class FeedbackState implements CipherState {
  readonly pending = 0;
  readonly #key: NobleAesKey;
  readonly #feedback: Feedback;
  readonly #register: Uint8Array;
  readonly #pad = new Uint8Array(BLOCK);
  #used = BLOCK;

  constructor(key: NobleAesKey, feedback: Feedback, iv: Uint8Array) {
    this.#key = key;
    this.#feedback = feedback;
    this.#register = iv;
  }

  updateLength(inputLength: number): number {
    return inputLength;
  }

  update(input: Uint8Array): Uint8Array {
    const out = new Uint8Array(input.length);
    let at = this.#bytewise(input, out, 0, Math.min(BLOCK - this.#used, input.length));
    const blocks = (input.length - at) >>> 4;
    if (blocks > 0) this.#blockwise(input, out, at, blocks);
    at += blocks * BLOCK;
    if (at < input.length) {
      this.#refill();
      this.#bytewise(input, out, at, input.length - at);
    }
    return out;
  }

  finish(): Uint8Array {
    this.wipe();
    return new Uint8Array(0);
  }

  wipe(): void {
    this.#register.fill(0);
    this.#pad.fill(0);
  }

  #bytewise(input: Uint8Array, out: Uint8Array, from: number, count: number): number {
    const feedback = this.#feedback;
    for (let at = from; at < from + count; at++) {
      const pad = this.#pad[this.#used] as number;
      const byte = input[at] as number;
      out[at] = byte ^ pad;
      this.#register[this.#used++] = feedback === 'pad' ? pad : feedback === 'input' ? byte : byte ^ pad;
    }
    return from + count;
  }

  #refill(): void {
    this.#pad.set(this.#key.encryptBlock(this.#register));
    this.#used = 0;
  }

  #blockwise(input: Uint8Array, out: Uint8Array, from: number, blocks: number): void {
    const schedule = this.#key.forward;
    const feedback = this.#feedback;
    const register = this.#register;
    let r0 = loadLE(register, 0);
    let r1 = loadLE(register, 4);
    let r2 = loadLE(register, 8);
    let r3 = loadLE(register, 12);
    for (let at = from; at < from + blocks * BLOCK; at += BLOCK) {
      const { s0, s1, s2, s3 } = encryptWords(schedule, r0, r1, r2, r3);
      const i0 = loadLE(input, at);
      const i1 = loadLE(input, at + 4);
      const i2 = loadLE(input, at + 8);
      const i3 = loadLE(input, at + 12);
      storeBlock(out, at, i0 ^ s0, i1 ^ s1, i2 ^ s2, i3 ^ s3);
      r0 = feedback === 'pad' ? s0 : feedback === 'input' ? i0 : i0 ^ s0;
      r1 = feedback === 'pad' ? s1 : feedback === 'input' ? i1 : i1 ^ s1;
      r2 = feedback === 'pad' ? s2 : feedback === 'input' ? i2 : i2 ^ s2;
      r3 = feedback === 'pad' ? s3 : feedback === 'input' ? i3 : i3 ^ s3;
    }
    storeBlock(register, 0, r0, r1, r2, r3);
  }
}

/** A fresh copy of the IV, or the counter block made of it, which becomes the state's own. */
function ownIv(mode: CipherMode, iv: Uint8Array | undefined): Uint8Array {
  if (mode === 'ecb') {
    if (iv !== undefined) throw new RangeError('ECB takes no IV');
    return new Uint8Array(0);
  }
  if (mode === 'ccm-star') return ccmStarCounter(iv ?? new Uint8Array(0));
  if (iv?.length !== BLOCK) throw new RangeError(`${mode} takes an IV of 16 bytes`);
  return iv.slice();
}

export function startCipher(
  key: NobleAesKey,
  mode: CipherMode,
  direction: Direction,
  givenIv: Uint8Array | undefined,
): CipherState {
  const iv = ownIv(mode, givenIv);
  switch (mode) {
    case 'ecb':
    case 'cbc':
      return new BlockCipherState(BLOCK, blockRun(key, mode, direction, iv), iv, 'none');
    case 'cbc-pkcs7':
      return new BlockCipherState(BLOCK, blockRun(key, 'cbc', direction, iv), iv, paddingFor(direction));
    case 'ctr':
    case 'ccm-star':
      return new CounterState(key, iv);
    case 'cfb':
      return new FeedbackState(key, direction === 'encrypt' ? 'output' : 'input', iv);
    case 'ofb':
      return new FeedbackState(key, 'pad', iv);
  }
}
