/** Extendable-output functions. PSA Crypto 1.4, 10.3. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ASCON_CXOF128,
  PSA_ALG_ASCON_XOF128,
  PSA_ALG_SHA_256,
  PSA_ALG_SHAKE128,
  PSA_ALG_SHAKE256,
  PSA_ALG_SHAKE256_512,
} from '../../../psa-api/constants.ts';
import { type Psa, type XofOperation, xofOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { must, named } from '../../support/status.ts';

const ABC = ascii('abc');

/** FIPS 202 examples of NIST: the empty message, and one of 1600 bits; the first 32 bytes. */
const VECTORS = [
  [
    'SHAKE128 of nothing',
    PSA_ALG_SHAKE128,
    NOTHING,
    '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
  ],
  [
    'SHAKE256 of nothing',
    PSA_ALG_SHAKE256,
    NOTHING,
    '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f',
  ],
  [
    'SHAKE128 of 1600 bits',
    PSA_ALG_SHAKE128,
    new Uint8Array(200).fill(0xa3),
    '131ab8d2b594946b9c81333f9bb6e0ce75c3b93104fa3469d3917457385da037',
  ],
  [
    'SHAKE256 of 1600 bits',
    PSA_ALG_SHAKE256,
    new Uint8Array(200).fill(0xa3),
    'cd8a920ed141aa0407a22d59288652e9d9f1a7ee0c1e7c1ca699424da84a904d',
  ],
] as const;

const begin = async (psa: Psa, alg: number = PSA_ALG_SHAKE256): Promise<XofOperation> => {
  const operation = xofOperationInit();
  await must(psa.xofSetup(operation, alg));
  return operation;
};

onBothCarriers((carrier, open) => {
  describe(`XOF ${carrier}`, () => {
    it.each(VECTORS)('%s', async (_, alg, input, expected) => {
      const { psa, device } = await open();
      const operation = await begin(psa, alg);
      if (input.length > 0) await must(psa.xofUpdate(operation, input));
      expect(hex((await must(psa.xofOutput(operation, 32))).output)).toBe(expected);
      // There is no finish: an operation goes on until it is aborted.
      expect(operation.handle).not.toBe(0);
      await must(psa.xofAbort(operation));
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('is one stream, however input and output are cut', async () => {
      const { psa } = await open();
      const whole = await begin(psa);
      await must(psa.xofUpdate(whole, new Uint8Array(300).fill(7)));
      const { output } = await must(psa.xofOutput(whole, 1000));
      const cut = await begin(psa);
      for (const length of [0, 1, 136, 0, 163])
        await must(psa.xofUpdate(cut, new Uint8Array(length).fill(7)));
      const parts = [];
      for (const length of [0, 1, 135, 136, 0, 137, 591])
        parts.push((await must(psa.xofOutput(cut, length))).output);
      expect(hex(join(...parts))).toBe(hex(output));
    });

    it('gives the fixed hashes of the same function', async () => {
      const { psa } = await open();
      const operation = await begin(psa);
      await must(psa.xofUpdate(operation, ABC));
      const { hash } = await must(psa.hashCompute(PSA_ALG_SHAKE256_512, ABC));
      expect(hex((await must(psa.xofOutput(operation, 64))).output)).toBe(hex(hash));
    });

    it('takes no input once it has given output, be it nothing', async () => {
      const { psa } = await open();
      for (const length of [0, 1]) {
        const operation = await begin(psa);
        await must(psa.xofOutput(operation, length));
        expect(await named(psa.xofUpdate(operation, ABC))).toBe('BAD_STATE');
        expect(operation.handle).toBe(0);
      }
    });

    it('takes no context: no algorithm here has one', async () => {
      const { psa } = await open();
      for (const context of [NOTHING, ABC]) {
        const fresh = await begin(psa);
        expect(await named(psa.xofSetContext(fresh, context))).toBe('INVALID_ARGUMENT');
        expect(fresh.handle).toBe(0);
        const updated = await begin(psa);
        await must(psa.xofUpdate(updated, NOTHING));
        expect(await named(psa.xofSetContext(updated, context))).toBe('BAD_STATE');
        const read = await begin(psa);
        await must(psa.xofOutput(read, 1));
        expect(await named(psa.xofSetContext(read, context))).toBe('BAD_STATE');
        expect(read.handle).toBe(0);
      }
    });

    it.each([
      ['Ascon-XOF128', PSA_ALG_ASCON_XOF128, 'NOT_SUPPORTED'],
      ['Ascon-CXOF128', PSA_ALG_ASCON_CXOF128, 'NOT_SUPPORTED'],
      ['a hash', PSA_ALG_SHA_256, 'INVALID_ARGUMENT'],
      ['a hash made of one', PSA_ALG_SHAKE256_512, 'INVALID_ARGUMENT'],
      ['none', 0, 'INVALID_ARGUMENT'],
    ])('is not set up with %s', async (_, alg, status) => {
      const { psa } = await open();
      const operation = xofOperationInit();
      expect(await named(psa.xofSetup(operation, alg))).toBe(status);
      expect(operation.handle).toBe(0);
    });

    it('gives no more at once than a message can carry', async () => {
      const { psa } = await open();
      const operation = await begin(psa);
      const { status, output } = await psa.xofOutput(operation, 0xffffffff);
      expect(await named({ status })).toBe('INSUFFICIENT_MEMORY');
      expect(output).toHaveLength(0);
      expect(operation.handle).toBe(0);
    });
  });
});

describe('capabilities', () => {
  it('name what can be set up', async () => {
    const { psa, device } = await openForTest();
    const { algorithms } = device.capabilities();
    const all = { PSA_ALG_SHAKE128, PSA_ALG_SHAKE256, PSA_ALG_ASCON_XOF128, PSA_ALG_ASCON_CXOF128 };
    for (const [name, alg] of Object.entries(all)) {
      const status = await named(psa.xofSetup(xofOperationInit(), alg));
      expect(algorithms.includes(name)).toBe(status === 'SUCCESS');
    }
  });
});
