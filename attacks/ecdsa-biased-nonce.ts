/**
 * ECDSA with per-signature secrets of which some bits are known to be 0: a hidden number problem (Boneh and Venkatesan,
 * CRYPTO '96), solved with a lattice (Howgrave-Graham and Smart, "Lattice Attacks on Digital Signature Schemes", 2001;
 * Nguyen and Shparlinski 2003; Naccache, Nguyen, Tunstall and Whelan, "Experimenting with Faults, Lattices and the DSA",
 * PKC 2005, with the bits cleared by a fault).
 */

import { type EcdsaTarget, fromSecret, numbersOf, orderOf, type SignedHash } from './ecdsa.ts';
import { reduceLattice } from './lattice.ts';
import { invert, mod } from './numbers.ts';

export interface Bias {
  /** Which end of each secret is 0. */
  readonly end: 'high' | 'low';
  /** How many bits. */
  readonly bits: number;
}

/** About how many signatures it takes: each tells `bits` bits of the key, and a few more make up for the lattice. */
export const signaturesFor = (curve: EcdsaTarget['curve'], { bits }: Bias): number =>
  Math.ceil((orderOf(curve).bits * 1.08) / bits) + 1;

/** Each secret as factor * x + offset mod n, x being below `bound`. */
const unknowns = (bits: number, n: bigint, bias: Bias) =>
  bias.end === 'high'
    ? { factor: 1n, bound: 1n << BigInt(bits - bias.bits) }
    : { factor: 1n << BigInt(bias.bits), bound: (n >> BigInt(bias.bits)) + 1n };

/**
 * The private key, of the order's length; undefined where the lattice does not give it: too few signatures, or
 * secrets that are not biased so.
 *
 * From s_i * k_i = e_i + r_i * d and k_i = f * x_i follows x_i = a_i + t_i * d; the first equation takes d out of the
 * others, x_i = A_i + T_i * x_0 mod n. Centred, all of them are below bound / 2, and that is a short vector.
 */
export const recoverFromBiasedNonces = (
  target: EcdsaTarget,
  signed: readonly SignedHash[],
  bias: Bias,
): Uint8Array | undefined => {
  const { n, bits } = orderOf(target.curve);
  const { factor, bound } = unknowns(bits, n, bias);
  const half = bound / 2n;
  const relations = signed.map((one) => {
    const { r, s, e } = numbersOf(target.curve, one);
    const inverse = invert(mod(s * factor, n), n);
    return { a: mod(e * inverse, n), t: mod(r * inverse, n) };
  });
  const [first, ...others] = relations;
  const [firstSigned] = signed;
  if (first === undefined || firstSigned === undefined || others.length === 0) return undefined;
  const toFirst = invert(first.t, n);
  const size = others.length;
  const slopes = others.map(({ t }) => mod(t * toFirst, n));
  const offsets = others.map(({ a }, i) => {
    const slope = slopes[i] as bigint;
    // Around the middle: x_i - half = A_i + T_i * (x_0 - half) + T_i * half - half.
    return mod(a - slope * first.a + slope * half - half, n);
  });
  const basis = [
    ...others.map((_, i) => Array.from({ length: size + 2 }, (_zero, j) => (i === j ? n : 0n))),
    [...slopes, 1n, 0n],
    [...offsets, 0n, half],
  ];
  for (const row of reduceLattice(basis)) {
    const [x, last] = [row[size] as bigint, row[size + 1] as bigint];
    if (last !== half && last !== -half) continue;
    const centred = last === half ? x : -x;
    const key = fromSecret(target, firstSigned, mod((centred + half) * factor, n));
    if (key !== undefined) return key;
  }
  return undefined;
};
