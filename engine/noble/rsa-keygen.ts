/** RSA key pairs from probable primes (FIPS 186-5 A.1.1 and A.1.3). */

import { invert } from '@noble/curves/abstract/modular.js';
import type { Long, RandomBytes } from '../engine.ts';
import { drain } from './long.ts';
import { drawPrimeLong, gcd } from './primes.ts';
import { encodePrivateKey, type PrivateNumbers } from './rsa-key.ts';

const MIN_BITS = 512;

/** A generator that gives the same prime again and again is broken, by chance or by a fault. */
const MAX_PAIRS = 16;

/** A.1.1: the primes differ within their first hundred bits. */
function areFarApart(p: bigint, q: bigint, bits: number): boolean {
  const difference = p > q ? p - q : q - p;
  return difference >> BigInt(bits / 2 - 100) > 0n;
}

/** A.1.1: d is e^-1 mod lcm(p - 1, q - 1); undefined where d is so small that the primes have to be drawn anew. */
function privateNumbers(p: bigint, q: bigint, e: bigint, bits: number): PrivateNumbers | undefined {
  const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);
  const d = invert(e, lambda);
  if (d >> BigInt(bits / 2) === 0n) return undefined;
  return { n: p * q, e, d, p, q, dP: d % (p - 1n), dQ: d % (q - 1n), qInv: invert(q, p) };
}

export function* generateKeyLong(bits: number, e: bigint, random: RandomBytes): Long<Uint8Array> {
  if (bits % 2 !== 0 || bits < MIN_BITS) throw new RangeError(`no RSA keys of ${bits} bits are made`);
  if (e % 2n !== 1n || e < 3n) throw new RangeError('an RSA exponent is odd and at least 3');
  for (let pair = 0; pair < MAX_PAIRS; pair++) {
    const p = yield* drawPrimeLong(bits / 2, e, random);
    const q = yield* drawPrimeLong(bits / 2, e, random);
    if (!areFarApart(p, q, bits)) continue;
    const numbers = p > q ? privateNumbers(p, q, e, bits) : privateNumbers(q, p, e, bits);
    if (numbers !== undefined) return encodePrivateKey(numbers);
  }
  throw new Error(`no two primes for an RSA key in ${MAX_PAIRS} pairs`);
}

export function generateKey(bits: number, e: bigint, random: RandomBytes): Uint8Array {
  return drain(generateKeyLong(bits, e, random));
}
