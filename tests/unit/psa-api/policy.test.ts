/** Permitted algorithms and their intersection. PSA Crypto 1.3, 9.5.1 and psa_copy_key. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG,
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_ANY_HASH,
  PSA_ALG_AT_LEAST_THIS_LENGTH_MAC,
  PSA_ALG_CBC_MAC,
  PSA_ALG_CCM,
  PSA_ALG_CCM_STAR_ANY_TAG,
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_CMAC,
  PSA_ALG_CTR,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_FFDH,
  PSA_ALG_GCM,
  PSA_ALG_HKDF,
  PSA_ALG_HMAC,
  PSA_ALG_KEY_AGREEMENT,
  PSA_ALG_NONE,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
  PSA_ALG_RSA_PSS,
  PSA_ALG_RSA_PSS_ANY_SALT,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SHA3_256,
  PSA_ALG_TLS12_PRF,
  PSA_ALG_TRUNCATED_MAC,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import { completeUsage, intersection, isUsage, permits } from '../../../psa-api/policy.ts';
import { ALL_USAGE } from '../../support/keys.ts';

const SHA256 = PSA_ALG_SHA_256;
const SHA512 = PSA_ALG_SHA_512;
const ANY = PSA_ALG_ANY_HASH;
const HMAC = PSA_ALG_HMAC(SHA256);

interface Rule {
  readonly name: string;
  readonly policy: number;
  readonly permitted: readonly number[];
  readonly refused: readonly number[];
}

const RULES: readonly Rule[] = [
  {
    name: 'no algorithm permits nothing',
    policy: PSA_ALG_NONE,
    permitted: [],
    refused: [PSA_ALG_NONE, PSA_ALG_GCM, HMAC],
  },
  {
    name: 'a specific algorithm permits itself',
    policy: PSA_ALG_GCM,
    permitted: [PSA_ALG_GCM],
    refused: [PSA_ALG_NONE, PSA_ALG_CCM, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12), PSA_ALG_CTR],
  },
  {
    name: 'a MAC of full length does not permit a truncated one',
    policy: HMAC,
    permitted: [HMAC],
    refused: [PSA_ALG_TRUNCATED_MAC(HMAC, 16), PSA_ALG_HMAC(SHA512), PSA_ALG_CMAC],
  },
  {
    name: 'a MAC of at least 16 bytes',
    policy: PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, 16),
    permitted: [HMAC, PSA_ALG_TRUNCATED_MAC(HMAC, 16), PSA_ALG_TRUNCATED_MAC(HMAC, 31)],
    refused: [PSA_ALG_TRUNCATED_MAC(HMAC, 15), PSA_ALG_HMAC(SHA512), PSA_ALG_CMAC],
  },
  {
    name: 'a CMAC of at least 16 bytes permits the full length alone',
    policy: PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 16),
    permitted: [PSA_ALG_CMAC, PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 16)],
    refused: [PSA_ALG_TRUNCATED_MAC(PSA_ALG_CMAC, 15), PSA_ALG_CBC_MAC, HMAC],
  },
  {
    name: 'an AEAD with a tag of at least 12 bytes',
    policy: PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_GCM, 12),
    permitted: [PSA_ALG_GCM, PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 12)],
    refused: [PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 8), PSA_ALG_CCM],
  },
  {
    name: 'CCM* with any tag',
    policy: PSA_ALG_CCM_STAR_ANY_TAG,
    permitted: [
      PSA_ALG_CCM_STAR_NO_TAG,
      PSA_ALG_CCM,
      PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 4),
      PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 8),
    ],
    refused: [PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 6), PSA_ALG_GCM, PSA_ALG_CTR],
  },
  {
    name: 'ECDSA with any hash',
    policy: PSA_ALG_ECDSA(ANY),
    permitted: [PSA_ALG_ECDSA(SHA256), PSA_ALG_ECDSA(SHA512), PSA_ALG_ECDSA(PSA_ALG_SHA3_256)],
    refused: [PSA_ALG_ECDSA_ANY, PSA_ALG_DETERMINISTIC_ECDSA(SHA256), PSA_ALG_RSA_PSS(SHA256)],
  },
  {
    name: 'ECDSA of a hash as it is',
    policy: PSA_ALG_ECDSA_ANY,
    permitted: [PSA_ALG_ECDSA_ANY],
    refused: [PSA_ALG_ECDSA(SHA256), PSA_ALG_DETERMINISTIC_ECDSA(SHA256)],
  },
  {
    name: 'PKCS#1 v1.5 signatures with any hash, the raw form with them',
    policy: PSA_ALG_RSA_PKCS1V15_SIGN(ANY),
    permitted: [PSA_ALG_RSA_PKCS1V15_SIGN(SHA256), PSA_ALG_RSA_PKCS1V15_SIGN_RAW],
    refused: [PSA_ALG_RSA_PSS(SHA256), PSA_ALG_RSA_PKCS1V15_CRYPT],
  },
  {
    name: 'PSS with any hash',
    policy: PSA_ALG_RSA_PSS(ANY),
    permitted: [PSA_ALG_RSA_PSS(SHA256)],
    refused: [PSA_ALG_RSA_PSS_ANY_SALT(SHA256), PSA_ALG_RSA_PKCS1V15_SIGN_RAW],
  },
  {
    name: 'a standalone key agreement with every derivation',
    policy: PSA_ALG_ECDH,
    permitted: [
      PSA_ALG_ECDH,
      PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256)),
      PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_TLS12_PRF(SHA256)),
    ],
    refused: [PSA_ALG_FFDH, PSA_ALG_HKDF(SHA256), PSA_ALG_KEY_AGREEMENT(PSA_ALG_FFDH, PSA_ALG_HKDF(SHA256))],
  },
  {
    name: 'a combined key agreement, and not its parts',
    policy: PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256)),
    permitted: [PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256))],
    refused: [PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256), PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA512))],
  },
];

describe('permitted algorithms', () => {
  it.each(RULES)('$name', ({ policy, permitted, refused }) => {
    expect(permitted.filter((alg) => !permits(policy, alg))).toEqual([]);
    expect(refused.filter((alg) => permits(policy, alg))).toEqual([]);
  });

  const deterministic = PSA_ALG_DETERMINISTIC_ECDSA(SHA256);
  const randomized = PSA_ALG_ECDSA(SHA256);

  it.each([
    { policy: deterministic, alg: randomized, verifies: true },
    { policy: randomized, alg: deterministic, verifies: true },
    { policy: PSA_ALG_ECDSA(ANY), alg: deterministic, verifies: true },
    { policy: PSA_ALG_DETERMINISTIC_ECDSA(ANY), alg: randomized, verifies: true },
    { policy: PSA_ALG_ECDSA(ANY), alg: PSA_ALG_ECDSA_ANY, verifies: false },
    { policy: PSA_ALG_DETERMINISTIC_ECDSA(ANY), alg: PSA_ALG_ECDSA_ANY, verifies: false },
    { policy: PSA_ALG_ECDSA_ANY, alg: deterministic, verifies: false },
    { policy: PSA_ALG_ECDSA(SHA512), alg: deterministic, verifies: false },
  ])('ECDSA and its deterministic form are one for verification alone: %o', ({ policy, alg, verifies }) => {
    expect(permits(policy, alg, true)).toBe(verifies);
    expect(permits(policy, alg, false)).toBe(false);
  });
});

const atLeast = (length: number) => PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(HMAC, length);
const tagAtLeast = (length: number) => PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(PSA_ALG_CCM, length);

describe('the permitted algorithm of a copy', () => {
  const CASES: readonly (readonly [
    name: string,
    source: number,
    wanted: number,
    both: number | undefined,
  ])[] = [
    ['the same algorithm', PSA_ALG_GCM, PSA_ALG_GCM, PSA_ALG_GCM],
    ['the same wildcard', PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(ANY)],
    ['no algorithm on both sides', PSA_ALG_NONE, PSA_ALG_NONE, PSA_ALG_NONE],
    ['nothing in common', PSA_ALG_GCM, PSA_ALG_CCM, undefined],
    ['an algorithm where there was none', PSA_ALG_NONE, PSA_ALG_GCM, undefined],
    ['one hash of any', PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), PSA_ALG_ECDSA(SHA256)],
    ['any hash of one', PSA_ALG_ECDSA(SHA256), PSA_ALG_ECDSA(ANY), PSA_ALG_ECDSA(SHA256)],
    ['randomized of deterministic', PSA_ALG_DETERMINISTIC_ECDSA(ANY), PSA_ALG_ECDSA(SHA256), undefined],
    ['a longer least MAC', atLeast(8), atLeast(12), atLeast(12)],
    ['a shorter least MAC', atLeast(12), atLeast(8), atLeast(12)],
    ['a MAC long enough', atLeast(8), PSA_ALG_TRUNCATED_MAC(HMAC, 12), PSA_ALG_TRUNCATED_MAC(HMAC, 12)],
    ['a MAC too short', atLeast(12), PSA_ALG_TRUNCATED_MAC(HMAC, 8), undefined],
    ['another least MAC', atLeast(8), PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(PSA_ALG_CMAC, 8), undefined],
    ['CCM of CCM* with any tag', PSA_ALG_CCM_STAR_ANY_TAG, PSA_ALG_CCM, PSA_ALG_CCM],
    ['tags that CCM* has not', PSA_ALG_CCM_STAR_ANY_TAG, tagAtLeast(8), undefined],
    ['tags that CCM* has not, the other way', tagAtLeast(8), PSA_ALG_CCM_STAR_ANY_TAG, undefined],
    [
      'a derivation of a key agreement',
      PSA_ALG_ECDH,
      PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256)),
      PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, PSA_ALG_HKDF(SHA256)),
    ],
  ];

  it.each(CASES)('%s', (_, source, wanted, both) => {
    expect(intersection(source, wanted)).toBe(both);
  });

  it('never permits what the source did not', () => {
    const policies = RULES.map(({ policy }) => policy).concat(tagAtLeast(8), atLeast(8));
    const algorithms = RULES.flatMap(({ permitted, refused }) => [...permitted, ...refused]);
    const escapes = policies.flatMap((source) =>
      policies.flatMap((wanted) => {
        const both = intersection(source, wanted);
        if (both === undefined) return [];
        return algorithms
          .filter((alg) => permits(both, alg) && !(permits(source, alg) && permits(wanted, alg)))
          .map((alg) => [source, wanted, alg].map((n) => n.toString(16)));
      }),
    );
    expect(escapes).toEqual([]);
  });
});

describe('usage flags', () => {
  it('of hashes bring those of messages', () => {
    expect(completeUsage(PSA_KEY_USAGE_SIGN_HASH)).toBe(PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_SIGN_MESSAGE);
    expect(completeUsage(PSA_KEY_USAGE_VERIFY_HASH)).toBe(
      PSA_KEY_USAGE_VERIFY_HASH | PSA_KEY_USAGE_VERIFY_MESSAGE,
    );
    expect(completeUsage(PSA_KEY_USAGE_SIGN_MESSAGE)).toBe(PSA_KEY_USAGE_SIGN_MESSAGE);
  });

  it('are known ones only', () => {
    expect(isUsage(0)).toBe(true);
    expect(isUsage(ALL_USAGE)).toBe(true);
    for (const bit of [3, 4, 6, 18, 31]) expect(isUsage((1 << bit) >>> 0)).toBe(false);
  });
});
