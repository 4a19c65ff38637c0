/** Key derivation: steps, capacity, and what may come out. PSA Crypto 1.3, 10.6. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDH,
  PSA_ALG_HKDF,
  PSA_ALG_HKDF_EXPAND,
  PSA_ALG_HKDF_EXTRACT,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_NONE,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SHAKE256_512,
  PSA_ALG_TLS12_PRF,
  PSA_ALG_TLS12_PSK_TO_MS,
  PSA_KEY_DERIVATION_INPUT_CONTEXT,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_OTHER_SECRET,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_DERIVATION_UNLIMITED_CAPACITY,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../../../psa-api/constants.ts';
import { keyDerivationOperationInit } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, give, type Input } from '../../support/derivation.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, deriveKey, HMAC_KEY, hmacKey, passwordKey, rawKey } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_AGREEMENT, UNKNOWN_DERIVATION } from '../../support/unsupported.ts';

const SHA256 = PSA_ALG_SHA_256;
const HKDF = PSA_ALG_HKDF(SHA256);
const EXTRACT = PSA_ALG_HKDF_EXTRACT(SHA256);
const EXPAND = PSA_ALG_HKDF_EXPAND(SHA256);
const PRF = PSA_ALG_TLS12_PRF(SHA256);
const PSK = PSA_ALG_TLS12_PSK_TO_MS(SHA256);
const PBKDF2 = PSA_ALG_PBKDF2_HMAC(SHA256);
const ECDH_HKDF = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);

const BYTES = ascii('some bytes');
const PRK = new Uint8Array(32).fill(5);
const SALT: Input = [PSA_KEY_DERIVATION_INPUT_SALT, BYTES];
const SECRET: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, PRK];
const OTHER: Input = [PSA_KEY_DERIVATION_INPUT_OTHER_SECRET, BYTES];
const INFO: Input = [PSA_KEY_DERIVATION_INPUT_INFO, BYTES];
const SEED: Input = [PSA_KEY_DERIVATION_INPUT_SEED, BYTES];
const LABEL: Input = [PSA_KEY_DERIVATION_INPUT_LABEL, BYTES];
const COST: Input = [PSA_KEY_DERIVATION_INPUT_COST, 2n];
const PASSWORD: Input = [PSA_KEY_DERIVATION_INPUT_PASSWORD, BYTES];
const CONTEXT: Input = [PSA_KEY_DERIVATION_INPUT_CONTEXT, BYTES];

const TITLES = new Map<Input, string>([
  [SALT, 'salt'],
  [SECRET, 'secret'],
  [OTHER, 'other secret'],
  [INFO, 'info'],
  [SEED, 'seed'],
  [LABEL, 'label'],
  [COST, 'cost'],
  [PASSWORD, 'password'],
  [CONTEXT, 'context'],
]);
const titled = <T extends { readonly alg: number; readonly inputs: readonly Input[] }>(list: readonly T[]) =>
  list.map((one) => ({
    ...one,
    title: `0x${one.alg.toString(16)}: ${one.inputs.map((i) => TITLES.get(i)).join(', ') || 'nothing'}`,
  }));

const COMPLETE = titled([
  { alg: HKDF, inputs: [SALT, SECRET, INFO] },
  { alg: HKDF, inputs: [INFO, SALT, SECRET] },
  { alg: HKDF, inputs: [SALT, INFO, SECRET] },
  { alg: HKDF, inputs: [SECRET, INFO] },
  { alg: HKDF, inputs: [INFO, SECRET] },
  { alg: EXTRACT, inputs: [SALT, SECRET] },
  { alg: EXPAND, inputs: [SECRET, INFO] },
  { alg: PRF, inputs: [SEED, SECRET, LABEL] },
  { alg: PSK, inputs: [SEED, SECRET, LABEL] },
  { alg: PSK, inputs: [SEED, OTHER, SECRET, LABEL] },
  { alg: PBKDF2, inputs: [COST, SALT, PASSWORD] },
  { alg: PBKDF2, inputs: [COST, SALT, SALT, PASSWORD] },
]);

/** Every proper beginning of a complete list is incomplete, but for HKDF's without a need of order. */
const INCOMPLETE = titled(
  COMPLETE.flatMap(({ alg, inputs }) => inputs.map((_, n) => ({ alg, inputs: inputs.slice(0, n) }))),
);

/** The last input is the one that is refused. */
const WRONG = titled([
  { alg: HKDF, inputs: [SECRET, SALT], status: 'BAD_STATE' },
  { alg: HKDF, inputs: [SALT, SALT], status: 'BAD_STATE' },
  { alg: HKDF, inputs: [SECRET, SECRET], status: 'BAD_STATE' },
  { alg: HKDF, inputs: [INFO, INFO], status: 'BAD_STATE' },
  { alg: HKDF, inputs: [LABEL], status: 'INVALID_ARGUMENT' },
  { alg: HKDF, inputs: [PASSWORD], status: 'INVALID_ARGUMENT' },
  { alg: HKDF, inputs: [COST], status: 'INVALID_ARGUMENT' },
  { alg: EXTRACT, inputs: [SECRET], status: 'BAD_STATE' },
  { alg: EXTRACT, inputs: [SALT, INFO], status: 'INVALID_ARGUMENT' },
  { alg: EXPAND, inputs: [INFO], status: 'BAD_STATE' },
  { alg: EXPAND, inputs: [SALT], status: 'INVALID_ARGUMENT' },
  { alg: PRF, inputs: [SECRET], status: 'BAD_STATE' },
  { alg: PRF, inputs: [LABEL], status: 'BAD_STATE' },
  { alg: PRF, inputs: [SEED, LABEL], status: 'BAD_STATE' },
  { alg: PRF, inputs: [SEED, SEED], status: 'BAD_STATE' },
  { alg: PRF, inputs: [SEED, OTHER], status: 'INVALID_ARGUMENT' },
  { alg: PSK, inputs: [OTHER], status: 'BAD_STATE' },
  { alg: PSK, inputs: [SEED, SECRET, OTHER], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [SALT], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [COST, COST], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [COST, PASSWORD], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [COST, SALT, PASSWORD, SALT], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [COST, SALT, PASSWORD, PASSWORD], status: 'BAD_STATE' },
  { alg: PBKDF2, inputs: [SECRET], status: 'INVALID_ARGUMENT' },
  { alg: PBKDF2, inputs: [CONTEXT], status: 'INVALID_ARGUMENT' },
]);

onBothCarriers((carrier, open) => {
  describe(`inputs ${carrier}`, () => {
    it.each(COMPLETE)('$title gives output', async ({ alg, inputs }) => {
      const { psa } = await open();
      expect((await derive(psa, alg, 32, ...inputs)).length).toBe(32);
    });

    it.each(INCOMPLETE)('$title is not enough', async ({ alg, inputs }) => {
      const { psa, device } = await open();
      const attempts: readonly ((o: ReturnType<typeof keyDerivationOperationInit>) => Promise<string>)[] = [
        (o) => named(psa.keyDerivationOutputBytes(o, 1)),
        (o) => named(psa.keyDerivationOutputBytes(o, 0)),
        (o) => named(psa.keyDerivationVerifyBytes(o, BYTES)),
        (o) => named(psa.keyDerivationOutputKey({ type: PSA_KEY_TYPE_AES, bits: 128 }, o)),
      ];
      for (const attempt of attempts) {
        const operation = await derivation(psa, alg, ...inputs);
        expect(await attempt(operation)).toBe('BAD_STATE');
        expect(operation.handle).toBe(0);
      }
      expect(device.status().operations).toEqual([]);
    });

    it.each(WRONG)('$title is refused at its end', async ({ alg, inputs, status }) => {
      const { psa } = await open();
      const operation = await derivation(psa, alg, ...inputs.slice(0, -1));
      const last = inputs.at(-1);
      if (last === undefined) throw new Error('no input');
      expect(await give(psa, operation, last)).toBe(status);
      expect(operation.handle).toBe(0);
    });
  });

  describe(`capacity ${carrier}`, () => {
    it('is that of the algorithm, and shrinks', async () => {
      const { psa } = await open();
      for (const [alg, capacity] of [
        [HKDF, 255 * 32],
        [EXTRACT, 32],
        [EXPAND, 255 * 32],
        [PRF, PSA_KEY_DERIVATION_UNLIMITED_CAPACITY],
        [PSK, PSA_KEY_DERIVATION_UNLIMITED_CAPACITY],
        [PBKDF2, PSA_KEY_DERIVATION_UNLIMITED_CAPACITY],
      ] as const) {
        const operation = await derivation(psa, alg);
        expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(capacity);
      }
      const operation = await derivation(psa, HKDF, SECRET, INFO);
      await must(psa.keyDerivationOutputBytes(operation, 100));
      await must(psa.keyDerivationVerifyBytes(operation, NOTHING));
      expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(255 * 32 - 100);
    });

    it('can be lowered and not raised, and the operation survives the attempt', async () => {
      const { psa } = await open();
      const operation = await derivation(psa, HKDF, SECRET, INFO);
      const { handle } = operation;
      await must(psa.keyDerivationSetCapacity(operation, 40));
      expect(await named(psa.keyDerivationSetCapacity(operation, 41))).toBe('INVALID_ARGUMENT');
      expect(operation.handle).toBe(handle);
      expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(40);
      await must(psa.keyDerivationSetCapacity(operation, 40));
      await must(psa.keyDerivationOutputBytes(operation, 30));
      expect(await named(psa.keyDerivationSetCapacity(operation, 40))).toBe('INVALID_ARGUMENT');
      await must(psa.keyDerivationOutputBytes(operation, 10));
      await must(psa.keyDerivationAbort(operation));
    });

    it('that runs out is INSUFFICIENT_DATA, and the operation survives with none left', async () => {
      const { psa } = await open();
      const secret = await deriveKey(psa, HKDF);
      const key: Input = [PSA_KEY_DERIVATION_INPUT_SECRET, { key: secret }];
      const attempts: readonly ((o: ReturnType<typeof keyDerivationOperationInit>) => Promise<string>)[] = [
        (o) => named(psa.keyDerivationOutputBytes(o, 33)),
        (o) => named(psa.keyDerivationVerifyBytes(o, new Uint8Array(33))),
        (o) => named(psa.keyDerivationOutputKey({ type: PSA_KEY_TYPE_HMAC, bits: 264 }, o)),
        (o) =>
          named(
            psa.keyDerivationOutputKeyCustom(
              { type: PSA_KEY_TYPE_HMAC, bits: 264 },
              o,
              { flags: 0 },
              NOTHING,
            ),
          ),
      ];
      for (const attempt of attempts) {
        const operation = await derivation(psa, HKDF, key, INFO);
        const { handle } = operation;
        await must(psa.keyDerivationSetCapacity(operation, 32));
        expect(await attempt(operation)).toBe('INSUFFICIENT_DATA');
        expect(operation.handle).toBe(handle);
        expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(0);
        expect(await named(psa.keyDerivationOutputBytes(operation, 1))).toBe('INSUFFICIENT_DATA');
        await must(psa.keyDerivationAbort(operation));
        expect(operation.handle).toBe(0);
      }
    });

    it('of 255 blocks of HKDF can be read to its end', async () => {
      const { psa } = await open();
      const operation = await derivation(psa, HKDF, SECRET, INFO);
      expect((await must(psa.keyDerivationOutputBytes(operation, 255 * 32))).output.length).toBe(255 * 32);
      expect(await named(psa.keyDerivationOutputBytes(operation, 1))).toBe('INSUFFICIENT_DATA');
    });
  });
});

describe('key derivation algorithms', () => {
  it.each([
    ['no algorithm', PSA_ALG_NONE, 'INVALID_ARGUMENT'],
    ['a hash', SHA256, 'INVALID_ARGUMENT'],
    ['a standalone key agreement', PSA_ALG_ECDH, 'INVALID_ARGUMENT'],
    ['HKDF of a hash without a block', PSA_ALG_HKDF(PSA_ALG_SHAKE256_512), 'NOT_SUPPORTED'],
    ['a TLS 1.2 PRF that TLS 1.2 has not', PSA_ALG_TLS12_PRF(PSA_ALG_SHA_512), 'NOT_SUPPORTED'],
    ['an algorithm of nobody', UNKNOWN_DERIVATION, 'NOT_SUPPORTED'],
    ['a key agreement of nobody', PSA_ALG_KEY_AGREEMENT(UNKNOWN_AGREEMENT, HKDF), 'NOT_SUPPORTED'],
    ['a key agreement with HKDF', ECDH_HKDF, 'SUCCESS'],
  ])('%s: %s', async (_, alg, status) => {
    const { psa } = await openForTest();
    const operation = keyDerivationOperationInit();
    expect(await named(psa.keyDerivationSetup(operation, alg))).toBe(status);
    expect(operation.handle !== 0).toBe(status === 'SUCCESS');
  });
});

describe('inputs', () => {
  it('end with the first output', async () => {
    const { psa } = await openForTest();
    const operation = await derivation(psa, PSA_ALG_HKDF(SHA256), SECRET, INFO);
    await must(psa.keyDerivationOutputBytes(operation, 0));
    expect(await give(psa, operation, INFO)).toBe('BAD_STATE');
  });

  it.each([
    [
      'a pseudorandom key shorter than the hash',
      EXPAND,
      [],
      [SECRET[0], PRK.subarray(1)],
      'INVALID_ARGUMENT',
    ],
    ['a PSK of 128 bytes', PSK, [SEED], [SECRET[0], new Uint8Array(128)], 'SUCCESS'],
    ['a PSK of 129 bytes', PSK, [SEED], [SECRET[0], new Uint8Array(129)], 'INVALID_ARGUMENT'],
    ['a cost of 0', PBKDF2, [], [COST[0], 0n], 'INVALID_ARGUMENT'],
    ['a cost beyond 32 bits', PBKDF2, [], [COST[0], 1n << 40n], 'NOT_SUPPORTED'],
    ['a cost as bytes', PBKDF2, [], [COST[0], BYTES], 'INVALID_ARGUMENT'],
    ['a salt as an integer', PBKDF2, [COST], [SALT[0], 5n], 'INVALID_ARGUMENT'],
    ['an empty salt', HKDF, [], [SALT[0], NOTHING], 'SUCCESS'],
    ['an empty password', PBKDF2, [COST, SALT], [PASSWORD[0], NOTHING], 'SUCCESS'],
  ] as readonly (readonly [string, number, readonly Input[], Input, string])[])(
    'take %s: %s',
    async (_, alg, before, input, status) => {
      const { psa } = await openForTest();
      const operation = await derivation(psa, alg, ...before);
      expect(await give(psa, operation, input)).toBe(status);
    },
  );

  it.each([
    ['derive', 'secret', deriveKey, HKDF, SECRET, [], 'SUCCESS'],
    ['raw', 'secret', rawKey, HKDF, SECRET, [], 'INVALID_ARGUMENT'],
    ['hmac', 'secret', hmacKey, HKDF, SECRET, [], 'INVALID_ARGUMENT'],
    ['password', 'secret', passwordKey, HKDF, SECRET, [], 'INVALID_ARGUMENT'],
    ['aes', 'secret', aesKey, HKDF, SECRET, [], 'INVALID_ARGUMENT'],
    ['raw', 'salt', rawKey, HKDF, SALT, [], 'SUCCESS'],
    ['derive', 'salt', deriveKey, HKDF, SALT, [], 'INVALID_ARGUMENT'],
    ['raw', 'info', rawKey, HKDF, INFO, [], 'SUCCESS'],
    ['derive', 'other secret', deriveKey, PSK, OTHER, [SEED], 'SUCCESS'],
    ['password', 'password', passwordKey, PBKDF2, PASSWORD, [COST, SALT], 'SUCCESS'],
    ['derive', 'password', deriveKey, PBKDF2, PASSWORD, [COST, SALT], 'SUCCESS'],
    ['raw', 'password', rawKey, PBKDF2, PASSWORD, [COST, SALT], 'INVALID_ARGUMENT'],
    ['raw', 'salt of PBKDF2', rawKey, PBKDF2, SALT, [COST], 'SUCCESS'],
    ['raw', 'cost', rawKey, PBKDF2, COST, [], 'INVALID_ARGUMENT'],
  ] as const)('from a key of type %s as %s', async (_type, _step, make, alg, [step], before, status) => {
    const { psa } = await openForTest();
    const operation = await derivation(psa, alg, ...before);
    const key = await make(psa, alg);
    expect(await named(psa.keyDerivationInputKey(operation, step, key))).toBe(status);
    expect(operation.handle !== 0).toBe(status === 'SUCCESS');
  });

  it('from keys need one of two usages and the algorithm', async () => {
    const { psa } = await openForTest();
    const step = PSA_KEY_DERIVATION_INPUT_SECRET;
    for (const [key, status] of [
      [0, 'INVALID_HANDLE'],
      [await deriveKey(psa, HKDF, { usage: PSA_KEY_USAGE_EXPORT }), 'NOT_PERMITTED'],
      [await deriveKey(psa, EXTRACT), 'NOT_PERMITTED'],
      [await deriveKey(psa, HKDF, { usage: PSA_KEY_USAGE_DERIVE }), 'SUCCESS'],
      [await deriveKey(psa, HKDF, { usage: PSA_KEY_USAGE_VERIFY_DERIVATION }), 'SUCCESS'],
    ] as const) {
      const operation = await derivation(psa, HKDF);
      expect(await named(psa.keyDerivationInputKey(operation, step, key))).toBe(status);
    }
  });

  it('of a key give what its bytes give', async () => {
    const { psa } = await openForTest();
    const key = await deriveKey(psa, HKDF);
    const step = PSA_KEY_DERIVATION_INPUT_SECRET;
    const fromKey = await derive(psa, HKDF, 40, SALT, [step, { key }], INFO);
    expect(hex(fromKey)).toBe(hex(await derive(psa, HKDF, 40, SALT, [step, HMAC_KEY], INFO)));
  });
});
