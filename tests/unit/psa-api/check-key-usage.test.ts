/** psa_check_key_usage. PSA Crypto 1.4, 9.5.2. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG,
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_ANY_HASH,
  PSA_ALG_CMAC,
  PSA_ALG_CTR,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_ECIES_SEC1,
  PSA_ALG_FFDH,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_JPAKE,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_ALG_NONE,
  PSA_ALG_PBKDF2_HMAC,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SHAKE256,
  PSA_ALG_SPAKE2P_HMAC,
  PSA_ALG_SPAKE2P_MATTER,
  PSA_ALG_TRUNCATED_MAC,
  PSA_ALG_WPA3_SAE_FIXED,
  PSA_ALG_XTS,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_SPAKE2P_KEY_PAIR,
  PSA_KEY_USAGE_CACHE,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_DERIVE_PUBLIC,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
  PSA_KEY_USAGE_WRAP,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import {
  ALL_USAGE,
  aesKey,
  deriveKey,
  hmacKey,
  p256Pair,
  p256Public,
  passwordKey,
  rawKey,
  rsaPair,
  rsaPublic,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import {
  UNKNOWN_AEAD,
  UNKNOWN_AGREEMENT,
  UNKNOWN_CIPHER,
  UNKNOWN_DERIVATION,
  UNKNOWN_HASH,
  UNKNOWN_MAC,
  UNKNOWN_SIGNATURE,
} from '../../support/unsupported.ts';

const SHA256 = PSA_ALG_SHA_256;
const HMAC = PSA_ALG_HMAC(SHA256);
const ECDSA = PSA_ALG_ECDSA(SHA256);
const PSS = PSA_ALG_RSA_PSS(SHA256);
const HKDF = PSA_ALG_HKDF(SHA256);
const PBKDF2 = PSA_ALG_PBKDF2_HMAC(SHA256);
const ECDH_HKDF = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);
const JPAKE = PSA_ALG_JPAKE(SHA256);
const SPAKE2P = PSA_ALG_SPAKE2P_HMAC(SHA256);

const FLAGS = {
  EXPORT: PSA_KEY_USAGE_EXPORT,
  COPY: PSA_KEY_USAGE_COPY,
  CACHE: PSA_KEY_USAGE_CACHE,
  ENCRYPT: PSA_KEY_USAGE_ENCRYPT,
  DECRYPT: PSA_KEY_USAGE_DECRYPT,
  SIGN_MESSAGE: PSA_KEY_USAGE_SIGN_MESSAGE,
  VERIFY_MESSAGE: PSA_KEY_USAGE_VERIFY_MESSAGE,
  SIGN_HASH: PSA_KEY_USAGE_SIGN_HASH,
  VERIFY_HASH: PSA_KEY_USAGE_VERIFY_HASH,
  DERIVE: PSA_KEY_USAGE_DERIVE,
  VERIFY_DERIVATION: PSA_KEY_USAGE_VERIFY_DERIVATION,
  DERIVE_PUBLIC: PSA_KEY_USAGE_DERIVE_PUBLIC,
  WRAP: PSA_KEY_USAGE_WRAP,
  UNWRAP: PSA_KEY_USAGE_UNWRAP,
} as const;
type Flag = keyof typeof FLAGS;

const EVERYTHING = Object.values(FLAGS).reduce((all, flag) => all | flag, 0);
const BYTES = new Uint8Array(32).fill(9);

/** Keys that may be used for everything, by name. */
const importing =
  (type: number, data = BYTES) =>
  async (psa: Psa, alg: number): Promise<number> =>
    (await must(psa.importKey({ type, alg, usage: EVERYTHING }, data))).key;
const full =
  (make: (psa: Psa, alg: number, extra: { usage: number }) => Promise<number>) => (psa: Psa, alg: number) =>
    make(psa, alg, { usage: EVERYTHING });

const KEYS = {
  aes: full(aesKey),
  xts: importing(PSA_KEY_TYPE_AES, new Uint8Array(64)),
  hmac: full(hmacKey),
  derive: full(deriveKey),
  raw: full(rawKey),
  password: full(passwordKey),
  'password hash': importing(PSA_KEY_TYPE_PASSWORD_HASH),
  p256: full(p256Pair),
  'p256 public': full(p256Public),
  rsa: full(rsaPair),
  'rsa public': full(rsaPublic),
  ed25519: importing(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS)),
  x25519: importing(
    PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_MONTGOMERY),
    BYTES.map((_, i) => (i === 0 ? 8 : i === 31 ? 0x49 : 9)),
  ),
  spake2p: importing(PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), new Uint8Array(64).fill(9)),
} as const;
type KeyName = keyof typeof KEYS;

/** Usages that are roles of the algorithm; every other is INVALID_ARGUMENT. */
const ROLES: readonly (readonly [name: string, key: KeyName, alg: number, roles: readonly Flag[]])[] = [
  ['a MAC', 'hmac', HMAC, ['SIGN_MESSAGE', 'VERIFY_MESSAGE']],
  ['CMAC', 'aes', PSA_ALG_CMAC, ['SIGN_MESSAGE', 'VERIFY_MESSAGE']],
  ['a cipher', 'aes', PSA_ALG_CTR, ['ENCRYPT', 'DECRYPT']],
  ['XTS', 'xts', PSA_ALG_XTS, ['ENCRYPT', 'DECRYPT']],
  ['an AEAD', 'aes', PSA_ALG_GCM, ['ENCRYPT', 'DECRYPT']],
  ['ECDSA', 'p256', ECDSA, ['SIGN_MESSAGE', 'VERIFY_MESSAGE', 'SIGN_HASH', 'VERIFY_HASH']],
  ['ECDSA with a public key', 'p256 public', ECDSA, ['VERIFY_MESSAGE', 'VERIFY_HASH']],
  ['ECDSA of hashes as they are', 'p256', PSA_ALG_ECDSA_ANY, ['SIGN_HASH', 'VERIFY_HASH']],
  ['PSS', 'rsa', PSS, ['SIGN_MESSAGE', 'VERIFY_MESSAGE', 'SIGN_HASH', 'VERIFY_HASH']],
  ['PureEdDSA', 'ed25519', PSA_ALG_PURE_EDDSA, ['SIGN_MESSAGE', 'VERIFY_MESSAGE']],
  ['asymmetric encryption', 'rsa', PSA_ALG_RSA_PKCS1V15_CRYPT, ['ENCRYPT', 'DECRYPT']],
  ['the same with a public key', 'rsa public', PSA_ALG_RSA_PKCS1V15_CRYPT, ['ENCRYPT']],
  ['encapsulation', 'p256', PSA_ALG_ECIES_SEC1, ['ENCRYPT', 'DECRYPT']],
  ['the same with a public key of P-256', 'p256 public', PSA_ALG_ECIES_SEC1, ['ENCRYPT']],
  ['key wrapping', 'aes', PSA_ALG_KW, ['WRAP', 'UNWRAP']],
  ['key wrapping with padding', 'aes', PSA_ALG_KWP, ['WRAP', 'UNWRAP']],
  ['a derivation', 'derive', HKDF, ['DERIVE', 'VERIFY_DERIVATION']],
  ['a derivation, the salt of it', 'raw', HKDF, ['DERIVE', 'VERIFY_DERIVATION']],
  ['a password hash', 'password hash', PBKDF2, ['VERIFY_DERIVATION']],
  ['an agreement', 'p256', PSA_ALG_ECDH, ['DERIVE', 'DERIVE_PUBLIC']],
  ['an agreement on Curve25519', 'x25519', PSA_ALG_ECDH, ['DERIVE', 'DERIVE_PUBLIC']],
  ['an agreement with a public key', 'p256 public', PSA_ALG_ECDH, ['DERIVE_PUBLIC']],
  ['an agreement and a derivation', 'p256', ECDH_HKDF, ['DERIVE', 'DERIVE_PUBLIC']],
  ['J-PAKE', 'password', JPAKE, ['DERIVE']],
  ['SPAKE2+', 'spake2p', SPAKE2P, ['DERIVE', 'DERIVE_PUBLIC']],
  ['SPAKE2+ of Matter', 'spake2p', PSA_ALG_SPAKE2P_MATTER, ['DERIVE', 'DERIVE_PUBLIC']],
  ['no algorithm', 'aes', PSA_ALG_NONE, ['EXPORT', 'COPY', 'CACHE']],
  ['a hash', 'aes', SHA256, []],
  ['an extendable output', 'aes', PSA_ALG_SHAKE256, []],
];

/** Keys and algorithms that do not go together, or algorithms that nothing goes with. */
const REFUSED: readonly (readonly [name: string, key: KeyName, alg: number, usage: Flag, status: string])[] =
  [
    [
      'a tag of 9 bytes',
      'aes',
      PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 9),
      'ENCRYPT',
      'INVALID_ARGUMENT',
    ],
    ['a double AES key and CTR', 'xts', PSA_ALG_CTR, 'ENCRYPT', 'INVALID_ARGUMENT'],
    ['a double AES key and key wrapping', 'xts', PSA_ALG_KW, 'WRAP', 'INVALID_ARGUMENT'],
    ['a single AES key and XTS', 'aes', PSA_ALG_XTS, 'ENCRYPT', 'INVALID_ARGUMENT'],
    ['an HMAC key and CTR', 'hmac', PSA_ALG_CTR, 'ENCRYPT', 'INVALID_ARGUMENT'],
    ['an AES key and HMAC', 'aes', HMAC, 'SIGN_MESSAGE', 'INVALID_ARGUMENT'],
    [
      'a MAC longer than its hash',
      'hmac',
      PSA_ALG_TRUNCATED_MAC(HMAC, 33),
      'SIGN_MESSAGE',
      'INVALID_ARGUMENT',
    ],
    ['an Edwards key and ECDSA', 'ed25519', ECDSA, 'SIGN_HASH', 'INVALID_ARGUMENT'],
    ['a P-256 key and EdDSA', 'p256', PSA_ALG_PURE_EDDSA, 'SIGN_MESSAGE', 'INVALID_ARGUMENT'],
    [
      'RSA of 1024 bits and OAEP with SHA-512',
      'rsa',
      PSA_ALG_RSA_OAEP(PSA_ALG_SHA_512),
      'ENCRYPT',
      'INVALID_ARGUMENT',
    ],
    ['RSA of 1024 bits and OAEP with SHA-256', 'rsa', PSA_ALG_RSA_OAEP(SHA256), 'DECRYPT', 'SUCCESS'],
    ['a P-256 key and RSA encryption', 'p256', PSA_ALG_RSA_PKCS1V15_CRYPT, 'ENCRYPT', 'INVALID_ARGUMENT'],
    ['an AES key and HKDF', 'aes', HKDF, 'DERIVE', 'INVALID_ARGUMENT'],
    ['an Edwards key and ECDH', 'ed25519', PSA_ALG_ECDH, 'DERIVE_PUBLIC', 'INVALID_ARGUMENT'],
    ['an AES key and ECDH', 'aes', PSA_ALG_ECDH, 'DERIVE_PUBLIC', 'INVALID_ARGUMENT'],
    ['a P-256 key and FFDH', 'p256', PSA_ALG_FFDH, 'DERIVE', 'INVALID_ARGUMENT'],
    ['a derivation key and J-PAKE', 'derive', JPAKE, 'DERIVE', 'INVALID_ARGUMENT'],
    ['a P-256 key and SPAKE2+', 'p256', SPAKE2P, 'DERIVE', 'INVALID_ARGUMENT'],
    ['SPAKE2+ with SHA-1', 'spake2p', PSA_ALG_SPAKE2P_HMAC(PSA_ALG_SHA_1), 'DERIVE', 'INVALID_ARGUMENT'],
    ['any hash', 'p256', PSA_ALG_ECDSA(PSA_ALG_ANY_HASH), 'SIGN_HASH', 'INVALID_ARGUMENT'],
    [
      'any tag',
      'aes',
      PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 8),
      'ENCRYPT',
      'INVALID_ARGUMENT',
    ],
    ['an unknown MAC', 'aes', UNKNOWN_MAC, 'SIGN_MESSAGE', 'NOT_SUPPORTED'],
    ['an unknown cipher', 'aes', UNKNOWN_CIPHER, 'ENCRYPT', 'NOT_SUPPORTED'],
    ['an unknown AEAD', 'aes', UNKNOWN_AEAD, 'ENCRYPT', 'NOT_SUPPORTED'],
    ['an unknown signature', 'p256', UNKNOWN_SIGNATURE, 'SIGN_MESSAGE', 'NOT_SUPPORTED'],
    ['an unknown derivation', 'derive', UNKNOWN_DERIVATION, 'DERIVE', 'NOT_SUPPORTED'],
    ['an unknown agreement', 'p256', UNKNOWN_AGREEMENT, 'DERIVE', 'NOT_SUPPORTED'],
    [
      'an agreement and an unknown derivation',
      'p256',
      PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(UNKNOWN_HASH)),
      'DERIVE',
      'NOT_SUPPORTED',
    ],
    ['J-PAKE with an unknown hash', 'password', PSA_ALG_JPAKE(UNKNOWN_HASH), 'DERIVE', 'NOT_SUPPORTED'],
    ['SAE', 'password', PSA_ALG_WPA3_SAE_FIXED(SHA256), 'DERIVE', 'NOT_SUPPORTED'],
  ];

onBothCarriers((carrier, open) => {
  describe(`psa_check_key_usage ${carrier}`, () => {
    it.each(ROLES)('%s', async (_, name, alg, roles) => {
      const { psa, device } = await open();
      const key = await KEYS[name](psa, alg);
      const found = [];
      for (const [flag, usage] of Object.entries(FLAGS)) {
        const status = await named(psa.checkKeyUsage(key, alg, usage));
        if (status === 'SUCCESS') found.push(flag);
        else expect([flag, status]).toEqual([flag, 'INVALID_ARGUMENT']);
      }
      expect(found.sort()).toEqual([...roles].sort());
      // Nothing is left of what was tried.
      expect(device.status().operations).toEqual([]);
    });

    it.each(REFUSED)('%s', async (_, name, alg, usage, status) => {
      const { psa } = await open();
      const key = await KEYS[name](psa, alg);
      expect(await named(psa.checkKeyUsage(key, alg, FLAGS[usage]))).toBe(status);
    });
  });
});

describe('psa_check_key_usage', () => {
  it('asks the policy', async () => {
    const { psa } = await openForTest();
    for (const [name, alg, usage, other] of [
      ['aes', PSA_ALG_CTR, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM],
      ['hmac', HMAC, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_HMAC(PSA_ALG_SHA_512)],
      ['p256', ECDSA, PSA_KEY_USAGE_SIGN_HASH, PSA_ALG_ECDSA(PSA_ALG_SHA_512)],
      ['rsa', PSA_ALG_RSA_PKCS1V15_CRYPT, PSA_KEY_USAGE_DECRYPT, PSA_ALG_RSA_OAEP(SHA256)],
      ['derive', HKDF, PSA_KEY_USAGE_DERIVE, PSA_ALG_HKDF(PSA_ALG_SHA_512)],
      ['p256', PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE, ECDSA],
      ['aes', PSA_ALG_KW, PSA_KEY_USAGE_WRAP, PSA_ALG_KWP],
      ['spake2p', SPAKE2P, PSA_KEY_USAGE_DERIVE, PSA_ALG_SPAKE2P_MATTER],
      ['password', JPAKE, PSA_KEY_USAGE_DERIVE, PSA_ALG_JPAKE(PSA_ALG_SHA_512)],
    ] as const) {
      const key = await KEYS[name](psa, alg);
      expect(await named(psa.checkKeyUsage(key, alg, usage))).toBe('SUCCESS');
      expect(await named(psa.checkKeyUsage(await KEYS[name](psa, other), alg, usage))).toBe('NOT_PERMITTED');
      const attributes = (await must(psa.getKeyAttributes(key))).attributes;
      const without = { ...attributes, id: 0, usage: 0 };
      const { targetKey: less } = await must(psa.copyKey(key, without));
      expect(await named(psa.checkKeyUsage(less, alg, usage))).toBe('NOT_PERMITTED');
    }
  });

  it('asks the policy for management too, but for the export of a public key', async () => {
    const { psa } = await openForTest();
    for (const usage of [PSA_KEY_USAGE_EXPORT, PSA_KEY_USAGE_COPY, PSA_KEY_USAGE_CACHE]) {
      const key = await aesKey(psa, PSA_ALG_CTR, { usage });
      for (const asked of [PSA_KEY_USAGE_EXPORT, PSA_KEY_USAGE_COPY, PSA_KEY_USAGE_CACHE])
        expect(await named(psa.checkKeyUsage(key, PSA_ALG_NONE, asked))).toBe(
          asked === usage ? 'SUCCESS' : 'NOT_PERMITTED',
        );
    }
    const open = await p256Public(psa, ECDSA, { usage: 0 });
    expect(await named(psa.checkKeyUsage(open, PSA_ALG_NONE, PSA_KEY_USAGE_EXPORT))).toBe('SUCCESS');
    expect(await named(psa.exportKey(open))).toBe('SUCCESS');
    expect(await named(psa.checkKeyUsage(open, PSA_ALG_NONE, PSA_KEY_USAGE_COPY))).toBe('NOT_PERMITTED');
  });

  it('asks no policy of the public side of an agreement, and that of a verifier', async () => {
    const { psa } = await openForTest();
    for (const make of [p256Pair, p256Public]) {
      const key = await make(psa, PSA_ALG_NONE, { usage: 0 });
      expect(await named(psa.checkKeyUsage(key, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE_PUBLIC))).toBe('SUCCESS');
      expect(await named(psa.checkKeyUsage(key, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE))).toBe('NOT_PERMITTED');
    }
    const type = PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    const attributes = { type, alg: SPAKE2P, usage: PSA_KEY_USAGE_DERIVE_PUBLIC };
    const { key } = await must(psa.importKey(attributes, new Uint8Array(64).fill(9)));
    expect(await named(psa.checkKeyUsage(key, SPAKE2P, PSA_KEY_USAGE_DERIVE_PUBLIC))).toBe('NOT_PERMITTED');
  });

  it('takes one flag that there is, and a key that there is', async () => {
    const { psa, another } = await openForTest();
    const key = await aesKey(psa, PSA_ALG_CTR, { usage: ALL_USAGE });
    for (const usage of [0, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, 0x40000000, 0xffffffff])
      expect(await named(psa.checkKeyUsage(key, PSA_ALG_CTR, usage))).toBe('INVALID_ARGUMENT');
    for (const [alg, usage] of [
      [PSA_ALG_NONE, PSA_KEY_USAGE_EXPORT],
      [PSA_ALG_CTR, PSA_KEY_USAGE_ENCRYPT],
      [PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE_PUBLIC],
    ] as const) {
      expect(await named(psa.checkKeyUsage(0x1234, alg, usage))).toBe('INVALID_HANDLE');
      const other = await another({ owner: 5 });
      expect(await named(other.psa.checkKeyUsage(key, alg, usage))).toBe('INVALID_HANDLE');
    }
    expect(await named(psa.checkKeyUsage(key, PSA_ALG_CTR, PSA_KEY_USAGE_EXPORT))).toBe('INVALID_ARGUMENT');
    expect(await named(psa.checkKeyUsage(key, PSA_ALG_NONE, PSA_KEY_USAGE_ENCRYPT))).toBe('INVALID_ARGUMENT');
  });
});
