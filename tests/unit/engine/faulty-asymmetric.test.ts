/** The faulty engine's own steps: the plain engine's results while nothing fires, and each point where it should be. */

import { describe, expect, test } from 'vitest';
import type { CurveName, EddsaOptions, EdwardsCurveName } from '../../../engine/engine.ts';
import { createFaultyEngine } from '../../../engine/faulty/index.ts';
import { PARAMETERS } from '../../../engine/noble/curve-parameters.ts';
import { flip, type PointFaults, probe } from './probes.ts';
import { RSA1024, RSA1031 } from './rsa-keys.ts';
import { engine, generator, SEED } from './support.ts';

const CURVES = [
  ...(Object.keys(PARAMETERS) as CurveName[]),
  'secp256k1',
  'secp256r1',
  'secp384r1',
  'secp521r1',
] as const;
const EDDSA: readonly EddsaOptions[] = [
  {},
  { context: new Uint8Array(0) },
  { context: Uint8Array.of(1, 2) },
  { prehashed: true },
  { noise: new Uint8Array(57).fill(7) },
];

const from = generator();
const random = (length: number) => from.bytes(length);
const faulty = (faults?: PointFaults) => createFaultyEngine(engine, probe(faults));

function rsaKey(der: Uint8Array) {
  const key = engine.rsa.privateKey(der);
  if (key === undefined) throw new Error('not a key');
  return key;
}

describe(`no fault fires (seed ${SEED})`, () => {
  const silent = faulty();

  test.each(CURVES)('%s signs, verifies and agrees as ever', (name) => {
    const [plain, own] = [engine.curve(name), silent.curve(name)];
    for (const length of [20, 64]) {
      const d = plain.generate(random);
      const publicKey = plain.publicKey(d);
      const hash = random(length);
      const signature = plain.sign(d, hash, { rfc6979: 'sha256' });
      expect(own.sign(d, hash, { rfc6979: 'sha256' })).toEqual(signature);
      const draws = Array.from({ length: 8 }, () => random(plain.byteLength));
      const replay = () => {
        let at = 0;
        return { random: () => draws[at++] as Uint8Array };
      };
      expect(own.sign(d, hash, replay())).toEqual(plain.sign(d, hash, replay()));
      expect(own.verify(publicKey, hash, signature)).toBe(true);
      for (const bad of [flip(3)(signature), signature.slice(1), new Uint8Array(signature.length)])
        expect(own.verify(publicKey, hash, bad)).toBe(false);
      expect(own.verify(flip(77)(publicKey), hash, signature)).toBe(false);
      const peer = plain.publicKey(plain.generate(random));
      expect(own.ecdh(d, peer)).toEqual(plain.ecdh(d, peer));
      expect(own.ecdh(d, flip(77)(peer))).toBeUndefined();
    }
  });

  test.each<EdwardsCurveName>(['ed25519', 'ed448'])('%s signs and verifies as ever', (name) => {
    const [plain, own] = [engine.edwardsCurve(name), silent.edwardsCurve(name)];
    const d = random(plain.byteLength);
    const publicKey = plain.publicKey(d);
    for (const options of EDDSA) {
      const message = random(options.prehashed === true ? 64 : 33);
      const signature = plain.sign(d, message, options);
      expect(own.sign(d, message, options)).toEqual(signature);
      expect(own.verify(publicKey, message, signature, options)).toBe(true);
      for (const bad of [flip(3)(signature), flip(8 * plain.byteLength + 1)(signature), signature.slice(1)])
        expect(own.verify(publicKey, message, bad, options)).toBe(false);
      expect(own.verify(flip(9)(publicKey), message, signature, options)).toBe(false);
    }
  });

  test.each([
    ['1024', RSA1024],
    ['1031', RSA1031],
  ])('RSA of %s bits signs, verifies and deciphers as ever', (_, der) => {
    const key = rsaKey(der);
    const [plain, own] = [engine.rsa, silent.rsa];
    const digest = random(32);
    const signature = plain.signPkcs1(key, 'sha256', digest) as Uint8Array;
    expect(own.signPkcs1(key, 'sha256', digest)).toEqual(signature);
    expect(own.verifyPkcs1(key.public, 'sha256', digest, signature)).toBe(true);
    expect(own.verifyPkcs1(key.public, 'sha256', digest, flip(0)(signature))).toBe(false);
    const salt = random(32);
    const pss = plain.signPss(key, 'sha256', digest, 32, () => salt) as Uint8Array;
    expect(own.signPss(key, 'sha256', digest, 32, () => salt)).toEqual(pss);
    expect(own.signPss(key, 'sha256', digest, 999, () => salt)).toBeUndefined();
    expect(own.verifyPss(key.public, 'sha256', digest, 'any', pss)).toBe(true);
    expect(own.verifyPss(key.public, 'sha256', digest, 31, pss)).toBe(false);
    const secret = random(16);
    const pkcs1 = plain.encryptPkcs1(key.public, secret, (length) => random(length).fill(1)) as Uint8Array;
    expect(own.decryptPkcs1(key, pkcs1)).toEqual(secret);
    const oaep = plain.encryptOaep(key.public, 'sha256', digest, secret, random) as Uint8Array;
    expect(own.decryptOaep(key, 'sha256', digest, oaep)).toEqual(secret);
    expect(own.decryptOaep(key, 'sha256', secret, oaep)).toBeUndefined();
  });
});

describe('a fault at each point', () => {
  const p256 = engine.curve('secp256r1');
  const d = p256.generate(random);
  const publicKey = p256.publicKey(d);
  const hash = random(32);
  const good = p256.sign(d, hash, { rfc6979: 'sha256' });

  test.each(['alg.ecdsa.k', 'alg.ecdsa.hash', 'alg.ecdsa.r', 'alg.ecdsa.s'])('%s', (point) => {
    const curve = faulty({ data: { [point]: flip(7) } }).curve('secp256r1');
    const bad = curve.sign(d, hash, { rfc6979: 'sha256' });
    expect(bad).not.toEqual(good);
    // A changed secret makes another valid signature; nothing else does.
    expect(p256.verify(publicKey, hash, bad)).toBe(point === 'alg.ecdsa.k');
    const isSameR = Buffer.from(bad.subarray(0, 32)).equals(good.subarray(0, 32));
    expect(isSameR).toBe(point === 'alg.ecdsa.hash' || point === 'alg.ecdsa.s');
  });

  test('a secret stuck at 0 ends in no signature', () => {
    const curve = faulty({ data: { 'alg.ecdsa.k': () => new Uint8Array(32) } }).curve('secp256r1');
    expect(() => curve.sign(d, hash, { random })).toThrow('no signature with 256 secrets');
  });

  test('alg.ecdsa.verify is asked once, with the length of r', () => {
    const curve = faulty({ checks: { 'alg.ecdsa.verify': true } }).curve('secp256r1');
    expect(curve.verify(publicKey, random(32), good)).toBe(true);
    expect(curve.verify(publicKey, hash, good.slice(1))).toBe(false);
  });

  test('alg.ecdh.validate skipped: a point of order 2 off the curve gives itself or nothing', () => {
    const curve = faulty({ skips: ['alg.ecdh.validate'] }).curve('secp256r1');
    const peer = new Uint8Array(65);
    peer[0] = 4;
    peer[32] = 5;
    const odd = ((d[31] as number) & 1) === 1;
    expect(curve.ecdh(d, peer)).toEqual(odd ? peer.slice(1, 33) : undefined);
    expect(p256.ecdh(d, peer)).toBeUndefined();
    expect(curve.ecdh(d, peer.slice(1))).toBeUndefined();
  });

  test('alg.ecdh.point takes the multiplication elsewhere', () => {
    const curve = faulty({ data: { 'alg.ecdh.point': flip(3) } }).curve('secp256r1');
    expect(curve.ecdh(d, publicKey)).not.toEqual(p256.ecdh(d, publicKey));
  });

  test.each(['alg.eddsa.r', 'alg.eddsa.hash', 'alg.eddsa.s'])('%s', (point) => {
    const plain = engine.edwardsCurve('ed25519');
    const signature = plain.sign(d, hash);
    const bad = faulty({ data: { [point]: flip(0) } })
      .edwardsCurve('ed25519')
      .sign(d, hash);
    expect(bad).not.toEqual(signature);
    expect(plain.verify(plain.publicKey(d), hash, bad)).toBe(point === 'alg.eddsa.r');
  });

  test.each(['alg.rsa.crt.p', 'alg.rsa.crt.q', 'alg.rsa.crt.recombine'])('%s', (point) => {
    const key = rsaKey(RSA1024);
    const bad = faulty({ data: { [point]: (value) => value.map((byte) => byte ^ 0x40) } }).rsa.signPkcs1(
      key,
      'sha256',
      hash,
    );
    expect(bad).toHaveLength(128);
    expect(bad).not.toEqual(engine.rsa.signPkcs1(key, 'sha256', hash));
  });

  test('alg.eddsa.verify and alg.rsa.verify say what they are made to say', () => {
    const forced = faulty({ checks: { 'alg.eddsa.verify': true, 'alg.rsa.verify': true } });
    const plain = engine.edwardsCurve('ed448');
    const seed = random(57);
    const signature = plain.sign(seed, hash);
    expect(forced.edwardsCurve('ed448').verify(plain.publicKey(seed), random(9), signature)).toBe(true);
    const key = rsaKey(RSA1024);
    const other = engine.rsa.signPkcs1(key, 'sha256', random(32)) as Uint8Array;
    expect(forced.rsa.verifyPkcs1(key.public, 'sha256', hash, other)).toBe(true);
  });
});
