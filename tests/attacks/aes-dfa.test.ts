import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { keyFromLastRound } from '../../attacks/aes-rounds.ts';
import { recoverAes128Keys } from '../../attacks/index.ts';
import { aesDfa } from '../../scripts/attacks/aes-dfa.ts';
import { hex, unhex } from '../support/bytes.ts';

test('two ciphertexts with a fault entering round 8 give the key', async () => {
  expect(await aesDfa.run(false)).toEqual({
    recovered: true,
    data: expect.stringMatching(/^2 faulty ciphertexts, key [0-9a-f]{32}$/),
  });
});

test('computing twice keeps the faulty ciphertexts in', async () => {
  expect(await aesDfa.run(true)).toEqual({ recovered: false, data: '0 faulty ciphertexts' });
});

test('the key schedule runs back (FIPS 197 A.1)', () => {
  const last = unhex('d014f9a8c9ee2589e13f0cc8b6630ca6');
  expect(hex(keyFromLastRound(last))).toBe('2b7e151628aed2a6abf7158809cf4f3c');
});

test('ciphertexts of different plaintexts fit no fault', () => {
  const encrypt = (byte: number) =>
    new Uint8Array(createCipheriv('aes-128-ecb', Buffer.alloc(16), null).update(Buffer.alloc(16, byte)));
  const pairs = [1, 2].map((byte) => ({ correct: encrypt(0), faulty: encrypt(byte) }));
  expect(recoverAes128Keys(pairs)).toEqual([]);
});
