/** The curves beyond P-256, P-384 and P-521 against RFC 6979, RFC 7027 and node:crypto. */

import {
  createECDH,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CurveName, HashName } from '../../../engine/engine.ts';
import { ascii, bytes, engine, generator, hex, join, SEED } from './support.ts';

const NODE_CURVES = {
  secp192k1: 'secp192k1',
  secp224k1: 'secp224k1',
  secp256k1: 'secp256k1',
  secp192r1: 'prime192v1',
  secp224r1: 'secp224r1',
  brainpoolP160r1: 'brainpoolP160r1',
  brainpoolP192r1: 'brainpoolP192r1',
  brainpoolP224r1: 'brainpoolP224r1',
  brainpoolP256r1: 'brainpoolP256r1',
  brainpoolP320r1: 'brainpoolP320r1',
  brainpoolP384r1: 'brainpoolP384r1',
  brainpoolP512r1: 'brainpoolP512r1',
} as const satisfies Partial<Record<CurveName, string>>;
type Rare = keyof typeof NODE_CURVES;
const NAMES = Object.keys(NODE_CURVES) as Rare[];

function hashed(hash: HashName, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(hash).update(message).digest());
}

/** A SubjectPublicKeyInfo ends in the point: node:crypto's own serves as the form for ours. */
function nodePublic(form: Uint8Array, publicKey: Uint8Array): KeyObject {
  const key = Buffer.from(join(form.subarray(0, form.length - publicKey.length), publicKey));
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

describe.each(NAMES)(`%s, seed ${SEED}`, (name) => {
  const curve = engine.curve(name);
  const random = generator();
  const privateKey = curve.generate(random.bytes);
  const publicKey = curve.publicKey(privateKey);
  const node = generateKeyPairSync('ec', { namedCurve: NODE_CURVES[name] });
  const spki = new Uint8Array(node.publicKey.export({ format: 'der', type: 'spki' }));
  const nodePoint = spki.subarray(spki.length - 1 - 2 * curve.coordinateLength);

  it('says its lengths', () => {
    expect(curve.name).toBe(name);
    expect(curve.bits).toBe(name === 'secp224k1' ? 225 : Number(/\d+/.exec(name)?.[0]));
    expect(privateKey).toHaveLength(curve.byteLength);
    expect(curve.byteLength).toBe(Math.ceil(curve.bits / 8));
    expect(publicKey).toHaveLength(1 + 2 * curve.coordinateLength);
  });

  it.each(['sha1', 'sha256', 'sha512'] as const)('signs with %s what node:crypto verifies', (hash) => {
    const message = random.bytes(50);
    const signature = curve.sign(privateKey, hashed(hash, message), { random: random.bytes });
    const key = { key: nodePublic(spki, publicKey), dsaEncoding: 'ieee-p1363' } as const;
    expect(nodeVerify(hash, message, key, signature)).toBe(true);
    expect(signature).toHaveLength(2 * curve.byteLength);
  });

  it('verifies what node:crypto signs, and nothing altered', () => {
    const message = random.bytes(50);
    const digest = hashed('sha256', message);
    const key = { key: node.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const signature = new Uint8Array(nodeSign('sha256', message, key));
    expect(curve.verify(nodePoint, digest, signature)).toBe(true);
    expect(curve.verify(publicKey, digest, signature)).toBe(false);
    expect(curve.verify(nodePoint, digest, signature.subarray(1))).toBe(false);
    signature.set([(signature[5] ?? 0) ^ 1], 5);
    expect(curve.verify(nodePoint, digest, signature)).toBe(false);
  });

  it('agrees with node:crypto on a secret', () => {
    const peer = createECDH(NODE_CURVES[name]);
    peer.setPrivateKey(curve.generate(random.bytes));
    const secret = curve.ecdh(privateKey, new Uint8Array(peer.getPublicKey()));
    expect(secret).toEqual(new Uint8Array(peer.computeSecret(publicKey)));
    expect(secret).toHaveLength(curve.coordinateLength);
  });

  it('refuses what is no key', () => {
    expect(curve.isPublicKey(publicKey)).toBe(true);
    expect(curve.isPublicKey(nodePoint)).toBe(true);
    const off = publicKey.slice();
    off.set([(off[off.length - 1] ?? 0) ^ 1], off.length - 1);
    expect(curve.isPublicKey(off)).toBe(false);
    expect(curve.ecdh(privateKey, off)).toBeUndefined();
    expect(curve.isPrivateKey(new Uint8Array(curve.byteLength))).toBe(false);
    expect(curve.isPrivateKey(new Uint8Array(curve.byteLength).fill(0xff))).toBe(false);
    expect(() => curve.publicKey(new Uint8Array(curve.byteLength))).toThrow(RangeError);
  });
});

describe('RFC 6979', () => {
  it.each([
    [
      'A.2.3',
      'secp192r1',
      '6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4',
      'ac2c77f529f91689fea0ea5efec7f210d8eea0b9e047ed56' + '3bc723e57670bd4887ebc732c523063d0a7c957bc97c1c43',
      '4b0b8ce98a92866a2820e20aa6b75b56382e0f9bfd5ecb55' + 'ccdb006926ea9565cbadc840829d8c384e06de1f1e381b85',
    ],
    [
      'A.2.4',
      'secp224r1',
      'f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1',
      '00cf08da5ad719e42707fa431292dea11244d64fc51610d94b130d6c' +
        'eeab6f3debe455e3dbf85416f7030cbd94f34f2d6f232c69f3c1385a',
      '61aa3da010e8e8406c656bc477a7a7189895e7e840cdfe8ff42307ba' +
        'bc814050dab5d23770879494f9e0a680dc1af7161991bde692b10101',
    ],
  ] as const)('%s, SHA-256 of "sample"', (_, name, x, u, signature) => {
    const curve = engine.curve(name);
    const digest = hashed('sha256', ascii('sample'));
    expect(hex(curve.publicKey(bytes(x)))).toBe(`04${u}`);
    expect(hex(curve.sign(bytes(x), digest, { rfc6979: 'sha256' }))).toBe(signature);
  });
});

describe('RFC 7027', () => {
  it('A.1, ECDH on brainpoolP256r1', () => {
    const curve = engine.curve('brainpoolP256r1');
    const a = bytes('81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d');
    const b = bytes('55e40bc41e37e3e2ad25c3c6654511ffa8474a91a0032087593852d3e7d76bd3');
    const qA = curve.publicKey(a);
    expect(hex(qA)).toBe(
      '0444106e913f92bc02a1705d9953a8414db95e1aaa49e81d9e85f929a8e3100be5' +
        '8ab4846f11caccb73ce49cbdd120f5a900a69fd32c272223f789ef10eb089bdc',
    );
    const z = '89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b';
    expect(hex(curve.ecdh(b, qA) ?? bytes(''))).toBe(z);
    expect(hex(curve.ecdh(a, curve.publicKey(b)) ?? bytes(''))).toBe(z);
  });
});
