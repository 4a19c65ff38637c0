/** Asymmetric signatures. PSA Crypto 1.3, 10.7. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CMAC,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_ED25519PH,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
  PSA_ALG_RSA_PSS,
  PSA_ALG_RSA_PSS_ANY_SALT,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SHAKE256_512,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, p256Pair, p256Public, rsaPair, rsaPublic } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_HASH, UNKNOWN_SIGNATURE } from '../../support/unsupported.ts';

const SHA256 = PSA_ALG_SHA_256;
const ANY = PSA_ALG_ANY_HASH;
const ECDSA = PSA_ALG_ECDSA(SHA256);
const DETERMINISTIC = PSA_ALG_DETERMINISTIC_ECDSA(SHA256);
const PKCS1 = PSA_ALG_RSA_PKCS1V15_SIGN(SHA256);
const RAW = PSA_ALG_RSA_PKCS1V15_SIGN_RAW;
const PSS = PSA_ALG_RSA_PSS(SHA256);
const MESSAGE = new Uint8Array(60).fill(1);
const HASH = new Uint8Array(32).fill(2);

type Status =
  | 'SUCCESS'
  | 'NOT_PERMITTED'
  | 'INVALID_ARGUMENT'
  | 'NOT_SUPPORTED'
  | 'INVALID_SIGNATURE'
  | 'INVALID_HANDLE';

/** Signing and verifying of a message, then of a hash. The signatures to verify are wrong ones. */
const ways = (psa: Psa, key: number, alg: number): Promise<string[]> =>
  Promise.all([
    named(psa.signMessage(key, alg, MESSAGE)),
    named(psa.verifyMessage(key, alg, MESSAGE, HASH)),
    named(psa.signHash(key, alg, HASH)),
    named(psa.verifyHash(key, alg, HASH, HASH)),
  ]);

interface Case {
  readonly name: string;
  readonly key: (psa: Psa) => Promise<number>;
  readonly alg: number;
  readonly statuses: readonly [
    signMessage: Status,
    verifyMessage: Status,
    signHash: Status,
    verifyHash: Status,
  ];
}

const alike = (status: Status): Case['statuses'] => [status, status, status, status];
const REFUSED = 'INVALID_SIGNATURE';

const CASES: readonly Case[] = [
  {
    name: 'ECDSA',
    key: (psa) => p256Pair(psa, ECDSA),
    alg: ECDSA,
    statuses: ['SUCCESS', REFUSED, 'SUCCESS', REFUSED],
  },
  {
    name: 'deterministic with a randomized key',
    key: (psa) => p256Pair(psa, ECDSA),
    alg: DETERMINISTIC,
    statuses: ['NOT_PERMITTED', REFUSED, 'NOT_PERMITTED', REFUSED],
  },
  {
    name: 'randomized with a deterministic key',
    key: (psa) => p256Pair(psa, DETERMINISTIC),
    alg: ECDSA,
    statuses: ['NOT_PERMITTED', REFUSED, 'NOT_PERMITTED', REFUSED],
  },
  {
    name: 'ECDSA of hashes as they are',
    key: (psa) => p256Pair(psa, PSA_ALG_ECDSA_ANY),
    alg: PSA_ALG_ECDSA_ANY,
    statuses: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'SUCCESS', REFUSED],
  },
  {
    name: 'ECDSA of hashes as they are, where any hash is permitted',
    key: (psa) => p256Pair(psa, PSA_ALG_ECDSA(ANY)),
    alg: PSA_ALG_ECDSA_ANY,
    statuses: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'NOT_PERMITTED', 'NOT_PERMITTED'],
  },
  {
    name: 'raw PKCS#1 v1.5, where any hash is permitted',
    key: (psa) => rsaPair(psa, PSA_ALG_RSA_PKCS1V15_SIGN(ANY)),
    alg: RAW,
    statuses: ['INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'SUCCESS', REFUSED],
  },
  {
    name: 'a wildcard',
    key: (psa) => p256Pair(psa, PSA_ALG_ECDSA(ANY)),
    alg: PSA_ALG_ECDSA(ANY),
    statuses: alike('INVALID_ARGUMENT'),
  },
  {
    name: 'a public key',
    key: (psa) => p256Public(psa, ECDSA),
    alg: ECDSA,
    statuses: ['INVALID_ARGUMENT', REFUSED, 'INVALID_ARGUMENT', REFUSED],
  },
  {
    name: 'an RSA public key',
    key: (psa) => rsaPublic(psa, PSS),
    alg: PSS,
    statuses: ['INVALID_ARGUMENT', REFUSED, 'INVALID_ARGUMENT', REFUSED],
  },
  {
    name: 'another hash',
    key: (psa) => p256Pair(psa, ECDSA),
    alg: PSA_ALG_ECDSA(PSA_ALG_SHA_512),
    statuses: alike('NOT_PERMITTED'),
  },
  {
    name: 'no signature algorithm',
    key: (psa) => p256Pair(psa, PSA_ALG_ECDH),
    alg: PSA_ALG_ECDH,
    statuses: alike('INVALID_ARGUMENT'),
  },
  {
    name: 'a MAC',
    key: (psa) => aesKey(psa, PSA_ALG_CMAC),
    alg: PSA_ALG_CMAC,
    statuses: alike('INVALID_ARGUMENT'),
  },
  {
    name: 'a hash that is not supported',
    key: (psa) => p256Pair(psa, PSA_ALG_ECDSA(UNKNOWN_HASH)),
    alg: PSA_ALG_ECDSA(UNKNOWN_HASH),
    statuses: alike('NOT_SUPPORTED'),
  },
  {
    name: 'a signature of nobody',
    key: (psa) => p256Pair(psa, UNKNOWN_SIGNATURE),
    alg: UNKNOWN_SIGNATURE,
    statuses: ['NOT_SUPPORTED', 'NOT_SUPPORTED', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT'],
  },
  { name: 'no key', key: async () => 0, alg: ECDSA, statuses: alike('INVALID_HANDLE') },
];

/** Keys of a type that the algorithm is not for: 10.7.6 lists two statuses for them and prefers neither. */
const STRANGERS: readonly (readonly [name: string, key: (psa: Psa) => Promise<number>, alg: number])[] = [
  ['an RSA key for ECDSA', (psa) => rsaPair(psa, ECDSA), ECDSA],
  ['a curve key for PSS', (psa) => p256Pair(psa, PSS), PSS],
  ['a curve key for PKCS#1 v1.5', (psa) => p256Pair(psa, PKCS1), PKCS1],
  ['an AES key', (psa) => aesKey(psa, ECDSA), ECDSA],
  ['a key of P-256 for EdDSA', (psa) => p256Pair(psa, PSA_ALG_ED25519PH), PSA_ALG_ED25519PH],
];

describe('signature algorithms', () => {
  it.each(STRANGERS)('are not for %s', async (_, makeKey, alg) => {
    const { psa } = await openForTest();
    for (const status of await ways(psa, await makeKey(psa), alg))
      expect(['INVALID_ARGUMENT', 'NOT_SUPPORTED']).toContain(status);
  });

  it.each(CASES)('$name', async ({ key, alg, statuses }) => {
    const { psa } = await openForTest();
    expect(await ways(psa, await key(psa), alg)).toEqual(statuses);
  });

  it.each([
    [PSA_KEY_USAGE_SIGN_MESSAGE, ['SUCCESS', 'NOT_PERMITTED', 'NOT_PERMITTED', 'NOT_PERMITTED']],
    [PSA_KEY_USAGE_VERIFY_MESSAGE, ['NOT_PERMITTED', REFUSED, 'NOT_PERMITTED', 'NOT_PERMITTED']],
    [PSA_KEY_USAGE_SIGN_HASH, ['SUCCESS', 'NOT_PERMITTED', 'SUCCESS', 'NOT_PERMITTED']],
    [PSA_KEY_USAGE_VERIFY_HASH, ['NOT_PERMITTED', REFUSED, 'NOT_PERMITTED', REFUSED]],
    [PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DERIVE, alike('NOT_PERMITTED')],
  ])('need their usage, 0x%i', async (usage, statuses) => {
    const { psa } = await openForTest();
    expect(await ways(psa, await p256Pair(psa, ECDSA, { usage }), ECDSA)).toEqual(statuses);
  });

  it('with HMAC inside are for hashes that HMAC is for', async () => {
    const { psa } = await openForTest();
    const alg = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHAKE256_512);
    const key = await p256Pair(psa, PSA_ALG_DETERMINISTIC_ECDSA(ANY));
    expect(await named(psa.signMessage(key, alg, MESSAGE))).toBe('NOT_SUPPORTED');
    expect(await named(psa.signHash(key, alg, new Uint8Array(64)))).toBe('NOT_SUPPORTED');
  });

  it.each([PSA_ALG_ECDSA, PSA_ALG_RSA_PKCS1V15_SIGN, PSA_ALG_RSA_PSS, PSA_ALG_RSA_PSS_ANY_SALT])(
    'never break down, whatever the hash: %s',
    async (build) => {
      const { psa } = await openForTest();
      const key = build === PSA_ALG_ECDSA ? await p256Pair(psa, build(ANY)) : await rsaPair(psa, build(ANY));
      for (let hash = 1; hash < 0xff; hash++) {
        const alg = build(0x02000000 | hash);
        const { status, signature } = await psa.signMessage(key, alg, MESSAGE);
        expect([0, PSA_ERROR_NOT_SUPPORTED, PSA_ERROR_INVALID_ARGUMENT]).toContain(status);
        if (status === 0)
          expect(await named(psa.verifyMessage(key, alg, MESSAGE, signature))).toBe('SUCCESS');
      }
    },
  );
});

onBothCarriers((carrier, open) => {
  describe(`signatures ${carrier}`, () => {
    it.each([
      ['ECDSA', ECDSA, p256Pair, p256Public, 64],
      ['deterministic ECDSA', DETERMINISTIC, p256Pair, p256Public, 64],
      ['PKCS#1 v1.5', PKCS1, rsaPair, rsaPublic, 128],
      ['PSS', PSS, rsaPair, rsaPublic, 128],
    ] as const)(
      '%s verify with the public key alone, and need room',
      async (_, alg, pair, single, length) => {
        const { psa } = await open();
        const [key, publicKey] = [await pair(psa, alg), await single(psa, alg)];
        expect(await named(psa.signMessage(key, alg, MESSAGE, length - 1))).toBe('BUFFER_TOO_SMALL');
        expect(await named(psa.signHash(key, alg, HASH, length - 1))).toBe('BUFFER_TOO_SMALL');
        const { signature } = await must(psa.signMessage(key, alg, MESSAGE, length));
        expect(signature.length).toBe(length);
        expect(await named(psa.verifyMessage(publicKey, alg, MESSAGE, signature))).toBe('SUCCESS');
        const { hash } = await must(psa.hashCompute(SHA256, MESSAGE));
        expect(await named(psa.verifyHash(publicKey, alg, hash, signature))).toBe('SUCCESS');
        for (const wrong of [
          NOTHING,
          signature.subarray(1),
          signature.subarray(0, -1),
          signature.slice().fill(0),
        ])
          expect(await named(psa.verifyHash(publicKey, alg, hash, wrong))).toBe('INVALID_SIGNATURE');
        expect(await named(psa.verifyMessage(publicKey, alg, NOTHING, signature))).toBe('INVALID_SIGNATURE');
      },
    );

    it('are for hashes of the right length', async () => {
      const { psa } = await open();
      for (const [key, alg] of [
        [await p256Pair(psa, ECDSA), ECDSA],
        [await rsaPair(psa, PKCS1), PKCS1],
        [await rsaPair(psa, PSS), PSS],
      ] as const) {
        for (const hash of [NOTHING, HASH.subarray(1), new Uint8Array(33)]) {
          expect(await named(psa.signHash(key, alg, hash))).toBe('INVALID_ARGUMENT');
          expect(await named(psa.verifyHash(key, alg, hash, HASH))).toBe('INVALID_ARGUMENT');
        }
      }
    });

    it('that are deterministic repeat, the others do not', async () => {
      const { psa } = await open();
      const twice = async (key: number, alg: number) => {
        const first = await must(psa.signHash(key, alg, HASH));
        const second = await must(psa.signHash(key, alg, HASH));
        return hex(first.signature) === hex(second.signature);
      };
      expect(await twice(await p256Pair(psa, DETERMINISTIC), DETERMINISTIC)).toBe(true);
      expect(await twice(await rsaPair(psa, PKCS1), PKCS1)).toBe(true);
      expect(await twice(await p256Pair(psa, ECDSA), ECDSA)).toBe(false);
      expect(await twice(await rsaPair(psa, PSS), PSS)).toBe(false);
    });

    it('of raw bytes take what fits into the modulus', async () => {
      const { psa } = await open();
      const key = await rsaPair(psa, RAW);
      const most = new Uint8Array(128 - 11).fill(7);
      const { signature } = await must(psa.signHash(key, RAW, most));
      expect(await named(psa.verifyHash(key, RAW, most, signature))).toBe('SUCCESS');
      expect(await named(psa.signHash(key, RAW, new Uint8Array(128 - 10)))).toBe('INVALID_ARGUMENT');
      expect(await named(psa.verifyHash(key, RAW, new Uint8Array(128 - 10), signature))).toBe(
        'INVALID_SIGNATURE',
      );
    });
  });
});

describe('PSS', () => {
  it('verifies another salt length only where any is permitted', async () => {
    const { psa } = await openForTest();
    // SHA-512 in 1024 bits leaves room for 62 bytes of salt, which is the standard length then.
    const standard = PSA_ALG_RSA_PSS(PSA_ALG_SHA_512);
    const any = PSA_ALG_RSA_PSS_ANY_SALT(PSA_ALG_SHA_512);
    const [first, second] = [await rsaPair(psa, standard), await rsaPair(psa, any)];
    const { signature } = await must(psa.signMessage(first, standard, MESSAGE));
    expect(await named(psa.verifyMessage(first, standard, MESSAGE, signature))).toBe('SUCCESS');
    expect(await named(psa.verifyMessage(second, any, MESSAGE, signature))).toBe('SUCCESS');
    expect(await named(psa.verifyMessage(first, any, MESSAGE, signature))).toBe('NOT_PERMITTED');
  });
});
