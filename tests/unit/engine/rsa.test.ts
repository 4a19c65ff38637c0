/** RSA schemes against node:crypto, both ways. */

import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  sign as nodeSign,
  verify as nodeVerify,
  privateDecrypt,
  publicDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName, RsaPrivateKey } from '../../../engine/engine.ts';
import { RSA1024, RSA1031, RSA2048 } from './rsa-keys.ts';
import { ascii, bytes, engine, generator, hex, join, SEED } from './support.ts';

const { rsa } = engine;
const HASHES = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256'] as const;

function ours(der: Uint8Array): RsaPrivateKey {
  const key = rsa.privateKey(der);
  if (key === undefined) throw new Error('not a private key');
  return key;
}

function hashed(hash: HashName, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(hash).update(message).digest());
}

function altered(data: Uint8Array, at: number): Uint8Array {
  const copy = data.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const KEYS = [
  ['1024 bits', RSA1024],
  ['1031 bits', RSA1031],
  ['2048 bits', RSA2048],
] as const;

describe.each(KEYS)(`RSA %s, seed ${SEED}`, (_, der) => {
  const random = generator();
  const key = ours(der);
  const nodeKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
  const nodePublic = createPublicKey(nodeKey);
  const message = ascii('a message to sign');

  it.each(HASHES)('PKCS#1 v1.5 signatures with %s', (hash) => {
    const digest = hashed(hash, message);
    const signature = rsa.signPkcs1(key, hash, digest) as Uint8Array;
    expect(hex(signature)).toBe(nodeSign(hash, message, nodeKey).toString('hex'));
    expect(rsa.verifyPkcs1(key.public, hash, digest, signature)).toBe(true);
    expect(rsa.verifyPkcs1(key, hash, digest, signature)).toBe(true);
    expect(rsa.verifyPkcs1(key.public, hash, altered(digest, 3), signature)).toBe(false);
    expect(rsa.verifyPkcs1(key.public, hash, digest, altered(signature, 9))).toBe(false);
    expect(rsa.verifyPkcs1(key.public, hash, digest, signature.subarray(1))).toBe(false);
    expect(rsa.verifyPkcs1(key.public, undefined, digest, signature)).toBe(false);
  });

  it('PKCS#1 v1.5 signatures with no DigestInfo', () => {
    const data = random.bytes(36);
    const signature = rsa.signPkcs1(key, undefined, data) as Uint8Array;
    expect(hex(publicDecrypt(nodePublic, signature))).toBe(hex(data));
    expect(rsa.verifyPkcs1(key.public, undefined, data, signature)).toBe(true);
    expect(rsa.verifyPkcs1(key.public, undefined, data.subarray(1), signature)).toBe(false);
    expect(rsa.signPkcs1(key, undefined, new Uint8Array(key.byteLength - 11))).toBeDefined();
    expect(rsa.signPkcs1(key, undefined, new Uint8Array(key.byteLength - 10))).toBeUndefined();
  });

  it.each(HASHES)('PSS signatures with %s', (hash) => {
    const digest = hashed(hash, message);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const longest = Math.ceil((key.bits - 1) / 8) - digest.length - 2;
    for (const saltLength of new Set([0, Math.min(digest.length, longest), longest])) {
      const signature = rsa.signPss(key, hash, digest, saltLength, random.bytes) as Uint8Array;
      expect(nodeVerify(hash, message, { key: nodePublic, padding, saltLength }, signature)).toBe(true);
      const theirs = new Uint8Array(nodeSign(hash, message, { key: nodeKey, padding, saltLength }));
      for (const each of [signature, theirs]) {
        expect(rsa.verifyPss(key.public, hash, digest, saltLength, each)).toBe(true);
        expect(rsa.verifyPss(key.public, hash, digest, 'any', each)).toBe(true);
        expect(rsa.verifyPss(key.public, hash, digest, saltLength + 1, each)).toBe(false);
        expect(rsa.verifyPss(key.public, hash, altered(digest, 0), 'any', each)).toBe(false);
        expect(rsa.verifyPss(key.public, hash, digest, 'any', altered(each, 20))).toBe(false);
      }
    }
    expect(rsa.signPss(key, hash, digest, longest + 1, random.bytes)).toBeUndefined();
    expect(rsa.signPss(key, hash, digest, 100000, random.bytes)).toBeUndefined();
  });

  it('PKCS#1 v1.5 encryption', () => {
    for (const length of [0, 1, 32, key.byteLength - 11]) {
      const plain = random.bytes(length);
      const sealed = rsa.encryptPkcs1(key.public, plain, random.bytes) as Uint8Array;
      expect(rsa.decryptPkcs1(key, sealed)).toEqual(plain);
      const em = privateDecrypt({ key: nodeKey, padding: constants.RSA_NO_PADDING }, sealed);
      expect(hex(em.subarray(0, 2))).toBe('0002');
      expect(em.indexOf(0, 2)).toBe(key.byteLength - length - 1);
      const theirs = publicEncrypt({ key: nodePublic, padding: constants.RSA_PKCS1_PADDING }, plain);
      expect(rsa.decryptPkcs1(key, new Uint8Array(theirs))).toEqual(plain);
    }
    const tooLong = new Uint8Array(key.byteLength - 10);
    expect(rsa.encryptPkcs1(key.public, tooLong, random.bytes)).toBeUndefined();
  });

  it.each(['sha1', 'sha256', 'sha384'] as const)('OAEP with %s', (oaepHash) => {
    const longest = key.byteLength - 2 * engine.hashLengths(oaepHash).output - 2;
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    for (const length of [0, 1, longest]) {
      for (const label of [ascii(''), ascii('label')]) {
        const plain = random.bytes(length);
        const sealed = rsa.encryptOaep(key.public, oaepHash, label, plain, random.bytes) as Uint8Array;
        const node = { padding, oaepHash, oaepLabel: label };
        expect(new Uint8Array(privateDecrypt({ key: nodeKey, ...node }, sealed))).toEqual(plain);
        const theirs = new Uint8Array(publicEncrypt({ key: nodePublic, ...node }, plain));
        expect(rsa.decryptOaep(key, oaepHash, label, sealed)).toEqual(plain);
        expect(rsa.decryptOaep(key, oaepHash, label, theirs)).toEqual(plain);
        expect(rsa.decryptOaep(key, oaepHash, ascii('other'), theirs)).toBeUndefined();
        expect(rsa.decryptOaep(key, oaepHash, label, altered(theirs, 50))).toBeUndefined();
      }
    }
    const tooLong = new Uint8Array(longest + 1);
    expect(rsa.encryptOaep(key.public, oaepHash, ascii(''), tooLong, random.bytes)).toBeUndefined();
  });

  it('decrypts nothing that is not below the modulus or of another length', () => {
    const large = new Uint8Array(key.byteLength).fill(0xff);
    for (const each of [large, large.subarray(1), new Uint8Array(0), new Uint8Array(key.byteLength)]) {
      expect(rsa.decryptPkcs1(key, each)).toBeUndefined();
      expect(rsa.decryptOaep(key, 'sha1', ascii(''), each)).toBeUndefined();
      expect(rsa.verifyPkcs1(key.public, 'sha1', new Uint8Array(20), each)).toBe(false);
      expect(rsa.verifyPss(key.public, 'sha1', new Uint8Array(20), 'any', each)).toBe(false);
    }
  });
});

describe('PKCS#1 v1.5 decryption padding', () => {
  const key = ours(RSA1024);
  const nodePublic = createPublicKey({ key: Buffer.from(RSA1024), format: 'der', type: 'pkcs1' });
  const seal = (em: Uint8Array) =>
    new Uint8Array(publicEncrypt({ key: nodePublic, padding: constants.RSA_NO_PADDING }, em));
  const rest = (length: number) => new Uint8Array(length).fill(0xaa);

  it.each([
    ['eight octets of PS', join(bytes('0002'), rest(8), bytes('00'), rest(117)), true],
    ['seven octets of PS', join(bytes('0002'), rest(7), bytes('00'), rest(118)), false],
    ['no separator', join(bytes('0002'), rest(126)), false],
    ['separator at the end', join(bytes('0002'), rest(125), bytes('00')), true],
    ['block type 1', join(bytes('0001'), rest(8), bytes('00'), rest(117)), false],
    ['first octet 1', join(bytes('0102'), rest(8), bytes('00'), rest(117)), false],
  ])('%s', (_, em, good) => {
    expect(rsa.decryptPkcs1(key, seal(em)) !== undefined).toBe(good);
  });
});

describe('limits', () => {
  it('a digest that does not fit is not signed', () => {
    const small = ours(rsa.generate(512, 65537n, generator().bytes));
    expect(rsa.signPkcs1(small, 'sha512', new Uint8Array(64))).toBeUndefined();
    expect(rsa.signPkcs1(small, 'sha256', new Uint8Array(32))).toBeDefined();
    expect(rsa.signPss(small, 'sha512', new Uint8Array(64), 0, generator().bytes)).toBeUndefined();
    expect(rsa.verifyPss(small, 'sha512', new Uint8Array(64), 'any', new Uint8Array(64))).toBe(false);
    const noLabel = new Uint8Array(0);
    expect(rsa.decryptOaep(small, 'sha256', noLabel, new Uint8Array(64))).toBeUndefined();
  });

  it('a digest of another length is a mistake of the caller', () => {
    expect(() => rsa.signPkcs1(ours(RSA1024), 'sha256', new Uint8Array(20))).toThrow(RangeError);
  });

  it('SHAKE has no DigestInfo', () => {
    const digest = new Uint8Array(64);
    expect(rsa.signPkcs1(ours(RSA2048), 'shake256-512', digest)).toBeUndefined();
  });

  it('a generator stuck at zero gives no padding', () => {
    const stuck = (length: number) => new Uint8Array(length);
    expect(() => rsa.encryptPkcs1(ours(RSA1024).public, new Uint8Array(5), stuck)).toThrow();
  });

  it('a wiped key is of no use', () => {
    const key = ours(RSA1024);
    key.wipe();
    expect(() => rsa.signPkcs1(key, 'sha1', new Uint8Array(20))).toThrow();
    expect(rsa.encodePublicKey(key).length).toBeGreaterThan(128);
  });
});
