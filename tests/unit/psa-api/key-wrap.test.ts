/** Key wrapping. PSA Crypto 1.4, 10.7. */

import { describe, expect, it } from 'vitest';
import type { KeyAttributes } from '../../../psa-api/attributes.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_WRAP,
  PSA_WRAP_KEY_OUTPUT_SIZE,
} from '../../../psa-api/constants.ts';
import type { Psa } from '../../../psa-api/generated/psa.ts';
import { hex, NOTHING, unhex } from '../../support/bytes.ts';
import { onBothCarriers } from '../../support/device.ts';
import {
  AES_KEY,
  aesKey,
  hmacKey,
  P256_PAIR_TYPE,
  P256_SCALAR,
  p256Pair,
  p256Public,
  RSA_PAIR,
  rsaPair,
} from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_KEY_TYPE } from '../../support/unsupported.ts';

const WRAPS = PSA_KEY_USAGE_WRAP | PSA_KEY_USAGE_UNWRAP;
const EXPORT = { usage: PSA_KEY_USAGE_EXPORT };
const ALGORITHMS = [
  ['KW', PSA_ALG_KW],
  ['KWP', PSA_ALG_KWP],
] as const;
const RAW = { type: PSA_KEY_TYPE_RAW_DATA, ...EXPORT };

const kek = (psa: Psa, alg: number, extra: Partial<KeyAttributes> = {}): Promise<number> =>
  aesKey(psa, alg, { usage: WRAPS, ...extra });

const importRaw = async (psa: Psa, data: Uint8Array, usage = PSA_KEY_USAGE_EXPORT): Promise<number> =>
  (await must(psa.importKey({ type: PSA_KEY_TYPE_RAW_DATA, usage }, data))).key;

const COUNT = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
const DATA = '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f';
const RFC5649_KEK = '5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8';

const VECTORS: readonly (readonly [title: string, alg: number, kek: string, key: string, wrapped: string])[] =
  [
    [
      'RFC 3394 4.1',
      PSA_ALG_KW,
      COUNT.slice(0, 32),
      DATA.slice(0, 32),
      '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5',
    ],
    [
      'RFC 3394 4.2',
      PSA_ALG_KW,
      COUNT.slice(0, 48),
      DATA.slice(0, 32),
      '96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d',
    ],
    [
      'RFC 3394 4.3',
      PSA_ALG_KW,
      COUNT,
      DATA.slice(0, 32),
      '64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7',
    ],
    [
      'RFC 3394 4.4',
      PSA_ALG_KW,
      COUNT.slice(0, 48),
      `${DATA.slice(0, 32)}0001020304050607`,
      '031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2',
    ],
    [
      'RFC 3394 4.5',
      PSA_ALG_KW,
      COUNT,
      `${DATA.slice(0, 32)}0001020304050607`,
      'a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1',
    ],
    [
      'RFC 3394 4.6',
      PSA_ALG_KW,
      COUNT,
      DATA,
      '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
    ],
    [
      'RFC 5649 6, 20 bytes',
      PSA_ALG_KWP,
      RFC5649_KEK,
      'c37b7e6492584340bed12207808941155068f738',
      '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
    ],
    ['RFC 5649 6, 7 bytes', PSA_ALG_KWP, RFC5649_KEK, '466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ];

onBothCarriers((carrier, open) => {
  describe(`key wrapping ${carrier}`, () => {
    it.each(VECTORS)('%s', async (_, alg, wrappingData, data, wrapped) => {
      const { psa } = await open();
      const attributes = { type: PSA_KEY_TYPE_AES, alg, usage: WRAPS };
      const { key: wrapping } = await must(psa.importKey(attributes, unhex(wrappingData)));
      const key = await importRaw(psa, unhex(data));
      expect(hex((await must(psa.wrapKey(wrapping, alg, key))).data)).toBe(wrapped);
      const { key: again } = await must(psa.unwrapKey(RAW, wrapping, alg, unhex(wrapped)));
      expect(hex((await must(psa.exportKey(again))).data)).toBe(data);
    });

    it('gives the key back that was wrapped, with the attributes of the call', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KWP);
      for (const [key, type] of [
        [await aesKey(psa, PSA_ALG_CTR), PSA_KEY_TYPE_AES],
        [await hmacKey(psa, 0), PSA_KEY_TYPE_HMAC],
        [await p256Pair(psa, 0), P256_PAIR_TYPE],
        [await rsaPair(psa, 0), PSA_KEY_TYPE_RSA_KEY_PAIR],
      ] as const) {
        const { attributes } = await must(psa.getKeyAttributes(key));
        const { data } = await must(psa.wrapKey(wrapping, PSA_ALG_KWP, key));
        expect(data.length).toBeLessThanOrEqual(
          PSA_WRAP_KEY_OUTPUT_SIZE(PSA_KEY_TYPE_AES, PSA_ALG_KWP, type, attributes.bits),
        );
        const usage = PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_SIGN_HASH;
        const { key: again } = await must(
          psa.unwrapKey({ type, usage, alg: PSA_ALG_CTR }, wrapping, PSA_ALG_KWP, data),
        );
        const made = (await must(psa.getKeyAttributes(again))).attributes;
        expect(made).toMatchObject({ type, bits: attributes.bits, alg: PSA_ALG_CTR, lifetime: 0 });
        // As for every new key: the flag for hashes carries that for messages.
        expect(made.usage & ~0x400).toBe(usage);
        expect(hex((await must(psa.exportKey(again))).data)).toBe(hex((await must(psa.exportKey(key))).data));
      }
    });

    it('makes persistent keys', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KW);
      const { data } = await must(psa.wrapKey(wrapping, PSA_ALG_KW, await aesKey(psa, PSA_ALG_CTR)));
      const attributes = { ...RAW, id: 77, lifetime: PSA_KEY_LIFETIME_PERSISTENT };
      const made = await must(psa.unwrapKey(attributes, wrapping, PSA_ALG_KW, data));
      expect(made.key).toBe(77);
      const second = await psa.unwrapKey(attributes, wrapping, PSA_ALG_KW, data);
      expect(await named(second)).toBe('ALREADY_EXISTS');
      expect(second.key).toBe(0);
    });

    it('wraps a key with itself, if it may', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KW, { usage: WRAPS | PSA_KEY_USAGE_EXPORT });
      const { data } = await must(psa.wrapKey(wrapping, PSA_ALG_KW, wrapping));
      const { key } = await must(psa.unwrapKey(RAW, wrapping, PSA_ALG_KW, data));
      expect((await must(psa.exportKey(key))).data).toEqual(AES_KEY);
    });

    it.each(ALGORITHMS)('%s needs the flag of its direction', async (_, alg) => {
      const { psa } = await open();
      const wraps = await kek(psa, alg, { usage: PSA_KEY_USAGE_WRAP });
      const unwraps = await kek(psa, alg, { usage: PSA_KEY_USAGE_UNWRAP });
      const key = await importRaw(psa, AES_KEY);
      const { data } = await must(psa.wrapKey(wraps, alg, key));
      expect(await named(psa.wrapKey(unwraps, alg, key))).toBe('NOT_PERMITTED');
      expect(await named(psa.unwrapKey(RAW, unwraps, alg, data))).toBe('SUCCESS');
      expect(await named(psa.unwrapKey(RAW, wraps, alg, data))).toBe('NOT_PERMITTED');
      const other = alg === PSA_ALG_KW ? PSA_ALG_KWP : PSA_ALG_KW;
      expect(await named(psa.wrapKey(wraps, other, key))).toBe('NOT_PERMITTED');
      expect(await named(psa.unwrapKey(RAW, unwraps, other, data))).toBe('NOT_PERMITTED');
    });

    it('refuses wrapping keys that do not fit', async () => {
      const { psa } = await open();
      const key = await importRaw(psa, AES_KEY);
      const both = async (wrapping: number, alg = PSA_ALG_KW): Promise<string[]> => [
        await named(psa.wrapKey(wrapping, alg, key)),
        await named(psa.unwrapKey(RAW, wrapping, alg, new Uint8Array(24))),
      ];
      const alike = (status: string) => [status, status];
      const extra = { usage: WRAPS };
      expect(await both(0x1234)).toEqual(alike('INVALID_HANDLE'));
      expect(await both(await hmacKey(psa, PSA_ALG_KW, extra))).toEqual(alike('INVALID_ARGUMENT'));
      expect(await both(await aesKey(psa, PSA_ALG_CTR, extra), PSA_ALG_CTR)).toEqual(
        alike('INVALID_ARGUMENT'),
      );
      const pair = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_KW, usage: WRAPS };
      const { key: forXts } = await must(psa.importKey(pair, new Uint8Array(64)));
      expect(await both(forXts)).toEqual(alike('INVALID_ARGUMENT'));
      // Allocated to nobody: KW with another mode number.
      const unknown = 0x0b400300;
      expect(await both(await aesKey(psa, unknown, extra), unknown)).toEqual(alike('NOT_SUPPORTED'));
    });

    it('wraps no key that may not be exported, and none that is not there', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KWP);
      expect(await named(psa.wrapKey(wrapping, PSA_ALG_KWP, await importRaw(psa, AES_KEY, 0)))).toBe(
        'NOT_PERMITTED',
      );
      expect(await named(psa.wrapKey(wrapping, PSA_ALG_KWP, await p256Public(psa, 0, { usage: 0 })))).toBe(
        'NOT_PERMITTED',
      );
      expect(await named(psa.wrapKey(wrapping, PSA_ALG_KWP, 0x1234))).toBe('INVALID_HANDLE');
    });

    it('wraps with KW whole semiblocks, two or more', async () => {
      const { psa } = await open();
      const kw = await kek(psa, PSA_ALG_KW);
      const kwp = await kek(psa, PSA_ALG_KWP);
      for (const length of [1, 8, 15, 16, 17, 24]) {
        const key = await importRaw(psa, new Uint8Array(length));
        const fits = length === 16 || length === 24;
        expect(await named(psa.wrapKey(kw, PSA_ALG_KW, key))).toBe(fits ? 'SUCCESS' : 'INVALID_ARGUMENT');
        expect((await must(psa.wrapKey(kwp, PSA_ALG_KWP, key))).data).toHaveLength(
          8 + 8 * Math.ceil(length / 8),
        );
      }
    });

    it('needs room for the whole', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KW);
      const key = await importRaw(psa, AES_KEY);
      expect(await named(psa.wrapKey(wrapping, PSA_ALG_KW, key, 23))).toBe('BUFFER_TOO_SMALL');
      expect((await must(psa.wrapKey(wrapping, PSA_ALG_KW, key, 24))).data).toHaveLength(24);
    });

    it.each(ALGORITHMS)('%s unwraps nothing altered, and no other length', async (_, alg) => {
      const { psa } = await open();
      const wrapping = await kek(psa, alg);
      const { data } = await must(psa.wrapKey(wrapping, alg, await importRaw(psa, AES_KEY)));
      for (const wrong of [
        data.map((byte, i) => (i === 3 ? byte ^ 1 : byte)),
        data.map((byte, i) => (i === 23 ? byte ^ 1 : byte)),
        data.subarray(0, 16),
        data.subarray(1),
        NOTHING,
      ]) {
        const { status, key } = await psa.unwrapKey(RAW, wrapping, alg, wrong);
        expect(await named({ status })).toBe('INVALID_SIGNATURE');
        expect(key).toBe(0);
      }
      const { key: stranger } = await must(
        psa.importKey({ type: PSA_KEY_TYPE_AES, alg, usage: WRAPS }, new Uint8Array(16)),
      );
      expect(await named(psa.unwrapKey(RAW, stranger, alg, data))).toBe('INVALID_SIGNATURE');
    });

    it('makes no key of attributes that do not fit what was wrapped, or anything', async () => {
      const { psa } = await open();
      const wrapping = await kek(psa, PSA_ALG_KWP);
      const wrap = async (bytes: Uint8Array) =>
        (await must(psa.wrapKey(wrapping, PSA_ALG_KWP, await importRaw(psa, bytes)))).data;
      const scalar = await wrap(P256_SCALAR);
      const status = (attributes: Partial<KeyAttributes>, data = scalar) =>
        named(psa.unwrapKey({ ...EXPORT, ...attributes }, wrapping, PSA_ALG_KWP, data));
      expect(await status({ type: P256_PAIR_TYPE })).toBe('SUCCESS');
      expect(await status({ type: P256_PAIR_TYPE, bits: 256 })).toBe('SUCCESS');
      expect(await status({ type: P256_PAIR_TYPE, bits: 384 })).toBe('INVALID_ARGUMENT');
      expect(await status({ type: PSA_KEY_TYPE_RAW_DATA, bits: 248 })).toBe('INVALID_ARGUMENT');
      expect(await status({ type: PSA_KEY_TYPE_RSA_KEY_PAIR })).toBe('INVALID_ARGUMENT');
      expect(await status({ type: PSA_KEY_TYPE_RSA_KEY_PAIR }, await wrap(RSA_PAIR))).toBe('SUCCESS');
      expect(await status({ type: UNKNOWN_KEY_TYPE })).toBe('NOT_SUPPORTED');
      expect(await status({ ...RAW, usage: 0x80000000 })).toBe('INVALID_ARGUMENT');
      expect(await status({ ...RAW, lifetime: 0x00000100 })).toBe('INVALID_ARGUMENT');
      expect(await status({ ...RAW, lifetime: PSA_KEY_LIFETIME_PERSISTENT })).toBe('INVALID_ARGUMENT');
      expect(
        await status({ type: PSA_KEY_TYPE_AES, usage: PSA_KEY_USAGE_ENCRYPT }, await wrap(AES_KEY)),
      ).toBe('SUCCESS');
      expect(await status({ type: PSA_KEY_TYPE_AES }, await wrap(new Uint8Array(17)))).toBe(
        'INVALID_ARGUMENT',
      );
    });

    it('finds keys of the caller alone', async () => {
      const { psa, another } = await open();
      const wrapping = await kek(psa, PSA_ALG_KW);
      const key = await importRaw(psa, AES_KEY);
      const other = await another({ owner: 5 });
      expect(await named(other.psa.wrapKey(wrapping, PSA_ALG_KW, key))).toBe('INVALID_HANDLE');
      const theirs = await kek(other.psa, PSA_ALG_KW);
      expect(await named(other.psa.wrapKey(theirs, PSA_ALG_KW, key))).toBe('INVALID_HANDLE');
    });
  });
});
