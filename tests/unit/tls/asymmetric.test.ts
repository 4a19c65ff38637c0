/** Key agreement, signatures and RSA encryption of the adapter against node:crypto. */
import {
  constants,
  createECDH,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../support/bytes.ts';
import { open } from './device.ts';

const spkiOf = (key: KeyObject): Uint8Array => bytesOf(key.export({ type: 'spki', format: 'der' }));

const MESSAGE = Buffer.from('a message to be signed');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');

describe.each([
  ['P-256', 'prime256v1', 32],
  ['P-384', 'secp384r1', 48],
] as const)('key agreement on %s', (name, node, length) => {
  test('gives the x coordinate that the other side has', async () => {
    const { crypto, calls } = await open();
    const { pubKey, privKey } = await crypto.generateKeyPair(name);
    const point = await crypto.exportKey(pubKey);
    expect([point[0], point.length]).toEqual([4, 2 * length + 1]);
    const other = createECDH(node);
    const peer = await crypto.importKey(name, bytesOf(other.generateKeys()), 'public');
    const secret = await crypto.calculateSharedSecret(name, privKey, peer);
    expect(secret).toEqual(bytesOf(other.computeSecret(point)));
    expect(calls.slice(1)).toEqual(['psa_generate_key', 'psa_export_public_key', 'psa_raw_key_agreement']);
  });

  test('with a private key that is brought along', async () => {
    const { crypto } = await open();
    const [mine, other] = [createECDH(node), createECDH(node)];
    mine.generateKeys();
    const scalar = new Uint8Array(length);
    scalar.set(mine.getPrivateKey(), length - mine.getPrivateKey().length);
    const privateKey = await crypto.importKey(name, scalar, 'private');
    const peer = await crypto.importKey(name, bytesOf(other.generateKeys()), 'public');
    const secret = await crypto.calculateSharedSecret(name, privateKey, peer);
    expect(secret).toEqual(bytesOf(other.computeSecret(mine.getPublicKey())));
  });

  test('a peer that is no point of the curve is refused', async () => {
    const { crypto } = await open();
    const { privKey } = await crypto.generateKeyPair(name);
    const peer = await crypto.importKey(name, new Uint8Array(2 * length + 1).fill(4), 'public');
    await expect(crypto.calculateSharedSecret(name, privKey, peer)).rejects.toThrow(
      `${name}: psa_raw_key_agreement answered PSA_ERROR_INVALID_ARGUMENT`,
    );
  });
});

const RSA_SIGNATURES = [
  ['RSA-PKCS1-SHA1', 'sha1'],
  ['RSA-PKCS1-SHA256', 'sha256'],
  ['RSA-PKCS1-SHA384', 'sha384'],
  ['RSA-PKCS1-SHA512', 'sha512'],
] as const;

const signPss = (saltLength: number): Uint8Array =>
  bytesOf(
    sign('sha256', MESSAGE, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
  );

describe('RSA signatures', () => {
  test.each(RSA_SIGNATURES)('%s', async (name, hash) => {
    const { crypto } = await open();
    const publicKey = await crypto.importKey(name, spkiOf(rsa.publicKey), 'public');
    const signature = bytesOf(createSign(hash).update(MESSAGE).sign(rsa.privateKey));
    expect(await crypto.verify(name, { publicKey, data: MESSAGE, signature })).toBe(true);
    expect(await crypto.verify(name, { publicKey, data: Buffer.from('another'), signature })).toBe(false);
    signature[255] = (signature[255] ?? 0) ^ 1;
    expect(await crypto.verify(name, { publicKey, data: MESSAGE, signature })).toBe(false);
    expect(await crypto.verify(name, { publicKey, data: MESSAGE, signature: signature.subarray(1) })).toBe(
      false,
    );
  });

  test('RSA-PSS-SHA256 takes the salt of RFC 8446 4.2.3 and no other', async () => {
    const { crypto } = await open();
    const publicKey = await crypto.importKey('RSA-PSS-SHA256', spkiOf(rsa.publicKey), 'public');
    const verify = (signature: Uint8Array) =>
      crypto.verify('RSA-PSS-SHA256', { publicKey, data: MESSAGE, signature });
    expect(await verify(signPss(32))).toBe(true);
    expect(await verify(signPss(20))).toBe(false);
    expect(await verify(signPss(0))).toBe(false);
  });

  test('a key imported for one scheme is no key for another: the policy says so', async () => {
    const { crypto } = await open();
    const publicKey = await crypto.importKey('RSA-PKCS1-SHA256', spkiOf(rsa.publicKey), 'public');
    const verified = crypto.verify('RSA-PSS-SHA256', { publicKey, data: MESSAGE, signature: signPss(32) });
    await expect(verified).rejects.toThrow(
      'RSA-PSS-SHA256: psa_verify_message answered PSA_ERROR_NOT_PERMITTED',
    );
  });
});

const ECDSA_SIGNATURES = [
  ['ECDSA-SECP256R1-SHA256', 'sha256', p256],
  ['ECDSA-SECP256R1-SHA384', 'sha384', p256],
  ['ECDSA-SECP384R1-SHA256', 'sha256', p384],
  ['ECDSA-SECP384R1-SHA384', 'sha384', p384],
  // RFC 5246 7.4.1.4.1: schemes of TLS 1.2 name the hash, the certificate names the curve.
  ['ECDSA-SECP256R1-SHA256', 'sha256', p384],
  ['ECDSA-SECP384R1-SHA384', 'sha384', p256],
] as const;

describe('ECDSA signatures', () => {
  test.each(ECDSA_SIGNATURES)('%s', async (name, hash, pair) => {
    const { crypto } = await open();
    const publicKey = await crypto.importKey(name, spkiOf(pair.publicKey), 'public');
    // Many, so that r and s come with and without a leading zero, and shorter than the curve.
    for (let i = 0; i < 40; i++) {
      const data = Buffer.from(`message ${i}`);
      const signature = bytesOf(createSign(hash).update(data).sign(pair.privateKey));
      expect(await crypto.verify(name, { publicKey, data, signature })).toBe(true);
    }
    const signature = bytesOf(createSign(hash).update(MESSAGE).sign(pair.privateKey));
    expect(await crypto.verify(name, { publicKey, data: Buffer.from('another'), signature })).toBe(false);
  });

  test('what is no DER of two integers is no signature, and costs no call', async () => {
    const { crypto, calls } = await open();
    const publicKey = await crypto.importKey('ECDSA-SECP256R1-SHA256', spkiOf(p256.publicKey), 'public');
    const before = calls.length;
    const raw = bytesOf(sign('sha256', MESSAGE, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' }));
    const der = bytesOf(sign('sha256', MESSAGE, p256.privateKey));
    for (const signature of [
      raw,
      der.subarray(1),
      der.subarray(0, -1),
      Uint8Array.of(...der, 0),
      raw.subarray(64),
    ])
      expect(await crypto.verify('ECDSA-SECP256R1-SHA256', { publicKey, data: MESSAGE, signature })).toBe(
        false,
      );
    expect(calls).toHaveLength(before);
  });
});

describe('public keys', () => {
  test.each([
    [
      'an ECDSA key for RSA',
      'RSA-PKCS1-SHA256',
      spkiOf(p256.publicKey),
      'this is a public key for ECDSA (P-256)',
    ],
    ['an RSA key for ECDSA', 'ECDSA-SECP256R1-SHA256', spkiOf(rsa.publicKey), 'this is a public key for RSA'],
    [
      'a curve that TLS here has no use for',
      'ECDSA-SECP256R1-SHA256',
      spkiOf(p521.publicKey),
      '1.3.132.0.35',
    ],
    ['Ed25519', 'ECDSA-SECP256R1-SHA256', spkiOf(ed25519.publicKey), '1.3.101.112'],
    ['bytes', 'RSA-PKCS1-SHA256', Uint8Array.of(1, 2, 3), 'no SubjectPublicKeyInfo'],
    ['nothing', 'RSA-PKCS1-SHA256', new Uint8Array(0), 'no SubjectPublicKeyInfo'],
    [
      'more than one',
      'RSA-PKCS1-SHA256',
      Uint8Array.of(...spkiOf(rsa.publicKey), 0),
      'no SubjectPublicKeyInfo',
    ],
  ] as const)('%s is refused', async (_, algorithm, spki, why) => {
    const { crypto } = await open();
    await expect(crypto.importKey(algorithm, spki, 'public')).rejects.toThrow(why);
    expect(crypto.keyCount()).toBe(0);
  });
});

test('RSA-PCKS1_5 encrypts for the owner of the key (RFC 8017 7.2.1)', async () => {
  const { crypto } = await open();
  const publicKey = await crypto.importKey('RSA-PCKS1_5', spkiOf(rsa.publicKey), 'public');
  const encrypted = await crypto.asymmetricEncrypt('RSA-PCKS1_5', { publicKey, data: MESSAGE });
  const block = privateDecrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
  expect([block[0], block[1], block.at(-MESSAGE.length - 1)]).toEqual([0, 2, 0]);
  expect(block.subarray(-MESSAGE.length)).toEqual(MESSAGE);
  expect(block.subarray(2, -MESSAGE.length - 1).includes(0)).toBe(false);
});
