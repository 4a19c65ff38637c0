/** SP 800-108 in counter mode: its inputs, and that the capacity is part of what is derived. PSA Crypto 1.3, 10.6.1. */

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_SHA_256,
  PSA_ALG_SHAKE256_512,
  PSA_ALG_SP800_108_COUNTER_CMAC,
  PSA_ALG_SP800_108_COUNTER_HMAC,
  PSA_KEY_DERIVATION_INPUT_CONTEXT,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_AES,
} from '../../../psa-api/constants.ts';
import { keyDerivationOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, give, type Input } from '../../support/derivation.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, deriveKey, HMAC_KEY, hmacKey, passwordKey, rawKey } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const HMAC = PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHA_256);
const CMAC = PSA_ALG_SP800_108_COUNTER_CMAC;
const WHOLE = 0x1fffffff;

const SECRET: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, HMAC_KEY];
const LABEL: Input = [PSA_KEY_DERIVATION_INPUT_LABEL, ascii('label')];
const CONTEXT: Input = [PSA_KEY_DERIVATION_INPUT_CONTEXT, Uint8Array.of(1, 0, 2)];

/** SP 800-108r1 4.1 by OpenSSL's HMAC. */
const expected = (capacity: number, length: number, label: string, context: Uint8Array): string => {
  const u32 = (value: number) => {
    const data = Buffer.alloc(4);
    data.writeUInt32BE(value);
    return data;
  };
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHmac('sha256', HMAC_KEY)
      .update(join(u32(i + 1), ascii(label), Uint8Array.of(0), context, u32(capacity * 8)))
      .digest('hex'),
  );
  return blocks.join('').slice(0, 2 * length);
};

onBothCarriers((carrier, open) => {
  describe(`the capacity ${carrier}`, () => {
    it('is part of the input, as it is at the first output', async () => {
      const { psa } = await open();
      for (const capacity of [WHOLE, 100, 70, 64]) {
        const operation = await derivation(psa, HMAC, SECRET, LABEL, CONTEXT);
        expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(WHOLE);
        await must(psa.keyDerivationSetCapacity(operation, capacity));
        const first = await must(psa.keyDerivationOutputBytes(operation, 10));
        const second = await must(psa.keyDerivationOutputBytes(operation, 54));
        expect(hex(join(first.output, second.output))).toBe(
          expected(capacity, 64, 'label', Uint8Array.of(1, 0, 2)),
        );
        expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(capacity - 64);
        await must(psa.keyDerivationAbort(operation));
      }
    });

    it('can be lowered before any input and between inputs', async () => {
      const { psa } = await open();
      const operation = await derivation(psa, HMAC);
      for (const [input, capacity] of [
        [SECRET, 500],
        [CONTEXT, 80],
      ] as const) {
        await must(psa.keyDerivationSetCapacity(operation, capacity));
        expect(await give(psa, operation, input)).toBe('SUCCESS');
      }
      expect(await named(psa.keyDerivationSetCapacity(operation, 81))).toBe('INVALID_ARGUMENT');
      const { output } = await must(psa.keyDerivationOutputBytes(operation, 80));
      expect(hex(output)).toBe(expected(80, 80, '', Uint8Array.of(1, 0, 2)));
      expect(await named(psa.keyDerivationOutputBytes(operation, 1))).toBe('INSUFFICIENT_DATA');
    });

    it.each([0, 5, 90, 1000])('cannot be set after the first output, not to %i', async (capacity) => {
      const { psa } = await open();
      const operation = await derivation(psa, HMAC, SECRET);
      await must(psa.keyDerivationSetCapacity(operation, 100));
      await must(psa.keyDerivationOutputBytes(operation, 10));
      expect(await named(psa.keyDerivationSetCapacity(operation, capacity))).toBe('BAD_STATE');
      expect(operation.handle).toBe(0);
    });

    it('of CMAC is the same', async () => {
      const { psa } = await open();
      const secret: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, { key: await aesKey(psa, CMAC) }];
      const whole = await derive(psa, CMAC, 40, secret, LABEL);
      const outputs = new Set([hex(whole)]);
      for (const capacity of [40, 41]) {
        const operation = await derivation(psa, CMAC, secret, LABEL);
        expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(WHOLE);
        await must(psa.keyDerivationSetCapacity(operation, capacity));
        outputs.add(hex((await must(psa.keyDerivationOutputBytes(operation, 40))).output));
        expect(await named(psa.keyDerivationSetCapacity(operation, 0))).toBe('BAD_STATE');
      }
      expect(outputs.size).toBe(3);
    });
  });
});

describe('inputs of SP 800-108', () => {
  it.each([
    ['secret', [SECRET], ''],
    ['secret, label', [SECRET, LABEL], ''],
    ['secret, context', [SECRET, CONTEXT], ''],
    ['secret, label, context', [SECRET, LABEL, CONTEXT], ''],
    ['empty label and context', [SECRET, [LABEL[0], NOTHING], [CONTEXT[0], NOTHING]], ''],
    ['label', [LABEL], 'BAD_STATE'],
    ['context', [CONTEXT], 'BAD_STATE'],
    ['secret twice', [SECRET, SECRET], 'BAD_STATE'],
    ['label twice', [SECRET, LABEL, LABEL], 'BAD_STATE'],
    ['context twice', [SECRET, CONTEXT, CONTEXT], 'BAD_STATE'],
    ['label after context', [SECRET, CONTEXT, LABEL], 'BAD_STATE'],
    ['a null byte in the label', [SECRET, [LABEL[0], Uint8Array.of(1, 0, 2)]], 'INVALID_ARGUMENT'],
    ['info', [SECRET, [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING]], 'INVALID_ARGUMENT'],
    ['salt', [[PSA_KEY_DERIVATION_INPUT_SALT, NOTHING]], 'INVALID_ARGUMENT'],
  ] as readonly (readonly [string, readonly Input[], string])[])('%s: %s', async (_, inputs, status) => {
    const { psa } = await openForTest();
    const last = inputs.at(-1);
    if (status === '' || last === undefined) {
      expect((await derive(psa, HMAC, 40, ...inputs)).length).toBe(40);
      return;
    }
    const operation = await derivation(psa, HMAC, ...inputs.slice(0, -1));
    expect(await give(psa, operation, last)).toBe(status);
    expect(operation.handle).toBe(0);
  });

  it('are complete with the secret', async () => {
    const { psa } = await openForTest();
    expect(await named(psa.keyDerivationOutputBytes(await derivation(psa, HMAC), 1))).toBe('BAD_STATE');
    expect(await named(psa.keyDerivationOutputBytes(await derivation(psa, CMAC), 1))).toBe('BAD_STATE');
  });

  const doubleKey = async (psa: Psa, alg: number): Promise<number> => {
    const attributes = { type: PSA_KEY_TYPE_AES, alg, usage: 0x4000 };
    return (await must(psa.importKey(attributes, new Uint8Array(64).fill(3)))).key;
  };

  it.each([
    ['HMAC', 'an HMAC key', HMAC, hmacKey, 'SUCCESS'],
    ['HMAC', 'a derivation key', HMAC, deriveKey, 'SUCCESS'],
    ['HMAC', 'an AES key', HMAC, aesKey, 'INVALID_ARGUMENT'],
    ['HMAC', 'a password', HMAC, passwordKey, 'INVALID_ARGUMENT'],
    ['CMAC', 'an AES key', CMAC, aesKey, 'SUCCESS'],
    ['CMAC', 'an HMAC key', CMAC, hmacKey, 'INVALID_ARGUMENT'],
    ['CMAC', 'a derivation key', CMAC, deriveKey, 'INVALID_ARGUMENT'],
    ['CMAC', 'raw data', CMAC, rawKey, 'INVALID_ARGUMENT'],
    ['CMAC', 'two AES keys, as XTS has them', CMAC, doubleKey, 'INVALID_ARGUMENT'],
  ] as const)('%s of %s: %s', async (_name, _key, alg, make, status) => {
    const { psa } = await openForTest();
    const operation = await derivation(psa, alg);
    const key = await make(psa, alg);
    expect(await give(psa, operation, [PSA_KEY_DERIVATION_INPUT_SECRET, { key }])).toBe(status);
  });

  it('for CMAC take the secret from a key alone', async () => {
    const { psa } = await openForTest();
    const operation = await derivation(psa, CMAC);
    expect(await give(psa, operation, [PSA_KEY_DERIVATION_INPUT_SECRET, new Uint8Array(16)])).toBe(
      'INVALID_ARGUMENT',
    );
  });

  it('from raw data keys are what their bytes are', async () => {
    const { psa } = await openForTest();
    const key = await rawKey(psa, HMAC);
    const fromKey = await derive(psa, HMAC, 40, SECRET, [PSA_KEY_DERIVATION_INPUT_CONTEXT, { key }]);
    expect(hex(fromKey)).toBe(expected(WHOLE, 40, '', HMAC_KEY));
  });

  it('are for hashes that HMAC is for', async () => {
    const { psa } = await openForTest();
    const alg = PSA_ALG_SP800_108_COUNTER_HMAC(PSA_ALG_SHAKE256_512);
    expect(await named(psa.keyDerivationSetup(keyDerivationOperationInit(), alg))).toBe('NOT_SUPPORTED');
  });
});
