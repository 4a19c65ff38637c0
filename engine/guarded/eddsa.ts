/** EdDSA: checked signatures, and secrets hedged after draft-irtf-cfrg-det-sigs-with-noise. */

import type { EdwardsCurve, EdwardsCurveName, Engine } from '../engine.ts';
import { lazy } from '../noble/lazy.ts';
import { checkSignature, decide } from './checks.ts';
import type { Guard } from './countermeasure.ts';

function guardedEdwardsCurve(guard: Guard, curve: EdwardsCurve): EdwardsCurve {
  const { has, random } = guard;
  return {
    name: curve.name,
    bits: curve.bits,
    byteLength: curve.byteLength,
    isPublicKey: (publicKey) => curve.isPublicKey(publicKey),
    publicKey: (privateKey) => curve.publicKey(privateKey),
    sign(privateKey, message, options = {}) {
      const noisy = has('hedged-nonce') ? { ...options, noise: random(curve.byteLength) } : options;
      const signature = curve.sign(privateKey, message, noisy);
      checkSignature(guard, () => curve.verify(curve.publicKey(privateKey), message, signature, options));
      return signature;
    },
    verify: (publicKey, message, signature, options) =>
      decide(guard, () => curve.verify(publicKey, message, signature, options)),
  };
}

export function guardedEdwardsCurves(guard: Guard): Pick<Engine, 'edwardsCurve'> {
  return {
    edwardsCurve: lazy((name: EdwardsCurveName) =>
      guardedEdwardsCurve(guard, guard.engine.edwardsCurve(name)),
    ),
  };
}
