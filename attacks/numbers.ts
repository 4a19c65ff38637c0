/** Integers as the attacks need them: bytes are big-endian, residues are in 0..modulus-1. */

import { invert, mod } from '@noble/curves/abstract/modular.js';
import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';

export { invert, mod, numberToBytesBE as integerToBytes };

/** Of any length, the empty string being 0. */
export const bytesToInteger = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : bytesToNumberBE(bytes);

export const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

export const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export const modPow = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  let power = mod(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
};

export const bitLength = (integer: bigint): number => (integer === 0n ? 0 : integer.toString(2).length);

export interface Congruence {
  readonly residue: bigint;
  readonly modulus: bigint;
}

/** One congruence for two, by the Chinese remainder theorem; undefined where they contradict each other. */
export const combine = (a: Congruence, b: Congruence): Congruence | undefined => {
  const common = gcd(a.modulus, b.modulus);
  const difference = b.residue - a.residue;
  if (difference % common !== 0n) return undefined;
  const rest = b.modulus / common;
  const step =
    rest === 1n ? 0n : mod((difference / common) * invert(mod(a.modulus / common, rest), rest), rest);
  return { residue: a.residue + a.modulus * step, modulus: a.modulus * rest };
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
