/** Wrong uses, made with the device and with Node: the error has the same name. */
import type { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Identifier, PsaCryptoKey } from '../../../clients/webcrypto/index.ts';
import { NODE, openCrypto, pattern } from '../../support/webcrypto.ts';

type Key = webcrypto.CryptoKey;
type Usages = webcrypto.KeyUsage[];
type Data = Uint8Array | ArrayBuffer | webcrypto.JsonWebKey;
type Format = 'raw' | 'pkcs8' | 'spki' | 'jwk';

/** What both can be asked for. */
interface Subtle {
  importKey(
    format: Format,
    data: Data,
    algorithm: Identifier,
    extractable: boolean,
    usages: Usages,
  ): Promise<Key>;
  generateKey(
    algorithm: Identifier,
    extractable: boolean,
    usages: Usages,
  ): Promise<Key | webcrypto.CryptoKeyPair>;
  exportKey(format: Format, key: Key): Promise<unknown>;
  encrypt(algorithm: Identifier, key: Key, data: Uint8Array): Promise<unknown>;
  decrypt(algorithm: Identifier, key: Key, data: Uint8Array): Promise<unknown>;
  sign(algorithm: Identifier, key: Key, data: Uint8Array): Promise<unknown>;
  digest(algorithm: Identifier, data: Uint8Array): Promise<unknown>;
  deriveBits(algorithm: Identifier, key: Key, length: number | null): Promise<unknown>;
  deriveKey(
    algorithm: Identifier,
    key: Key,
    to: Identifier,
    extractable: boolean,
    usages: Usages,
  ): Promise<Key>;
  wrapKey(format: Format, key: Key, wrapping: Key, algorithm: Identifier): Promise<unknown>;
  unwrapKey(
    format: Format,
    wrapped: Uint8Array,
    key: Key,
    algorithm: Identifier,
    to: Identifier,
    extractable: boolean,
    usages: Usages,
  ): Promise<Key>;
}

const P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const HMAC = { name: 'HMAC', hash: 'SHA-256' };
const GCM = { name: 'AES-GCM', iv: pattern(12) };
const CBC = { name: 'AES-CBC', iv: pattern(16) };
const BITS: Usages = ['deriveBits'];

const aes = (subtle: Subtle, name: string, usages: Usages = ['encrypt', 'decrypt']): Promise<Key> =>
  subtle.importKey('raw', pattern(16), name, false, usages);
const pair = async (
  subtle: Subtle,
  algorithm: Identifier,
  usages: Usages,
): Promise<webcrypto.CryptoKeyPair> =>
  (await subtle.generateKey(algorithm, false, usages)) as webcrypto.CryptoKeyPair;

/** A valid key of Node's in this form. */
const exported = async (
  format: 'jwk' | 'pkcs8',
  algorithm: webcrypto.EcKeyGenParams,
): Promise<webcrypto.JsonWebKey> => {
  const { privateKey } = await NODE.generateKey(algorithm, true, ['sign', 'verify']);
  return NODE.exportKey(format as 'jwk', privateKey);
};

const oct = { kty: 'oct', k: Buffer.from(pattern(16)).toString('base64url') };

const WRONG: Readonly<Record<string, (subtle: Subtle) => Promise<unknown>>> = {
  'an unknown algorithm': (s) => s.digest('SHA-9', pattern(1)),
  'an algorithm that is no digest': (s) => s.digest('HMAC', pattern(1)),
  'an algorithm without a name': (s) => s.digest({} as Identifier, pattern(1)),
  'data that are no bytes': (s) => s.digest('SHA-256', 'text' as unknown as Uint8Array),
  'an unknown key format': (s) => s.importKey('der' as Format, pattern(16), 'AES-GCM', true, ['encrypt']),
  'an unknown key usage': (s) =>
    s.importKey('raw', pattern(16), 'AES-GCM', true, ['read'] as unknown as Usages),
  'a usage that is none of AES': (s) => s.importKey('raw', pattern(16), 'AES-GCM', true, ['sign']),
  'a usage that is none of HMAC': (s) => s.generateKey(HMAC, true, ['encrypt']),
  'a secret key of no usages': (s) => s.importKey('raw', pattern(16), 'AES-GCM', true, []),
  'a secret key generated for no usages': (s) => s.generateKey({ name: 'AES-CBC', length: 128 }, true, []),
  'a pair whose private key has no usages': (s) => s.generateKey(P256, true, ['verify']),
  'a public key that signs': (s) => s.importKey('raw', pattern(65), P256, true, ['sign']),
  'an AES key of 17 bytes': (s) => s.importKey('raw', pattern(17), 'AES-GCM', true, ['encrypt']),
  'AES of 129 bits': (s) => s.generateKey({ name: 'AES-GCM', length: 129 }, true, ['encrypt']),
  'AES of no length': (s) => s.generateKey('AES-GCM', true, ['encrypt']),
  'AES as spki': (s) => s.importKey('spki', pattern(16), 'AES-GCM', true, ['encrypt']),
  'HMAC without a hash': (s) => s.importKey('raw', pattern(16), 'HMAC', true, ['sign']),
  'HMAC with an unknown hash': (s) =>
    s.importKey('raw', pattern(16), { name: 'HMAC', hash: 'MD5' }, true, ['sign']),
  'an empty HMAC key': (s) => s.importKey('raw', pattern(0), HMAC, true, ['sign']),
  'an HMAC key shorter than its length': (s) =>
    s.importKey('raw', pattern(16), { ...HMAC, length: 256 }, true, ['sign']),
  'HMAC of no bits': (s) => s.generateKey({ ...HMAC, length: 0 }, true, ['sign']),
  'an unknown curve': (s) => s.generateKey({ name: 'ECDSA', namedCurve: 'P-1' }, true, ['sign']),
  'a point that is not on the curve': (s) =>
    s.importKey('raw', Uint8Array.of(4, ...pattern(64)), P256, true, ['verify']),
  'a point of another curve': (s) => s.importKey('raw', pattern(97), P256, true, ['verify']),
  'spki that is no DER': (s) => s.importKey('spki', pattern(91), P256, true, ['verify']),
  'pkcs8 that is no DER': (s) => s.importKey('pkcs8', pattern(91), P256, true, ['sign']),
  'pkcs8 of another curve': async (s) =>
    s.importKey('pkcs8', await exported('pkcs8', { name: 'ECDSA', namedCurve: 'P-384' }), P256, true, [
      'sign',
    ]),
  'a JSON Web Key of another curve': async (s) =>
    s.importKey('jwk', await exported('jwk', { name: 'ECDSA', namedCurve: 'P-384' }), P256, true, ['sign']),
  'a JSON Web Key without y': async (s) => {
    const { y, ...rest } = await exported('jwk', P256);
    return s.importKey('jwk', rest, P256, true, ['sign']);
  },
  'a JSON Web Key of another type': (s) => s.importKey('jwk', oct, P256, true, ['sign']),
  'a JSON Web Key with another alg': (s) =>
    s.importKey('jwk', { ...oct, alg: 'A256GCM' }, 'AES-GCM', true, ['encrypt']),
  'a JSON Web Key for another use': (s) =>
    s.importKey('jwk', { ...oct, use: 'sig' }, 'AES-GCM', true, ['encrypt']),
  'a JSON Web Key without the operation': (s) =>
    s.importKey('jwk', { ...oct, key_ops: ['decrypt'] }, 'AES-GCM', true, ['encrypt']),
  'a JSON Web Key that is not to be extracted': (s) =>
    s.importKey('jwk', { ...oct, ext: false }, 'AES-GCM', true, ['encrypt']),
  'a JSON Web Key that is bytes': (s) => s.importKey('jwk', pattern(16), 'AES-GCM', true, ['encrypt']),
  'raw that is a JSON Web Key': (s) => s.importKey('raw', oct, 'AES-GCM', true, ['encrypt']),
  'exporting what is not extractable': async (s) => s.exportKey('raw', await aes(s, 'AES-GCM')),
  'exporting a private key that is not extractable': async (s) =>
    s.exportKey('jwk', (await pair(s, P256, ['sign'])).privateKey),
  'exporting a public key as pkcs8': async (s) =>
    s.exportKey('pkcs8', (await pair(s, P256, ['sign'])).publicKey),
  'exporting a secret key as spki': async (s) =>
    s.exportKey('spki', await s.importKey('raw', pattern(16), 'AES-GCM', true, ['encrypt'])),
  'a key for another algorithm': async (s) => s.encrypt(GCM, await aes(s, 'AES-CBC'), pattern(1)),
  'a key without the usage': async (s) => s.encrypt(GCM, await aes(s, 'AES-GCM', ['decrypt']), pattern(1)),
  'signing with a public key': async (s) => {
    const { publicKey } = await pair(s, P256, ['sign', 'verify']);
    return s.sign({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, pattern(1));
  },
  'signing with no hash': async (s) =>
    s.sign('ECDSA', (await pair(s, P256, ['sign'])).privateKey, pattern(1)),
  'no key': (s) => s.encrypt(GCM, {} as Key, pattern(1)),
  'GCM without an IV': async (s) => s.encrypt('AES-GCM', await aes(s, 'AES-GCM'), pattern(1)),
  'GCM with a tag of 33 bits': async (s) =>
    s.encrypt({ ...GCM, tagLength: 33 }, await aes(s, 'AES-GCM'), pattern(1)),
  'GCM with a wrong tag': async (s) => s.decrypt(GCM, await aes(s, 'AES-GCM'), pattern(40)),
  'GCM with a wrong tag on much': async (s) => s.decrypt(GCM, await aes(s, 'AES-GCM'), pattern(20_000)),
  'GCM with less than a tag': async (s) => s.decrypt(GCM, await aes(s, 'AES-GCM'), pattern(15)),
  'CBC with a short IV': async (s) =>
    s.encrypt({ name: 'AES-CBC', iv: pattern(15) }, await aes(s, 'AES-CBC'), pattern(1)),
  'CBC of no whole blocks': async (s) => s.decrypt(CBC, await aes(s, 'AES-CBC'), pattern(17)),
  'CBC of nothing': async (s) => s.decrypt(CBC, await aes(s, 'AES-CBC'), pattern(0)),
  'CBC with wrong padding': async (s) => s.decrypt(CBC, await aes(s, 'AES-CBC'), pattern(32)),
  'CTR with a counter of no bits': async (s) =>
    s.encrypt({ name: 'AES-CTR', counter: pattern(16), length: 0 }, await aes(s, 'AES-CTR'), pattern(1)),
  'CTR with a counter of 129 bits': async (s) =>
    s.encrypt({ name: 'AES-CTR', counter: pattern(16), length: 129 }, await aes(s, 'AES-CTR'), pattern(1)),
  'CTR with more blocks than counters': async (s) =>
    s.encrypt({ name: 'AES-CTR', counter: pattern(16), length: 1 }, await aes(s, 'AES-CTR'), pattern(33)),
  'HKDF keys to be extracted': (s) => s.importKey('raw', pattern(16), 'HKDF', true, BITS),
  'HKDF keys as JSON': (s) => s.importKey('jwk', oct, 'HKDF', false, BITS),
  'HKDF keys that sign': (s) => s.importKey('raw', pattern(16), 'HKDF', false, ['sign']),
  'generating HKDF keys': (s) => s.generateKey('HKDF', false, BITS),
  'HKDF of 7 bits': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'HKDF', false, BITS);
    return s.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: pattern(1), info: pattern(1) }, key, 7);
  },
  'HKDF of all there is': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'HKDF', false, BITS);
    return s.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: pattern(1), info: pattern(1) }, key, null);
  },
  'HKDF of more than 255 hashes': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'HKDF', false, BITS);
    return s.deriveBits(
      { name: 'HKDF', hash: 'SHA-1', salt: pattern(1), info: pattern(1) },
      key,
      255 * 160 + 8,
    );
  },
  'HKDF without a salt': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'HKDF', false, BITS);
    return s.deriveBits({ name: 'HKDF', hash: 'SHA-256', info: pattern(1) }, key, 8);
  },
  'PBKDF2 without iterations': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'PBKDF2', false, BITS);
    return s.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: pattern(1), iterations: 0 }, key, 8);
  },
  'a derived key of no usages': async (s) => {
    const key = await s.importKey('raw', pattern(16), 'HKDF', false, ['deriveKey']);
    const use = { name: 'HKDF', hash: 'SHA-256', salt: pattern(1), info: pattern(1) };
    return s.deriveKey(use, key, { name: 'AES-GCM', length: 128 }, false, []);
  },
  'a peer on another curve': async (s) => {
    const { privateKey } = await pair(s, { name: 'ECDH', namedCurve: 'P-256' }, BITS);
    const { publicKey } = await pair(s, { name: 'ECDH', namedCurve: 'P-384' }, BITS);
    return s.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 8);
  },
  'a peer that is private': async (s) => {
    const { privateKey } = await pair(s, { name: 'ECDH', namedCurve: 'P-256' }, BITS);
    return s.deriveBits({ name: 'ECDH', public: privateKey }, privateKey, 8);
  },
  'more than the secret': async (s) => {
    const { privateKey, publicKey } = await pair(s, { name: 'ECDH', namedCurve: 'P-256' }, BITS);
    return s.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 264);
  },
  'wrapping what is not extractable': async (s) =>
    s.wrapKey('raw', await aes(s, 'AES-CBC'), await aes(s, 'AES-GCM', ['wrapKey']), GCM),
  'unwrapping with a wrong tag': async (s) =>
    s.unwrapKey('raw', pattern(32), await aes(s, 'AES-GCM', ['unwrapKey']), GCM, 'AES-CBC', true, [
      'encrypt',
    ]),
  'unwrapping AES-KW of somebody else': async (s) =>
    s.unwrapKey('raw', pattern(24), await aes(s, 'AES-KW', ['unwrapKey']), 'AES-KW', 'AES-CBC', true, [
      'encrypt',
    ]),
  'RSA that is no DER': (s) =>
    s.importKey('spki', pattern(100), { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify']),
  'RSA as raw': (s) =>
    s.importKey('raw', pattern(100), { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify']),
};

const nameOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return error.name;
    throw error;
  }
  return 'no error';
};

/** Where releases of Node leave the specification, what its clause says. */
const SPECIFIED: Readonly<Record<string, string>> = {
  // 14.3.9: keyData that is not a JsonWebKey.
  'a JSON Web Key that is bytes': 'TypeError',
  // 23.7.4: usages come before kty; this one has no d.
  'a JSON Web Key of another type': 'SyntaxError',
  // 14.3.10 and 14.3.11; Node 20 calls it InvalidAccessException.
  'exporting what is not extractable': 'InvalidAccessError',
  'exporting a private key that is not extractable': 'InvalidAccessError',
  'wrapping what is not extractable': 'InvalidAccessError',
  // 27.7.5: any other format.
  'exporting a secret key as spki': 'NotSupportedError',
};

test.each(Object.keys(WRONG))('%s', async (title) => {
  const { crypto, device } = await openCrypto();
  const wrong = WRONG[title];
  if (wrong === undefined) throw new Error('no such case');
  const [node, ours] = [await nameOf(wrong(NODE as Subtle)), await nameOf(wrong(crypto.subtle as Subtle))];
  expect(ours).toBe(SPECIFIED[title] ?? node);
  expect(node).not.toBe('no error');
  expect(device.status().operations).toEqual([]);
  await crypto.close();
  expect(device.status().keys.volatile).toBe(0);
});

test('a key of Node is none of the device', async () => {
  const { crypto } = await openCrypto();
  const key = await NODE.generateKey({ name: 'AES-GCM', length: 128 }, true, ['encrypt']);
  const refused = crypto.subtle.encrypt(GCM, key, pattern(1));
  await expect(refused).rejects.toThrow(
    'a key that this crypto did not make: import it here, or use keyFromId',
  );
});

test('a key of another device is none', async () => {
  const { crypto } = await openCrypto();
  const other = (await openCrypto()).crypto;
  const key: PsaCryptoKey = await other.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, [
    'encrypt',
  ]);
  await expect(crypto.subtle.encrypt(GCM, key, pattern(1))).rejects.toThrow('a key of another device');
});
