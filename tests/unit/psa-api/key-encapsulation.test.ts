/** Key encapsulation with ECIES. PSA Crypto 1.3, 10.10. */

import { describe, expect, it } from 'vitest';
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_ECIES_SEC1,
  PSA_ALG_ML_KEM,
  PSA_ALG_NONE,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, hmacKey, P256_PAIR_TYPE, p256Pair, p256Public, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';

const ECIES = PSA_ALG_ECIES_SEC1;
const SECRET = { type: PSA_KEY_TYPE_DERIVE, usage: PSA_KEY_USAGE_EXPORT };
const BOTH = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
const WRONG = ['INVALID_ARGUMENT', 'NOT_SUPPORTED'];

const CURVES = [
  ['secp192r1', PSA_ECC_FAMILY_SECP_R1, 192, 49, 192],
  ['secp224r1', PSA_ECC_FAMILY_SECP_R1, 224, 57, 224],
  ['secp256r1', PSA_ECC_FAMILY_SECP_R1, 256, 65, 256],
  ['secp384r1', PSA_ECC_FAMILY_SECP_R1, 384, 97, 384],
  ['secp521r1', PSA_ECC_FAMILY_SECP_R1, 521, 133, 528],
  ['secp192k1', PSA_ECC_FAMILY_SECP_K1, 192, 49, 192],
  ['secp224k1', PSA_ECC_FAMILY_SECP_K1, 225, 57, 224],
  ['secp256k1', PSA_ECC_FAMILY_SECP_K1, 256, 65, 256],
  ['brainpoolP160r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 160, 41, 160],
  ['brainpoolP256r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256, 65, 256],
  ['brainpoolP320r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 320, 81, 320],
  ['brainpoolP512r1', PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512, 129, 512],
  ['X25519', PSA_ECC_FAMILY_MONTGOMERY, 255, 32, 256],
  ['X448', PSA_ECC_FAMILY_MONTGOMERY, 448, 56, 448],
] as const;

const exported = async (psa: Psa, key: number): Promise<string> => hex((await must(psa.exportKey(key))).data);

/** The pair, its public part alone, and the pair once more for raw agreement. */
const keysOf = async (psa: Psa, family: number, bits: number) => {
  const type = PSA_KEY_TYPE_ECC_KEY_PAIR(family);
  const usage = PSA_KEY_USAGE_EXPORT | BOTH;
  const { key: pair } = await must(psa.generateKey({ type, bits, alg: ECIES, usage }));
  const [scalar, point] = [await must(psa.exportKey(pair)), await must(psa.exportPublicKey(pair))];
  const publicType = PSA_KEY_TYPE_ECC_PUBLIC_KEY(family);
  const { key: single } = await must(
    psa.importKey({ type: publicType, bits, alg: ECIES, usage: PSA_KEY_USAGE_ENCRYPT }, point.data),
  );
  const { key: agreeing } = await must(
    psa.importKey({ type, bits, alg: PSA_ALG_ECDH, usage: PSA_KEY_USAGE_DERIVE }, scalar.data),
  );
  return { pair, single, agreeing };
};

describe('ECIES', () => {
  it.each(CURVES)('over %s', async (_, family, bits, length, secretBits) => {
    const { psa } = await openForTest();
    const { pair, single, agreeing } = await keysOf(psa, family, bits);
    for (const key of [single, pair]) {
      const { outputKey, ciphertext } = await must(psa.encapsulate(key, ECIES, SECRET, length));
      expect(ciphertext.length).toBe(length);
      const { attributes } = await must(psa.getKeyAttributes(outputKey));
      expect(attributes).toMatchObject({ ...SECRET, bits: secretBits });
      const opened = await must(psa.decapsulate(pair, ECIES, ciphertext, SECRET));
      const secret = await exported(psa, outputKey);
      expect(await exported(psa, opened.outputKey)).toBe(secret);
      // Its cofactors are 1, or cleared by X25519 and X448: it is ECDH with the ciphertext.
      const agreed = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, agreeing, ciphertext));
      expect(hex(agreed.output)).toBe(secret);
      const again = await must(psa.encapsulate(key, ECIES, SECRET));
      expect(hex(again.ciphertext)).not.toBe(hex(ciphertext));
      expect(await exported(psa, again.outputKey)).not.toBe(secret);
    }
  });

  it.each([
    ['P-256: nothing', PSA_ECC_FAMILY_SECP_R1, 256, NOTHING],
    ['P-256: infinity', PSA_ECC_FAMILY_SECP_R1, 256, new Uint8Array(1)],
    ['P-256: no point', PSA_ECC_FAMILY_SECP_R1, 256, new Uint8Array(65).fill(4)],
    ['P-256: too long', PSA_ECC_FAMILY_SECP_R1, 256, new Uint8Array(66).fill(4)],
    ['secp256k1: no point', PSA_ECC_FAMILY_SECP_K1, 256, new Uint8Array(65).fill(4)],
    ['X25519: a point of low order', PSA_ECC_FAMILY_MONTGOMERY, 255, new Uint8Array(32)],
    ['X25519: too short', PSA_ECC_FAMILY_MONTGOMERY, 255, new Uint8Array(31).fill(9)],
    ['X448: a point of low order', PSA_ECC_FAMILY_MONTGOMERY, 448, new Uint8Array(56)],
  ] as const)('does not open %s', async (_, family, bits, ciphertext) => {
    const { psa, device } = await openForTest();
    const { pair } = await keysOf(psa, family, bits);
    const before = device.status().keys.volatile;
    expect(await named(psa.decapsulate(pair, ECIES, ciphertext, SECRET))).toBe('INVALID_ARGUMENT');
    expect(device.status().keys.volatile).toBe(before);
  });

  const generated =
    (family: number, bits: number) =>
    async (psa: Psa): Promise<number> => {
      const attributes = { type: PSA_KEY_TYPE_ECC_KEY_PAIR(family), bits, alg: ECIES, usage: BOTH };
      return (await must(psa.generateKey(attributes))).key;
    };

  type Statuses = readonly string[];
  it.each([
    ['a pair', (psa) => p256Pair(psa, ECIES), ECIES, ['SUCCESS'], ['SUCCESS']],
    ['a public key', (psa) => p256Public(psa, ECIES), ECIES, ['SUCCESS'], WRONG],
    [
      'a pair that encrypts',
      (psa) => p256Pair(psa, ECIES, { usage: PSA_KEY_USAGE_ENCRYPT }),
      ECIES,
      ['SUCCESS'],
      ['NOT_PERMITTED'],
    ],
    [
      'a pair that decrypts',
      (psa) => p256Pair(psa, ECIES, { usage: PSA_KEY_USAGE_DECRYPT }),
      ECIES,
      ['NOT_PERMITTED'],
      ['SUCCESS'],
    ],
    [
      'a pair that derives',
      (psa) => p256Pair(psa, ECIES, { usage: PSA_KEY_USAGE_DERIVE }),
      ECIES,
      ['NOT_PERMITTED'],
      ['NOT_PERMITTED'],
    ],
    ['a pair for ECDH', (psa) => p256Pair(psa, PSA_ALG_ECDH), ECIES, ['NOT_PERMITTED'], ['NOT_PERMITTED']],
    ['ECDH', (psa) => p256Pair(psa, PSA_ALG_ECDH), PSA_ALG_ECDH, WRONG, WRONG],
    ['no algorithm', (psa) => p256Pair(psa, ECIES), PSA_ALG_NONE, WRONG, WRONG],
    ['ML-KEM', (psa) => p256Pair(psa, PSA_ALG_ML_KEM), PSA_ALG_ML_KEM, WRONG, WRONG],
    ['an RSA key', (psa) => rsaPair(psa, ECIES), ECIES, WRONG, WRONG],
    ['an AES key', (psa) => aesKey(psa, ECIES), ECIES, WRONG, WRONG],
    ['Ed25519', generated(PSA_ECC_FAMILY_TWISTED_EDWARDS, 255), ECIES, WRONG, WRONG],
    ['Ed448', generated(PSA_ECC_FAMILY_TWISTED_EDWARDS, 448), ECIES, WRONG, WRONG],
    ['no key', async () => 0, ECIES, ['INVALID_HANDLE'], ['INVALID_HANDLE']],
  ] as readonly (readonly [string, (psa: Psa) => Promise<number>, number, Statuses, Statuses])[])(
    'with %s',
    async (_, makeKey, alg, encapsulated, decapsulated) => {
      const { psa } = await openForTest();
      const key = await makeKey(psa);
      const peer = await p256Public(psa, ECIES);
      const { ciphertext } = await must(psa.encapsulate(peer, ECIES, SECRET));
      expect(encapsulated).toContain(await named(psa.encapsulate(key, alg, SECRET)));
      expect(decapsulated).toContain(await named(psa.decapsulate(key, alg, ciphertext, SECRET)));
    },
  );
});

describe('the secret of ECIES', () => {
  it.each([
    ['a derivation key', { type: PSA_KEY_TYPE_DERIVE }, ['SUCCESS']],
    ['an HMAC key', { type: PSA_KEY_TYPE_HMAC }, ['SUCCESS']],
    ['one of its size', { type: PSA_KEY_TYPE_DERIVE, bits: 256 }, ['SUCCESS']],
    ['a persistent one', { type: PSA_KEY_TYPE_DERIVE, id: 5 }, ['SUCCESS']],
    ['one of another size', { type: PSA_KEY_TYPE_DERIVE, bits: 128 }, ['INVALID_ARGUMENT']],
    ['an AES key', { type: PSA_KEY_TYPE_AES, bits: 256 }, WRONG],
    ['a ChaCha20 key', { type: PSA_KEY_TYPE_CHACHA20, bits: 256 }, WRONG],
    ['raw data', { type: PSA_KEY_TYPE_RAW_DATA }, WRONG],
    ['a password', { type: PSA_KEY_TYPE_PASSWORD }, WRONG],
    ['a curve key', { type: P256_PAIR_TYPE, bits: 256 }, WRONG],
    ['a key of no type', {}, WRONG],
    ['one of unknown usage', { type: PSA_KEY_TYPE_DERIVE, usage: 0x40 }, ['INVALID_ARGUMENT']],
    ['a read-only one', { type: PSA_KEY_TYPE_DERIVE, id: 3, lifetime: 0xff }, ['INVALID_ARGUMENT']],
    ['one with an id that is taken', { type: PSA_KEY_TYPE_DERIVE, id: 6 }, ['ALREADY_EXISTS']],
  ] as readonly (readonly [string, Partial<KeyAttributes>, readonly string[]])[])(
    'as %s',
    async (_, attributes, statuses) => {
      const { psa, device } = await openForTest();
      await hmacKey(psa, PSA_ALG_NONE, { id: 6 });
      const pair = await p256Pair(psa, ECIES);
      const { ciphertext } = await must(psa.encapsulate(pair, ECIES, SECRET));
      const before = device.keys().length;
      const made = await psa.encapsulate(pair, ECIES, attributes);
      expect(statuses).toContain(await named(made));
      expect([made.outputKey !== 0, made.ciphertext.length]).toEqual([
        made.status === 0,
        made.status === 0 ? 65 : 0,
      ]);
      if (made.status === 0) await must(psa.destroyKey(made.outputKey));
      const opened = await psa.decapsulate(pair, ECIES, ciphertext, attributes);
      expect(statuses).toContain(await named(opened));
      if (opened.status === 0) await must(psa.destroyKey(opened.outputKey));
      expect(device.keys().length).toBe(before);
    },
  );
});

onBothCarriers((carrier, open) => {
  describe(`key encapsulation ${carrier}`, () => {
    it('goes from one client to another, and needs room', async () => {
      const { psa, device, another } = await open();
      const other = await another({ owner: 9 });
      const pair = await p256Pair(other.psa, ECIES);
      const single = await p256Public(psa, ECIES);
      expect(await named(psa.encapsulate(single, ECIES, SECRET, 64))).toBe('BUFFER_TOO_SMALL');
      expect(device.status().keys.volatile).toBe(2);
      const { outputKey, ciphertext } = await must(psa.encapsulate(single, ECIES, SECRET, 65));
      const opened = await must(other.psa.decapsulate(pair, ECIES, ciphertext, SECRET));
      expect(await exported(other.psa, opened.outputKey)).toBe(await exported(psa, outputKey));
    });
  });
});
