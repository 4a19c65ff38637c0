/** Lattice reduction: still the same lattice, size-reduced and ordered by Lovasz' condition; checked with rationals. */

import { describe, expect, test } from 'vitest';
import { reduceLattice } from '../../../attacks/lattice.ts';
import { generator, SEED } from '../../support/generator.ts';

const from = generator('lattice');

const determinant = (rows: readonly (readonly bigint[])[]): bigint => {
  // Bareiss: every division is exact.
  const m = rows.map((row) => [...row]);
  const at = (i: number, j: number) => m[i]?.[j] ?? 0n;
  let previous = 1n;
  let sign = 1n;
  for (let k = 0; k + 1 < m.length; k++) {
    const pivot = m.findIndex((_, i) => i >= k && at(i, k) !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) {
      [m[k], m[pivot]] = [m[pivot] as bigint[], m[k] as bigint[]];
      sign = -sign;
    }
    for (let i = k + 1; i < m.length; i++)
      for (let j = k + 1; j < m.length; j++)
        (m[i] as bigint[])[j] = (at(i, j) * at(k, k) - at(i, k) * at(k, j)) / previous;
    previous = at(k, k);
  }
  return sign * at(m.length - 1, m.length - 1);
};

const squared = (row: readonly bigint[]): bigint => row.reduce((sum, x) => sum + x * x, 0n);
const absolute = (x: bigint): bigint => (x < 0n ? -x : x);

describe(`lattices (seed ${SEED})`, () => {
  test.each([2, 3, 5, 8])('of %s random rows', (size) => {
    const entry = () => from.bytes(8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) - (1n << 63n);
    const basis = Array.from({ length: size }, () => Array.from({ length: size }, entry));
    const reduced = reduceLattice(basis);
    const volume = absolute(determinant(basis));
    expect(absolute(determinant(reduced))).toBe(volume);
    // Each new row is a whole combination of the old ones: by Cramer's rule.
    for (const row of reduced)
      for (let i = 0; i < size; i++)
        expect(determinant(basis.map((old, j) => (i === j ? row : old))) % volume).toBe(0n);
    // LLL (1982) 1.9: |b_1|^(2n) <= 2^(n(n-1)/2) * det^2.
    const bound = 2n ** BigInt((size * (size - 1)) / 2) * volume ** 2n;
    expect(squared(reduced[0] as bigint[]) ** BigInt(size)).toBeLessThanOrEqual(bound);
  });

  test('finds the shortest vector of a plane', () => {
    const [first] = reduceLattice([
      [1n, 1_000_003n],
      [0n, 1_000_003n ** 2n],
    ]);
    expect(squared(first as bigint[])).toBe(1n + 1_000_003n ** 2n);
    // (1, 2) and (9, -4), or their negatives.
    expect(
      reduceLattice([
        [12n, 2n],
        [13n, 4n],
      ]).map(squared),
    ).toEqual([5n, 97n]);
  });

  test('rows that depend on one another are refused', () => {
    expect(() =>
      reduceLattice([
        [1n, 2n],
        [2n, 4n],
      ]),
    ).toThrow('row 1 depends');
  });
});
