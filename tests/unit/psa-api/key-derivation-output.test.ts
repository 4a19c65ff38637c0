/** Key derivation: what may come out, and key agreement on the way in. PSA Crypto 1.3, 10.6.3 and 10.9.3. */

import { describe, expect, it } from 'vitest';
import { MAX_OUTPUT } from '../../../psa-api/call.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_SHA_256,
  PSA_ALG_SP800_108_COUNTER_HMAC,
  PSA_ALG_TLS12_PRF,
  PSA_ALG_TLS12_PSK_TO_MS,
  PSA_KEY_DERIVATION_INPUT_COST,
  PSA_KEY_DERIVATION_INPUT_INFO,
  PSA_KEY_DERIVATION_INPUT_LABEL,
  PSA_KEY_DERIVATION_INPUT_OTHER_SECRET,
  PSA_KEY_DERIVATION_INPUT_PASSWORD,
  PSA_KEY_DERIVATION_INPUT_SALT,
  PSA_KEY_DERIVATION_INPUT_SECRET,
  PSA_KEY_DERIVATION_INPUT_SEED,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { ascii, hex, join, NOTHING } from '../../support/bytes.ts';
import { derivation, derive, give, type Input } from '../../support/derivation.ts';
import { openForTest } from '../../support/device.ts';
import {
  aesKey,
  deriveKey,
  HMAC_KEY,
  P256_PAIR_TYPE,
  P256_POINT,
  P256_PUBLIC_TYPE,
  p256Pair,
  rawKey,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const SHA256 = PSA_ALG_SHA_256;
const HKDF = PSA_ALG_HKDF(SHA256);
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

describe('outputs', () => {
  const secretFrom = async (psa: Psa, usage: number): Promise<Input> => [
    PSA_KEY_DERIVATION_INPUT_SECRET,
    { key: await deriveKey(psa, HKDF, { usage }) },
  ];
  const aes = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_EXPORT, alg: PSA_ALG_GCM };

  it('from bytes as the secret may not become keys', async () => {
    const { psa } = await openForTest();
    for (const [alg, inputs] of [
      [HKDF, [SECRET, INFO]],
      [PBKDF2, [COST, SALT, PASSWORD]],
    ] as const) {
      const operation = await derivation(psa, alg, ...inputs);
      expect(await named(psa.keyDerivationOutputKey(aes, operation))).toBe('NOT_PERMITTED');
      expect(operation.handle).toBe(0);
    }
  });

  it('from keys that may only verify may only be verified', async () => {
    const { psa } = await openForTest();
    const expected = await derive(psa, HKDF, 20, [SECRET[0], HMAC_KEY], INFO);
    const secret = await secretFrom(psa, PSA_KEY_USAGE_VERIFY_DERIVATION);
    const bytes = await derivation(psa, HKDF, secret, INFO);
    expect(await named(psa.keyDerivationOutputBytes(bytes, 1))).toBe('NOT_PERMITTED');
    expect(bytes.handle).toBe(0);
    const key = await derivation(psa, HKDF, secret, INFO);
    expect(await named(psa.keyDerivationOutputKey(aes, key))).toBe('NOT_PERMITTED');
    const verified = await derivation(psa, HKDF, secret, INFO);
    expect(await named(psa.keyDerivationVerifyBytes(verified, expected))).toBe('SUCCESS');
    const wrong = await derivation(psa, HKDF, secret, INFO);
    expect(await named(psa.keyDerivationVerifyBytes(wrong, expected.slice().reverse()))).toBe(
      'INVALID_SIGNATURE',
    );
    expect(wrong.handle).toBe(0);
  });

  it('may not leave where one key of several may only verify', async () => {
    const { psa } = await openForTest();
    const salt: Input = [
      PSA_KEY_DERIVATION_INPUT_SALT,
      { key: await rawKey(psa, HKDF, { usage: PSA_KEY_USAGE_VERIFY_DERIVATION }) },
    ];
    const operation = await derivation(psa, HKDF, salt, await secretFrom(psa, PSA_KEY_USAGE_DERIVE), INFO);
    expect(await named(psa.keyDerivationOutputKey(aes, operation))).toBe('NOT_PERMITTED');
  });

  it('follow one another in one stream, bytes and keys alike', async () => {
    const { psa } = await openForTest();
    const whole = await derive(psa, HKDF, 80, [SECRET[0], HMAC_KEY], INFO);
    const operation = await derivation(psa, HKDF, await secretFrom(psa, PSA_KEY_USAGE_DERIVE), INFO);
    const first = await must(psa.keyDerivationOutputBytes(operation, 7));
    const second = await must(psa.keyDerivationOutputKey(aes, operation));
    const third = await must(psa.keyDerivationOutputBytes(operation, 25));
    const fourth = await must(
      psa.keyDerivationOutputKey({ ...aes, type: P256_PAIR_TYPE, bits: 256 }, operation),
    );
    const keys = [await must(psa.exportKey(second.key)), await must(psa.exportKey(fourth.key))];
    expect((await must(psa.getKeyAttributes(second.key))).attributes).toMatchObject(aes);
    // FIPS 186-4 B.4.2: the scalar is the bytes read, plus one.
    const scalar = BigInt(`0x${hex(keys[1]?.data ?? NOTHING)}`) - 1n;
    const drawn = new Uint8Array(Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex'));
    expect(hex(join(first.output, keys[0]?.data ?? NOTHING, third.output, drawn))).toBe(hex(whole));
  });

  const endless: readonly (readonly [string, number, readonly Input[]])[] = [
    ['PBKDF2-HMAC', PBKDF2, [COST, SALT, PASSWORD]],
    ['PBKDF2-CMAC', PSA_ALG_PBKDF2_AES_CMAC_PRF_128, [COST, SALT, PASSWORD]],
    ['TLS 1.2 PRF', PRF, [SEED, SECRET, LABEL]],
    ['SP 800-108', PSA_ALG_SP800_108_COUNTER_HMAC(SHA256), [SECRET]],
  ];

  it.each(endless)('of %s are not more than an answer carries', async (_, alg, inputs) => {
    const { psa } = await openForTest();
    for (const length of [MAX_OUTPUT + 1, 0x1fffffff]) {
      const operation = await derivation(psa, alg, ...inputs);
      const { status, output } = await psa.keyDerivationOutputBytes(operation, length);
      expect([await named({ status }), output.length]).toEqual(['INSUFFICIENT_MEMORY', 0]);
      expect(operation.handle).toBe(0);
    }
  });

  it('of many bytes at once are those of many outputs', async () => {
    const { psa } = await openForTest();
    const read = async (...lengths: readonly number[]): Promise<string> => {
      const operation = await derivation(psa, PSA_ALG_SP800_108_COUNTER_HMAC(SHA256), SECRET);
      const outputs = [];
      for (const length of lengths) outputs.push(await must(psa.keyDerivationOutputBytes(operation, length)));
      return hex(join(...outputs.map(({ output }) => output)));
    };
    const cut = [1, 4096, 4095, 0, 4097, 8192, 9519, 20_000];
    expect(await read(50_000)).toBe(await read(...cut));
  });

  it('for P-521 take 66 bytes, of which 7 bits are left out', async () => {
    const { psa } = await openForTest();
    const whole = await derive(psa, HKDF, 255 * 32, [SECRET[0], HMAC_KEY], INFO);
    const operation = await derivation(psa, HKDF, await secretFrom(psa, PSA_KEY_USAGE_DERIVE), INFO);
    const { key } = await must(
      psa.keyDerivationOutputKey({ ...aes, type: P256_PAIR_TYPE, bits: 521 }, operation),
    );
    const scalar = BigInt(`0x${hex((await must(psa.exportKey(key))).data)}`);
    expect(scalar).toBe((BigInt(`0x${hex(whole.subarray(0, 66))}`) & ((1n << 521n) - 1n)) + 1n);
    expect((await must(psa.keyDerivationGetCapacity(operation))).capacity).toBe(255 * 32 - 66);
  });

  it.each([
    ['no size', { type: PSA_KEY_TYPE_AES }, 'INVALID_ARGUMENT'],
    ['a size that AES has not', { type: PSA_KEY_TYPE_AES, bits: 100 }, 'INVALID_ARGUMENT'],
    ['a public key', { type: P256_PUBLIC_TYPE, bits: 256 }, 'INVALID_ARGUMENT'],
    ['an RSA key', { type: PSA_KEY_TYPE_RSA_KEY_PAIR, bits: 1024 }, 'NOT_SUPPORTED'],
    [
      'a read-only lifetime',
      { type: PSA_KEY_TYPE_AES, bits: 128, id: 4, lifetime: 0xff },
      'INVALID_ARGUMENT',
    ],
    ['the id of another key', { type: PSA_KEY_TYPE_AES, bits: 128, id: 6 }, 'ALREADY_EXISTS'],
    ['a free id', { type: PSA_KEY_TYPE_AES, bits: 128, id: 7 }, 'SUCCESS'],
    [
      'a password hash of another algorithm',
      { type: PSA_KEY_TYPE_PASSWORD_HASH, bits: 128, alg: PBKDF2 },
      'INVALID_ARGUMENT',
    ],
    [
      'a password hash of this algorithm',
      { type: PSA_KEY_TYPE_PASSWORD_HASH, bits: 128, alg: HKDF },
      'SUCCESS',
    ],
  ] as const)('as a key with %s', async (_, attributes, status) => {
    const { psa } = await openForTest();
    await aesKey(psa, PSA_ALG_GCM, { id: 6 });
    const operation = await derivation(psa, HKDF, await secretFrom(psa, PSA_KEY_USAGE_DERIVE), INFO);
    expect(await named(psa.keyDerivationOutputKey(attributes, operation))).toBe(status);
    expect(operation.handle !== 0).toBe(status === 'SUCCESS');
  });

  it('as keys have default parameters only', async () => {
    const { psa } = await openForTest();
    const secret = await secretFrom(psa, PSA_KEY_USAGE_DERIVE);
    for (const [flags, data, status] of [
      [0, NOTHING, 'SUCCESS'],
      [1, NOTHING, 'INVALID_ARGUMENT'],
      [0, BYTES, 'INVALID_ARGUMENT'],
    ] as const) {
      const operation = await derivation(psa, HKDF, secret, INFO);
      expect(await named(psa.keyDerivationOutputKeyCustom(aes, operation, { flags }, data))).toBe(status);
    }
  });
});

describe('a key agreement as an input', () => {
  it('is what the agreement alone gives, and may become keys', async () => {
    const { psa } = await openForTest();
    const pair = await p256Pair(psa, PSA_ALG_ECDH);
    const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, pair, P256_POINT));
    const expected = await derive(psa, HKDF, 16, [PSA_KEY_DERIVATION_INPUT_SECRET, output], INFO);
    const operation = await derivation(psa, ECDH_HKDF);
    const step = PSA_KEY_DERIVATION_INPUT_SECRET;
    await must(psa.keyDerivationKeyAgreement(operation, step, pair, P256_POINT));
    expect(await give(psa, operation, INFO)).toBe('SUCCESS');
    const attributes = { type: PSA_KEY_TYPE_AES, bits: 128, usage: PSA_KEY_USAGE_EXPORT };
    const { key } = await must(psa.keyDerivationOutputKey(attributes, operation));
    expect(hex((await must(psa.exportKey(key))).data)).toBe(hex(expected));
  });

  it('mixes into the premaster secret of a PSK', async () => {
    const { psa } = await openForTest();
    const alg = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSK);
    const pair = await p256Pair(psa, PSA_ALG_ECDH);
    const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, pair, P256_POINT));
    const expected = await derive(psa, PSK, 48, SEED, [OTHER[0], output], SECRET, LABEL);
    const operation = await derivation(psa, alg, SEED);
    await must(psa.keyDerivationKeyAgreement(operation, OTHER[0], pair, P256_POINT));
    expect(await give(psa, operation, SECRET)).toBe('SUCCESS');
    expect(await give(psa, operation, LABEL)).toBe('SUCCESS');
    expect(hex((await must(psa.keyDerivationOutputBytes(operation, 48))).output)).toBe(hex(expected));
  });

  it.each([
    ['an operation without agreement', HKDF, SECRET[0], {}, P256_POINT, 'INVALID_ARGUMENT'],
    ['a step of another kind', ECDH_HKDF, SALT[0], {}, P256_POINT, 'INVALID_ARGUMENT'],
    ['a step that is not there', ECDH_HKDF, LABEL[0], {}, P256_POINT, 'INVALID_ARGUMENT'],
    ['a point off the curve', ECDH_HKDF, SECRET[0], {}, new Uint8Array(65).fill(4), 'INVALID_ARGUMENT'],
    ['no point', ECDH_HKDF, SECRET[0], {}, NOTHING, 'INVALID_ARGUMENT'],
    ['no leave', ECDH_HKDF, SECRET[0], { usage: PSA_KEY_USAGE_SIGN_HASH }, P256_POINT, 'NOT_PERMITTED'],
    ['another algorithm', ECDH_HKDF, SECRET[0], { alg: PSA_ALG_ECDSA_ANY }, P256_POINT, 'NOT_PERMITTED'],
    [
      'another derivation',
      ECDH_HKDF,
      SECRET[0],
      { alg: PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PRF) },
      P256_POINT,
      'NOT_PERMITTED',
    ],
    ['this derivation', ECDH_HKDF, SECRET[0], { alg: ECDH_HKDF }, P256_POINT, 'SUCCESS'],
  ] as const)('with %s', async (_, alg, step, extra, point, status) => {
    const { psa } = await openForTest();
    const pair = await p256Pair(psa, PSA_ALG_ECDH, extra);
    const operation = await derivation(psa, alg);
    expect(await named(psa.keyDerivationKeyAgreement(operation, step, pair, point))).toBe(status);
    expect(operation.handle !== 0).toBe(status === 'SUCCESS');
  });
});
