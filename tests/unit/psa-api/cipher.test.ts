/** Unauthenticated ciphers. PSA Crypto 1.3, 10.4. */

import { describe, expect, it } from 'vitest';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CCM_STAR_ANY_TAG,
  PSA_ALG_CFB,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_GCM,
  PSA_ALG_NONE,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../../psa-api/constants.ts';
import { type CipherOperation, cipherOperationInit, type Psa } from '../../../psa-api/generated/psa.ts';
import { hex, join, NOTHING } from '../../support/bytes.ts';
import { onBothCarriers, openForTest } from '../../support/device.ts';
import { aesKey, hmacKey, rsaPair } from '../../support/keys.ts';
import { must, named } from '../../support/status.ts';
import { UNKNOWN_CIPHER } from '../../support/unsupported.ts';

const IV = new Uint8Array(16).fill(3);
const DATA = new Uint8Array(32).fill(9);

const ways = (psa: Psa, key: number, alg: number): Promise<string[]> =>
  Promise.all([
    named(psa.cipherEncrypt(key, alg, DATA)),
    named(psa.cipherDecrypt(key, alg, DATA)),
    named(psa.cipherEncryptSetup(cipherOperationInit(), key, alg)),
    named(psa.cipherDecryptSetup(cipherOperationInit(), key, alg)),
  ]);
const all = (status: string) => [status, status, status, status];

describe('cipher algorithms', () => {
  const CASES: readonly (readonly [
    name: string,
    key: (psa: Psa) => Promise<number>,
    alg: number,
    status: string,
  ])[] = [
    ['another algorithm', (psa) => aesKey(psa, PSA_ALG_CTR), PSA_ALG_CFB, 'NOT_PERMITTED'],
    ['no cipher algorithm', (psa) => aesKey(psa, PSA_ALG_GCM), PSA_ALG_GCM, 'INVALID_ARGUMENT'],
    ['no algorithm', (psa) => aesKey(psa, PSA_ALG_CTR), PSA_ALG_NONE, 'INVALID_ARGUMENT'],
    ['an HMAC key', (psa) => hmacKey(psa, PSA_ALG_CTR), PSA_ALG_CTR, 'INVALID_ARGUMENT'],
    ['an RSA key', (psa) => rsaPair(psa, PSA_ALG_CTR), PSA_ALG_CTR, 'INVALID_ARGUMENT'],
    [
      'a wildcard',
      (psa) => aesKey(psa, PSA_ALG_CCM_STAR_ANY_TAG),
      PSA_ALG_CCM_STAR_ANY_TAG,
      'INVALID_ARGUMENT',
    ],
    ['a cipher of nobody', (psa) => aesKey(psa, UNKNOWN_CIPHER), UNKNOWN_CIPHER, 'NOT_SUPPORTED'],
    ['no key', async () => 0, PSA_ALG_CTR, 'INVALID_HANDLE'],
  ];

  it.each(CASES)('%s: refused', async (_, makeKey, alg, status) => {
    const { psa, device } = await openForTest();
    expect(await ways(psa, await makeKey(psa), alg)).toEqual(all(status));
    expect(device.status().operations).toEqual([]);
  });

  it('need the usage of their direction', async () => {
    const { psa } = await openForTest();
    const encrypt = await aesKey(psa, PSA_ALG_CTR, { usage: PSA_KEY_USAGE_ENCRYPT });
    expect(await ways(psa, encrypt, PSA_ALG_CTR)).toEqual([
      'SUCCESS',
      'NOT_PERMITTED',
      'SUCCESS',
      'NOT_PERMITTED',
    ]);
    const decrypt = await aesKey(psa, PSA_ALG_CTR, { usage: PSA_KEY_USAGE_DECRYPT });
    expect(await ways(psa, decrypt, PSA_ALG_CTR)).toEqual([
      'NOT_PERMITTED',
      'SUCCESS',
      'NOT_PERMITTED',
      'SUCCESS',
    ]);
  });
});

type Do = (psa: Psa, operation: CipherOperation) => Promise<string>;
const generateIv: Do = (psa, o) => named(psa.cipherGenerateIv(o));
const setIv: Do = (psa, o) => named(psa.cipherSetIv(o, IV));
const update: Do = (psa, o) => named(psa.cipherUpdate(o, DATA));
const finish: Do = (psa, o) => named(psa.cipherFinish(o));

interface Order {
  readonly name: string;
  readonly alg: number;
  readonly direction: 'encrypt' | 'decrypt';
  /** Calls after setup; the last one is refused. */
  readonly calls: readonly Do[];
}

const ORDERS: readonly Order[] = [
  { name: 'data before the IV', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [update] },
  { name: 'the end before the IV', alg: PSA_ALG_CBC_PKCS7, direction: 'decrypt', calls: [finish] },
  { name: 'two IVs', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [setIv, setIv] },
  { name: 'an IV set and generated', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [setIv, generateIv] },
  { name: 'an IV generated and set', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [generateIv, setIv] },
  { name: 'an IV after data', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [setIv, update, setIv] },
  { name: 'an IV generated for decryption', alg: PSA_ALG_CTR, direction: 'decrypt', calls: [generateIv] },
  { name: 'an IV for ECB', alg: PSA_ALG_ECB_NO_PADDING, direction: 'encrypt', calls: [setIv] },
  { name: 'an IV generated for ECB', alg: PSA_ALG_ECB_NO_PADDING, direction: 'encrypt', calls: [generateIv] },
  { name: 'data after the end', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [setIv, finish, update] },
  { name: 'two ends', alg: PSA_ALG_CTR, direction: 'encrypt', calls: [setIv, update, finish, finish] },
];

onBothCarriers((carrier, open) => {
  describe(`ciphers ${carrier}`, () => {
    it.each(ORDERS)('refuse $name', async ({ alg, direction, calls }) => {
      const { psa, device } = await open();
      const key = await aesKey(psa, alg);
      const operation = cipherOperationInit();
      await must(
        direction === 'encrypt'
          ? psa.cipherEncryptSetup(operation, key, alg)
          : psa.cipherDecryptSetup(operation, key, alg),
      );
      const statuses = [];
      for (const call of calls) statuses.push(await call(psa, operation));
      expect(statuses).toEqual([...calls.slice(1).map(() => 'SUCCESS'), 'BAD_STATE']);
      expect(operation.handle).toBe(0);
      expect(device.status().operations).toEqual([]);
    });

    it('put the IV in front of the ciphertext', async () => {
      const { psa } = await open();
      for (const [alg, length] of [
        [PSA_ALG_ECB_NO_PADDING, 32],
        [PSA_ALG_CBC_NO_PADDING, 48],
        [PSA_ALG_CBC_PKCS7, 64],
        [PSA_ALG_CTR, 48],
      ] as const) {
        const key = await aesKey(psa, alg);
        const { output } = await must(psa.cipherEncrypt(key, alg, DATA));
        expect(output.length).toBe(length);
        expect(hex((await must(psa.cipherDecrypt(key, alg, output))).output)).toBe(hex(DATA));
        const again = await must(psa.cipherEncrypt(key, alg, DATA));
        expect(hex(again.output) === hex(output)).toBe(alg === PSA_ALG_ECB_NO_PADDING);
      }
    });

    it('generate the IV that they use', async () => {
      const { psa } = await open();
      const key = await aesKey(psa, PSA_ALG_CBC_PKCS7);
      const operation = cipherOperationInit();
      await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_PKCS7));
      const { iv } = await must(psa.cipherGenerateIv(operation, 16));
      expect(iv.length).toBe(16);
      const body = await must(psa.cipherUpdate(operation, DATA));
      const rest = await must(psa.cipherFinish(operation));
      const opened = await must(
        psa.cipherDecrypt(key, PSA_ALG_CBC_PKCS7, join(iv, body.output, rest.output)),
      );
      expect(hex(opened.output)).toBe(hex(DATA));
    });

    it('need room, and end where there is too little', async () => {
      const { psa } = await open();
      const key = await aesKey(psa, PSA_ALG_CBC_PKCS7);
      const { output } = await must(psa.cipherEncrypt(key, PSA_ALG_CBC_PKCS7, DATA, 64));
      expect(await named(psa.cipherEncrypt(key, PSA_ALG_CBC_PKCS7, DATA, 63))).toBe('BUFFER_TOO_SMALL');
      expect(await named(psa.cipherDecrypt(key, PSA_ALG_CBC_PKCS7, output, 31))).toBe('BUFFER_TOO_SMALL');
      expect(await named(psa.cipherDecrypt(key, PSA_ALG_CBC_PKCS7, output, 32))).toBe('SUCCESS');
      const steps: readonly (readonly [before: readonly Do[], call: Do])[] = [
        [[], (_, o) => named(psa.cipherGenerateIv(o, 15))],
        [[setIv], (_, o) => named(psa.cipherUpdate(o, DATA, 31))],
        [[setIv, update], (_, o) => named(psa.cipherFinish(o, 15))],
      ];
      for (const [before, call] of steps) {
        const operation = cipherOperationInit();
        await must(psa.cipherEncryptSetup(operation, key, PSA_ALG_CBC_PKCS7));
        for (const step of before) expect(await step(psa, operation)).toBe('SUCCESS');
        expect(await call(psa, operation)).toBe('BUFFER_TOO_SMALL');
        expect(operation.handle).toBe(0);
      }
    });
  });
});

describe('lengths and padding', () => {
  it.each([
    ['part of a block, ECB', PSA_ALG_ECB_NO_PADDING, 15, 'INVALID_ARGUMENT'],
    ['part of a block, CBC', PSA_ALG_CBC_NO_PADDING, 17, 'INVALID_ARGUMENT'],
    ['nothing, ECB', PSA_ALG_ECB_NO_PADDING, 0, 'SUCCESS'],
    ['nothing, CBC', PSA_ALG_CBC_NO_PADDING, 0, 'SUCCESS'],
    ['nothing, CTR', PSA_ALG_CTR, 0, 'SUCCESS'],
  ])('%s: %s', async (_, alg, length, status) => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, alg);
    const data = new Uint8Array(length);
    expect(await named(psa.cipherEncrypt(key, alg, data))).toBe(status);
    const iv = alg === PSA_ALG_ECB_NO_PADDING ? NOTHING : IV;
    expect(await named(psa.cipherDecrypt(key, alg, join(iv, data)))).toBe(status);
    const operation = cipherOperationInit();
    await must(psa.cipherEncryptSetup(operation, key, alg));
    if (iv.length > 0) await must(psa.cipherSetIv(operation, iv));
    await must(psa.cipherUpdate(operation, data));
    expect(await named(psa.cipherFinish(operation))).toBe(status);
    expect(operation.handle).toBe(0);
  });

  it('of a ciphertext without its IV are INVALID_ARGUMENT', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, PSA_ALG_CTR);
    expect(await named(psa.cipherDecrypt(key, PSA_ALG_CTR, IV.subarray(1)))).toBe('INVALID_ARGUMENT');
  });

  it('give INVALID_PADDING when the padding is wrong, whole and in parts', async () => {
    const { psa } = await openForTest();
    const plain = await aesKey(psa, PSA_ALG_CBC_NO_PADDING);
    const padded = await aesKey(psa, PSA_ALG_CBC_PKCS7);
    for (const last of [0, 17, 255]) {
      const { output } = await must(
        psa.cipherEncrypt(plain, PSA_ALG_CBC_NO_PADDING, new Uint8Array(16).fill(last, 15)),
      );
      expect(await named(psa.cipherDecrypt(padded, PSA_ALG_CBC_PKCS7, output))).toBe('INVALID_PADDING');
      const operation = cipherOperationInit();
      await must(psa.cipherDecryptSetup(operation, padded, PSA_ALG_CBC_PKCS7));
      await must(psa.cipherSetIv(operation, output.subarray(0, 16)));
      expect((await must(psa.cipherUpdate(operation, output.subarray(16)))).output.length).toBe(0);
      expect(await named(psa.cipherFinish(operation))).toBe('INVALID_PADDING');
      expect(operation.handle).toBe(0);
    }
  });

  it.each([
    [PSA_ALG_CBC_PKCS7, 0, 'INVALID_ARGUMENT'],
    [PSA_ALG_CBC_PKCS7, 15, 'INVALID_ARGUMENT'],
    [PSA_ALG_CBC_PKCS7, 17, 'INVALID_ARGUMENT'],
    [PSA_ALG_CFB, 8, 'INVALID_ARGUMENT'],
    [PSA_ALG_CTR, 0, 'INVALID_ARGUMENT'],
    [PSA_ALG_CTR, 17, 'INVALID_ARGUMENT'],
    [PSA_ALG_CTR, 1, 'SUCCESS'],
    [PSA_ALG_CTR, 12, 'SUCCESS'],
  ])('the algorithm 0x%i with an IV of %i bytes: %s', async (alg, length, status) => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, alg);
    const operation = cipherOperationInit();
    await must(psa.cipherEncryptSetup(operation, key, alg));
    expect(await named(psa.cipherSetIv(operation, new Uint8Array(length)))).toBe(status);
  });

  it('of a short CTR nonce are filled up with zeros behind it', async () => {
    const { psa } = await openForTest();
    const key = await aesKey(psa, PSA_ALG_CTR);
    const nonce = IV.subarray(0, 12);
    const operation = cipherOperationInit();
    await must(psa.cipherDecryptSetup(operation, key, PSA_ALG_CTR));
    await must(psa.cipherSetIv(operation, nonce));
    const short = await must(psa.cipherUpdate(operation, DATA));
    const whole = await must(psa.cipherDecrypt(key, PSA_ALG_CTR, join(nonce, new Uint8Array(4), DATA)));
    expect(hex(short.output)).toBe(hex(whole.output));
  });
});
