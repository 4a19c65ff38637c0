/** The short Weierstrass curves, of which signing, verifying and agreeing can be disturbed. */

import type { Curve, CurveName, Engine, NonceSource } from '../engine.ts';
import { lazy } from '../noble/lazy.ts';
import type { Probe } from '../probe.ts';
import { ecdh } from './ecdh.ts';
import { sign, verify } from './ecdsa.ts';

function faultyCurve(plain: Curve, probe: Probe): Curve {
  const { name } = plain;
  return {
    name,
    bits: plain.bits,
    byteLength: plain.byteLength,
    coordinateLength: plain.coordinateLength,
    generate: (random) => plain.generate(random),
    isPrivateKey: (privateKey) => plain.isPrivateKey(privateKey),
    isPublicKey: (publicKey) => plain.isPublicKey(publicKey),
    publicKey: (privateKey) => plain.publicKey(privateKey),
    sign: (privateKey: Uint8Array, hash: Uint8Array, nonce: NonceSource) =>
      probe.wants('alg.ecdsa')
        ? sign(name, probe, privateKey, hash, nonce)
        : plain.sign(privateKey, hash, nonce),
    verify: (publicKey, hash, signature) =>
      probe.wants('alg.ecdsa')
        ? verify(name, probe, publicKey, hash, signature)
        : plain.verify(publicKey, hash, signature),
    ecdh: (privateKey, peer) =>
      probe.wants('alg.ecdh') ? ecdh(name, probe, privateKey, peer) : plain.ecdh(privateKey, peer),
  };
}

export function faultyCurves(engine: Engine, probe: Probe): Pick<Engine, 'curve'> {
  return { curve: lazy((name: CurveName) => faultyCurve(engine.curve(name), probe)) };
}
