/** Unauthenticated AES modes against OpenSSL, whole and in parts, in both directions. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CFB,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_OFB,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { type CipherOperation, cipherOperationInit } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex, join } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { must } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;

interface Mode {
  readonly name: string;
  readonly alg: number;
  readonly iv: number;
  /** Whether messages are whole blocks. */
  readonly blocks: boolean;
  readonly padding: boolean;
}

const MODES: readonly Mode[] = [
  { name: 'ecb', alg: PSA_ALG_ECB_NO_PADDING, iv: 0, blocks: true, padding: false },
  { name: 'cbc', alg: PSA_ALG_CBC_NO_PADDING, iv: 16, blocks: true, padding: false },
  { name: 'cbc', alg: PSA_ALG_CBC_PKCS7, iv: 16, blocks: false, padding: true },
  { name: 'ctr', alg: PSA_ALG_CTR, iv: 16, blocks: false, padding: false },
  { name: 'cfb', alg: PSA_ALG_CFB, iv: 16, blocks: false, padding: false },
  { name: 'ofb', alg: PSA_ALG_OFB, iv: 16, blocks: false, padding: false },
];

const SUITES = MODES.flatMap((mode) =>
  [128, 192, 256].map((bits) => ({
    ...mode,
    bits,
    title: `AES-${bits} ${mode.name}${mode.padding ? ' with PKCS#7' : ''}`,
    openssl: `aes-${bits}-${mode.name}`,
  })),
);

const runParts = async (
  operation: CipherOperation,
  iv: Uint8Array,
  data: Uint8Array,
  random: Generator,
): Promise<Uint8Array> => {
  if (iv.length > 0) await must(psa.cipherSetIv(operation, iv));
  const outputs: Uint8Array[] = [];
  for (const part of random.split(data)) outputs.push((await must(psa.cipherUpdate(operation, part))).output);
  outputs.push((await must(psa.cipherFinish(operation))).output);
  return join(...outputs);
};

/** Counters near their end, so that the carry runs through every byte. */
const drawIv = (random: Generator, length: number): Uint8Array => {
  const iv = random.bytes(length);
  return random.below(3) === 0 ? iv.fill(0xff, random.below(length + 1), length) : iv;
};

describe(`AES modes against OpenSSL, seed ${SEED}`, () => {
  it.each(SUITES)('$title', ({ title, openssl, alg, iv: ivLength, bits, blocks, padding }) =>
    cases(title, CASES, async (random) => {
      const keyBytes = random.bytes(bits / 8);
      const iv = drawIv(random, ivLength);
      const length = random.length(600);
      const text = random.bytes(blocks ? length - (length % 16) : length);
      const theirIv = ivLength === 0 ? null : iv;
      const cipher = createCipheriv(openssl, keyBytes, theirIv).setAutoPadding(padding);
      const sealed = bytesOf(Buffer.concat([cipher.update(text), cipher.final()]));

      const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
      const { key } = await must(psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage }, keyBytes));
      const encrypting = cipherOperationInit();
      await must(psa.cipherEncryptSetup(encrypting, key, alg));
      expect(hex(await runParts(encrypting, iv, text, random))).toBe(hex(sealed));
      const decrypting = cipherOperationInit();
      await must(psa.cipherDecryptSetup(decrypting, key, alg));
      expect(hex(await runParts(decrypting, iv, sealed, random))).toBe(hex(text));
      const opened = await must(psa.cipherDecrypt(key, alg, join(iv, sealed)));
      expect(hex(opened.output)).toBe(hex(text));

      // The device draws the IV here and puts it in front.
      const { output } = await must(psa.cipherEncrypt(key, alg, text));
      const ownIv = ivLength === 0 ? null : output.subarray(0, ivLength);
      const decipher = createDecipheriv(openssl, keyBytes, ownIv).setAutoPadding(padding);
      const back = Buffer.concat([decipher.update(output.subarray(ivLength)), decipher.final()]);
      expect(hex(back)).toBe(hex(text));
      await must(psa.destroyKey(key));
    }),
  );
});
