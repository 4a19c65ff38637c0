/**
 * The ChaCha20 and XChaCha20 keystreams (RFC 8439 2.3, 2.4; draft-irtf-cfrg-xchacha-03 2.2, 2.3).
 *
 * The rounds are spelt out: the library's stream keeps no position between calls, counts in 32 bits alone, and
 * refuses the last of their values.
 */

import type { CipherState, StreamCipherName } from '../engine.ts';
import { loadLE, storeLE } from './words.ts';

const BLOCK = 64;
const KEY_LENGTH = 32;
const COUNTER = 12;

/** RFC 8439 2.3: "expand 32-byte k". */
const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

/** RFC 8439 2.1. */
function quarterRound(words: Int32Array, ia: number, ib: number, ic: number, id: number): void {
  let a = words[ia] as number;
  let b = words[ib] as number;
  let c = words[ic] as number;
  let d = words[id] as number;
  a = (a + b) | 0;
  d ^= a;
  d = (d << 16) | (d >>> 16);
  c = (c + d) | 0;
  b ^= c;
  b = (b << 12) | (b >>> 20);
  a = (a + b) | 0;
  d ^= a;
  d = (d << 8) | (d >>> 24);
  c = (c + d) | 0;
  b ^= c;
  b = (b << 7) | (b >>> 25);
  words[ia] = a;
  words[ib] = b;
  words[ic] = c;
  words[id] = d;
}

/** RFC 8439 2.3: ten times a round of the columns and one of the diagonals. */
function permute(out: Int32Array): void {
  for (let round = 0; round < 10; round++) {
    quarterRound(out, 0, 4, 8, 12);
    quarterRound(out, 1, 5, 9, 13);
    quarterRound(out, 2, 6, 10, 14);
    quarterRound(out, 3, 7, 11, 15);
    quarterRound(out, 0, 5, 10, 15);
    quarterRound(out, 1, 6, 11, 12);
    quarterRound(out, 2, 7, 8, 13);
    quarterRound(out, 3, 4, 9, 14);
  }
}

/** Constants, key, and the last row: counter and nonce. */
function initialState(key: Uint8Array, lastRow: Uint8Array): Int32Array {
  const state = new Int32Array(16);
  state.set(CONSTANTS);
  for (let i = 0; i < 8; i++) state[4 + i] = loadLE(key, 4 * i);
  for (let i = 0; i < 4; i++) state[COUNTER + i] = loadLE(lastRow, 4 * i);
  return state;
}

/** HChaCha20, draft-irtf-cfrg-xchacha-03 2.2: the first and last row after the rounds, as a key. */
function subkey(key: Uint8Array, nonce: Uint8Array): Uint8Array {
  const state = initialState(key, nonce);
  permute(state);
  const out = new Uint8Array(KEY_LENGTH);
  for (let i = 0; i < 4; i++) {
    storeLE(out, 4 * i, state[i] as number);
    storeLE(out, 16 + 4 * i, state[COUNTER + i] as number);
  }
  state.fill(0);
  return out;
}

/** Counter and nonce fill the last row of the state: 4 and 12 bytes, or 8 and 8. */
type CounterLength = 4 | 8;

/**
 * As many bytes out as in; a counter at its end begins anew. An erased state has a keystream of zeros, so a wiped
 * stream refuses to go on.
 */
class ChachaStream implements CipherState {
  readonly pending = 0;
  readonly #counterLength: CounterLength;
  readonly #state: Int32Array;
  readonly #pad = new Int32Array(16);
  #used = BLOCK;
  #wiped = false;

  /** `start`, 16 bytes, is the counter, little-endian, then the nonce. */
  constructor(key: Uint8Array, start: Uint8Array, counterLength: CounterLength) {
    this.#counterLength = counterLength;
    this.#state = initialState(key, start);
  }

  updateLength(inputLength: number): number {
    return inputLength;
  }

  update(input: Uint8Array): Uint8Array {
    if (this.#wiped) throw new Error('this stream was wiped');
    const out = new Uint8Array(input.length);
    let at = this.#applyPad(input, out, 0);
    for (; at + BLOCK <= input.length; at += BLOCK) {
      this.#refill();
      for (let i = 0; i < 16; i++) {
        storeLE(out, at + 4 * i, loadLE(input, at + 4 * i) ^ (this.#pad[i] as number));
      }
    }
    if (at < input.length) {
      this.#refill();
      this.#used = 0;
      this.#applyPad(input, out, at);
    }
    return out;
  }

  finish(): Uint8Array {
    this.wipe();
    return new Uint8Array(0);
  }

  wipe(): void {
    this.#wiped = true;
    this.#state.fill(0);
    this.#pad.fill(0);
  }

  #applyPad(input: Uint8Array, out: Uint8Array, from: number): number {
    const end = Math.min(input.length, from + BLOCK - this.#used);
    for (let at = from; at < end; at++, this.#used++) {
      const word = this.#pad[this.#used >>> 2] as number;
      out[at] = (input[at] as number) ^ (word >>> (8 * (this.#used & 3)));
    }
    return end;
  }

  #refill(): void {
    const state = this.#state;
    const pad = this.#pad;
    pad.set(state);
    permute(pad);
    for (let i = 0; i < 16; i++) pad[i] = (pad[i] as number) + (state[i] as number);
    const low = ((state[COUNTER] as number) + 1) | 0;
    state[COUNTER] = low;
    if (low === 0 && this.#counterLength === 8) state[COUNTER + 1] = (state[COUNTER + 1] as number) + 1;
  }
}

/** Zeros before `iv`, where the counter is absent, make it `length` long. */
function started(iv: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  out.set(iv, length - iv.length);
  return out;
}

/** draft-irtf-cfrg-xchacha-03 2.3: the first 16 bytes of the nonce go into the key, the rest is nonce. */
function xchachaStream(key: Uint8Array, iv: Uint8Array): ChachaStream {
  const start = started(iv, 32);
  const derived = subkey(key, start.subarray(8, 24));
  start.copyWithin(8, 24);
  const stream = new ChachaStream(derived, start.subarray(0, 16), 8);
  derived.fill(0);
  return stream;
}

export function startStreamCipher(name: StreamCipherName, key: Uint8Array, iv: Uint8Array): CipherState {
  if (key.length !== KEY_LENGTH) throw new RangeError(`a ChaCha20 key is 32 bytes, not ${key.length}`);
  const lengths = name === 'chacha20' ? [8, 12, 16] : [24, 32];
  if (!lengths.includes(iv.length)) throw new RangeError(`${name} takes no IV of ${iv.length} bytes`);
  if (name === 'xchacha20') return xchachaStream(key, iv);
  return new ChachaStream(key, started(iv, 16), iv.length === 8 ? 8 : 4);
}
