/**
 * Two ECDSA signatures under one per-signature secret give the private key: two linear equations in k and d. The
 * warning is as old as the scheme (ElGamal 1985, section IV); it was done to the PlayStation 3 by fail0verflow
 * ("Console Hacking 2010", 27C3).
 */

import { type EcdsaTarget, fromSecret, numbersOf, orderOf, type SignedHash } from './ecdsa.ts';
import { invert, mod } from './numbers.ts';

/**
 * The private key, of the order's length; undefined where the two have no secret in common, or say the same. A signer
 * that negates s (low-s) is covered too.
 */
export const recoverFromNonceReuse = (
  target: EcdsaTarget,
  first: SignedHash,
  second: SignedHash,
): Uint8Array | undefined => {
  const { n } = orderOf(target.curve);
  const [a, b] = [numbersOf(target.curve, first), numbersOf(target.curve, second)];
  if (a.r !== b.r) return undefined;
  for (const s of [b.s, n - b.s]) {
    const difference = mod(a.s - s, n);
    if (difference === 0n) continue;
    const key = fromSecret(target, first, mod((a.e - b.e) * invert(difference, n), n));
    if (key !== undefined) return key;
  }
  return undefined;
};
