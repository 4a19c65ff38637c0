/**
 * Differential faults on deterministic ECDSA (RFC 6979): the same hash signed twice has the same secret k, and a fault
 * after k was fixed makes two equations of it (Ambrose, Bos, Fay, Joye, Lochter and Murray, "Differential Attacks on
 * Deterministic Signatures", CT-RSA 2018; Poddebniak, Somorovsky, Schinzel, Lochter and Roesler, "Attacking
 * Deterministic Signature Schemes using Fault Attacks", EuroS&P 2018).
 */

import { confirm, type EcdsaTarget, numbersOf, orderOf, type SignedHash } from './ecdsa.ts';
import { invert, mod } from './numbers.ts';

/** One bit of an integer of so many bits turned, in either direction. */
export function* singleBits(bits: number): Generator<bigint> {
  for (let i = 0; i < bits; i++) {
    yield 1n << BigInt(i);
    yield -(1n << BigInt(i));
  }
}

/**
 * The private key from a right signature and a faulty one of the same hash; undefined where there is no such pair.
 *
 * Where the fault changed r, the faulty signature shows it, and the two equations s * k = e + r * d have the two
 * unknowns k and d. Where it changed the hash, or the sum e + r * d, r is the same and s' - s = delta / k: `deltas` are
 * tried one after the other, by default every single bit.
 */
export const recoverFromDifference = (
  target: EcdsaTarget,
  good: SignedHash,
  faulty: Uint8Array,
  deltas?: Iterable<bigint>,
): Uint8Array | undefined => {
  const { n, bits } = orderOf(target.curve);
  const { r, s, e } = numbersOf(target.curve, good);
  const other = numbersOf(target.curve, { hash: good.hash, signature: faulty });
  if (other.r !== r) {
    const denominator = mod(r * other.s - other.r * s, n);
    if (denominator === 0n) return undefined;
    return confirm(target, e * (s - other.s) * invert(denominator, n));
  }
  const difference = mod(other.s - s, n);
  if (difference === 0n) return undefined;
  const [inverse, inverseR] = [invert(difference, n), invert(r, n)];
  for (const delta of deltas ?? singleBits(bits)) {
    const k = mod(delta * inverse, n);
    const key = confirm(target, (s * k - e) * inverseR);
    if (key !== undefined) return key;
  }
  return undefined;
};
