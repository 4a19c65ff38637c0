/** Any curve y^2 = x^3 + a * x + b over a prime field, in affine coordinates: groups of composite order too. */

import { invert, mod } from './numbers.ts';

/** undefined is the point at infinity. */
export type AffinePoint = { readonly x: bigint; readonly y: bigint } | undefined;

export interface Weierstrass {
  readonly p: bigint;
  readonly a: bigint;
}

export const add = ({ p, a }: Weierstrass, left: AffinePoint, right: AffinePoint): AffinePoint => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const isSame = left.x === right.x;
  if (isSame && mod(left.y + right.y, p) === 0n) return undefined;
  const slope = isSame
    ? (3n * left.x * left.x + a) * invert(mod(2n * left.y, p), p)
    : (right.y - left.y) * invert(mod(right.x - left.x, p), p);
  const x = mod(slope * slope - left.x - right.x, p);
  return { x, y: mod(slope * (left.x - x) - left.y, p) };
};

export const negate = ({ p }: Weierstrass, point: AffinePoint): AffinePoint =>
  point && { x: point.x, y: mod(-point.y, p) };

export const multiply = (curve: Weierstrass, point: AffinePoint, scalar: bigint): AffinePoint => {
  let result: AffinePoint;
  let power = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = add(curve, result, power);
    power = add(curve, power, power);
  }
  return result;
};

/** The discrete logarithm in a group of `order`, by Shanks' baby and giant steps; undefined where there is none. */
const smallLogarithm = (
  curve: Weierstrass,
  base: AffinePoint,
  point: AffinePoint,
  order: number,
): number | undefined => {
  const step = Math.ceil(Math.sqrt(order));
  const seen = new Map<bigint | undefined, number>();
  let baby: AffinePoint;
  for (let i = 0; i < step; i++) {
    // The x coordinate stands for both a point and its negative; which one is found out below.
    if (!seen.has(baby?.x)) seen.set(baby?.x, i);
    baby = add(curve, baby, base);
  }
  const giant = negate(curve, baby);
  let rest = point;
  for (let i = 0; i <= step; i++) {
    const found = seen.get(rest?.x);
    if (found !== undefined) {
      for (const candidate of [i * step + found, i * step - found]) {
        const scalar = ((candidate % order) + order) % order;
        const multiple = multiply(curve, base, BigInt(scalar));
        if (multiple?.x === point?.x && multiple?.y === point?.y) return scalar;
      }
    }
    rest = add(curve, rest, giant);
  }
  return undefined;
};

export interface PrimePower {
  readonly prime: number;
  readonly exponent: number;
}

/** The logarithm modulo prime^exponent, digit by digit (Pohlig and Hellman 1978); `base` has exactly that order. */
const primePowerLogarithm = (
  curve: Weierstrass,
  base: AffinePoint,
  point: AffinePoint,
  { prime, exponent }: PrimePower,
): bigint | undefined => {
  const q = BigInt(prime);
  const unit = multiply(curve, base, q ** BigInt(exponent - 1));
  let known = 0n;
  for (let i = 0; i < exponent; i++) {
    const rest = add(curve, point, negate(curve, multiply(curve, base, known)));
    const digit = smallLogarithm(curve, unit, multiply(curve, rest, q ** BigInt(exponent - 1 - i)), prime);
    if (digit === undefined) return undefined;
    known += BigInt(digit) * q ** BigInt(i);
  }
  return known;
};

/** The logarithm modulo each prime power of the order of `base`; undefined where `point` is no multiple of it. */
export const logarithms = (
  curve: Weierstrass,
  base: AffinePoint,
  point: AffinePoint,
  factors: readonly PrimePower[],
): { residue: bigint; modulus: bigint }[] | undefined => {
  const moduli = factors.map(({ prime, exponent }) => BigInt(prime) ** BigInt(exponent));
  const order = moduli.reduce((product, modulus) => product * modulus, 1n);
  const results: { residue: bigint; modulus: bigint }[] = [];
  for (const [i, factor] of factors.entries()) {
    const modulus = moduli[i] as bigint;
    const cofactor = order / modulus;
    const residue = primePowerLogarithm(
      curve,
      multiply(curve, base, cofactor),
      multiply(curve, point, cofactor),
      factor,
    );
    if (residue === undefined) return undefined;
    results.push({ residue, modulus });
  }
  return results;
};
