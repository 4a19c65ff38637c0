/** Signatures: what the device signs Node verifies, and the other way round, with keys that go both ways in every format. */
import type { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PsaCryptoKeyPair } from '../../../clients/webcrypto/index.ts';
import { onBothCarriers } from '../../support/device.ts';
import { LENGTHS, NODE, openCrypto, pattern } from '../../support/webcrypto.ts';

type Format = 'raw' | 'spki' | 'jwk';

interface Scheme {
  readonly key: { readonly name: string; readonly [member: string]: unknown };
  /** Parameters of each signature. */
  readonly uses: readonly { readonly name: string; readonly [member: string]: unknown }[];
  readonly formats: readonly Format[];
}

const HASHES = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
const SALTS = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const;

const rsa = (name: string, hash: string) => ({
  name,
  hash,
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
});

const SCHEMES: readonly Scheme[] = [
  ...['P-256', 'P-384', 'P-521'].map((namedCurve) => ({
    key: { name: 'ECDSA', namedCurve },
    uses: HASHES.map((hash) => ({ name: 'ECDSA', hash })),
    formats: ['raw', 'spki', 'jwk'] as const,
  })),
  { key: { name: 'Ed25519' }, uses: [{ name: 'Ed25519' }], formats: ['raw', 'spki', 'jwk'] },
  ...HASHES.map((hash) => ({
    key: rsa('RSASSA-PKCS1-v1_5', hash),
    uses: [{ name: 'RSASSA-PKCS1-v1_5' }],
    formats: ['spki', 'jwk'] as const,
  })),
  ...HASHES.map((hash) => ({
    key: rsa('RSA-PSS', hash),
    uses: [{ name: 'RSA-PSS', saltLength: SALTS[hash] }],
    formats: ['spki', 'jwk'] as const,
  })),
];

const nameOf = ({ name, namedCurve = '', hash = '' }: Scheme['key']): string =>
  `${name} ${namedCurve}${hash}`.trim();

const nodePair = async (key: Scheme['key']): Promise<webcrypto.CryptoKeyPair> =>
  (await NODE.generateKey(key, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;

/** Newer releases of Node name the algorithm of Ed25519 keys (RFC 9864 2.2), older ones do not. */
const withoutName = ({ alg, ...jwk }: webcrypto.JsonWebKey): webcrypto.JsonWebKey =>
  alg === 'Ed25519' ? jwk : { ...jwk, ...(alg === undefined ? {} : { alg }) };

const exported = async (subtle: webcrypto.SubtleCrypto, format: Format, key: webcrypto.CryptoKey) =>
  format === 'jwk' ? withoutName(await subtle.exportKey(format, key)) : subtle.exportKey(format, key);

const CASES = SCHEMES.map((scheme) => [nameOf(scheme.key), scheme] as const);

onBothCarriers((carrier, open) => {
  describe(`${carrier}, a key of Node`, () => {
    // The way of the bytes is the same for all of them.
    const some = carrier === 'in process' ? CASES : CASES.filter(([name]) => /P-384|PSS SHA-256/.test(name));
    test.each(some)('%s', async (_, { key, uses, formats }) => {
      const { crypto } = await openCrypto({}, open);
      const { subtle } = crypto;
      const pair = await nodePair(key);
      const pkcs8 = await NODE.exportKey('pkcs8', pair.privateKey);
      const jwk = await NODE.exportKey('jwk', pair.privateKey);
      const privateKey = await subtle.importKey('pkcs8', pkcs8, key, true, ['sign']);
      const fromJwk = await subtle.importKey('jwk', jwk, key, true, ['sign']);

      expect(await subtle.exportKey('pkcs8', privateKey)).toEqual(pkcs8);
      expect(await subtle.exportKey('pkcs8', fromJwk)).toEqual(pkcs8);
      expect(await exported(subtle, 'jwk', privateKey)).toEqual(withoutName(jwk));
      expect(privateKey.algorithm).toEqual(pair.privateKey.algorithm);

      for (const format of formats) {
        const data = await NODE.exportKey(format as 'spki', pair.publicKey);
        const publicKey = await subtle.importKey(format, data, key, true, ['verify']);
        expect(await exported(subtle, format, publicKey)).toEqual(
          await exported(NODE, format, pair.publicKey),
        );
        expect(publicKey.algorithm).toEqual(pair.publicKey.algorithm);
        for (const use of uses) {
          const signature = await NODE.sign(use, pair.privateKey, pattern(100));
          expect(await subtle.verify(use, publicKey, signature, pattern(100))).toBe(true);
          expect(await subtle.verify(use, publicKey, signature, pattern(99))).toBe(false);
          expect(await subtle.verify(use, publicKey, signature.slice(1), pattern(100))).toBe(false);
        }
      }
      const [use] = uses;
      if (use === undefined) throw new Error('no use');
      for (const length of LENGTHS) {
        const signature = await subtle.sign(use, privateKey, pattern(length));
        expect(await NODE.verify(use, pair.publicKey, signature, pattern(length))).toBe(true);
      }
      for (const each of uses) {
        const signature = await subtle.sign(each, privateKey, pattern(5));
        expect(await NODE.verify(each, pair.publicKey, signature, pattern(5))).toBe(true);
      }
    });
  });
});

describe('a key of the device', () => {
  // RSA keys take long to make; one is enough to see that what is made is one.
  const few = CASES.filter(([name]) => !/PSS|v1_5 SHA-(1|384|512)/.test(name));
  test.each(few)('%s', async (_, { key, uses, formats }) => {
    const { crypto, device } = await openCrypto();
    const { subtle } = crypto;
    const pair = (await subtle.generateKey(key, true, ['sign', 'verify'])) as PsaCryptoKeyPair;
    const [use] = uses;
    if (use === undefined) throw new Error('no use');
    // A public key of its own takes no place.
    expect(device.status().keys.volatile).toBe(1);

    const pkcs8 = await subtle.exportKey('pkcs8', pair.privateKey);
    const atNode = await NODE.importKey('pkcs8', pkcs8, key, true, ['sign']);
    expect(await NODE.exportKey('pkcs8', atNode)).toEqual(pkcs8);
    for (const length of LENGTHS) {
      const signature = await NODE.sign(use, atNode, pattern(length));
      expect(await subtle.verify(use, pair.publicKey, signature, pattern(length))).toBe(true);
      expect(await subtle.verify(use, pair.publicKey, signature, pattern(length + 1))).toBe(false);
    }
    for (const format of formats) {
      const data = await subtle.exportKey(format as 'spki', pair.publicKey);
      const verifies = await NODE.importKey(format as 'spki', data, key, true, ['verify']);
      const signature = await subtle.sign(use, pair.privateKey, pattern(33));
      expect(await NODE.verify(use, verifies, signature, pattern(33))).toBe(true);
    }
  });

  test('RSA with another public exponent', async () => {
    const { subtle } = (await openCrypto()).crypto;
    const key = { ...rsa('RSA-PSS', 'SHA-256'), publicExponent: Uint8Array.of(3) };
    const { publicKey } = await subtle.generateKey(key, false, ['sign', 'verify']);
    expect(publicKey.algorithm).toMatchObject({ publicExponent: Uint8Array.of(3) });
    const atNode = await NODE.importKey('spki', await subtle.exportKey('spki', publicKey), key, true, []);
    expect((atNode.algorithm as webcrypto.RsaKeyAlgorithm).publicExponent).toEqual(Uint8Array.of(3));
  });
});

describe('HMAC', () => {
  test.each(HASHES)('%s', async (hash) => {
    const { subtle } = (await openCrypto()).crypto;
    const key: webcrypto.HmacKeyGenParams = { name: 'HMAC', hash };
    const made = await subtle.generateKey(key, true, ['sign', 'verify']);
    const raw = await subtle.exportKey('raw', made);
    const jwk = await subtle.exportKey('jwk', made);
    const atNode = await NODE.importKey('raw', raw, key, true, ['sign', 'verify']);
    expect(made.algorithm).toEqual(atNode.algorithm);
    expect(jwk).toEqual(await NODE.exportKey('jwk', atNode));
    expect(await subtle.exportKey('raw', await subtle.importKey('jwk', jwk, key, true, ['sign']))).toEqual(
      raw,
    );
    for (const length of LENGTHS) {
      const mac = await subtle.sign('HMAC', made, pattern(length));
      expect(mac).toEqual(await NODE.sign('HMAC', atNode, pattern(length)));
      expect(await subtle.verify('HMAC', made, mac, pattern(length))).toBe(true);
      expect(await subtle.verify('HMAC', made, mac, pattern(length + 1))).toBe(false);
      expect(await subtle.verify('HMAC', made, mac.slice(1), pattern(length))).toBe(false);
    }
  });
});

describe('digests', () => {
  test.each(HASHES)('%s', async (hash) => {
    const { subtle } = (await openCrypto()).crypto;
    for (const length of LENGTHS)
      expect(await subtle.digest(hash, pattern(length))).toEqual(await NODE.digest(hash, pattern(length)));
  });
});
