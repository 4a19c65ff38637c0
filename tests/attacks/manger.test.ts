import { expect, test } from 'vitest';
import { createFaultyEngine } from '../../engine/faulty/index.ts';
import { createGuardedEngine } from '../../engine/guarded/index.ts';
import { createNobleEngine } from '../../engine/noble/index.ts';
import { manger } from '../../scripts/attacks/manger.ts';
import { ascii, hex } from '../support/bytes.ts';
import { RSA_PAIR } from '../support/keys.ts';

test('the first octet alone gives the message', async () => {
  expect(await manger.run(false)).toEqual({
    recovered: true,
    data: expect.stringMatching(/^1\d{3} questions, "wrapped firmware key"$/),
  });
});

test('a device that tries a ciphertext of its own first answers all of them alike', async () => {
  expect(await manger.run(true)).toEqual({ recovered: false, data: '1023 questions' });
});

test('without a fault the steps of OAEP, and the decoy before them, are the plain engine', () => {
  const plain = createNobleEngine();
  const faulty = createFaultyEngine(plain, {
    wants: () => true,
    data: (_, value) => value,
    skips: () => false,
    check: (_, length, compare) => compare(length),
  });
  const random = (length: number) => new Uint8Array(length).fill(3);
  const guarded = createGuardedEngine(faulty, new Set(['double-compare']), random);
  const key = plain.rsa.privateKey(RSA_PAIR);
  if (key === undefined) throw new Error('no key');
  const ciphertext = plain.rsa.encryptOaep(key, 'sha1', ascii('label'), ascii('message'), random);
  const pkcs1 = plain.rsa.encryptPkcs1(key, ascii('message'), random);
  for (const { rsa } of [plain, faulty, guarded])
    for (const [input, label, expected] of [
      [ciphertext, 'label', ascii('message')],
      [ciphertext, 'other', undefined],
      [pkcs1, 'label', undefined],
    ] as const) {
      const opened = input && rsa.decryptOaep(key, 'sha1', ascii(label), input);
      expect(opened && hex(opened)).toBe(expected && hex(expected));
    }
});
