/**
 * ECDSA (FIPS 186-5 6.4) and ECDH (SEC 1 3.3.1) on the curves of FIPS 186-5 that PSA names secp*r1.
 *
 * Point and scalar arithmetic is noble's. Signing is spelt out here, step by step, because noble's own
 * does not take the per-signature secret from outside.
 */

import type { WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import type { Curve, CurveName, NonceSource, RandomBytes } from '../engine.ts';
import { bytesToInteger, concatBytes, integerToBytes } from './bytes.ts';
import { deterministicNonce } from './rfc6979.ts';

type PointType = WeierstrassPointCons<bigint>;
type Point = InstanceType<PointType>;

/** SEC 1 2.3.3: an uncompressed point. */
const UNCOMPRESSED = 0x04;

/** A generator that never gives a usable scalar in so many draws is broken, by chance or by a fault. */
const MAX_DRAWS = 256;

class NobleCurve implements Curve {
  readonly name: CurveName;
  readonly bits: number;
  readonly byteLength: number;
  readonly #Point: PointType;
  readonly #order: bigint;

  constructor(name: CurveName, Point: PointType) {
    this.name = name;
    this.#Point = Point;
    this.#order = Point.Fn.ORDER;
    this.bits = Point.Fn.BITS;
    this.byteLength = Point.Fn.BYTES;
  }

  generate(random: RandomBytes): Uint8Array {
    return integerToBytes(this.#drawScalar(random), this.byteLength);
  }

  isPrivateKey(privateKey: Uint8Array): boolean {
    if (privateKey.length !== this.byteLength) return false;
    return this.#Point.Fn.isValidNot0(bytesToInteger(privateKey));
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return this.#parsePoint(publicKey) !== undefined;
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    return this.#Point.BASE.multiply(this.#parseScalar(privateKey)).toBytes(false);
  }

  /** FIPS 186-5 6.4.1. */
  sign(privateKey: Uint8Array, hash: Uint8Array, nonce: NonceSource): Uint8Array {
    const d = this.#parseScalar(privateKey);
    const e = this.#hashToInteger(hash);
    const tryNonce = (k: bigint) => this.#signWith(d, e, k);
    if ('rfc6979' in nonce) {
      return deterministicNonce(nonce.rfc6979, this.#Point.Fn, d, e, tryNonce);
    }
    for (;;) {
      const signature = tryNonce(this.#drawScalar(nonce.random));
      if (signature !== undefined) return signature;
    }
  }

  /** FIPS 186-5 6.4.2. */
  verify(publicKey: Uint8Array, hash: Uint8Array, signature: Uint8Array): boolean {
    const { Fn, BASE } = this.#Point;
    if (signature.length !== 2 * this.byteLength) return false;
    const r = bytesToInteger(signature.subarray(0, this.byteLength));
    const s = bytesToInteger(signature.subarray(this.byteLength));
    if (!Fn.isValidNot0(r) || !Fn.isValidNot0(s)) return false;
    const q = this.#parsePoint(publicKey);
    if (q === undefined) return false;
    const inverse = Fn.inv(s);
    const u = Fn.mul(this.#hashToInteger(hash), inverse);
    const v = Fn.mul(r, inverse);
    const point = BASE.mulAddUnsafe(u, q, v);
    return !point.is0() && point.toAffine().x % this.#order === r;
  }

  ecdh(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
    const q = this.#parsePoint(peer);
    if (q === undefined) return undefined;
    return this.#Point.Fp.toBytes(q.multiply(this.#parseScalar(privateKey)).toAffine().x);
  }

  /** 6.4.1 steps 5 to 11 for one k; undefined where the standard asks for another. */
  #signWith(d: bigint, e: bigint, k: bigint): Uint8Array | undefined {
    const { Fn, BASE } = this.#Point;
    const r = BASE.multiply(k).toAffine().x % this.#order;
    if (r === 0n) return undefined;
    const s = Fn.mul(Fn.inv(k), Fn.add(e, Fn.mul(r, d)));
    if (s === 0n) return undefined;
    return concatBytes(Fn.toBytes(r), Fn.toBytes(s));
  }

  /** 6.4.1 step 2: the leftmost bits of the hash, as many as the order has; then mod n. */
  #hashToInteger(hash: Uint8Array): bigint {
    const excess = 8 * hash.length - this.bits;
    const integer = bytesToInteger(hash);
    return (excess > 0 ? integer >> BigInt(excess) : integer) % this.#order;
  }

  /**
   * Rejection as in FIPS 186-5 A.2.2 and A.3.2, but on 1..n-1 itself instead of 0..n-2 with one added:
   * the scalar is then the bytes drawn.
   */
  #drawScalar(random: RandomBytes): bigint {
    const excess = 8 * this.byteLength - this.bits;
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const bytes = random(this.byteLength);
      const scalar = BigInt.asUintN(8 * this.byteLength - excess, bytesToInteger(bytes));
      if (this.#Point.Fn.isValidNot0(scalar)) return scalar;
    }
    throw new Error(`no scalar for ${this.name} in ${MAX_DRAWS} draws`);
  }

  #parseScalar(privateKey: Uint8Array): bigint {
    if (!this.isPrivateKey(privateKey)) throw new RangeError(`not a private key for ${this.name}`);
    return bytesToInteger(privateKey);
  }

  /** SEC 1 2.3.4 and 3.2.2.1; the cofactor is 1. */
  #parsePoint(bytes: Uint8Array): Point | undefined {
    if (bytes.length !== 1 + 2 * this.byteLength || bytes[0] !== UNCOMPRESSED) return undefined;
    try {
      return this.#Point.fromBytes(bytes);
    } catch {
      return undefined;
    }
  }
}

const CURVES: Readonly<Record<CurveName, Curve>> = {
  secp256r1: new NobleCurve('secp256r1', p256.Point),
  secp384r1: new NobleCurve('secp384r1', p384.Point),
  secp521r1: new NobleCurve('secp521r1', p521.Point),
};

export function curve(name: CurveName): Curve {
  return CURVES[name];
}
