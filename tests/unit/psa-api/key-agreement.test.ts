/** Key agreement. PSA Crypto 1.3, 10.9. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_HKDF,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_NONE,
  PSA_ALG_SHA_256,
  PSA_KEY_ID_NULL,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import {
  aesKey,
  hmacKey,
  P256_PAIR_TYPE,
  P256_POINT,
  p256Pair,
  p256Public,
  rsaPair,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_AGREEMENT } from '../../support/unsupported.ts';

const ECDH = PSA_ALG_ECDH;
const HKDF = PSA_ALG_HKDF(PSA_ALG_SHA_256);
const COMBINED = PSA_ALG_KEY_AGREEMENT(ECDH, HKDF);
const derive = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };

describe('key agreement', () => {
  const CASES: readonly (readonly [
    name: string,
    key: (psa: Psa) => Promise<number>,
    alg: number,
    point: Uint8Array,
    status: string,
  ])[] = [
    ['a pair and a point', (psa) => p256Pair(psa, ECDH), ECDH, P256_POINT, 'SUCCESS'],
    [
      'no leave',
      (psa) => p256Pair(psa, ECDH, { usage: PSA_KEY_USAGE_SIGN_HASH }),
      ECDH,
      P256_POINT,
      'NOT_PERMITTED',
    ],
    ['another algorithm', (psa) => p256Pair(psa, PSA_ALG_ECDSA_ANY), ECDH, P256_POINT, 'NOT_PERMITTED'],
    ['a key for one derivation', (psa) => p256Pair(psa, COMBINED), ECDH, P256_POINT, 'NOT_PERMITTED'],
    ['a combined algorithm', (psa) => p256Pair(psa, ECDH), COMBINED, P256_POINT, 'INVALID_ARGUMENT'],
    ['no key agreement', (psa) => p256Pair(psa, HKDF), HKDF, P256_POINT, 'INVALID_ARGUMENT'],
    ['a public key', (psa) => p256Public(psa, ECDH), ECDH, P256_POINT, 'INVALID_ARGUMENT'],
    ['an RSA key', (psa) => rsaPair(psa, ECDH), ECDH, P256_POINT, 'INVALID_ARGUMENT'],
    ['an AES key', (psa) => aesKey(psa, ECDH), ECDH, P256_POINT, 'INVALID_ARGUMENT'],
    [
      'an agreement of nobody',
      (psa) => p256Pair(psa, UNKNOWN_AGREEMENT),
      UNKNOWN_AGREEMENT,
      P256_POINT,
      'NOT_SUPPORTED',
    ],
    ['no point', (psa) => p256Pair(psa, ECDH), ECDH, NOTHING, 'INVALID_ARGUMENT'],
    ['the point at infinity', (psa) => p256Pair(psa, ECDH), ECDH, new Uint8Array(1), 'INVALID_ARGUMENT'],
    [
      'a point off the curve',
      (psa) => p256Pair(psa, ECDH),
      ECDH,
      new Uint8Array(65).fill(4),
      'INVALID_ARGUMENT',
    ],
    [
      'a point of another curve',
      (psa) => p256Pair(psa, ECDH),
      ECDH,
      new Uint8Array(97).fill(4),
      'INVALID_ARGUMENT',
    ],
    ['no key', async () => 0, ECDH, P256_POINT, 'INVALID_HANDLE'],
  ];

  it.each(CASES)('with %s', async (_, makeKey, alg, point, status) => {
    const { psa } = await openForTest();
    const key = await makeKey(psa);
    expect(await named(psa.rawKeyAgreement(alg, key, point))).toBe(status);
    expect(await named(psa.keyAgreement(key, point, alg, derive))).toBe(status);
  });
});

onBothCarriers((carrier, open) => {
  describe(`ECDH ${carrier}`, () => {
    it.each([256, 384, 521])('agrees on both sides over %i bits', async (bits) => {
      const { psa } = await open();
      const attributes = { type: P256_PAIR_TYPE, bits, alg: ECDH, usage: PSA_KEY_USAGE_DERIVE };
      const [ours, theirs] = [
        await must(psa.generateKey(attributes)),
        await must(psa.generateKey(attributes)),
      ];
      const [ourPoint, theirPoint] = [
        await must(psa.exportPublicKey(ours.key)),
        await must(psa.exportPublicKey(theirs.key)),
      ];
      const first = await must(psa.rawKeyAgreement(ECDH, ours.key, theirPoint.data));
      const second = await must(psa.rawKeyAgreement(ECDH, theirs.key, ourPoint.data));
      expect(first.output.length).toBe(Math.ceil(bits / 8));
      expect(hex(first.output)).toBe(hex(second.output));
    });

    it('needs room', async () => {
      const { psa } = await open();
      const key = await p256Pair(psa, ECDH);
      expect(await named(psa.rawKeyAgreement(ECDH, key, P256_POINT, 31))).toBe('BUFFER_TOO_SMALL');
      expect(await named(psa.rawKeyAgreement(ECDH, key, P256_POINT, 32))).toBe('SUCCESS');
    });

    it('makes keys of the size of the secret', async () => {
      const { psa } = await open();
      const pair = await p256Pair(psa, ECDH);
      const { output } = await must(psa.rawKeyAgreement(ECDH, pair, P256_POINT));
      const { key } = await must(psa.keyAgreement(pair, P256_POINT, ECDH, { ...derive, id: 21 }));
      expect(key).toBe(21);
      expect((await must(psa.getKeyAttributes(key))).attributes).toMatchObject({ ...derive, bits: 256 });
      expect(hex((await must(psa.exportKey(key))).data)).toBe(hex(output));
    });
  });
});

describe('psa_key_agreement', () => {
  it.each([
    ['raw data', { type: PSA_KEY_TYPE_RAW_DATA }, 'SUCCESS'],
    ['an HMAC key', { type: PSA_KEY_TYPE_HMAC }, 'SUCCESS'],
    ['a password', { type: PSA_KEY_TYPE_PASSWORD }, 'SUCCESS'],
    ['an AES key', { type: PSA_KEY_TYPE_AES }, 'INVALID_ARGUMENT'],
    ['no type', {}, 'INVALID_ARGUMENT'],
    ['the size of the secret', { type: PSA_KEY_TYPE_DERIVE, bits: 256 }, 'SUCCESS'],
    ['another size', { type: PSA_KEY_TYPE_DERIVE, bits: 128 }, 'INVALID_ARGUMENT'],
    ['an unknown usage', { type: PSA_KEY_TYPE_DERIVE, usage: 0x40 }, 'INVALID_ARGUMENT'],
    ['a read-only lifetime', { type: PSA_KEY_TYPE_DERIVE, id: 3, lifetime: 0xff }, 'INVALID_ARGUMENT'],
    ['the id of another key', { type: PSA_KEY_TYPE_DERIVE, id: 6 }, 'ALREADY_EXISTS'],
  ] as const)('makes %s: %s', async (_, attributes, status) => {
    const { psa } = await openForTest();
    await hmacKey(psa, PSA_ALG_NONE, { id: 6 });
    const pair = await p256Pair(psa, ECDH);
    const made = await psa.keyAgreement(pair, P256_POINT, ECDH, attributes);
    expect(await named(made)).toBe(status);
    expect(made.key !== PSA_KEY_ID_NULL).toBe(status === 'SUCCESS');
  });
});
