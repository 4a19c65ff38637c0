/** SPAKE2+ keys: w0 || w1 of the prover, w0 || L of the verifier (PSA Crypto 1.3, 9.2.7; RFC 9383 3.2). */
import type { Engine, Spake2pCurveName } from '../engine/engine.ts';
import type { KeyKind } from './key-kinds.ts';
import { chain } from './maybe.ts';

const CURVES: ReadonlyMap<number, Spake2pCurveName> = new Map([
  [256, 'secp256r1'],
  [384, 'secp384r1'],
  [521, 'secp521r1'],
] as const);

export const spake2pCurve = (bits: number): Spake2pCurveName | undefined => CURVES.get(bits);

/** Bytes beyond the order's that are drawn for each scalar, so that the reduction leaves no bias. */
const EXTRA = 8;

export const spake2pKind = (engine: Engine, bits: number, isPublic: boolean): KeyKind | undefined => {
  const name = CURVES.get(bits);
  if (name === undefined) return undefined;
  const { byteLength, coordinateLength } = engine.curve(name);
  if (isPublic)
    return {
      length: byteLength + 1 + 2 * coordinateLength,
      isValid: (data) => engine.spake2p.isPublicKey(name, data),
    };
  const each = byteLength + EXTRA;
  return {
    length: 2 * byteLength,
    isValid: (data) => engine.spake2p.isKeyPair(name, data),
    // A pair comes from a password, by derivation, and cannot be generated.
    derive: (draw) =>
      chain(draw(2 * each), (drawn) => {
        if (typeof drawn === 'number') return drawn;
        const pair = engine.spake2p.keyPair(name, drawn.subarray(0, each), drawn.subarray(each));
        if (pair === undefined) throw new Error(`a scalar of ${name} derived as 0`);
        return pair;
      }),
    publicPart: (data) => engine.spake2p.publicKey(name, data),
  };
};
