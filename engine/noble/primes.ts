/** Probable primes: trial division, then Miller-Rabin (FIPS 186-5 B.3.1), all chance from the caller. */

import type { Long, RandomBytes } from '../engine.ts';
import { bitLength, bytesToInteger } from './bytes.ts';
import { drain } from './long.ts';
import { modPowLong } from './modpow.ts';

/** Where one more prime to divide by costs as much as the Miller-Rabin rounds that it spares. */
const TRIAL_LIMIT = 1 << 14;

/** A generator that never gives a prime in so many draws per bit is broken, by chance or by a fault. */
const MAX_DRAWS_PER_BIT = 64;

interface Batch {
  /** Below 2^53, so that a remainder is an exact number. */
  readonly product: bigint;
  readonly primes: readonly number[];
}

let batches: readonly Batch[] | undefined;

function smallOddPrimes(limit: number): number[] {
  const composite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let i = 3; i < limit; i += 2) {
    if (composite[i] === 1) continue;
    primes.push(i);
    for (let j = i * i; j < limit; j += 2 * i) composite[j] = 1;
  }
  return primes;
}

function makeBatches(): Batch[] {
  const made: Batch[] = [];
  let primes: number[] = [];
  let product = 1;
  for (const prime of smallOddPrimes(TRIAL_LIMIT)) {
    if (product * prime > Number.MAX_SAFE_INTEGER) {
      made.push({ product: BigInt(product), primes });
      primes = [];
      product = 1;
    }
    primes.push(prime);
    product *= prime;
  }
  made.push({ product: BigInt(product), primes });
  return made;
}

/** For candidates above the primes divided by. */
function hasSmallFactor(candidate: bigint): boolean {
  batches ??= makeBatches();
  for (const { product, primes } of batches) {
    const remainder = Number(candidate % product);
    for (const prime of primes) {
      if (remainder % prime === 0) return true;
    }
  }
  return false;
}

/** FIPS 186-5 table B.1 by the length of the prime; more below its range. */
function rounds(bits: number): number {
  if (bits >= 1536) return 4;
  if (bits >= 1024) return 5;
  return bits >= 512 ? 8 : 20;
}

function drawInteger(bits: number, random: RandomBytes): bigint {
  return BigInt.asUintN(bits, bytesToInteger(random(Math.ceil(bits / 8))));
}

/** FIPS 186-5 B.3.1 steps 4.3 to 4.6, for one base. */
function* isWitness(base: bigint, w: bigint, odd: bigint, twos: number): Long<boolean> {
  let z = yield* modPowLong(base, odd, w);
  if (z === 1n || z === w - 1n) return false;
  for (let j = 1; j < twos; j++) {
    z = (z * z) % w;
    if (z === w - 1n) return false;
  }
  return true;
}

/** FIPS 186-5 B.3.1 for an odd number above the small primes; bases from 2 to w - 2. */
export function* isProbablePrimeLong(w: bigint, random: RandomBytes): Long<boolean> {
  if (hasSmallFactor(w)) return false;
  const bits = bitLength(w);
  let odd = w - 1n;
  let twos = 0;
  while (odd % 2n === 0n) {
    odd /= 2n;
    twos += 1;
  }
  for (let round = rounds(bits); round > 0; round--) {
    const base = 2n + (drawInteger(bits, random) % (w - 3n));
    if (yield* isWitness(base, w, odd, twos)) return false;
  }
  return true;
}

export function isProbablePrime(w: bigint, random: RandomBytes): boolean {
  return drain(isProbablePrimeLong(w, random));
}

/** A probable prime with its two upper bits set and p - 1 prime to `e`; FIPS 186-5 A.1.3 step 4. */
export function* drawPrimeLong(bits: number, e: bigint, random: RandomBytes): Long<bigint> {
  const ends = (3n << BigInt(bits - 2)) | 1n;
  for (let draw = 0; draw < bits * MAX_DRAWS_PER_BIT; draw++) {
    const candidate = drawInteger(bits, random) | ends;
    if ((yield* isProbablePrimeLong(candidate, random)) && gcd(candidate - 1n, e) === 1n) return candidate;
    yield;
  }
  throw new Error(`no prime of ${bits} bits in ${bits * MAX_DRAWS_PER_BIT} draws`);
}

export function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
