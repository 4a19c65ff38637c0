/** MACs. PSA Crypto 1.3, 10.3. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_AT_LEAST_THIS_LENGTH_MAC,
  PSA_ALG_CMAC,
  PSA_ALG_GCM,
  PSA_ALG_HMAC,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_SHAKE256_512,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import { macOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, hmacKey, rawKey } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_MAC } from '../../support/unsupported.ts';

const HMAC = PSA_ALG_HMAC(PSA_ALG_SHA_256);
const AT_LEAST = PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, 8);
const DATA = new Uint8Array(50);

/** All four ways in, which have to refuse alike. */
const ways = (psa: Psa, key: number, alg: number): Promise<string[]> =>
  Promise.all([
    named(psa.macCompute(key, alg, DATA)),
    named(psa.macVerify(key, alg, DATA, DATA)),
    named(psa.macSignSetup(macOperationInit(), key, alg)),
    named(psa.macVerifySetup(macOperationInit(), key, alg)),
  ]);
const all = (status: string) => [status, status, status, status];

describe('MAC algorithms', () => {
  const CASES: readonly (readonly [
    name: string,
    key: (psa: Psa) => Promise<number>,
    alg: number,
    status: string,
  ])[] = [
    ['another algorithm', (psa) => hmacKey(psa, HMAC), PSA_ALG_HMAC(PSA_ALG_SHA_1), 'NOT_PERMITTED'],
    ['a wildcard', (psa) => hmacKey(psa, AT_LEAST), AT_LEAST, 'INVALID_ARGUMENT'],
    [
      'a MAC below the least length',
      (psa) => hmacKey(psa, AT_LEAST),
      PSA_ALG_TRUNCATED_MAC(HMAC, 7),
      'NOT_PERMITTED',
    ],
    ['no MAC algorithm', (psa) => aesKey(psa, PSA_ALG_GCM), PSA_ALG_GCM, 'INVALID_ARGUMENT'],
    ['HMAC with an AES key', (psa) => aesKey(psa, HMAC), HMAC, 'INVALID_ARGUMENT'],
    ['HMAC with raw data', (psa) => rawKey(psa, HMAC), HMAC, 'INVALID_ARGUMENT'],
    ['CMAC with an HMAC key', (psa) => hmacKey(psa, PSA_ALG_CMAC), PSA_ALG_CMAC, 'INVALID_ARGUMENT'],
    ['a MAC of nobody', (psa) => aesKey(psa, UNKNOWN_MAC), UNKNOWN_MAC, 'NOT_SUPPORTED'],
    [
      'HMAC of a hash without a block',
      (psa) => hmacKey(psa, PSA_ALG_HMAC(PSA_ALG_SHAKE256_512)),
      PSA_ALG_HMAC(PSA_ALG_SHAKE256_512),
      'NOT_SUPPORTED',
    ],
    [
      'a length above the full one',
      (psa) => hmacKey(psa, PSA_ALG_TRUNCATED_MAC(HMAC, 33)),
      PSA_ALG_TRUNCATED_MAC(HMAC, 33),
      'INVALID_ARGUMENT',
    ],
    [
      'a length that protects nothing',
      (psa) => hmacKey(psa, PSA_ALG_TRUNCATED_MAC(HMAC, 3)),
      PSA_ALG_TRUNCATED_MAC(HMAC, 3),
      'NOT_SUPPORTED',
    ],
    ['no key', async () => 0, HMAC, 'INVALID_HANDLE'],
  ];

  it.each(CASES)('%s: refused', async (_, makeKey, alg, status) => {
    const { psa, device } = await openForTest();
    expect(await ways(psa, await makeKey(psa), alg)).toEqual(all(status));
    expect(device.status().operations).toEqual([]);
  });

  it('need the usage of messages, each its own', async () => {
    const { psa } = await openForTest();
    const sign = await hmacKey(psa, HMAC, { usage: PSA_KEY_USAGE_SIGN_MESSAGE });
    expect(await ways(psa, sign, HMAC)).toEqual(['SUCCESS', 'NOT_PERMITTED', 'SUCCESS', 'NOT_PERMITTED']);
    const verify = await hmacKey(psa, HMAC, { usage: PSA_KEY_USAGE_VERIFY_MESSAGE });
    expect(await ways(psa, verify, HMAC)).toEqual([
      'NOT_PERMITTED',
      'INVALID_SIGNATURE',
      'NOT_PERMITTED',
      'SUCCESS',
    ]);
    // The flags for hashes bring those for messages.
    const hash = await hmacKey(psa, HMAC, { usage: PSA_KEY_USAGE_SIGN_HASH });
    expect(await named(psa.macCompute(hash, HMAC, DATA))).toBe('SUCCESS');
  });
});

onBothCarriers((carrier, open) => {
  describe(`MACs ${carrier}`, () => {
    it('are truncated from the end', async () => {
      const { psa } = await open();
      const key = await hmacKey(psa, AT_LEAST);
      const { mac } = await must(psa.macCompute(key, HMAC, DATA));
      for (const length of [8, 16, 31, 32]) {
        const alg = PSA_ALG_TRUNCATED_MAC(HMAC, length);
        expect(hex((await must(psa.macCompute(key, alg, DATA))).mac)).toBe(hex(mac.subarray(0, length)));
        expect(await named(psa.macVerify(key, alg, DATA, mac.subarray(0, length)))).toBe('SUCCESS');
        expect(await named(psa.macVerify(key, alg, DATA, mac.subarray(0, length - 1)))).toBe(
          'INVALID_SIGNATURE',
        );
      }
      expect(await named(psa.macVerify(key, HMAC, DATA, NOTHING))).toBe('INVALID_SIGNATURE');
    });

    it('need room', async () => {
      const { psa, device } = await open();
      const key = await hmacKey(psa, HMAC);
      expect(await named(psa.macCompute(key, HMAC, DATA, 31))).toBe('BUFFER_TOO_SMALL');
      expect(await named(psa.macCompute(key, HMAC, DATA, 32))).toBe('SUCCESS');
      const operation = macOperationInit();
      await must(psa.macSignSetup(operation, key, HMAC));
      expect(await named(psa.macSignFinish(operation, 31))).toBe('BUFFER_TOO_SMALL');
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('finish as they were set up', async () => {
      const { psa } = await open();
      const key = await hmacKey(psa, HMAC);
      const signing = macOperationInit();
      await must(psa.macSignSetup(signing, key, HMAC));
      expect(await named(psa.macVerifyFinish(signing, DATA))).toBe('BAD_STATE');
      expect(signing.handle).toBe(0);
      const verifying = macOperationInit();
      await must(psa.macVerifySetup(verifying, key, HMAC));
      expect(await named(psa.macSignFinish(verifying))).toBe('BAD_STATE');
      expect(verifying.handle).toBe(0);
    });

    it('of one key run side by side', async () => {
      const { psa } = await open();
      const key = await hmacKey(psa, HMAC);
      const [first, second] = [macOperationInit(), macOperationInit()];
      await must(psa.macSignSetup(first, key, HMAC));
      await must(psa.macSignSetup(second, key, HMAC));
      await must(psa.macUpdate(second, new Uint8Array(7)));
      await must(psa.macUpdate(first, DATA));
      const whole = await must(psa.macCompute(key, HMAC, DATA));
      expect((await must(psa.macSignFinish(first))).mac).toEqual(whole.mac);
      const other = await must(psa.macCompute(key, HMAC, new Uint8Array(7)));
      expect((await must(psa.macSignFinish(second))).mac).toEqual(other.mac);
    });
  });
});
