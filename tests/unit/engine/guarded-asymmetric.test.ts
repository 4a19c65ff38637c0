/** Countermeasures on asymmetric algorithms: nothing changes without a fault, and what each of them sees. */

import { createHash } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import type { Engine, RsaPrivateKey } from '../../../engine/engine.ts';
import { createFaultyEngine } from '../../../engine/faulty/index.ts';
import { type Countermeasure, createGuardedEngine, FaultDetected } from '../../../engine/guarded/index.ts';
import { flip, type PointFaults, probe } from './probes.ts';
import { RSA1024 } from './rsa-keys.ts';
import { ascii, engine, generator, hex, join, SEED } from './support.ts';

const from = generator();
const random = (length: number) => from.bytes(length);
const RFC6979 = { rfc6979: 'sha256' } as const;

function guarded(countermeasures: readonly Countermeasure[], faults?: PointFaults): Engine {
  const below = faults === undefined ? engine : createFaultyEngine(engine, probe(faults));
  return createGuardedEngine(below, new Set(countermeasures), random);
}

const curve = engine.curve('secp256r1');
const d = curve.generate(random);
const publicKey = curve.publicKey(d);
const hash = random(32);
const rsaKey = engine.rsa.privateKey(RSA1024) as RsaPrivateKey;

describe(`no fault fires (seed ${SEED})`, () => {
  const guard = guarded(['verify-after-sign', 'infective-crt', 'point-check', 'double-compare']);

  test('every result is the plain one', () => {
    const own = guard.curve('secp256r1');
    const signature = curve.sign(d, hash, RFC6979);
    expect(own.sign(d, hash, RFC6979)).toEqual(signature);
    expect(own.verify(publicKey, hash, signature)).toBe(true);
    expect(own.verify(publicKey, hash, flip(9)(signature))).toBe(false);
    expect(own.ecdh(d, publicKey)).toEqual(curve.ecdh(d, publicKey));
    expect(own.ecdh(d, flip(30)(publicKey))).toBeUndefined();
    const message = random(40);
    const eddsa = engine.edwardsCurve('ed25519').sign(d, message);
    expect(guard.edwardsCurve('ed25519').sign(d, message)).toEqual(eddsa);
    const salt = random(32);
    const pss = engine.rsa.signPss(rsaKey, 'sha256', hash, 32, () => salt);
    expect(guard.rsa.signPss(rsaKey, 'sha256', hash, 32, () => salt)).toEqual(pss);
    for (let i = 0; i < 4; i++) {
      const digest = random(32);
      const plain = engine.rsa.signPkcs1(rsaKey, 'sha256', digest) as Uint8Array;
      expect(guard.rsa.signPkcs1(rsaKey, 'sha256', digest)).toEqual(plain);
      expect(guard.rsa.verifyPkcs1(rsaKey.public, 'sha256', digest, plain)).toBe(true);
    }
  });

  test.each(['secp256r1', 'secp521r1', 'secp224k1'] as const)(
    '%s hedged: valid, and never the same',
    (name) => {
      const plain = engine.curve(name);
      const own = guarded(['hedged-nonce']).curve(name);
      const key = plain.generate(random);
      for (const nonce of [RFC6979, { random: (n: number) => new Uint8Array(n).fill(1) }]) {
        const [a, b] = [own.sign(key, hash, nonce), own.sign(key, random(32), nonce)];
        expect(plain.verify(plain.publicKey(key), hash, a)).toBe(true);
        expect(a.subarray(0, plain.byteLength)).not.toEqual(b.subarray(0, plain.byteLength));
      }
      expect(own.sign(key, hash, RFC6979)).not.toEqual(own.sign(key, hash, RFC6979));
    },
  );

  test.each(['ed25519', 'ed448'] as const)('%s hedged: valid, and never the same', (name) => {
    const plain = engine.edwardsCurve(name);
    const own = guarded(['hedged-nonce', 'verify-after-sign']).edwardsCurve(name);
    const key = random(plain.byteLength);
    for (const options of [{}, { context: Uint8Array.of(3) }, { prehashed: true }]) {
      const message = random(64);
      const [a, b] = [own.sign(key, message, options), own.sign(key, message, options)];
      expect(plain.verify(plain.publicKey(key), message, a, options)).toBe(true);
      expect(a).not.toEqual(b);
    }
  });
});

describe('draft-irtf-cfrg-det-sigs-with-noise, section 3', () => {
  const hash = (name: 'ed25519' | 'ed448', ...parts: Uint8Array[]) =>
    (name === 'ed25519' ? createHash('sha512') : createHash('shake256', { outputLength: 114 }))
      .update(join(...parts))
      .digest();

  test.each([
    ['ed25519', 128, '', ed25519.Point],
    ['ed448', 136, 'SigEd448\0\0', ed448.Point],
  ] as const)('%s: R is that of the padded hash', (name, block, dom, { BASE, Fn }) => {
    const curve = engine.edwardsCurve(name);
    const [key, noise, message] = [random(curve.byteLength), random(curve.byteLength), random(50)];
    const signature = curve.sign(key, message, { noise });
    const padded = (data: Uint8Array) => join(data, new Uint8Array(block - data.length));
    const prefix = hash(name, key).subarray(curve.byteLength);
    const digest = hash(name, padded(join(ascii(dom), noise)), padded(prefix), message);
    const r = BigInt(`0x${hex(digest.toReversed())}`) % Fn.ORDER;
    expect(signature.slice(0, curve.byteLength)).toEqual(BASE.multiply(r).toBytes());
    expect(curve.verify(curve.publicKey(key), message, signature)).toBe(true);
  });
});

describe('a fault fires', () => {
  test.each(['alg.ecdsa.hash', 'alg.ecdsa.r', 'alg.ecdsa.s'])('verify-after-sign sees %s', (point) => {
    const own = guarded(['verify-after-sign'], { data: { [point]: once(flip(5)) } }).curve('secp256r1');
    expect(() => own.sign(d, hash, RFC6979)).toThrow(FaultDetected);
    expect(own.sign(d, hash, RFC6979)).toEqual(curve.sign(d, hash, RFC6979));
  });

  test.each(['alg.eddsa.hash', 'alg.eddsa.s'])('verify-after-sign sees %s', (point) => {
    const own = guarded(['verify-after-sign'], { data: { [point]: once(flip(5)) } }).edwardsCurve('ed25519');
    expect(() => own.sign(d, hash)).toThrow(FaultDetected);
  });

  test.each(['alg.rsa.crt.p', 'alg.rsa.crt.q'])('verify-after-sign sees %s', (point) => {
    const { rsa } = guarded(['verify-after-sign'], { data: { [point]: once(flip(5)) } });
    expect(() => rsa.signPkcs1(rsaKey, 'sha256', hash)).toThrow(FaultDetected);
    expect(rsa.signPkcs1(rsaKey, 'sha256', hash)).toEqual(engine.rsa.signPkcs1(rsaKey, 'sha256', hash));
  });

  test('point-check sees a peer that was not validated', () => {
    const own = guarded(['point-check'], { skips: ['alg.ecdh.validate'] }).curve('secp256r1');
    expect(() => own.ecdh(d, flip(30)(publicKey))).toThrow(FaultDetected);
    expect(own.ecdh(d, publicKey)).toEqual(curve.ecdh(d, publicKey));
  });

  test('double-compare sees a verification that one fault turned', () => {
    let visits = 0;
    const turning = {
      ...probe(),
      check: (_: string, n: number, compare: (n: number) => boolean) => visits++ === 0 || compare(n),
    };
    const own = createGuardedEngine(
      createFaultyEngine(engine, turning),
      new Set<Countermeasure>(['double-compare']),
      random,
    );
    expect(() => own.curve('secp256r1').verify(publicKey, random(32), curve.sign(d, hash, RFC6979))).toThrow(
      FaultDetected,
    );
  });
});

/** The first visit alone. */
function once(change: (value: Uint8Array) => Uint8Array): (value: Uint8Array) => Uint8Array {
  let done = false;
  return (value) => {
    if (done) return value;
    done = true;
    return change(value);
  };
}
