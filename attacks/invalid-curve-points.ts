/**
 * Points of smooth order on curves y^2 = x^3 - 3 * x + b' over the field of P-256, with a b' that is not P-256's. Found
 * by counting the points of the curves with b' = 1, 2, 3, ... (Schoof, Elkies and Atkin, by PARI/GP's ellcard), and
 * taking those whose number has a large part made of primes below 2^20; a point times the other part of the number
 * has that order. The product of these orders, common factors once, is above P-256's own order.
 */

import type { PrimePower } from './weierstrass.ts';

export interface WeakPoint {
  readonly b: bigint;
  readonly x: bigint;
  readonly y: bigint;
  /** Of the order of the point. */
  readonly factors: readonly PrimePower[];
}

const factors = (...list: readonly (number | readonly [number, number])[]): PrimePower[] =>
  list.map((one) =>
    typeof one === 'number' ? { prime: one, exponent: 1 } : { prime: one[0], exponent: one[1] },
  );

export const P256_WEAK_POINTS: readonly WeakPoint[] = [
  {
    b: 49n,
    x: 0x2ddc0d4e9aaa3c1f4fc88439cbb72bd3c75425a9e29a971a95cdd34ce2eaa2bcn,
    y: 0xce45cb3e7e95086884cce51d9acbc1728e66d1dd65971672b85580845495c38en,
    factors: factors(3, 11, 47, 1579, 582887, 861001),
  },
  {
    b: 92n,
    x: 0x13d5f691cded4bbf26048b62ebd871b9c674a196d24a3e32d0bd83d2306a0b8an,
    y: 0x766367561e4681d51744af486c2c7658ca5136e167fbc9d122bec686490165d9n,
    factors: factors([2, 3], 7, [11, 2], 2473, 11839, 12641, 111217),
  },
  {
    b: 175n,
    x: 0xd52b79f0a9dedb5631ccc2b81341dc52588943f3392147d97ae1b3f886f7b843n,
    y: 0x69f18191197bb6fbab1a52ccfa54fbf1b22d2ec3611f5f5eb1fd0308be74d77an,
    factors: factors([2, 3], [3, 2], 5, 7, 83, 157, 1427, 9091, 23279),
  },
  {
    b: 294n,
    x: 0x2caff9d21876268b7406505d78059dfe4422be36a20bcadc8cb5cf8ab17d8667n,
    y: 0xe098b16351940ff1a02ed4da9ad8b72079e0576e8f4deb8d1f021fc6106b27b2n,
    factors: factors([2, 3], 3, 11, 13, 17, 23, 11093, 79757, 328249),
  },
  {
    b: 330n,
    x: 0x491c7a170b8dd86936511a4cd24b247bff22eb87487bf1217f4c4575a28ae02en,
    y: 0x8810cd9df0bf07b5dda9a9faf900e7c56bf2dfa9334227412423d1785c162f33n,
    factors: factors([2, 2], [3, 2], 331, 619, 9547, 41617, 89107),
  },
];
