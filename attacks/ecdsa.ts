/** What is public of ECDSA (FIPS 186-5 6.4): curves, signatures and the relation between their numbers. */

import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToInteger, equalBytes, integerToBytes, invert, mod } from './numbers.ts';

const POINTS = {
  secp256r1: p256.Point,
  secp384r1: p384.Point,
  secp521r1: p521.Point,
  secp256k1: secp256k1.Point,
} as const;

export type EcdsaCurve = keyof typeof POINTS;

export interface EcdsaTarget {
  readonly curve: EcdsaCurve;
  /** 0x04 || X || Y. */
  readonly publicKey: Uint8Array;
}

/** A signature r || s, each half of the order's length, and the hash that was signed, of any length. */
export interface SignedHash {
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Order {
  readonly n: bigint;
  readonly bits: number;
}

export const orderOf = (curve: EcdsaCurve): Order => {
  const { Fn } = POINTS[curve];
  return { n: Fn.ORDER, bits: Fn.BITS };
};

/** r, s and e, the leftmost bits of the hash (6.4.1 step 2). Throws for a signature of another length. */
export const numbersOf = (curve: EcdsaCurve, { hash, signature }: SignedHash) => {
  const { Fn } = POINTS[curve];
  if (signature.length !== 2 * Fn.BYTES)
    throw new RangeError(`a signature on ${curve} has ${2 * Fn.BYTES} bytes, this one ${signature.length}`);
  const excess = 8 * hash.length - Fn.BITS;
  const integer = bytesToInteger(hash);
  return {
    r: bytesToInteger(signature.subarray(0, Fn.BYTES)),
    s: bytesToInteger(signature.subarray(Fn.BYTES)),
    e: mod(excess > 0 ? integer >> BigInt(excess) : integer, Fn.ORDER),
  };
};

/** The private key's bytes if `d` belongs to the public key. */
export const confirm = ({ curve, publicKey }: EcdsaTarget, d: bigint): Uint8Array | undefined => {
  const { BASE, Fn } = POINTS[curve];
  const scalar = mod(d, Fn.ORDER);
  if (scalar === 0n || !equalBytes(BASE.multiply(scalar).toBytes(false), publicKey)) return undefined;
  return integerToBytes(scalar, Fn.BYTES);
};

/** s * k = e + r * d: the private key from a per-signature secret. undefined where it is not the target's. */
export const fromSecret = (target: EcdsaTarget, signed: SignedHash, k: bigint): Uint8Array | undefined => {
  const { n } = orderOf(target.curve);
  const { r, s, e } = numbersOf(target.curve, signed);
  return confirm(target, (s * k - e) * invert(r, n));
};
