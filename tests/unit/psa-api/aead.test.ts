/** Authenticated encryption. PSA Crypto 1.3, 10.5. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG,
  PSA_ALG_AEAD_WITH_SHORTENED_TAG,
  PSA_ALG_CCM,
  PSA_ALG_CCM_STAR_ANY_TAG,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_CTR,
  PSA_ALG_GCM,
  PSA_ALG_XCHACHA20_POLY1305,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_XCHACHA20,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import { type AeadOperation, aeadOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { hex, join, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, hmacKey } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_AEAD } from '../../support/unsupported.ts';

const GCM = PSA_ALG_GCM;
const CCM = PSA_ALG_CCM;
const NONCE = new Uint8Array(12).fill(7);
const AD = new Uint8Array(20).fill(1);
const TEXT = new Uint8Array(30).fill(2);
const TAG = 16;

const ways = (psa: Psa, key: number, alg: number): Promise<string[]> =>
  Promise.all([
    named(psa.aeadEncrypt(key, alg, NONCE, AD, TEXT)),
    named(psa.aeadDecrypt(key, alg, NONCE, AD, TEXT)),
    named(psa.aeadEncryptSetup(aeadOperationInit(), key, alg)),
    named(psa.aeadDecryptSetup(aeadOperationInit(), key, alg)),
  ]);
const all = (status: string) => [status, status, status, status];
const short = (alg: number, length: number) => PSA_ALG_AEAD_WITH_SHORTENED_TAG(alg, length);

describe('AEAD algorithms', () => {
  const AT_LEAST = PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(GCM, 12);
  const CASES: readonly (readonly [
    name: string,
    key: (psa: Psa) => Promise<number>,
    alg: number,
    status: string,
  ])[] = [
    ['another algorithm', (psa) => aesKey(psa, GCM), CCM, 'NOT_PERMITTED'],
    ['another tag', (psa) => aesKey(psa, GCM), short(GCM, 12), 'NOT_PERMITTED'],
    ['a tag below the least', (psa) => aesKey(psa, AT_LEAST), short(GCM, 8), 'NOT_PERMITTED'],
    ['a wildcard', (psa) => aesKey(psa, AT_LEAST), AT_LEAST, 'INVALID_ARGUMENT'],
    ['no AEAD algorithm', (psa) => aesKey(psa, PSA_ALG_CTR), PSA_ALG_CTR, 'INVALID_ARGUMENT'],
    ['an HMAC key', (psa) => hmacKey(psa, GCM), GCM, 'INVALID_ARGUMENT'],
    ['a tag that GCM has not', (psa) => aesKey(psa, short(GCM, 9)), short(GCM, 9), 'INVALID_ARGUMENT'],
    ['a tag that CCM has not', (psa) => aesKey(psa, short(CCM, 5)), short(CCM, 5), 'INVALID_ARGUMENT'],
    ['no tag', (psa) => aesKey(psa, short(GCM, 0)), short(GCM, 0), 'INVALID_ARGUMENT'],
    ['an AEAD of nobody', (psa) => aesKey(psa, UNKNOWN_AEAD), UNKNOWN_AEAD, 'NOT_SUPPORTED'],
    ['no key', async () => 0, GCM, 'INVALID_HANDLE'],
  ];

  it.each(CASES)('%s: refused', async (_, makeKey, alg, status) => {
    const { psa, device } = await openForTest();
    expect(await ways(psa, await makeKey(psa), alg)).toEqual(all(status));
    expect(device.status().operations).toEqual([]);
  });

  it('need the usage of their direction', async () => {
    const { psa } = await openForTest();
    const encrypt = await aesKey(psa, GCM, { usage: PSA_KEY_USAGE_ENCRYPT });
    expect(await ways(psa, encrypt, GCM)).toEqual(['SUCCESS', 'NOT_PERMITTED', 'SUCCESS', 'NOT_PERMITTED']);
    const decrypt = await aesKey(psa, GCM, { usage: PSA_KEY_USAGE_DECRYPT });
    expect(await ways(psa, decrypt, GCM)).toEqual([
      'NOT_PERMITTED',
      'INVALID_SIGNATURE',
      'NOT_PERMITTED',
      'SUCCESS',
    ]);
  });

  it('that CCM* with any tag permits', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, PSA_ALG_CCM_STAR_ANY_TAG);
    for (const length of [4, 8, 16])
      expect(await named(psa.aeadEncrypt(key, short(CCM, length), NONCE, AD, TEXT))).toBe('SUCCESS');
    for (const length of [6, 10, 12, 14])
      expect(await named(psa.aeadEncrypt(key, short(CCM, length), NONCE, AD, TEXT))).toBe('NOT_PERMITTED');
  });
});

describe('nonces', () => {
  it.each([
    [GCM, 0, 'INVALID_ARGUMENT'],
    [GCM, 1, 'SUCCESS'],
    [GCM, 200, 'SUCCESS'],
    [CCM, 6, 'INVALID_ARGUMENT'],
    [CCM, 7, 'SUCCESS'],
    [CCM, 13, 'SUCCESS'],
    [CCM, 14, 'INVALID_ARGUMENT'],
  ])('algorithm %i, %i bytes: %s', async (alg, length, status) => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, alg);
    const nonce = new Uint8Array(length);
    expect(await named(psa.aeadEncrypt(key, alg, nonce, AD, TEXT))).toBe(status);
    const operation = aeadOperationInit();
    await must(psa.aeadEncryptSetup(operation, key, alg));
    await must(psa.aeadSetLengths(operation, 0, 0));
    expect(await named(psa.aeadSetNonce(operation, nonce))).toBe(status);
  });

  // 10.5.1: 8 bytes select the original ChaCha20-Poly1305, which an implementation may leave out.
  it.each([
    [PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 8, 'NOT_SUPPORTED'],
    [PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 11, 'INVALID_ARGUMENT'],
    [PSA_ALG_CHACHA20_POLY1305, PSA_KEY_TYPE_CHACHA20, 12, 'SUCCESS'],
    [PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 12, 'INVALID_ARGUMENT'],
    [PSA_ALG_XCHACHA20_POLY1305, PSA_KEY_TYPE_XCHACHA20, 24, 'SUCCESS'],
  ])('algorithm %i, key type %i, %i bytes: %s', async (alg, type, length, status) => {
    const { psa } = await openForTest();
    const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    const { key } = await must(psa.importKey({ type, usage, alg }, new Uint8Array(32)));
    const nonce = new Uint8Array(length);
    expect(await named(psa.aeadEncrypt(key, alg, nonce, AD, TEXT))).toBe(status);
    const opened = await named(psa.aeadDecrypt(key, alg, nonce, AD, new Uint8Array(TAG)));
    expect(opened).toBe(status === 'SUCCESS' ? 'INVALID_SIGNATURE' : status);
    const operation = aeadOperationInit();
    await must(psa.aeadEncryptSetup(operation, key, alg));
    expect(await named(psa.aeadSetNonce(operation, nonce))).toBe(status);
  });

  it('of CCM leave room to count the text', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, CCM);
    const long = new Uint8Array(65536);
    const nonce = new Uint8Array(13);
    expect(await named(psa.aeadEncrypt(key, CCM, nonce, AD, long))).toBe('INVALID_ARGUMENT');
    expect(await named(psa.aeadEncrypt(key, CCM, nonce.subarray(1), AD, long))).toBe('SUCCESS');
    expect(await named(psa.aeadEncrypt(key, CCM, nonce, AD, long.subarray(1)))).toBe('SUCCESS');
    const operation = aeadOperationInit();
    await must(psa.aeadEncryptSetup(operation, key, CCM));
    await must(psa.aeadSetLengths(operation, 0, 65536));
    expect(await named(psa.aeadSetNonce(operation, nonce))).toBe('INVALID_ARGUMENT');
  });

  it.each([
    [GCM, 0, 12],
    [GCM, 0xfffffff0, 12],
    [CCM, 0, 13],
    [CCM, 0xffff, 13],
    [CCM, 0x10000, 12],
    [CCM, 0xffffff, 12],
    [CCM, 0x1000000, 11],
  ])('are generated: algorithm %i, %i bytes of text, %i of nonce', async (alg, text, length) => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, alg);
    const operation = aeadOperationInit();
    await must(psa.aeadEncryptSetup(operation, key, alg));
    await must(psa.aeadSetLengths(operation, 0, text));
    expect((await must(psa.aeadGenerateNonce(operation, length))).nonce.length).toBe(length);
  });
});

type Do = (psa: Psa, operation: AeadOperation) => Promise<string>;
const lengths: Do = (psa, o) => named(psa.aeadSetLengths(o, AD.length, TEXT.length));
const generateNonce: Do = (psa, o) => named(psa.aeadGenerateNonce(o));
const setNonce: Do = (psa, o) => named(psa.aeadSetNonce(o, NONCE));
const ad: Do = (psa, o) => named(psa.aeadUpdateAd(o, AD));
const text: Do = (psa, o) => named(psa.aeadUpdate(o, TEXT));
const oneByte: Do = (psa, o) => named(psa.aeadUpdate(o, TEXT.subarray(0, 1)));
const nothing: Do = (psa, o) => named(psa.aeadUpdate(o, NOTHING));
const oneAd: Do = (psa, o) => named(psa.aeadUpdateAd(o, AD.subarray(0, 1)));
const finish: Do = (psa, o) => named(psa.aeadFinish(o));
const verify: Do = (psa, o) => named(psa.aeadVerify(o, new Uint8Array(TAG)));

interface Order {
  readonly name: string;
  readonly alg?: number;
  readonly direction?: 'decrypt';
  readonly calls: readonly Do[];
  readonly status?: string;
}

/** The last call is the one that is refused. */
const ORDERS: readonly Order[] = [
  { name: 'additional data before the nonce', calls: [ad] },
  { name: 'text before the nonce', calls: [text] },
  { name: 'the end before the nonce', calls: [finish] },
  { name: 'the end before the nonce, lengths given', calls: [lengths, finish] },
  { name: 'two nonces', calls: [setNonce, setNonce] },
  { name: 'a nonce set and generated', calls: [setNonce, generateNonce] },
  { name: 'a nonce generated for decryption', direction: 'decrypt', calls: [generateNonce] },
  { name: 'lengths after the nonce', calls: [setNonce, lengths] },
  { name: 'lengths after additional data', calls: [setNonce, ad, lengths] },
  { name: 'lengths twice', calls: [lengths, lengths] },
  { name: 'additional data after text', calls: [setNonce, text, ad] },
  { name: 'additional data after no text', calls: [setNonce, nothing, ad] },
  { name: 'verifying an encryption', calls: [setNonce, ad, text, verify] },
  { name: 'finishing a decryption', direction: 'decrypt', calls: [setNonce, ad, text, finish] },
  { name: 'the end twice', calls: [setNonce, ad, text, finish, finish] },
  { name: 'CCM: a nonce before lengths', alg: CCM, calls: [setNonce] },
  { name: 'CCM: a nonce generated before lengths', alg: CCM, calls: [generateNonce] },
  { name: 'more additional data', calls: [lengths, setNonce, ad, oneAd], status: 'INVALID_ARGUMENT' },
  {
    name: 'text before all additional data',
    calls: [lengths, setNonce, oneAd, text],
    status: 'INVALID_ARGUMENT',
  },
  { name: 'more text', calls: [lengths, setNonce, ad, text, oneByte], status: 'INVALID_ARGUMENT' },
  {
    name: 'the end before all additional data',
    calls: [lengths, setNonce, finish],
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'the end before all text',
    calls: [lengths, setNonce, ad, oneByte, finish],
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'CCM: more additional data',
    alg: CCM,
    calls: [lengths, setNonce, ad, oneAd],
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'CCM: more text',
    alg: CCM,
    calls: [lengths, setNonce, ad, text, oneByte],
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'CCM: the end before all text',
    alg: CCM,
    calls: [lengths, setNonce, ad, finish],
    status: 'INVALID_ARGUMENT',
  },
  {
    name: 'a wrong tag',
    direction: 'decrypt',
    calls: [setNonce, ad, text, verify],
    status: 'INVALID_SIGNATURE',
  },
  {
    name: 'a decryption that ends too early',
    direction: 'decrypt',
    calls: [lengths, setNonce, ad, oneByte, verify],
    status: 'INVALID_ARGUMENT',
  },
];

onBothCarriers((carrier, open) => {
  describe(`AEAD ${carrier}`, () => {
    it.each(ORDERS)('refuses $name', async ({ alg = GCM, direction, calls, status = 'BAD_STATE' }) => {
      const { psa, device } = await open();
      const key = await aesKey(psa, alg);
      const operation = aeadOperationInit();
      await must(
        direction === 'decrypt'
          ? psa.aeadDecryptSetup(operation, key, alg)
          : psa.aeadEncryptSetup(operation, key, alg),
      );
      const statuses = [];
      for (const call of calls) statuses.push(await call(psa, operation));
      expect(statuses).toEqual([...calls.slice(1).map(() => 'SUCCESS'), status]);
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it.each([GCM, CCM, short(GCM, 4), short(CCM, 4)])('algorithm %i in parts is that in one', async (alg) => {
      const { psa } = await open();
      const key = await aesKey(psa, alg);
      const operation = aeadOperationInit();
      await must(psa.aeadEncryptSetup(operation, key, alg));
      await must(psa.aeadSetLengths(operation, AD.length, TEXT.length));
      const { nonce } = await must(psa.aeadGenerateNonce(operation));
      await must(psa.aeadUpdateAd(operation, AD));
      const { output } = await must(psa.aeadUpdate(operation, TEXT));
      const { ciphertext, tag } = await must(psa.aeadFinish(operation, 0, TAG));
      expect(operation.handle).toBe(0);
      const sealed = join(output, ciphertext, tag);
      expect(hex((await must(psa.aeadEncrypt(key, alg, nonce, AD, TEXT))).ciphertext)).toBe(hex(sealed));
      expect(hex((await must(psa.aeadDecrypt(key, alg, nonce, AD, sealed))).plaintext)).toBe(hex(TEXT));
    });

    it('needs room, and ends where there is too little', async () => {
      const { psa } = await open();
      const key = await aesKey(psa, GCM);
      const { ciphertext } = await must(psa.aeadEncrypt(key, GCM, NONCE, AD, TEXT, TEXT.length + TAG));
      expect(await named(psa.aeadEncrypt(key, GCM, NONCE, AD, TEXT, TEXT.length + TAG - 1))).toBe(
        'BUFFER_TOO_SMALL',
      );
      expect(await named(psa.aeadDecrypt(key, GCM, NONCE, AD, ciphertext, TEXT.length - 1))).toBe(
        'BUFFER_TOO_SMALL',
      );
      expect(await named(psa.aeadDecrypt(key, GCM, NONCE, AD, ciphertext, TEXT.length))).toBe('SUCCESS');
      const steps: readonly (readonly [before: readonly Do[], call: Do])[] = [
        [[], (_, o) => named(psa.aeadGenerateNonce(o, 11))],
        [[setNonce, ad], (_, o) => named(psa.aeadUpdate(o, TEXT, TEXT.length - 1))],
        [[setNonce, ad, text], (_, o) => named(psa.aeadFinish(o, 0, TAG - 1))],
      ];
      for (const [before, call] of steps) {
        const operation = aeadOperationInit();
        await must(psa.aeadEncryptSetup(operation, key, GCM));
        for (const step of before) expect(await step(psa, operation)).toBe('SUCCESS');
        expect(await call(psa, operation)).toBe('BUFFER_TOO_SMALL');
        expect(operation.handle).toBe(0);
      }
    });
  });
});

describe('decryption', () => {
  it('of less than a tag is INVALID_ARGUMENT', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, GCM);
    expect(await named(psa.aeadDecrypt(key, GCM, NONCE, AD, new Uint8Array(TAG - 1)))).toBe(
      'INVALID_ARGUMENT',
    );
    expect(await named(psa.aeadDecrypt(key, GCM, NONCE, AD, new Uint8Array(TAG)))).toBe('INVALID_SIGNATURE');
  });

  it('gives nothing out when nonce, data, text or tag were changed', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, GCM);
    const { ciphertext } = await must(psa.aeadEncrypt(key, GCM, NONCE, AD, TEXT));
    const spoilt = (data: Uint8Array, at: number) => data.map((byte, i) => (i === at ? byte ^ 0x80 : byte));
    const attempts = [
      psa.aeadDecrypt(key, GCM, spoilt(NONCE, 0), AD, ciphertext),
      psa.aeadDecrypt(key, GCM, NONCE, spoilt(AD, 3), ciphertext),
      psa.aeadDecrypt(key, GCM, NONCE, AD.subarray(1), ciphertext),
      psa.aeadDecrypt(key, GCM, NONCE, AD, spoilt(ciphertext, 0)),
      psa.aeadDecrypt(key, GCM, NONCE, AD, spoilt(ciphertext, ciphertext.length - 1)),
      psa.aeadDecrypt(key, GCM, NONCE, AD, ciphertext.subarray(1)),
    ];
    for (const attempt of await Promise.all(attempts)) {
      expect(await named(attempt)).toBe('INVALID_SIGNATURE');
      expect(attempt.plaintext.length).toBe(0);
    }
  });

  it('in parts takes a tag of the right length only', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, GCM);
    const { ciphertext } = await must(psa.aeadEncrypt(key, GCM, NONCE, AD, NOTHING));
    for (const tag of [ciphertext.subarray(0, 15), join(ciphertext, new Uint8Array(1)), NOTHING]) {
      const operation = aeadOperationInit();
      await must(psa.aeadDecryptSetup(operation, key, GCM));
      await must(psa.aeadSetNonce(operation, NONCE));
      await must(psa.aeadUpdateAd(operation, AD));
      expect(await named(psa.aeadVerify(operation, tag))).toBe('INVALID_SIGNATURE');
    }
  });
});
