/**
 * Invalid curves: ECDH with a peer that is on another curve. The formulas of addition do not know b, so they compute in
 * the group of the peer's own curve, where the point has an order made of small primes (Biehl, Meyer and Mueller,
 * "Differential Fault Attacks on Elliptic Curve Cryptosystems", CRYPTO 2000; Antipa, Brown, Menezes, Struik and
 * Vanstone, "Validation of Elliptic Curve Public Keys", PKC 2003; in the field Jager, Schwenk and Somorovsky,
 * "Practical Invalid Curve Attacks on TLS-ECDH", ESORICS 2015).
 */

import { p256 } from '@noble/curves/nist.js';
import { confirm } from './ecdsa.ts';
import { P256_WEAK_POINTS, type WeakPoint } from './invalid-curve-points.ts';
import { bytesToInteger, type Congruence, combine, integerToBytes, mod, modPow } from './numbers.ts';
import { logarithms, type Weierstrass } from './weierstrass.ts';

const LENGTH = 32;
const { p, a } = p256.Point.CURVE();
export const P256: Weierstrass = { p, a };

/** The peers to agree with, 0x04 || X || Y each; none of them is on P-256. */
export const invalidPeers = (): Uint8Array[] =>
  P256_WEAK_POINTS.map(({ x, y }) =>
    Uint8Array.of(0x04, ...integerToBytes(x, LENGTH), ...integerToBytes(y, LENGTH)),
  );

/** p is 3 modulo 4. */
const squareRoot = (square: bigint): bigint | undefined => {
  const root = modPow(square, (p + 1n) / 4n, p);
  return (root * root - square) % p === 0n ? root : undefined;
};

/** What one shared secret says: the private key up to its sign, modulo the order of the point. */
const residue = ({ b, x, y, factors }: WeakPoint, secret: Uint8Array): Congruence | undefined => {
  const sharedX = bytesToInteger(secret);
  const sharedY = squareRoot(mod(sharedX ** 3n + a * sharedX + b, p));
  if (sharedY === undefined) return undefined;
  const found = logarithms(P256, { x, y }, { x: sharedX, y: sharedY }, factors);
  return found?.reduce<Congruence | undefined>((sum, one) => sum && combine(sum, one), {
    residue: 0n,
    modulus: 1n,
  });
};

/** Both signs of each residue, together: only few of the combinations agree with one another. */
const combinations = (residues: readonly Congruence[]): Congruence[] =>
  residues.reduce<Congruence[]>(
    (partial, { residue: value, modulus }) =>
      partial.flatMap((known) =>
        [value, mod(-value, modulus)].flatMap((signed) => combine(known, { residue: signed, modulus }) ?? []),
      ),
    [{ residue: 0n, modulus: 1n }],
  );

/**
 * The P-256 private key, 32 bytes, from the shared secrets (X, 32 bytes) with the peers of `invalidPeers`, in their
 * order; undefined where one of them is missing or was not computed so.
 */
export const recoverFromInvalidCurves = (
  publicKey: Uint8Array,
  secrets: readonly (Uint8Array | undefined)[],
): Uint8Array | undefined => {
  const residues: Congruence[] = [];
  for (const [i, point] of P256_WEAK_POINTS.entries()) {
    const secret = secrets[i];
    const found = secret?.length === LENGTH ? residue(point, secret) : undefined;
    if (found === undefined) return undefined;
    residues.push(found);
  }
  for (const { residue: d } of combinations(residues)) {
    const key = d < p256.Point.Fn.ORDER ? confirm({ curve: 'secp256r1', publicKey }, d) : undefined;
    if (key !== undefined) return key;
  }
  return undefined;
};
