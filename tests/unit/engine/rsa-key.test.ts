/** RSA keys: what is accepted, what is refused, and what is made. */

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bitLength } from '../../../engine/noble/bytes.ts';
import { isProbablePrime } from '../../../engine/noble/primes.ts';
import { decodeIntegers, encodeIntegers } from '../../../engine/noble/rsa-der.ts';
import { RSA1024, RSA1031, RSA2048 } from './rsa-keys.ts';
import { bytes, engine, generator, hex, join, SEED } from './support.ts';

const { rsa } = engine;

/** The key with one of its numbers replaced; 0 is the version, then n, e, d, p, q, dP, dQ, qInv. */
function replaced(at: number, change: (was: bigint) => bigint): Uint8Array {
  const numbers = decodeIntegers(RSA1024) ?? [];
  return encodeIntegers(numbers.map((number, i) => (i === at ? change(number) : number)));
}

/** As key generation takes the bytes drawn. */
function withUpperBits(draw: Uint8Array): bigint {
  return BigInt(`0x${hex(draw)}`) | (3n << BigInt(8 * draw.length - 2));
}

/** The next odd number, in the last four bytes. */
function step(draw: Uint8Array): void {
  const view = new DataView(draw.buffer, draw.byteOffset + draw.length - 4);
  view.setUint32(0, view.getUint32(0) + 2);
}

describe('RSAPrivateKey', () => {
  it.each([
    [1024, RSA1024],
    [1031, RSA1031],
    [2048, RSA2048],
  ])('of %i bits from OpenSSL', (bits, der) => {
    const key = rsa.privateKey(der);
    expect(key?.bits).toBe(bits);
    expect(key?.byteLength).toBe(Math.ceil(bits / 8));
    expect(key?.public.bits).toBe(bits);
    expect(encodeIntegers(decodeIntegers(der) ?? [])).toEqual(der);
  });

  it.each([
    ['version 1', replaced(0, () => 1n)],
    ['another modulus', replaced(1, (n) => n + 2n)],
    ['an even exponent', replaced(2, (e) => e + 1n)],
    ['exponent 1', replaced(2, () => 1n)],
    ['another exponent', replaced(2, (e) => e + 2n)],
    ['another private exponent', replaced(3, (d) => d + 2n)],
    ['another first prime', replaced(4, (p) => p + 2n)],
    ['another second prime', replaced(5, (q) => q + 2n)],
    ['a prime of zero', replaced(5, () => 0n)],
    ['a prime of one', replaced(5, () => 1n)],
    ['another dP', replaced(6, (dP) => dP + 1n)],
    ['another dQ', replaced(7, (dQ) => dQ + 1n)],
    ['another coefficient', replaced(8, (qInv) => qInv + 1n)],
  ])('with %s is refused', (_, der) => {
    expect(rsa.privateKey(der)).toBeUndefined();
  });

  it('with more or fewer numbers is refused', () => {
    const numbers = decodeIntegers(RSA1024) ?? [];
    expect(rsa.privateKey(encodeIntegers(numbers))).toBeDefined();
    expect(rsa.privateKey(encodeIntegers(numbers.slice(0, 8)))).toBeUndefined();
    expect(rsa.privateKey(encodeIntegers([...numbers, 5n]))).toBeUndefined();
    expect(rsa.privateKey(encodeIntegers(numbers.slice(1, 3)))).toBeUndefined();
  });

  it('with p = q is refused', () => {
    const [, , e, , p] = decodeIntegers(RSA1024) as [bigint, bigint, bigint, bigint, bigint];
    expect(rsa.privateKey(encodeIntegers([0n, p * p, e, 1n, p, p, 1n, 1n, 1n]))).toBeUndefined();
  });
});

describe('DER', () => {
  it('cut or continued is refused', () => {
    for (let length = 0; length < RSA1024.length; length += 7) {
      expect(rsa.privateKey(RSA1024.subarray(0, length))).toBeUndefined();
    }
    expect(rsa.privateKey(join(RSA1024, bytes('00')))).toBeUndefined();
  });

  it.each([
    ['an empty sequence', '3000', []],
    ['zero', '3003020100', [0n]],
    ['a sign octet', '300402020080', [128n]],
    ['no content', '30020200', undefined],
    ['a negative number', '3003020180', undefined],
    ['a sign octet too many', '30040202007f', undefined],
    ['zero in two octets', '300402020000', undefined],
    ['a long form for a short length', '308103020101', undefined],
    ['a long form with a leading zero', '30820003020101', undefined],
    ['an indefinite length', '30800201010000', undefined],
    ['another tag', '3003040101', undefined],
    ['no sequence', '020101', undefined],
    ['a length beyond the end', '3004020101', undefined],
    ['an inner length beyond the end', '3003020201', undefined],
    ['nothing after the tag', '30', undefined],
    ['a length of too many octets', '3084000000030201', undefined],
  ])('%s', (_, der, integers) => {
    expect(decodeIntegers(bytes(der))).toEqual(integers);
  });

  it('writes lengths of one, two and three octets', () => {
    for (const bits of [8, 1016, 1023, 1024, 2040, 70000]) {
      const integers = [(1n << BigInt(bits)) - 1n, 0n, 1n];
      expect(decodeIntegers(encodeIntegers(integers))).toEqual(integers);
    }
  });
});

describe('RSAPublicKey', () => {
  it('is written and read', () => {
    const key = rsa.privateKey(RSA2048);
    if (key === undefined) throw new Error('not a private key');
    const der = rsa.encodePublicKey(key.public);
    const node = createPublicKey({ key: Buffer.from(RSA2048), format: 'der', type: 'pkcs1' });
    expect(hex(der)).toBe(node.export({ format: 'der', type: 'pkcs1' }).toString('hex'));
    expect(rsa.publicKey(der)?.bits).toBe(2048);
    expect(hex(rsa.encodePublicKey(key))).toBe(hex(der));
  });

  it('of even, short or odd numbers is refused', () => {
    const [, n, e] = decodeIntegers(RSA1024) as [bigint, bigint, bigint];
    expect(rsa.publicKey(encodeIntegers([n, e]))).toBeDefined();
    expect(rsa.publicKey(encodeIntegers([n + 1n, e]))).toBeUndefined();
    expect(rsa.publicKey(encodeIntegers([n, 2n]))).toBeUndefined();
    expect(rsa.publicKey(encodeIntegers([n, 1n]))).toBeUndefined();
    expect(rsa.publicKey(encodeIntegers([n, n + 2n]))).toBeUndefined();
    expect(rsa.publicKey(encodeIntegers([(n >> 600n) | 1n, e]))).toBeUndefined();
    expect(rsa.publicKey(encodeIntegers([n, e, 1n]))).toBeUndefined();
    expect(rsa.publicKey(bytes('ff'))).toBeUndefined();
  });
});

describe(`key generation, seed ${SEED}`, () => {
  it.each([
    [512, 65537n],
    [1024, 3n],
    [1030, 65537n],
    [2048, 65537n],
  ])('%i bits with e = %s', (bits, e) => {
    const der = rsa.generate(bits, e, generator().bytes);
    expect(hex(rsa.generate(bits, e, generator().bytes))).toBe(hex(der));
    expect(rsa.privateKey(der)?.bits).toBe(bits);
    const node = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
    expect(node.asymmetricKeyDetails?.modulusLength).toBe(bits);
    expect(node.asymmetricKeyDetails?.publicExponent).toBe(e);
    const [, , , , p = 0n, q = 0n] = decodeIntegers(der) ?? [];
    for (const prime of [p, q]) {
      expect(bitLength(prime)).toBe(bits / 2);
      expect(prime >> BigInt(bits / 2 - 2)).toBe(3n);
      expect(isProbablePrime(prime, generator(1).bytes)).toBe(true);
    }
    expect(p > q).toBe(true);
  });

  it('refuses what it cannot make', () => {
    const random = generator().bytes;
    expect(() => rsa.generate(1025, 65537n, random)).toThrow(RangeError);
    expect(() => rsa.generate(256, 65537n, random)).toThrow(RangeError);
    expect(() => rsa.generate(1024, 65536n, random)).toThrow(RangeError);
    expect(() => rsa.generate(1024, 1n, random)).toThrow(RangeError);
  });

  it('gives up on a generator that is stuck', () => {
    expect(() => rsa.generate(512, 65537n, (length) => new Uint8Array(length))).toThrow();
    const prime = generator().bytes(32);
    for (prime[31] = 1; !isProbablePrime(withUpperBits(prime), generator().bytes); ) step(prime);
    expect(() => rsa.generate(512, 65537n, () => prime.slice())).toThrow();
  });
});

describe('primality', () => {
  it.each([
    ['2^521 - 1', 2n ** 521n - 1n, true],
    ['2^607 - 1', 2n ** 607n - 1n, true],
    ['2^523 - 1', 2n ** 523n - 1n, false],
    ['a product of two Mersenne primes', (2n ** 521n - 1n) * (2n ** 607n - 1n), false],
    ['a square', (2n ** 521n - 1n) ** 2n, false],
  ])('%s', (_, number, prime) => {
    expect(isProbablePrime(number, generator().bytes)).toBe(prime);
  });

  it('is not fooled by a Carmichael number with three large factors', () => {
    // (6k + 1)(12k + 1)(18k + 1) is one when all three are prime (Chernick)
    const random = generator().bytes;
    for (let k = 2n ** 60n; ; k++) {
      const factors = [6n * k + 1n, 12n * k + 1n, 18n * k + 1n] as const;
      if (!factors.every((factor) => isProbablePrime(factor, random))) continue;
      expect(isProbablePrime(factors[0] * factors[1] * factors[2], random)).toBe(false);
      break;
    }
  });
});
