/** MACs: HMAC against OpenSSL; CMAC against SP 800-38B written down here over OpenSSL's AES. */

import { createCipheriv, createHmac } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_CMAC,
  PSA_ALG_HMAC,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { macOperationInit } from '../../psa-api/generated/psa.ts';
import { bytesOf, hex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { PLAIN_HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const BLOCK = 16;

/** SP 800-38B 6.1: doubling in GF(2^128). */
const double = (block: Buffer): Buffer => {
  const doubled = (BigInt(`0x${block.toString('hex')}`) << 1n) ^ ((block[0] ?? 0) & 0x80 ? 0x87n : 0n);
  return Buffer.from(BigInt.asUintN(128, doubled).toString(16).padStart(32, '0'), 'hex');
};

/** SP 800-38B 6.2. */
const cmac = (key: Uint8Array, message: Uint8Array): Uint8Array => {
  const encrypt = (block: Uint8Array) => {
    const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  };
  const whole = message.length > 0 && message.length % BLOCK === 0;
  const first = double(encrypt(Buffer.alloc(BLOCK)));
  const mask = whole ? first : double(first);
  const length = whole ? message.length : (Math.floor(message.length / BLOCK) + 1) * BLOCK;
  const padded = Buffer.alloc(length);
  padded.set(message);
  if (!whole) padded[message.length] = 0x80;
  for (let i = 0; i < BLOCK; i++)
    padded[length - BLOCK + i] = (padded[length - BLOCK + i] ?? 0) ^ (mask[i] ?? 0);
  // CBC-MAC is the last block of CBC with a zero IV.
  const cbc = createCipheriv(`aes-${key.length * 8}-cbc`, key, Buffer.alloc(BLOCK)).setAutoPadding(false);
  return bytesOf(Buffer.concat([cbc.update(padded), cbc.final()]).subarray(-BLOCK));
};

const check = async (
  random: Generator,
  type: number,
  base: number,
  keyBytes: Uint8Array,
  reference: (message: Uint8Array) => Uint8Array,
): Promise<void> => {
  const message = random.bytes(random.length(1000));
  const full = reference(message);
  const length = random.below(2) === 0 ? full.length : random.between(4, full.length);
  const alg = PSA_ALG_TRUNCATED_MAC(base, length);
  const expected = full.subarray(0, length);
  const usage = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
  const { key } = await must(psa.importKey({ type, alg, usage }, keyBytes));
  expect(hex((await must(psa.macCompute(key, alg, message))).mac)).toBe(hex(expected));
  expect(await named(psa.macVerify(key, alg, message, expected))).toBe('SUCCESS');

  const signing = macOperationInit();
  await must(psa.macSignSetup(signing, key, alg));
  for (const part of random.split(message)) await must(psa.macUpdate(signing, part));
  expect(hex((await must(psa.macSignFinish(signing))).mac)).toBe(hex(expected));

  const verifying = macOperationInit();
  await must(psa.macVerifySetup(verifying, key, alg));
  for (const part of random.split(message)) await must(psa.macUpdate(verifying, part));
  expect(await named(psa.macVerifyFinish(verifying, expected))).toBe('SUCCESS');

  const wrong = expected.slice();
  const at = random.below(length);
  wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
  expect(await named(psa.macVerify(key, alg, message, wrong))).toBe('INVALID_SIGNATURE');
  await must(psa.destroyKey(key));
};

describe(`MACs against independent ones, seed ${SEED}`, () => {
  it.each(PLAIN_HASHES)('HMAC %s', (name, hash) =>
    cases(`HMAC ${name}`, CASES, (random) => {
      const key = random.bytes(random.between(1, 300));
      return check(random, PSA_KEY_TYPE_HMAC, PSA_ALG_HMAC(hash), key, (message) =>
        bytesOf(createHmac(name, key).update(message).digest()),
      );
    }),
  );

  it.each([128, 192, 256])('CMAC AES-%i', (bits) =>
    cases(`CMAC ${bits}`, CASES, (random) => {
      const key = random.bytes(bits / 8);
      return check(random, PSA_KEY_TYPE_AES, PSA_ALG_CMAC, key, (message) => cmac(key, message));
    }),
  );
});
