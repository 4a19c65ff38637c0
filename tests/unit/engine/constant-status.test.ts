/** Implicit rejection of RSAES-PKCS1-v1_5. */

import { expect, test } from 'vitest';
import { syntheticMessage } from '../../../engine/guarded/constant-status.ts';
import { createGuardedEngine } from '../../../engine/guarded/index.ts';
import { RSA1024 } from './rsa-keys.ts';
import { engine, generator, hex } from './support.ts';

const random = generator();
const guarded = createGuardedEngine(engine, new Set(['constant-status']), random.bytes);
const key = engine.rsa.privateKey(RSA1024) as NonNullable<ReturnType<typeof engine.rsa.privateKey>>;

/** What OpenSSL 4.0.0 decrypts ciphertexts of one repeated byte to, with the key of these tests. */
const OPENSSL: readonly (readonly [number, string])[] = [
  [
    1,
    '27a1971363010b7313f26bbb3f571f1c403670d2dbad26301e97448c024cee388bb7a1770d16660e5302489cbbbc6d763bd5443c8879d09e816295dc15b1aeb50a2d4fc51709d9e47a1733b0c4d162c5db',
  ],
  [2, '45f1e46bf1cc2cdeb64134de0d6f34ef53f3401f88163489c1a8bc01951dbd7f50927293d003f9787b55d4'],
  [3, 'ad6e6737ff9cf1880276dfe790bb737f65fc8706bf8064be711c3fbbc2a27b806e931cf19cc567318c42e7'],
  [4, '49655215af199006fc9897c83433264e95aaca58a41ce76f07a885f0a3bfca575b6850cc48904a366c3701f1da261c2c63'],
];

/** Below the modulus, which begins with a one. */
const ciphertext = (): Uint8Array => random.bytes(128).with(0, 1);

test('a right padding gives its message', () => {
  const message = random.bytes(40);
  const sealed = engine.rsa.encryptPkcs1(key, message, random.bytes) as Uint8Array;
  expect(guarded.rsa.decryptPkcs1(key, sealed)).toEqual(message);
});

test.each(OPENSSL)('128 bytes of %i give the message that OpenSSL makes of them', (byte, message) => {
  const opened = guarded.rsa.decryptPkcs1(key, new Uint8Array(128).fill(byte));
  expect(opened && hex(opened)).toBe(message);
});

test('lengths reach from nothing to the longest, and the same ciphertext keeps its own', () => {
  const lengths = Array.from({ length: 200 }, () => syntheticMessage(engine, key, ciphertext()).length);
  expect(Math.min(...lengths)).toBeLessThan(10);
  expect(Math.max(...lengths)).toBeGreaterThan(107);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(117);
  const input = ciphertext();
  expect(syntheticMessage(engine, key, input)).toEqual(syntheticMessage(engine, key, input));
});

test('what is not below the modulus is refused: whoever sent it knows', () => {
  expect(guarded.rsa.decryptPkcs1(key, new Uint8Array(128).fill(0xff))).toBeUndefined();
});
