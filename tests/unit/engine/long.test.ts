/** Long arithmetic in pieces: the same result as at once, and other work in between. */

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Long } from '../../../engine/engine.ts';
import { modPow, modPowLong } from '../../../engine/noble/modpow.ts';
import { isProbablePrime, isProbablePrimeLong } from '../../../engine/noble/primes.ts';
import { ascii, engine, generator, SEED } from './support.ts';

interface Drained<T> {
  readonly value: T;
  readonly pieces: number;
}

/** As a caller does it, but for its clock. */
async function settle<T>(long: Long<T>): Promise<Drained<T>> {
  for (let pieces = 1; ; pieces++) {
    const step = long.next();
    if (step.done === true) return { value: step.value, pieces };
    if (pieces % 50 === 0) await setImmediate();
  }
}

describe(`in pieces as at once, seed ${SEED}`, () => {
  it('modular exponentiation', async () => {
    const random = generator();
    const integer = (length: number) => BigInt(`0x${Buffer.from(random.bytes(length)).toString('hex')}`);
    for (const length of [2, 8, 9, 64, 256]) {
      const modulus = integer(256) | 1n;
      const [base, exponent] = [integer(260), integer(length)];
      const { value, pieces } = await settle(modPowLong(base, exponent, modulus));
      expect(value).toBe(modPow(base, exponent, modulus));
      expect(pieces).toBeGreaterThan((8 * length) / 6);
    }
  });

  it('primality', async () => {
    for (const exponent of [607n, 1279n]) {
      const { value, pieces } = await settle(isProbablePrimeLong(2n ** exponent - 1n, generator().bytes));
      expect(value).toBe(true);
      expect(pieces).toBeGreaterThan(100);
    }
    const composite = 2n ** 523n - 1n;
    expect((await settle(isProbablePrimeLong(composite, generator().bytes))).value).toBe(
      isProbablePrime(composite, generator().bytes),
    );
  });

  it('RSA key generation', async () => {
    const { value, pieces } = await settle(engine.rsa.generateLong(1024, 65537n, generator(3).bytes));
    expect(value).toEqual(engine.rsa.generate(1024, 65537n, generator(3).bytes));
    expect(pieces).toBeGreaterThan(500);
  });

  it('PBKDF2, any portions', async () => {
    for (const iterations of [1, 2, 32, 33, 34, 1000]) {
      const start = () => engine.kdf.pbkdf2Hmac('sha256', ascii('password'), ascii('salt'), iterations);
      const whole = start().read(80);
      const stream = start();
      const first = await settle(stream.readLong(37));
      const second = await settle(stream.readLong(43));
      expect([...first.value, ...second.value]).toEqual([...whole]);
      expect(first.pieces).toBe(1 + 2 * Math.ceil((iterations - 1) / 32));
    }
  });

  it('PBKDF2 with AES-CMAC', async () => {
    const start = () => engine.kdf.pbkdf2AesCmac(ascii('password'), ascii('salt'), 300);
    expect((await settle(start().readLong(40))).value).toEqual(start().read(40));
  });

  it('finite field Diffie-Hellman', async () => {
    const group = engine.ffdhGroup('ffdhe2048');
    const privateKey = group.generate(generator().bytes);
    const made = await settle(group.publicKeyLong(privateKey));
    expect(made.value).toEqual(group.publicKey(privateKey));
    expect(made.pieces).toBeGreaterThan(400);
    const agreed = await settle(group.agreeLong(privateKey, made.value));
    expect(agreed.value).toEqual(group.agree(privateKey, made.value));
  });
});

describe('abandoned', () => {
  it('is over, and the engine is as before', () => {
    const group = engine.ffdhGroup('ffdhe2048');
    const privateKey = group.generate(generator().bytes);
    const long = group.publicKeyLong(privateKey);
    for (let i = 0; i < 20; i++) expect(long.next().done).toBe(false);
    long.return(new Uint8Array(0));
    expect(long.next().done).toBe(true);
    expect(group.publicKey(privateKey)).toEqual(group.publicKey(privateKey));
  });

  it('lets its stream be wiped', () => {
    const stream = engine.kdf.pbkdf2Hmac('sha256', ascii('password'), ascii('salt'), 100_000);
    const long = stream.readLong(32);
    long.next();
    long.return(new Uint8Array(0));
    stream.wipe();
    expect(() => stream.read(1)).toThrow();
  });
});
