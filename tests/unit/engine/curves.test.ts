/** ECDSA and ECDH against RFC 6979 and node:crypto. */

import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName } from '../../../engine/engine.ts';
import { RFC6979 } from './rfc6979-vectors.ts';
import { ascii, bytes, engine, generator, hex, join, SEED } from './support.ts';

const NODE_CURVES = { secp256r1: 'prime256v1', secp384r1: 'secp384r1', secp521r1: 'secp521r1' } as const;
const JWK_CURVES = { secp256r1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' } as const;
type CurveName = keyof typeof NODE_CURVES;
const ORDERS: Readonly<Record<CurveName, string>> = {
  secp256r1: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  secp384r1:
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  secp521r1:
    '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff' +
    'a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
};
const NAMES = Object.keys(NODE_CURVES) as CurveName[];

function hashed(hash: HashName, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(hash).update(message).digest());
}

function jwk(name: CurveName, publicKey: Uint8Array): { kty: string; crv: string; x: string; y: string } {
  const { byteLength } = engine.curve(name);
  const coordinate = (at: number) =>
    Buffer.from(publicKey.subarray(at, at + byteLength)).toString('base64url');
  return { kty: 'EC', crv: JWK_CURVES[name], x: coordinate(1), y: coordinate(1 + byteLength) };
}

function nodePublic(name: CurveName, publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: jwk(name, publicKey), format: 'jwk' });
}

function nodePrivate(name: CurveName, privateKey: Uint8Array): KeyObject {
  const d = Buffer.from(privateKey).toString('base64url');
  const key = { ...jwk(name, engine.curve(name).publicKey(privateKey)), d };
  return createPrivateKey({ key, format: 'jwk' });
}

/** The big-endian number one above or below. */
function step(number: Uint8Array, by: bigint): Uint8Array {
  return bytes((BigInt(`0x${hex(number)}`) + by).toString(16).padStart(2 * number.length, '0'));
}

describe.each(RFC6979)('RFC 6979 on $curve', ({ curve: name, x, u, signatures }) => {
  const curve = engine.curve(name);

  it('public key', () => {
    expect(hex(curve.publicKey(bytes(x)))).toBe(`04${u.toLowerCase()}`);
  });

  it.each(signatures)('%s of "%s"', (hash, message, r, s) => {
    const digest = hashed(hash, ascii(message));
    const signature = curve.sign(bytes(x), digest, { rfc6979: hash });
    expect(hex(signature)).toBe((r + s).toLowerCase());
    expect(curve.verify(bytes(`04${u}`), digest, signature)).toBe(true);
  });
});

describe.each(NAMES)(`%s, seed ${SEED}`, (name) => {
  const curve = engine.curve(name);
  const order = bytes(ORDERS[name]);
  const random = generator();
  const privateKey = curve.generate(random.bytes);
  const publicKey = curve.publicKey(privateKey);

  it('says its lengths', () => {
    expect(curve.name).toBe(name);
    expect(curve.bits).toBe(Number(name.slice(4, 7)));
    expect(privateKey).toHaveLength(curve.byteLength);
    expect(publicKey).toHaveLength(1 + 2 * curve.byteLength);
  });

  it('signs what node:crypto verifies, with every length of hash', () => {
    for (const hash of ['sha1', 'sha256', 'sha384', 'sha512'] as const) {
      const message = random.bytes(50);
      const key = { key: nodePublic(name, publicKey), dsaEncoding: 'ieee-p1363' } as const;
      for (const nonce of [{ random: random.bytes }, { rfc6979: 'sha256' }] as const) {
        const signature = curve.sign(privateKey, hashed(hash, message), nonce);
        expect(nodeVerify(hash, message, key, signature)).toBe(true);
        expect(curve.verify(publicKey, hashed(hash, message), signature)).toBe(true);
      }
    }
  });

  it('verifies what node:crypto signs, and the other s as well', () => {
    const message = random.bytes(50);
    const key = { key: nodePrivate(name, privateKey), dsaEncoding: 'ieee-p1363' } as const;
    const signature = new Uint8Array(nodeSign('sha384', message, key));
    const digest = hashed('sha384', message);
    expect(curve.verify(publicKey, digest, signature)).toBe(true);
    const s = signature.subarray(curve.byteLength);
    const other = step(order, -BigInt(`0x${hex(s)}`));
    expect(curve.verify(publicKey, digest, join(signature.subarray(0, curve.byteLength), other))).toBe(true);
  });

  it('the per-signature secret is the bytes drawn', () => {
    const digest = hashed('sha256', ascii('message'));
    const k = curve.generate(generator(7).bytes);
    const signature = curve.sign(privateKey, digest, { random: generator(7).bytes });
    const r = BigInt(`0x${hex(signature.subarray(0, curve.byteLength))}`);
    const x = BigInt(`0x${hex(curve.publicKey(k).subarray(1, 1 + curve.byteLength))}`);
    expect(r).toBe(x % BigInt(`0x${ORDERS[name]}`));
  });

  it('verifies no altered signature, hash, key or length', () => {
    const digest = hashed('sha256', ascii('message'));
    const signature = curve.sign(privateKey, digest, { random: random.bytes });
    const zero = new Uint8Array(curve.byteLength);
    const r = signature.subarray(0, curve.byteLength);
    const s = signature.subarray(curve.byteLength);
    const bad = [
      join(zero, s),
      join(r, zero),
      join(order, s),
      join(r, order),
      join(step(r, 1n), s),
      join(r, step(s, 1n)),
      signature.subarray(1),
      join(signature, zero.subarray(0, 2)),
      new Uint8Array(0),
    ];
    for (const each of bad) expect(curve.verify(publicKey, digest, each)).toBe(false);
    expect(curve.verify(publicKey, step(digest, 1n), signature)).toBe(false);
    expect(curve.verify(publicKey.subarray(1), digest, signature)).toBe(false);
    const stranger = curve.publicKey(curve.generate(random.bytes));
    expect(curve.verify(stranger, digest, signature)).toBe(false);
  });

  it('agrees with node:crypto on a secret', () => {
    const node = createECDH(NODE_CURVES[name]);
    node.setPrivateKey(curve.generate(random.bytes));
    const peer = new Uint8Array(node.getPublicKey());
    const secret = curve.ecdh(privateKey, peer);
    expect(secret).toEqual(new Uint8Array(node.computeSecret(publicKey)));
  });

  it('accepts private keys from 1 to n - 1', () => {
    expect(curve.isPrivateKey(step(new Uint8Array(curve.byteLength), 1n))).toBe(true);
    expect(curve.isPrivateKey(step(order, -1n))).toBe(true);
    expect(curve.isPrivateKey(new Uint8Array(curve.byteLength))).toBe(false);
    expect(curve.isPrivateKey(order)).toBe(false);
    expect(curve.isPrivateKey(step(order, 1n))).toBe(false);
    expect(curve.isPrivateKey(privateKey.subarray(1))).toBe(false);
    expect(curve.isPrivateKey(join(bytes('00'), privateKey))).toBe(false);
  });

  it('accepts uncompressed points of the curve alone', () => {
    expect(curve.isPublicKey(publicKey)).toBe(true);
    const x = publicKey.subarray(1, 1 + curve.byteLength);
    const bad = [
      new Uint8Array(0),
      bytes('00'),
      new Uint8Array(publicKey.length),
      join(bytes('04'), new Uint8Array(2 * curve.byteLength)),
      join(bytes('02'), x),
      join(bytes('03'), x),
      join(bytes('06'), publicKey.subarray(1)),
      join(bytes('05'), publicKey.subarray(1)),
      step(publicKey, 1n),
      publicKey.subarray(0, publicKey.length - 1),
      join(publicKey, bytes('00')),
      join(bytes('04'), new Uint8Array(2 * curve.byteLength).fill(0xff)),
    ];
    for (const each of bad) {
      expect(curve.isPublicKey(each)).toBe(false);
      expect(curve.ecdh(privateKey, each)).toBeUndefined();
    }
  });

  it('draws again outside 1..n-1, and gives up on a generator that is stuck', () => {
    const draws = [new Uint8Array(curve.byteLength), order.slice(), privateKey.slice()];
    expect(curve.generate(() => draws.shift() ?? new Uint8Array(0))).toEqual(privateKey);
    expect(() => curve.generate((length) => new Uint8Array(length))).toThrow();
    expect(() => curve.generate((length) => new Uint8Array(length).fill(0xff))).toThrow();
  });

  it('throws on what is no private key', () => {
    const digest = new Uint8Array(32);
    expect(() => curve.publicKey(order)).toThrow(RangeError);
    expect(() => curve.sign(order, digest, { rfc6979: 'sha256' })).toThrow(RangeError);
    expect(() => curve.ecdh(order, publicKey)).toThrow(RangeError);
  });
});
