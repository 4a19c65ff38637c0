/** ChaCha20, ChaCha20-Poly1305 and XTS against OpenSSL, whole and in parts. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_STREAM_CIPHER,
  PSA_ALG_XTS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { aeadOperationInit, cipherOperationInit } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex, join } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const USAGE = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;

const importKey = async (type: number, alg: number, data: Uint8Array): Promise<number> =>
  (await must(psa.importKey({ type, alg, usage: USAGE }, data))).key;

/** A cipher with an IV, in parts. */
const inParts = async (
  key: number,
  alg: number,
  direction: 'encrypt' | 'decrypt',
  iv: Uint8Array,
  input: Uint8Array,
  random: Generator,
): Promise<string> => {
  const operation = cipherOperationInit();
  if (direction === 'encrypt') await must(psa.cipherEncryptSetup(operation, key, alg));
  else await must(psa.cipherDecryptSetup(operation, key, alg));
  await must(psa.cipherSetIv(operation, iv));
  const outputs: Uint8Array[] = [];
  for (const part of random.split(input))
    outputs.push((await must(psa.cipherUpdate(operation, part))).output);
  outputs.push((await must(psa.cipherFinish(operation))).output);
  return hex(join(...outputs));
};

describe(`against OpenSSL, seed ${SEED}`, () => {
  it('ChaCha20 with every length of nonce', () =>
    cases('ChaCha20', CASES, async (random, i) => {
      const [data, iv] = [random.bytes(32), random.bytes([8, 12, 16][i % 3] ?? 12)];
      const text = random.bytes(random.length(600));
      // Counter and nonce as OpenSSL has them: 16 bytes, zeros where the shorter ones leave the counter out.
      const sealed = (start: Uint8Array, input: Uint8Array) =>
        bytesOf(
          createCipheriv('chacha20', data, join(new Uint8Array(16 - start.length), start)).update(input),
        );
      const key = await importKey(PSA_KEY_TYPE_CHACHA20, PSA_ALG_STREAM_CIPHER, data);
      const expected = sealed(iv, text);
      expect(await inParts(key, PSA_ALG_STREAM_CIPHER, 'encrypt', iv, text, random)).toBe(hex(expected));
      expect(await inParts(key, PSA_ALG_STREAM_CIPHER, 'decrypt', iv, expected, random)).toBe(hex(text));
      const { output } = await must(psa.cipherEncrypt(key, PSA_ALG_STREAM_CIPHER, text));
      expect(hex(output.subarray(12))).toBe(hex(sealed(output.subarray(0, 12), text)));
      const opened = await must(psa.cipherDecrypt(key, PSA_ALG_STREAM_CIPHER, output));
      expect(hex(opened.output)).toBe(hex(text));
      await must(psa.destroyKey(key));
    }));

  it.each([128, 256])('XTS with two keys of %i bits', (bits) =>
    cases(`XTS ${bits}`, CASES, async (random) => {
      const [data, tweak] = [random.bytes(bits / 4), random.bytes(16)];
      const text = random.bytes(16 + random.length(600));
      const cipher = createCipheriv(`aes-${bits}-xts`, data, tweak);
      const expected = bytesOf(Buffer.concat([cipher.update(text), cipher.final()]));
      const key = await importKey(PSA_KEY_TYPE_AES, PSA_ALG_XTS, data);
      expect(await inParts(key, PSA_ALG_XTS, 'encrypt', tweak, text, random)).toBe(hex(expected));
      expect(await inParts(key, PSA_ALG_XTS, 'decrypt', tweak, expected, random)).toBe(hex(text));
      const opened = await must(psa.cipherDecrypt(key, PSA_ALG_XTS, join(tweak, expected)));
      expect(hex(opened.output)).toBe(hex(text));
      const { output } = await must(psa.cipherEncrypt(key, PSA_ALG_XTS, text));
      const decipher = createDecipheriv(`aes-${bits}-xts`, data, output.subarray(0, 16));
      expect(hex(Buffer.concat([decipher.update(output.subarray(16)), decipher.final()]))).toBe(hex(text));
      await must(psa.destroyKey(key));
    }),
  );

  it('ChaCha20-Poly1305', () =>
    cases('ChaCha20-Poly1305', CASES, async (random) => {
      const [data, nonce] = [random.bytes(32), random.bytes(12)];
      const [ad, text] = [random.bytes(random.length(300)), random.bytes(random.length(600))];
      const cipher = createCipheriv('chacha20-poly1305', data, nonce, { authTagLength: 16 });
      cipher.setAAD(ad, { plaintextLength: text.length });
      const body = Buffer.concat([cipher.update(text), cipher.final()]);
      const sealed = bytesOf(Buffer.concat([body, cipher.getAuthTag()]));
      const alg = PSA_ALG_CHACHA20_POLY1305;
      const key = await importKey(PSA_KEY_TYPE_CHACHA20, alg, data);
      expect(hex((await must(psa.aeadEncrypt(key, alg, nonce, ad, text))).ciphertext)).toBe(hex(sealed));
      expect(hex((await must(psa.aeadDecrypt(key, alg, nonce, ad, sealed))).plaintext)).toBe(hex(text));

      const operation = aeadOperationInit();
      await must(psa.aeadEncryptSetup(operation, key, alg));
      if (random.below(2) === 0) await must(psa.aeadSetLengths(operation, ad.length, text.length));
      await must(psa.aeadSetNonce(operation, nonce));
      for (const part of random.split(ad)) await must(psa.aeadUpdateAd(operation, part));
      const outputs: Uint8Array[] = [];
      for (const part of random.split(text))
        outputs.push((await must(psa.aeadUpdate(operation, part))).output);
      const { ciphertext, tag } = await must(psa.aeadFinish(operation));
      expect(hex(join(...outputs, ciphertext, tag))).toBe(hex(sealed));

      const wrong = sealed.slice();
      const at = random.below(wrong.length);
      wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
      expect(await named(psa.aeadDecrypt(key, alg, nonce, ad, wrong))).toBe('INVALID_SIGNATURE');
      await must(psa.destroyKey(key));
    }));
});
