/**
 * AES (FIPS 197) round by round, with a probe at the state that enters each round: `alg.aes.round1` to `round14`,
 * 16 bytes in the order of the input. Deciphering counts its own rounds (5.3). Slow, and no secret is safe from its
 * timing: it computes only while a fault waits.
 */

import type { Probe } from '../probe.ts';

const BLOCK = 16;

/** 4.2: multiplication by x in GF(2^8). */
const xtime = (a: number): number => ((a << 1) ^ ((a >>> 7) * 0x1b)) & 0xff;

/** 4.2. */
function multiply(a: number, b: number): number {
  let sum = 0;
  for (let power = a, left = b; left > 0; left >>>= 1, power = xtime(power)) if (left & 1) sum ^= power;
  return sum;
}

/** 5.1.1: the inverse of each byte, then the affine transformation. */
function substitutions(): Uint8Array {
  const box = new Uint8Array(256);
  // 3 generates the group: its powers forwards and backwards are inverses of each other.
  for (let p = 1, q = 1, i = 0; i < 255; i++) {
    const rotated = q | (q << 8);
    box[p] = q ^ (rotated >>> 7) ^ (rotated >>> 6) ^ (rotated >>> 5) ^ (rotated >>> 4) ^ 0x63;
    p = multiply(p, 3);
    q = multiply(q, 0xf6);
  }
  box[0] = 0x63;
  return box;
}

const SBOX = substitutions();
const INVERSE_SBOX = SBOX.reduce((inverse, to, from) => inverse.fill(from, to, to + 1), new Uint8Array(256));

/** The first column of the circulant matrices of 5.1.3 and 5.3.3, from the row of the output on. */
const MIX = [2, 1, 1, 3];
const INVERSE_MIX = [14, 9, 13, 11];

const byte = (bytes: Uint8Array, at: number): number => bytes[at] as number;

/** 5.1.4. */
const addRoundKey = (state: Uint8Array, schedule: Uint8Array, round: number): Uint8Array =>
  state.map((value, i) => value ^ byte(schedule, BLOCK * round + i));

/** 5.1.1 and 5.1.2: row r of the columns moves by r. */
const subAndShift = (state: Uint8Array): Uint8Array =>
  state.map((_, i) => byte(SBOX, byte(state, (i + 4 * (i % 4)) % BLOCK)));

/** 5.3.1 and 5.3.2. */
const inverseSubAndShift = (state: Uint8Array): Uint8Array =>
  state.map((_, i) => byte(INVERSE_SBOX, byte(state, (i + 12 * (i % 4)) % BLOCK)));

const mixColumns = (state: Uint8Array, matrix: readonly number[]): Uint8Array =>
  state.map((_, i) => {
    const column = i - (i % 4);
    let sum = 0;
    for (let row = 0; row < 4; row++)
      sum ^= multiply(byte(state, column + row), matrix[((i % 4) - row + 4) % 4] as number);
    return sum;
  });

/** 5.2: the round keys one after another. */
function expand(key: Uint8Array, rounds: number): Uint8Array {
  const words = key.length / 4;
  const schedule = new Uint8Array(BLOCK * (rounds + 1));
  schedule.set(key);
  for (let word = words, constant = 1; word < schedule.length / 4; word++) {
    let last = schedule.slice(4 * word - 4, 4 * word);
    if (word % words === 0) {
      last = last.map((_, i) => byte(SBOX, byte(last, (i + 1) % 4)));
      last[0] = byte(last, 0) ^ constant;
      constant = xtime(constant);
    } else if (words > 6 && word % words === 4) last = last.map((value) => byte(SBOX, value));
    for (let i = 0; i < 4; i++)
      schedule[4 * word + i] = byte(last, i) ^ byte(schedule, 4 * (word - words) + i);
  }
  return schedule;
}

/** One key's cipher; `wipe` erases the schedule. */
export class RoundCipher {
  readonly #schedule: Uint8Array;
  readonly #rounds: number;
  readonly #probe: Probe;

  /** `key` is 16, 24 or 32 long. */
  constructor(key: Uint8Array, probe: Probe) {
    this.#rounds = key.length / 4 + 6;
    this.#schedule = expand(key, this.#rounds);
    this.#probe = probe;
  }

  /** 5.1, one block into a new array. */
  encrypt(block: Uint8Array): Uint8Array {
    let state = addRoundKey(block, this.#schedule, 0);
    for (let round = 1; round <= this.#rounds; round++) {
      state = subAndShift(this.#probe.data(`alg.aes.round${round}`, state));
      if (round < this.#rounds) state = mixColumns(state, MIX);
      state = addRoundKey(state, this.#schedule, round);
    }
    return state;
  }

  /** 5.3, one block into a new array. */
  decrypt(block: Uint8Array): Uint8Array {
    let state = addRoundKey(block, this.#schedule, this.#rounds);
    for (let round = 1; round <= this.#rounds; round++) {
      const left = this.#rounds - round;
      state = inverseSubAndShift(this.#probe.data(`alg.aes.round${round}`, state));
      state = addRoundKey(state, this.#schedule, left);
      if (left > 0) state = mixColumns(state, INVERSE_MIX);
    }
    return state;
  }

  wipe(): void {
    this.#schedule.fill(0);
  }
}
