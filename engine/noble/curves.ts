/**
 * ECDSA (FIPS 186-5 6.4) and ECDH (SEC 1 3.3.1) on short Weierstrass curves.
 *
 * Point and scalar arithmetic is noble's. Signing is spelt out here, step by step, because noble's own
 * does not take the per-signature secret from outside.
 */

import type { Curve, CurveName, NonceSource, RandomBytes } from '../engine.ts';
import { bytesToInteger, concatBytes, integerToBytes } from './bytes.ts';
import { lazy } from './lazy.ts';
import { drawScalar, type PointType, parsePoint, parseScalar, pointType } from './points.ts';
import { deterministicNonce } from './rfc6979.ts';

class NobleCurve implements Curve {
  readonly name: CurveName;
  readonly bits: number;
  readonly byteLength: number;
  readonly coordinateLength: number;
  readonly #Point: PointType;
  readonly #order: bigint;

  constructor(name: CurveName) {
    const Point = pointType(name);
    this.name = name;
    this.#Point = Point;
    this.#order = Point.Fn.ORDER;
    this.bits = Point.Fn.BITS;
    this.byteLength = Point.Fn.BYTES;
    this.coordinateLength = Point.Fp.BYTES;
  }

  generate(random: RandomBytes): Uint8Array {
    return integerToBytes(drawScalar(this.#Point, random), this.byteLength);
  }

  isPrivateKey(privateKey: Uint8Array): boolean {
    return parseScalar(this.#Point, privateKey) !== undefined;
  }

  isPublicKey(publicKey: Uint8Array): boolean {
    return parsePoint(this.#Point, publicKey) !== undefined;
  }

  publicKey(privateKey: Uint8Array): Uint8Array {
    return this.#Point.BASE.multiply(this.#scalarOf(privateKey)).toBytes(false);
  }

  /** FIPS 186-5 6.4.1. */
  sign(privateKey: Uint8Array, hash: Uint8Array, nonce: NonceSource): Uint8Array {
    const d = this.#scalarOf(privateKey);
    const e = this.#hashToInteger(hash);
    const tryNonce = (k: bigint) => this.#signWith(d, e, k);
    if ('rfc6979' in nonce) {
      return deterministicNonce(nonce.rfc6979, this.#Point.Fn, d, e, tryNonce);
    }
    for (;;) {
      const signature = tryNonce(drawScalar(this.#Point, nonce.random));
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
    const q = parsePoint(this.#Point, publicKey);
    if (q === undefined) return false;
    const inverse = Fn.inv(s);
    const u = Fn.mul(this.#hashToInteger(hash), inverse);
    const v = Fn.mul(r, inverse);
    const point = BASE.mulAddUnsafe(u, q, v);
    return !point.is0() && point.toAffine().x % this.#order === r;
  }

  ecdh(privateKey: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
    const q = parsePoint(this.#Point, peer);
    if (q === undefined) return undefined;
    return this.#Point.Fp.toBytes(q.multiply(this.#scalarOf(privateKey)).toAffine().x);
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

  #scalarOf(privateKey: Uint8Array): bigint {
    const scalar = parseScalar(this.#Point, privateKey);
    if (scalar === undefined) throw new RangeError(`not a private key for ${this.name}`);
    return scalar;
  }
}

export const curve = lazy((name: CurveName): Curve => new NobleCurve(name));
