/** RSA keys (RFC 8017 3 and A.1): their numbers, their encodings, and whether the numbers belong together. */

import type { RsaPrivateKey, RsaPublicKey } from '../engine.ts';
import { bitLength } from './bytes.ts';
import { decodeIntegers, encodeIntegers } from './rsa-der.ts';

/** What is shorter cannot even hold a SHA-256 DigestInfo; larger limits are the caller's. */
const MIN_BITS = 512;

/** The version of a key with two primes, RFC 8017 A.1.2. */
const TWO_PRIME = 0n;

export interface PrivateNumbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
}

export class NobleRsaPublicKey implements RsaPublicKey {
  readonly bits: number;
  readonly byteLength: number;
  readonly n: bigint;
  readonly e: bigint;

  constructor(n: bigint, e: bigint) {
    this.n = n;
    this.e = e;
    this.bits = bitLength(n);
    this.byteLength = Math.ceil(this.bits / 8);
  }
}

export class NobleRsaPrivateKey implements RsaPrivateKey {
  readonly bits: number;
  readonly byteLength: number;
  readonly public: NobleRsaPublicKey;
  #numbers: PrivateNumbers | undefined;

  constructor(numbers: PrivateNumbers) {
    this.public = new NobleRsaPublicKey(numbers.n, numbers.e);
    this.bits = this.public.bits;
    this.byteLength = this.public.byteLength;
    this.#numbers = numbers;
  }

  get numbers(): PrivateNumbers {
    if (this.#numbers === undefined) throw new Error('this RSA key was wiped');
    return this.#numbers;
  }

  /** A BigInt cannot be overwritten: all there is to do is to let go of it. */
  wipe(): void {
    this.#numbers = undefined;
  }
}

function isPublicPair(n: bigint, e: bigint): boolean {
  return n % 2n === 1n && bitLength(n) >= MIN_BITS && e % 2n === 1n && e >= 3n && e < n;
}

/** RFC 8017 3.1 and 3.2. That p and q are prime is not tested: it costs more than any use of the key. */
function belongTogether({ n, e, d, p, q, dP, dQ, qInv }: PrivateNumbers): boolean {
  if (!isPublicPair(n, e) || p <= 1n || q <= 1n || p === q || p * q !== n) return false;
  if (d >= n || (d * e) % (p - 1n) !== 1n || (d * e) % (q - 1n) !== 1n) return false;
  if (dP !== d % (p - 1n) || dQ !== d % (q - 1n)) return false;
  return qInv < p && (qInv * q) % p === 1n;
}

export function decodePublicKey(der: Uint8Array): NobleRsaPublicKey | undefined {
  const integers = decodeIntegers(der);
  if (integers?.length !== 2) return undefined;
  const [n, e] = integers as [bigint, bigint];
  return isPublicPair(n, e) ? new NobleRsaPublicKey(n, e) : undefined;
}

export function encodePublicKey({ n, e }: NobleRsaPublicKey): Uint8Array {
  return encodeIntegers([n, e]);
}

export function decodePrivateKey(der: Uint8Array): NobleRsaPrivateKey | undefined {
  const integers = decodeIntegers(der);
  if (integers?.length !== 9 || integers[0] !== TWO_PRIME) return undefined;
  const [, n, e, d, p, q, dP, dQ, qInv] = integers as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const numbers = { n, e, d, p, q, dP, dQ, qInv };
  return belongTogether(numbers) ? new NobleRsaPrivateKey(numbers) : undefined;
}

export function encodePrivateKey({ n, e, d, p, q, dP, dQ, qInv }: PrivateNumbers): Uint8Array {
  return encodeIntegers([TWO_PRIME, n, e, d, p, q, dP, dQ, qInv]);
}
