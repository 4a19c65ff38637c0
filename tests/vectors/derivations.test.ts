/** Known answers of key derivations that RFCs do not give, through the PSA Crypto API. */

import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SP800_108_COUNTER_CMAC,
  PSA_ALG_SP800_108_COUNTER_HMAC,
  PSA_ALG_TLS12_ECJPAKE_TO_PMS,
  PSA_KEY_DERIVATION_INPUT_CONTEXT,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DERIVE,
} from '../../psa-api/constants.ts';
import { ascii, hex, join, unhex } from '../support/bytes.ts';
import { derivation, derive, type Input } from '../support/derivation.ts';
import { openInProcess } from '../support/device.ts';
import { must } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const KEY = unhex('000102030405060708090a0b0c0d0e0f10111213');
const LABEL: Input = [PSA_KEY_DERIVATION_INPUT_LABEL, ascii('label')];
const CONTEXT: Input = [PSA_KEY_DERIVATION_INPUT_CONTEXT, Uint8Array.of(1, 2, 3)];

/** As many bytes as the capacity is set to. */
const whole = async (alg: number, length: number, ...inputs: readonly Input[]): Promise<string> => {
  const operation = await derivation(psa, alg, ...inputs);
  await must(psa.keyDerivationSetCapacity(operation, length));
  const { output } = await must(psa.keyDerivationOutputBytes(operation, length));
  await must(psa.keyDerivationAbort(operation));
  return hex(output);
};

/** OpenSSL's KBKDF in counter mode, whose salt is the label and whose info is the context. */
const HMACS: readonly (readonly [string, number, readonly Input[], string])[] = [
  [
    'SHA-1',
    PSA_ALG_SHA_1,
    [LABEL, CONTEXT],
    `2013c5f0c3bf6e8350cd7a3ede4ed576ebef270569bfe55ca6ac86ffb225470614533e814c7ce47d
     b051dbab41a8dc0e0502240baecf8105a7711b822912eeff47566a70cfce19164111e0bd282cbfd2`,
  ],
  [
    'SHA-256',
    PSA_ALG_SHA_256,
    [LABEL, CONTEXT],
    `9ac4fd42dd69bcb92c2bb3d35c650d7ba724155cd66a7481ba3241631668f29b73dd34e1e2ead3d1
     98f6faa576fb0550f67ef34300f4c6574472bcfe8a1d607c9a7aceb0d3c58c143ee8a9435a08e3cd`,
  ],
  [
    'SHA-384',
    PSA_ALG_SHA_384,
    [LABEL, CONTEXT],
    `6ff7c591cb348e200dafabda9765cfb6ddca7a00bdd9f75d40fe07f04da141143524cd4944d42374
     7d8d15826be0f0363675623ab9ddfbfc529240be624e80c83b34e0a16b37d97f2e0a006a8a09f149`,
  ],
  [
    'SHA-512',
    PSA_ALG_SHA_512,
    [LABEL, CONTEXT],
    `b9983687f66ed6566ef7dfc4653d12f7aa5f79e76ae771ca4301f247e4d22f0589dd4393dbc36632
     dc628f845ceae529e422e44ecf6b4bbc1d44de15af47d34a77855b5b447f3b7cd42609f22712c6ed`,
  ],
  [
    'SHA-256 without label and context',
    PSA_ALG_SHA_256,
    [],
    '4251ba2a0ec3bb02935ec5600737e8d1dfd7a5ab5d79b3d024425fce0c45805029703fdec85e2206',
  ],
];

describe('SP 800-108 in counter mode', () => {
  it.each(HMACS)('HMAC, %s', async (_, hash, inputs, expected) => {
    const output = unhex(expected);
    const secret: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, KEY];
    const alg = PSA_ALG_SP800_108_COUNTER_HMAC(hash);
    expect(await whole(alg, output.length, secret, ...inputs)).toBe(hex(output));
  });

  /** OpenSSL's KBKDF with its length switched off, and length and K(0), by OpenSSL's CMAC, after the info. */
  it.each([
    [
      'AES-128',
      '2b7e151628aed2a6abf7158809cf4f3c',
      '54cad64380ac8e89ed850111a194cb15141a13bc2fe705c8a9897793ac1f5adfa8e5e9852b7e8fde',
    ],
    [
      'AES-256',
      '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
      'b25585e7e02814ad75d2aa4defd8b1c5886b271d98c8109b4d1132c35439368bcff7461ae61bbc1a',
    ],
  ])('CMAC, %s', async (_, data, expected) => {
    const alg = PSA_ALG_SP800_108_COUNTER_CMAC;
    const { key } = await must(
      psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage: PSA_KEY_USAGE_DERIVE }, unhex(data)),
    );
    const secret: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, { key }];
    expect(await whole(alg, 40, secret, LABEL, CONTEXT)).toBe(expected);
  });
});

describe('PBKDF2-AES-CMAC-PRF-128', () => {
  it("makes Thread's PSKc from a passphrase, as its specification has it for a test", async () => {
    const salt = join(ascii('Thread'), unhex('0001020304050607'), ascii('Test Network'));
    const pskc = await derive(
      psa,
      PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
      16,
      [PSA_KEY_DERIVATION_INPUT_COST, 16384n],
      [PSA_KEY_DERIVATION_INPUT_SALT, salt],
      [PSA_KEY_DERIVATION_INPUT_PASSWORD, ascii('12SECRETPASSWORD34')],
    );
    expect(hex(pskc)).toBe('c3f59368445a1b6106be420a706d4cc9');
  });
});

describe('ECJPAKE to PMS', () => {
  it("makes the premaster secret of Mbed TLS's self-test", async () => {
    const point = unhex(`
      0401abe9f2c73a9914cb1f80fb9ddb7e0012a89c2f392779f964401475eac131
      28438fe11241d6c1e55f7b808894c9c027a33441f5cba1fe6cc7e61217c3de27
      b4`);
    const secret: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, point];
    expect(hex(await derive(psa, PSA_ALG_TLS12_ECJPAKE_TO_PMS, 32, secret))).toBe(
      'f3d47f599844db92a569bbe7981e39d931fd743bf22e98f9b438f719d3c4f351',
    );
  });
});
