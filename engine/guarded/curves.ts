/** Short Weierstrass curves: checked signatures, hedged secrets, peers validated again. */

import type { Curve, CurveName, Engine } from '../engine.ts';
import { lazy } from '../noble/lazy.ts';
import { checkSignature, decide } from './checks.ts';
import type { Guard } from './countermeasure.ts';
import { FaultDetected } from './fault-detected.ts';
import { hedgedNonce } from './hedged.ts';

function sign(
  guard: Guard,
  curve: Curve,
  ...[privateKey, hash, nonce]: Parameters<Curve['sign']>
): Uint8Array {
  const { engine, has, random } = guard;
  const source = has('hedged-nonce') ? hedgedNonce(engine, random, privateKey, hash, nonce) : nonce;
  const signature = curve.sign(privateKey, hash, source);
  checkSignature(guard, () => curve.verify(curve.publicKey(privateKey), hash, signature));
  return signature;
}

/** A peer that is refused is refused as ever; one that got through has to be a point of the curve, asked twice. */
function ecdh(guard: Guard, curve: Curve, privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
  const secret = curve.ecdh(privateKey, peer);
  if (secret === undefined) return undefined;
  if (guard.has('point-check') && !(curve.isPublicKey(peer) && curve.isPublicKey(peer)))
    throw new FaultDetected("the peer's point is not on the curve");
  return secret;
}

function guardedCurve(guard: Guard, curve: Curve): Curve {
  return {
    name: curve.name,
    bits: curve.bits,
    byteLength: curve.byteLength,
    coordinateLength: curve.coordinateLength,
    generate: (random) => curve.generate(random),
    isPrivateKey: (privateKey) => curve.isPrivateKey(privateKey),
    isPublicKey: (publicKey) => curve.isPublicKey(publicKey),
    publicKey: (privateKey) => curve.publicKey(privateKey),
    sign: (privateKey, hash, nonce) => sign(guard, curve, privateKey, hash, nonce),
    verify: (publicKey, hash, signature) => decide(guard, () => curve.verify(publicKey, hash, signature)),
    ecdh: (privateKey, peer) => ecdh(guard, curve, privateKey, peer),
  };
}

export function guardedCurves(guard: Guard): Pick<Engine, 'curve'> {
  return { curve: lazy((name: CurveName) => guardedCurve(guard, guard.engine.curve(name))) };
}
