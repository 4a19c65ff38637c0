/** Comparing a derivation's output with what is expected. PSA Crypto 1.3, 10.6.3. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_HKDF,
  PSA_ALG_NONE,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../../../psa-api/constants.ts';
import { keyDerivationOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, type Input } from '../../support/derivation.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { deriveKey, HMAC_KEY, passwordKey } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const PBKDF2 = PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_256);
const HKDF = PSA_ALG_HKDF(PSA_ALG_SHA_256);
const VERIFY = PSA_KEY_USAGE_VERIFY_DERIVATION;

const COST: Input = [PSA_KEY_DERIVATION_INPUT_COST, 3n];
const SALT: Input = [PSA_KEY_DERIVATION_INPUT_SALT, ascii('salt')];
const PASSWORD: Input = [PSA_KEY_DERIVATION_INPUT_PASSWORD, HMAC_KEY];
const INPUTS = [COST, SALT, PASSWORD];

const fresh = (psa: Psa) => derivation(psa, PBKDF2, ...INPUTS);
const output = (psa: Psa, length: number) => derive(psa, PBKDF2, length, ...INPUTS);

const hashKey = async (psa: Psa, data: Uint8Array, extra = {}): Promise<number> => {
  const attributes = { type: PSA_KEY_TYPE_PASSWORD_HASH, alg: PBKDF2, usage: VERIFY, ...extra };
  return (await must(psa.importKey(attributes, data))).key;
};

onBothCarriers((carrier, open) => {
  describe(`verifying bytes ${carrier}`, () => {
    it('reads on in the stream, and any mismatch ends the operation', async () => {
      const { psa } = await open();
      const expected = await output(psa, 80);
      const operation = await fresh(psa);
      await must(psa.keyDerivationVerifyBytes(operation, expected.subarray(0, 30)));
      const middle = await must(psa.keyDerivationOutputBytes(operation, 20));
      expect(hex(middle.output)).toBe(hex(expected.subarray(30, 50)));
      await must(psa.keyDerivationVerifyBytes(operation, NOTHING));
      await must(psa.keyDerivationVerifyBytes(operation, expected.subarray(50)));
      expect(await named(psa.keyDerivationVerifyBytes(operation, Uint8Array.of(0, 1, 2)))).toBe(
        'INVALID_SIGNATURE',
      );
      expect(operation.handle).toBe(0);
      expect(await named(psa.keyDerivationOutputBytes(operation, 1))).toBe('BAD_STATE');
    });

    it('beyond the capacity is INSUFFICIENT_DATA and leaves none', async () => {
      const { psa } = await open();
      const expected = await output(psa, 40);
      const operation = await fresh(psa);
      await must(psa.keyDerivationSetCapacity(operation, 39));
      expect(await named(psa.keyDerivationVerifyBytes(operation, expected))).toBe('INSUFFICIENT_DATA');
      expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(0);
      expect(await named(psa.keyDerivationVerifyBytes(operation, expected.subarray(0, 1)))).toBe(
        'INSUFFICIENT_DATA',
      );
    });
  });

  describe(`verifying a key ${carrier}`, () => {
    it('is verifying its bytes', async () => {
      const { psa } = await open();
      const expected = await output(psa, 64);
      const operation = await fresh(psa);
      await must(psa.keyDerivationSetCapacity(operation, 64));
      await must(psa.keyDerivationVerifyKey(operation, await hashKey(psa, expected.subarray(0, 32))));
      expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(32);
      const rest = await must(psa.keyDerivationOutputBytes(operation, 32));
      expect(hex(rest.output)).toBe(hex(expected.subarray(32)));
      expect(await named(psa.keyDerivationVerifyKey(operation, await hashKey(psa, expected)))).toBe(
        'INSUFFICIENT_DATA',
      );
      expect(operation.handle).not.toBe(0);
    });

    it('of other bytes is INVALID_SIGNATURE', async () => {
      const { psa } = await open();
      const expected = await output(psa, 32);
      for (const wrong of [join(expected, expected), expected.slice().fill(0), expected.slice(1)]) {
        const operation = await fresh(psa);
        expect(await named(psa.keyDerivationVerifyKey(operation, await hashKey(psa, wrong)))).toBe(
          'INVALID_SIGNATURE',
        );
        expect(operation.handle).toBe(0);
      }
    });
  });
});

describe('the key to verify', () => {
  it.each([
    ['a password hash', {}, 'SUCCESS'],
    ['one that may be exported only', { usage: PSA_KEY_USAGE_EXPORT }, 'NOT_PERMITTED'],
    ['one for derivation', { usage: PSA_KEY_USAGE_DERIVE }, 'NOT_PERMITTED'],
    ['one of another algorithm', { alg: PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_512) }, 'NOT_PERMITTED'],
    ['one of no algorithm', { alg: PSA_ALG_NONE }, 'NOT_PERMITTED'],
    ['a derivation key', { type: PSA_KEY_TYPE_DERIVE }, 'INVALID_ARGUMENT'],
    ['a password', { type: PSA_KEY_TYPE_PASSWORD }, 'INVALID_ARGUMENT'],
    ['raw data', { type: PSA_KEY_TYPE_RAW_DATA }, 'INVALID_ARGUMENT'],
  ] as const)('%s: %s', async (_, extra, status) => {
    const { psa } = await openForTest();
    const key = await hashKey(psa, await output(psa, 32), extra);
    const operation = await fresh(psa);
    expect(await named(psa.keyDerivationVerifyKey(operation, key))).toBe(status);
    expect(operation.handle !== 0).toBe(status === 'SUCCESS');
  });

  it('is there, and the inputs are complete', async () => {
    const { psa } = await openForTest();
    expect(await named(psa.keyDerivationVerifyKey(await fresh(psa), 0))).toBe('INVALID_HANDLE');
    const key = await hashKey(psa, HMAC_KEY);
    for (let n = 0; n < INPUTS.length; n++) {
      const operation = await derivation(psa, PBKDF2, ...INPUTS.slice(0, n));
      expect(await named(psa.keyDerivationVerifyKey(operation, key))).toBe('BAD_STATE');
    }
    expect(await named(psa.keyDerivationVerifyKey(keyDerivationOperationInit(), key))).toBe('BAD_STATE');
  });

  it('may be one that was derived', async () => {
    const { psa } = await openForTest();
    const password = await passwordKey(psa, PBKDF2);
    const inputs: readonly Input[] = [COST, SALT, [PSA_KEY_DERIVATION_INPUT_PASSWORD, { key: password }]];
    const attributes = { type: PSA_KEY_TYPE_PASSWORD_HASH, bits: 256, usage: VERIFY };
    const other = { ...attributes, alg: PSA_ALG_PBKDF2_HMAC(PSA_ALG_SHA_512) };
    const refused = await derivation(psa, PBKDF2, ...inputs);
    expect(await named(psa.keyDerivationOutputKey(other, refused))).toBe('INVALID_ARGUMENT');
    const maker = await derivation(psa, PBKDF2, ...inputs);
    const { key } = await must(psa.keyDerivationOutputKey({ ...attributes, alg: PBKDF2 }, maker));
    expect(await named(psa.exportKey(key))).toBe('NOT_PERMITTED');
    const checker = await derivation(psa, PBKDF2, ...inputs);
    expect(await named(psa.keyDerivationVerifyKey(checker, key))).toBe('SUCCESS');
  });
});

describe('a secret that may verify and not derive', () => {
  const cases = [
    [
      'HKDF',
      HKDF,
      deriveKey,
      PSA_KEY_DERIVATION_INPUT_SECRET,
      [],
      [[PSA_KEY_DERIVATION_INPUT_INFO, NOTHING]],
    ],
    ['PBKDF2', PBKDF2, passwordKey, PSA_KEY_DERIVATION_INPUT_PASSWORD, [COST, SALT], []],
  ] as const;

  it.each(cases)('gives yes or no, and no output: %s', async (_, alg, make, step, before, after) => {
    const { psa } = await openForTest();
    const key = await make(psa, alg, { usage: VERIFY });
    const known = await derive(psa, alg, 32, ...before, [step, HMAC_KEY], ...after);
    const start = () => derivation(psa, alg, ...before, [step, { key }], ...after);
    expect(await named(psa.keyDerivationVerifyBytes(await start(), known))).toBe('SUCCESS');
    expect(await named(psa.keyDerivationVerifyBytes(await start(), known.slice().fill(0)))).toBe(
      'INVALID_SIGNATURE',
    );
    expect(await named(psa.keyDerivationVerifyKey(await start(), await hashKey(psa, known, { alg })))).toBe(
      'SUCCESS',
    );
    const attributes = { type: PSA_KEY_TYPE_DERIVE, bits: 256 };
    for (const attempt of [
      psa.keyDerivationOutputBytes(await start(), 1),
      psa.keyDerivationOutputKey(attributes, await start()),
      psa.keyDerivationOutputKeyCustom(attributes, await start(), { flags: 0 }, NOTHING),
    ])
      expect(await named(attempt)).toBe('NOT_PERMITTED');
  });

  it('taints a derivation whatever input it is', async () => {
    const { psa } = await openForTest();
    const attributes = { type: PSA_KEY_TYPE_RAW_DATA, alg: HKDF, usage: VERIFY };
    const { key } = await must(psa.importKey(attributes, HMAC_KEY));
    const operation = await derivation(
      psa,
      HKDF,
      [PSA_KEY_DERIVATION_INPUT_SALT, { key }],
      [PSA_KEY_DERIVATION_INPUT_SECRET, { key: await deriveKey(psa, HKDF) }],
      [PSA_KEY_DERIVATION_INPUT_INFO, NOTHING],
    );
    expect(await named(psa.keyDerivationOutputBytes(operation, 1))).toBe('NOT_PERMITTED');
  });
});
