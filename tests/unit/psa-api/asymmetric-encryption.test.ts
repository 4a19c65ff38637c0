/** Asymmetric encryption. PSA Crypto 1.3, 10.8. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CTR,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, p256Pair, rsaPair, rsaPublic } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';

const OAEP = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
const PKCS1 = PSA_ALG_RSA_PKCS1V15_CRYPT;
const MESSAGE = ascii('a message');
const LABEL = ascii('a label');
const SIZE = 128;

const ways = (psa: Psa, key: number, alg: number): Promise<string[]> =>
  Promise.all([
    named(psa.asymmetricEncrypt(key, alg, MESSAGE, NOTHING)),
    named(psa.asymmetricDecrypt(key, alg, new Uint8Array(SIZE), NOTHING)),
  ]);

describe('asymmetric encryption algorithms', () => {
  const CASES: readonly (readonly [
    name: string,
    key: (psa: Psa) => Promise<number>,
    alg: number,
    encrypt: string,
    decrypt: string,
  ])[] = [
    ['a pair', (psa) => rsaPair(psa, OAEP), OAEP, 'SUCCESS', 'INVALID_PADDING'],
    ['a public key', (psa) => rsaPublic(psa, OAEP), OAEP, 'SUCCESS', 'INVALID_ARGUMENT'],
    [
      'only encryption permitted',
      (psa) => rsaPair(psa, OAEP, { usage: PSA_KEY_USAGE_ENCRYPT }),
      OAEP,
      'SUCCESS',
      'NOT_PERMITTED',
    ],
    [
      'only decryption permitted',
      (psa) => rsaPair(psa, OAEP, { usage: PSA_KEY_USAGE_DECRYPT }),
      OAEP,
      'NOT_PERMITTED',
      'INVALID_PADDING',
    ],
    ['another algorithm', (psa) => rsaPair(psa, OAEP), PKCS1, 'NOT_PERMITTED', 'NOT_PERMITTED'],
    [
      'no such algorithm',
      (psa) => rsaPair(psa, PSA_ALG_CTR),
      PSA_ALG_CTR,
      'INVALID_ARGUMENT',
      'INVALID_ARGUMENT',
    ],
    ['a curve key', (psa) => p256Pair(psa, OAEP), OAEP, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
    ['an AES key', (psa) => aesKey(psa, OAEP), OAEP, 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
    [
      'a hash that is not supported',
      (psa) => rsaPair(psa, PSA_ALG_RSA_OAEP(UNKNOWN_HASH)),
      PSA_ALG_RSA_OAEP(UNKNOWN_HASH),
      'NOT_SUPPORTED',
      'NOT_SUPPORTED',
    ],
    [
      'a hash too long for the key',
      (psa) => rsaPair(psa, PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512)),
      PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512),
      'INVALID_ARGUMENT',
      'INVALID_PADDING',
    ],
    ['no key', async () => 0, OAEP, 'INVALID_HANDLE', 'INVALID_HANDLE'],
  ];

  it.each(CASES)('%s', async (_, makeKey, alg, encrypt, decrypt) => {
    const { psa } = await openForTest();
    expect(await ways(psa, await makeKey(psa), alg)).toEqual([encrypt, decrypt]);
  });
});

onBothCarriers((carrier, open) => {
  describe(`asymmetric encryption ${carrier}`, () => {
    it.each([
      ['OAEP', OAEP, SIZE - 2 * 32 - 2],
      ['PKCS#1 v1.5', PKCS1, SIZE - 11],
    ])('%s takes messages up to its length', async (_, alg, most) => {
      const { psa } = await open();
      const key = await rsaPair(psa, alg);
      for (const length of [0, 1, most]) {
        const message = new Uint8Array(length).fill(3);
        const { output } = await must(psa.asymmetricEncrypt(key, alg, message, NOTHING, SIZE));
        expect(output.length).toBe(SIZE);
        expect(hex((await must(psa.asymmetricDecrypt(key, alg, output, NOTHING))).output)).toBe(hex(message));
      }
      const long = new Uint8Array(most + 1);
      expect(await named(psa.asymmetricEncrypt(key, alg, long, NOTHING))).toBe('INVALID_ARGUMENT');
    });

    it('needs room', async () => {
      const { psa } = await open();
      const key = await rsaPair(psa, OAEP);
      expect(await named(psa.asymmetricEncrypt(key, OAEP, MESSAGE, NOTHING, SIZE - 1))).toBe(
        'BUFFER_TOO_SMALL',
      );
      const { output } = await must(psa.asymmetricEncrypt(key, OAEP, MESSAGE, NOTHING, SIZE));
      expect(await named(psa.asymmetricDecrypt(key, OAEP, output, NOTHING, MESSAGE.length - 1))).toBe(
        'BUFFER_TOO_SMALL',
      );
      expect(await named(psa.asymmetricDecrypt(key, OAEP, output, NOTHING, MESSAGE.length))).toBe('SUCCESS');
    });

    it('binds the label of OAEP, and has none for PKCS#1 v1.5', async () => {
      const { psa } = await open();
      const key = await rsaPair(psa, OAEP);
      const { output } = await must(psa.asymmetricEncrypt(key, OAEP, MESSAGE, LABEL));
      expect(await named(psa.asymmetricDecrypt(key, OAEP, output, NOTHING))).toBe('INVALID_PADDING');
      expect(hex((await must(psa.asymmetricDecrypt(key, OAEP, output, LABEL))).output)).toBe(hex(MESSAGE));
      const other = await rsaPair(psa, PKCS1);
      expect(await named(psa.asymmetricEncrypt(other, PKCS1, MESSAGE, LABEL))).toBe('INVALID_ARGUMENT');
      expect(await named(psa.asymmetricDecrypt(other, PKCS1, output, LABEL))).toBe('INVALID_ARGUMENT');
    });

    it('takes ciphertexts of the length of the modulus, and below it', async () => {
      const { psa } = await open();
      for (const alg of [OAEP, PKCS1]) {
        const key = await rsaPair(psa, alg);
        for (const length of [0, SIZE - 1, SIZE + 1])
          expect(await named(psa.asymmetricDecrypt(key, alg, new Uint8Array(length), NOTHING))).toBe(
            'INVALID_ARGUMENT',
          );
        const beyond = new Uint8Array(SIZE).fill(0xff);
        expect(await named(psa.asymmetricDecrypt(key, alg, beyond, NOTHING))).toBe('INVALID_PADDING');
      }
    });
  });
});
