/** Encryption, key wrapping and key derivation of the device against Node's. */
import type { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PsaCrypto } from '../../../clients/webcrypto/index.ts';
import { LENGTHS, NODE, openCrypto, pattern } from '../../support/webcrypto.ts';

interface Use {
  readonly name: string;
  readonly [member: string]: unknown;
}

const USAGES = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] as const;
const BITS = [128, 192, 256] as const;
const TAGS = [32, 64, 96, 104, 112, 120, 128] as const;

/** One secret key at both sides. */
const both = async (
  { subtle }: PsaCrypto,
  name: string,
  bits: number,
  usages: readonly webcrypto.KeyUsage[] = USAGES,
) => {
  const here = await subtle.generateKey({ name, length: bits }, true, usages);
  const raw = await subtle.exportKey('raw', here);
  const there = await NODE.importKey('raw', raw, name, true, [...usages]);
  expect(here.algorithm).toEqual(there.algorithm);
  expect(await subtle.exportKey('jwk', here)).toEqual(await NODE.exportKey('jwk', there));
  return { here, there };
};

/** Both give the same, and each reads the other's. */
const expectAlike = async (crypto: PsaCrypto, bits: number, uses: readonly Use[]): Promise<void> => {
  const [{ name } = { name: '' }] = uses;
  const { here, there } = await both(crypto, name, bits);
  for (const use of uses) {
    for (const length of LENGTHS) {
      const sealed = await crypto.subtle.encrypt(use, here, pattern(length));
      expect(sealed).toEqual(await NODE.encrypt(use, there, pattern(length)));
      expect(new Uint8Array(await crypto.subtle.decrypt(use, here, sealed))).toEqual(pattern(length));
    }
  }
};

describe.each(BITS)('AES of %d bits', (bits) => {
  test('GCM with every tag, with and without additional data', async () => {
    const { crypto } = await openCrypto();
    const uses = TAGS.flatMap((tagLength) => [
      { name: 'AES-GCM', iv: pattern(12), tagLength },
      { name: 'AES-GCM', iv: pattern(12), tagLength, additionalData: pattern(21) },
    ]);
    await expectAlike(crypto, bits, [
      { name: 'AES-GCM', iv: pattern(12) },
      { name: 'AES-GCM', iv: pattern(16), additionalData: pattern(5000) },
      { name: 'AES-GCM', iv: pattern(20) },
      ...uses,
    ]);
  });

  test('CBC', async () => {
    const { crypto } = await openCrypto();
    await expectAlike(crypto, bits, [{ name: 'AES-CBC', iv: pattern(16) }]);
  });

  test('CTR, counters of all 128 bits and of fewer', async () => {
    const { crypto } = await openCrypto();
    const counters = [pattern(16), new Uint8Array(16).fill(0xff), new Uint8Array(16)];
    const uses = counters.flatMap((counter) =>
      [16, 64, 128].map((length) => ({ name: 'AES-CTR', counter, length })),
    );
    await expectAlike(crypto, bits, uses);
  });

  test('KW', async () => {
    const { crypto } = await openCrypto();
    const { here, there } = await both(crypto, 'AES-KW', bits, ['wrapKey', 'unwrapKey']);
    for (const length of BITS) {
      const { here: subject, there: same } = await both(crypto, 'AES-GCM', length);
      const wrapped = await crypto.subtle.wrapKey('raw', subject, here, 'AES-KW');
      expect(wrapped).toEqual(await NODE.wrapKey('raw', same, there, 'AES-KW'));
      const back = await crypto.subtle.unwrapKey('raw', wrapped, here, 'AES-KW', 'AES-GCM', true, [
        'encrypt',
      ]);
      expect(await crypto.subtle.exportKey('raw', back)).toEqual(await NODE.exportKey('raw', same));
    }
  });
});

test('a counter that wraps goes on at zero in its bits alone', async () => {
  const { crypto } = await openCrypto();
  const { here, there } = await both(crypto, 'AES-CTR', 128);
  for (const length of [2, 7, 8, 9, 31]) {
    for (const counter of [pattern(16), new Uint8Array(16).fill(0xff)]) {
      const use = { name: 'AES-CTR', counter, length };
      const blocks = Math.min(2 ** length, 600);
      const data = pattern(blocks * 16);
      const sealed = await crypto.subtle.encrypt(use, here, data);
      expect(sealed).toEqual(await NODE.encrypt(use, there, data));
      const tooMuch = pattern(blocks * 16 + 1);
      if (blocks === 2 ** length)
        await expect(crypto.subtle.encrypt(use, here, tooMuch)).rejects.toMatchObject({
          name: 'OperationError',
        });
    }
  }
});

test.each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])('RSA-OAEP with %s', async (hash) => {
  const { subtle } = (await openCrypto()).crypto;
  const key = { name: 'RSA-OAEP', hash, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await NODE.generateKey(key, true, USAGES);
  const [spki, pkcs8] = [
    await NODE.exportKey('spki', pair.publicKey),
    await NODE.exportKey('pkcs8', pair.privateKey),
  ];
  const publicKey = await subtle.importKey('spki', spki, key, true, ['encrypt', 'wrapKey']);
  const privateKey = await subtle.importKey('pkcs8', pkcs8, key, true, ['decrypt', 'unwrapKey']);
  expect(
    await subtle.exportKey('jwk', await subtle.importKey('spki', spki, key, true, ['encrypt', 'wrapKey'])),
  ).toEqual(await NODE.exportKey('jwk', pair.publicKey));
  for (const use of [{ name: 'RSA-OAEP' }, { name: 'RSA-OAEP', label: pattern(9) }]) {
    for (const length of [0, 1, 60]) {
      const [there, here] = [
        await NODE.encrypt(use, pair.publicKey, pattern(length)),
        await subtle.encrypt(use, publicKey, pattern(length)),
      ];
      expect(new Uint8Array(await subtle.decrypt(use, privateKey, there))).toEqual(pattern(length));
      expect(new Uint8Array(await NODE.decrypt(use, pair.privateKey, here))).toEqual(pattern(length));
    }
  }
  const wrong = await subtle.encrypt({ name: 'RSA-OAEP', label: pattern(1) }, publicKey, pattern(3));
  await expect(subtle.decrypt('RSA-OAEP', privateKey, wrong)).rejects.toMatchObject({
    name: 'OperationError',
  });
  const secret = await subtle.generateKey({ name: 'AES-CBC', length: 256 }, true, ['encrypt']);
  const wrapped = await subtle.wrapKey('raw', secret, publicKey, 'RSA-OAEP');
  const atNode = await NODE.unwrapKey('raw', wrapped, pair.privateKey, 'RSA-OAEP', 'AES-CBC', true, [
    'encrypt',
  ]);
  expect(await NODE.exportKey('raw', atNode)).toEqual(await subtle.exportKey('raw', secret));
});

test('keys wrapped by AES-GCM in every format are read by Node', async () => {
  const { crypto } = await openCrypto();
  const { subtle } = crypto;
  const { here, there } = await both(crypto, 'AES-GCM', 256);
  const use = { name: 'AES-GCM', iv: pattern(12) };
  const ec = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey, publicKey } = await subtle.generateKey(ec, true, ['sign', 'verify']);
  for (const [format, key, usages] of [
    ['pkcs8', privateKey, ['sign']],
    ['jwk', privateKey, ['sign']],
    ['spki', publicKey, ['verify']],
    ['raw', publicKey, ['verify']],
  ] as const) {
    const wrapped = await subtle.wrapKey(format, key, here, use);
    const atNode = await NODE.unwrapKey(format, wrapped, there, use, ec, true, [...usages]);
    const again = await NODE.wrapKey(format, atNode, there, use);
    const back = await subtle.unwrapKey(format, again, here, use, ec, true, usages);
    expect(await subtle.exportKey(format, back)).toEqual(await subtle.exportKey(format, key));
  }
});

const SALTED = { salt: pattern(16), info: pattern(7) };

describe.each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])('derivation with %s', (hash) => {
  test.each([
    { name: 'HKDF', hash, ...SALTED },
    { name: 'HKDF', hash, salt: new Uint8Array(0), info: new Uint8Array(0) },
    { name: 'PBKDF2', hash, salt: pattern(16), iterations: 3 },
  ])('$name', async (use) => {
    const { crypto, device } = await openCrypto();
    const { subtle } = crypto;
    for (const secret of [pattern(32), pattern(1), pattern(0), pattern(200)]) {
      const here = await subtle.importKey('raw', secret, use.name, false, ['deriveBits', 'deriveKey']);
      const there = await NODE.importKey('raw', secret, use.name, false, ['deriveBits', 'deriveKey']);
      expect(here.algorithm).toEqual(there.algorithm);
      for (const bits of [8, 256, 1000])
        expect(await subtle.deriveBits(use, here, bits)).toEqual(await NODE.deriveBits(use, there, bits));
      for (const target of [
        { name: 'AES-GCM', length: 256 },
        { name: 'AES-CBC', length: 128 },
      ]) {
        const key = await subtle.deriveKey(use, here, target, true, ['encrypt']);
        const same = await NODE.deriveKey(use, there, target, true, ['encrypt']);
        expect(key.algorithm).toEqual(same.algorithm);
        expect(await subtle.exportKey('raw', key)).toEqual(await NODE.exportKey('raw', same));
        await crypto.destroyKey(key);
      }
      for (const target of [
        { name: 'HMAC', hash: 'SHA-384' },
        { name: 'HMAC', hash, length: 160 },
      ]) {
        const key = await subtle.deriveKey(use, here, target, true, ['sign']);
        const same = await NODE.deriveKey(use, there, target, true, ['sign']);
        expect(await subtle.exportKey('raw', key)).toEqual(await NODE.exportKey('raw', same));
        await crypto.destroyKey(key);
      }
    }
    // What was derived and destroyed, and what was imported for the derivations, is gone.
    expect(device.status().keys.volatile).toBe(0);
    expect(device.status().operations).toEqual([]);
  });
});

describe('key agreement', () => {
  test.each([
    { name: 'ECDH', namedCurve: 'P-256' },
    { name: 'ECDH', namedCurve: 'P-384' },
    { name: 'ECDH', namedCurve: 'P-521' },
    { name: 'X25519' },
  ])('$name $namedCurve', async (key) => {
    const { subtle } = (await openCrypto()).crypto;
    const usages: webcrypto.KeyUsage[] = ['deriveBits', 'deriveKey'];
    const ours = (await subtle.generateKey(key, true, usages)) as webcrypto.CryptoKeyPair;
    const theirs = (await NODE.generateKey(key, true, usages)) as webcrypto.CryptoKeyPair;
    expect(ours.publicKey.algorithm).toEqual(theirs.publicKey.algorithm);
    const oursThere = await NODE.importKey(
      'raw',
      await subtle.exportKey('raw', ours.publicKey),
      key,
      true,
      [],
    );
    const theirsHere = await subtle.importKey(
      'raw',
      await NODE.exportKey('raw', theirs.publicKey),
      key,
      true,
      [],
    );
    const [here, there] = [
      { name: key.name, public: theirsHere },
      { name: key.name, public: oursThere },
    ];
    const secret = await subtle.deriveBits(here, ours.privateKey, null);
    expect(secret).toEqual(await NODE.deriveBits(there, theirs.privateKey, null as unknown as number));
    for (const length of [128, 256])
      expect(await subtle.deriveBits(here, ours.privateKey, length)).toEqual(secret.slice(0, length / 8));
    const target = { name: 'AES-GCM', length: 256 };
    const [mine, other] = [
      await subtle.deriveKey(here, ours.privateKey, target, true, ['encrypt']),
      await NODE.deriveKey(there, theirs.privateKey, target, true, ['encrypt']),
    ];
    expect(await subtle.exportKey('raw', mine)).toEqual(await NODE.exportKey('raw', other));
    for (const format of ['pkcs8', 'jwk'] as const) {
      const data = await NODE.exportKey(format as 'pkcs8', theirs.privateKey);
      const moved = await subtle.importKey(format, data, key, true, usages);
      const again = await subtle.deriveBits({ name: key.name, public: ours.publicKey }, moved, null);
      expect(again).toEqual(secret);
      expect(await subtle.exportKey('spki', await subtle.getPublicKey(moved, []))).toEqual(
        await NODE.exportKey('spki', theirs.publicKey),
      );
    }
    const hkdf = await subtle.deriveKey(here, ours.privateKey, 'HKDF', false, ['deriveBits']);
    const hkdfThere = await NODE.deriveKey(there, theirs.privateKey, 'HKDF', false, ['deriveBits']);
    const use = { name: 'HKDF', hash: 'SHA-256', ...SALTED };
    expect(await subtle.deriveBits(use, hkdf, 256)).toEqual(await NODE.deriveBits(use, hkdfThere, 256));
  });
});

const ALICE = '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a';
const BOB = 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f';
const SHARED = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';

test('X25519 of RFC 7748 6.1, whose private keys lack the forced bits', async () => {
  const { subtle } = (await openCrypto()).crypto;
  const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
  const alice = bytes(ALICE);
  const pkcs8 = Buffer.concat([bytes('302e020100300506032b656e04220420'), alice]);
  const key = await subtle.importKey('pkcs8', pkcs8, 'X25519', true, ['deriveBits']);
  const bob = await subtle.importKey('raw', bytes(BOB), 'X25519', true, []);
  const secret = await subtle.deriveBits({ name: 'X25519', public: bob }, key, 256);
  expect(Buffer.from(secret).toString('hex')).toBe(SHARED);
  const atNode = await NODE.importKey('pkcs8', pkcs8, 'X25519', true, ['deriveBits']);
  const [mine, theirs] = [await subtle.exportKey('jwk', key), await NODE.exportKey('jwk', atNode)];
  expect(mine.x).toBe(theirs.x);
  // As it is in the device.
  expect(Buffer.from(mine.d ?? '', 'base64url')[0]).toBe((alice[0] ?? 0) & 0xf8);
  expect(await subtle.importKey('jwk', theirs, 'X25519', false, ['deriveBits'])).toMatchObject({
    type: 'private',
  });
});
