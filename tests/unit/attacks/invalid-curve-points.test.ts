/** The constants of the invalid-curve attack, checked by arithmetic of their own: noble's field, additions here. */

import { p256 } from '@noble/curves/nist.js';
import { describe, expect, test } from 'vitest';
import { P256_WEAK_POINTS, type WeakPoint } from '../../../attacks/index.ts';

const { Fp } = p256.Point;

type Projective = readonly [bigint, bigint, bigint];

/** Jacobian coordinates (x = X / Z^2, y = Y / Z^3), a = -3, SEC 1 2.2.1 without divisions. */
const double = ([x, y, z]: Projective): Projective => {
  if (z === 0n || y === 0n) return [1n, 1n, 0n];
  const m = Fp.mul(3n, Fp.mul(Fp.sub(x, Fp.sqr(z)), Fp.add(x, Fp.sqr(z))));
  const s = Fp.mul(4n, Fp.mul(x, Fp.sqr(y)));
  const x3 = Fp.sub(Fp.sqr(m), Fp.mul(2n, s));
  return [x3, Fp.sub(Fp.mul(m, Fp.sub(s, x3)), Fp.mul(8n, Fp.pow(y, 4n))), Fp.mul(2n, Fp.mul(y, z))];
};

const add = (left: Projective, right: Projective): Projective => {
  if (left[2] === 0n) return right;
  if (right[2] === 0n) return left;
  const [z1, z2] = [Fp.sqr(left[2]), Fp.sqr(right[2])];
  const [u1, u2] = [Fp.mul(left[0], z2), Fp.mul(right[0], z1)];
  const s1 = Fp.mul(left[1], Fp.mul(right[2], z2));
  const s2 = Fp.mul(right[1], Fp.mul(left[2], z1));
  if (u1 === u2) return s1 === s2 ? double(left) : [1n, 1n, 0n];
  const [h, r] = [Fp.sub(u2, u1), Fp.sub(s2, s1)];
  const [h2, h3] = [Fp.sqr(h), Fp.pow(h, 3n)];
  const x = Fp.sub(Fp.sub(Fp.sqr(r), h3), Fp.mul(2n, Fp.mul(u1, h2)));
  const y = Fp.sub(Fp.mul(r, Fp.sub(Fp.mul(u1, h2), x)), Fp.mul(s1, h3));
  return [x, y, Fp.mul(h, Fp.mul(left[2], right[2]))];
};

const isInfinity = ({ x, y }: WeakPoint, scalar: bigint): boolean => {
  let result: Projective = [1n, 1n, 0n];
  for (const bit of scalar.toString(2)) {
    result = double(result);
    if (bit === '1') result = add(result, [x, y, 1n]);
  }
  return result[2] === 0n;
};

const isPrime = (n: number): boolean => {
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false;
  return n > 1;
};

const orderOf = ({ factors }: WeakPoint): bigint =>
  factors.reduce((product, { prime, exponent }) => product * BigInt(prime) ** BigInt(exponent), 1n);

describe.each(P256_WEAK_POINTS.map((point) => [Number(point.b), point] as const))("b' = %s", (_, point) => {
  test('the point is on its curve, which is not P-256', () => {
    const { x, y, b } = point;
    expect(Fp.sqr(y)).toBe(Fp.add(Fp.sub(Fp.pow(x, 3n), Fp.mul(3n, x)), b));
    expect(b).not.toBe(p256.Point.CURVE().b);
    expect(p256.Point.CURVE().a).toBe(Fp.ORDER - 3n);
  });

  test('it has the order that is stated, and no smaller one', () => {
    const order = orderOf(point);
    expect(isInfinity(point, order)).toBe(true);
    for (const { prime } of point.factors) {
      expect(isPrime(prime)).toBe(true);
      expect(isInfinity(point, order / BigInt(prime))).toBe(false);
    }
  });
});

test('the orders together are more than the order of P-256', () => {
  const largest = new Map<number, number>();
  for (const { prime, exponent } of P256_WEAK_POINTS.flatMap(({ factors }) => factors))
    largest.set(prime, Math.max(exponent, largest.get(prime) ?? 0));
  const together = orderOf({
    b: 0n,
    x: 0n,
    y: 0n,
    factors: [...largest].map(([prime, exponent]) => ({ prime, exponent })),
  });
  expect(together).toBeGreaterThan(p256.Point.Fn.ORDER);
});
