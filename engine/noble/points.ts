/** Points and scalars of the short Weierstrass curves (SEC 1): the library's arithmetic, and how they are read. */

import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { CurveName, RandomBytes } from '../engine.ts';
import { bytesToInteger } from './bytes.ts';
import { PARAMETERS } from './curve-parameters.ts';
import { lazy } from './lazy.ts';

export type PointType = WeierstrassPointCons<bigint>;
export type Point = InstanceType<PointType>;

/** SEC 1 2.3.3: an uncompressed point. */
const UNCOMPRESSED = 0x04;

/** A generator that never gives a usable scalar in so many draws is broken, by chance or by a fault. */
const MAX_DRAWS = 256;

/** Points of two types do not mix, so there is one for each curve. Tables come with the first multiplication. */
export const pointType = lazy((name: CurveName): PointType => {
  switch (name) {
    case 'secp256r1':
      return p256.Point;
    case 'secp384r1':
      return p384.Point;
    case 'secp521r1':
      return p521.Point;
    case 'secp256k1':
      return secp256k1.Point;
    default:
      return weierstrass(PARAMETERS[name]);
  }
});

/** SEC 1 2.3.4 and 3.2.2.1: undefined unless uncompressed and on the curve; the cofactor is 1. */
export function parsePoint(type: PointType, bytes: Uint8Array): Point | undefined {
  if (bytes.length !== 1 + 2 * type.Fp.BYTES || bytes[0] !== UNCOMPRESSED) return undefined;
  try {
    return type.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

/** undefined unless of the order's length and in 1..n-1. */
export function parseScalar(type: PointType, bytes: Uint8Array): bigint | undefined {
  if (bytes.length !== type.Fn.BYTES) return undefined;
  const scalar = bytesToInteger(bytes);
  return type.Fn.isValidNot0(scalar) ? scalar : undefined;
}

/**
 * Rejection as in FIPS 186-5 A.2.2 and A.3.2, but on 1..n-1 itself instead of 0..n-2 with one added: the scalar
 * is then the bytes drawn.
 */
export function drawScalar({ Fn }: PointType, random: RandomBytes): bigint {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const scalar = BigInt.asUintN(Fn.BITS, bytesToInteger(random(Fn.BYTES)));
    if (Fn.isValidNot0(scalar)) return scalar;
  }
  throw new Error(`no scalar of ${Fn.BITS} bits in ${MAX_DRAWS} draws`);
}
