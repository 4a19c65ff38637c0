/** Modular exponentiation on BigInt. V8's own remainder beats Montgomery and Barrett written above it. */

import type { Long } from '../engine.ts';
import { drain } from './long.ts';

const WINDOW_BITS = 5;
const WINDOW_SIZE = 2 ** WINDOW_BITS;

/** Below this many bits an exponent does not earn the table of a window. */
const SHORT_EXPONENT = 2n ** 64n;

function* modPowShort(base: bigint, exponent: bigint, modulus: bigint): Long<bigint> {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
    yield;
  }
  return result;
}

/** Fixed windows: every five squarings one multiplication, whatever the digit; a piece is one digit. */
export function* modPowLong(base: bigint, exponent: bigint, modulus: bigint): Long<bigint> {
  const b = base % modulus;
  if (exponent < SHORT_EXPONENT) return yield* modPowShort(b, exponent, modulus);
  const powers = [1n];
  for (let i = 1; i < WINDOW_SIZE; i++) {
    powers.push(((powers[i - 1] as bigint) * b) % modulus);
    yield;
  }
  let result = 1n;
  for (const digit of exponent.toString(WINDOW_SIZE)) {
    for (let i = 0; i < WINDOW_BITS; i++) result = (result * result) % modulus;
    result = (result * (powers[Number.parseInt(digit, WINDOW_SIZE)] as bigint)) % modulus;
    yield;
  }
  return result;
}

export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  return drain(modPowLong(base, exponent, modulus));
}
