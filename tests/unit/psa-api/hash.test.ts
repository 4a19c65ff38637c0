/** Hashes. PSA Crypto 1.3, 10.2. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_ECDSA,
  PSA_ALG_HMAC,
  PSA_ALG_NONE,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
} from '../../../psa-api/constants.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH } from '../../support/unsupported.ts';

const ABC = ascii('abc');
const DIGEST = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('hash algorithms', () => {
  it.each([
    ['no algorithm', PSA_ALG_NONE, 'INVALID_ARGUMENT'],
    ['a MAC', PSA_ALG_HMAC(PSA_ALG_SHA_256), 'INVALID_ARGUMENT'],
    ['a signature', PSA_ALG_ECDSA(PSA_ALG_SHA_256), 'INVALID_ARGUMENT'],
    ['a hash that is not supported', UNKNOWN_HASH, 'NOT_SUPPORTED'],
    ['any hash', PSA_ALG_ANY_HASH, 'NOT_SUPPORTED'],
  ])('%s is %s', async (_, alg, status) => {
    const { psa } = await openForTest();
    const operation = hashOperationInit();
    expect(await named(psa.hashCompute(alg, ABC))).toBe(status);
    expect(await named(psa.hashCompare(alg, ABC, ABC))).toBe(status);
    expect(await named(psa.hashSetup(operation, alg))).toBe(status);
    expect(operation.handle).toBe(0);
  });
});

onBothCarriers((carrier, open) => {
  describe(`hashes ${carrier}`, () => {
    it('need room for the whole digest', async () => {
      const { psa, device } = await open();
      expect(await named(psa.hashCompute(PSA_ALG_SHA_256, ABC, 31))).toBe('BUFFER_TOO_SMALL');
      expect(hex((await must(psa.hashCompute(PSA_ALG_SHA_256, ABC, 32))).hash)).toBe(DIGEST);
      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
      expect(await named(psa.hashFinish(operation, 31))).toBe('BUFFER_TOO_SMALL');
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('compare with a digest of the same length only', async () => {
      const { psa } = await open();
      const { hash } = await must(psa.hashCompute(PSA_ALG_SHA_256, ABC));
      for (const [expected, status] of [
        [hash, 'SUCCESS'],
        [hash.subarray(0, 31), 'INVALID_SIGNATURE'],
        [NOTHING, 'INVALID_SIGNATURE'],
        [new Uint8Array(32), 'INVALID_SIGNATURE'],
      ] as const) {
        expect(await named(psa.hashCompare(PSA_ALG_SHA_256, ABC, expected))).toBe(status);
        const operation = hashOperationInit();
        await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
        await must(psa.hashUpdate(operation, ABC));
        expect(await named(psa.hashVerify(operation, expected))).toBe(status);
        expect(operation.handle).toBe(0);
      }
    });

    it('are cloned into two that know nothing of each other', async () => {
      const { psa } = await open();
      const [source, target] = [hashOperationInit(), hashOperationInit()];
      await must(psa.hashSetup(source, PSA_ALG_SHA_256));
      await must(psa.hashUpdate(source, ascii('ab')));
      await must(psa.hashClone(source, target));
      expect(target.handle).not.toBe(source.handle);
      await must(psa.hashUpdate(source, ascii('xyz')));
      await must(psa.hashAbort(source));
      await must(psa.hashUpdate(target, ascii('c')));
      expect(hex((await must(psa.hashFinish(target))).hash)).toBe(DIGEST);
    });

    it('are not cloned from an inactive one, nor onto an active one', async () => {
      const { psa } = await open();
      const [source, target] = [hashOperationInit(), hashOperationInit()];
      expect(await named(psa.hashClone(source, target))).toBe('BAD_STATE');
      await must(psa.hashSetup(source, PSA_ALG_SHA_256));
      await must(psa.hashUpdate(source, ABC));
      await must(psa.hashSetup(target, PSA_ALG_SHA_1));
      expect(await named(psa.hashClone(source, target))).toBe('BAD_STATE');
      expect(target.handle).toBe(0);
      // The source is const: it goes on.
      expect(hex((await must(psa.hashFinish(source))).hash)).toBe(DIGEST);
    });
  });
});

describe('the number of operations', () => {
  it('is limited, and the limit is INSUFFICIENT_MEMORY', async () => {
    const { psa, device } = await openForTest();
    const { value } = device.capabilities().settings.find(({ setting }) => setting === 'operations') ?? {};
    const limit = Number(value);
    expect(limit).toBeGreaterThan(0);
    const all = Array.from({ length: limit }, hashOperationInit);
    for (const operation of all) await must(psa.hashSetup(operation, PSA_ALG_SHA_256));
    const more = hashOperationInit();
    expect(await named(psa.hashSetup(more, PSA_ALG_SHA_256))).toBe('INSUFFICIENT_MEMORY');
    expect(more.handle).toBe(0);
    for (const operation of all) await must(psa.hashAbort(operation));
    expect(await named(psa.hashSetup(more, PSA_ALG_SHA_256))).toBe('SUCCESS');
  });
});
