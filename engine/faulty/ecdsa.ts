/**
 * ECDSA (FIPS 186-5 6.4) with a probe between its steps.
 *
 * In signing, `alg.ecdsa.hash` is the hash as it was given, `k` the per-signature secret, `r` the first half of the
 * signature, as it is output and as it goes into s, and `s` the sum e + r * d mod n, before it is divided by k: all
 * big-endian, of the order's length but for the hash. `alg.ecdsa.verify` is the comparison of x mod n with r.
 */

import type { CurveName, NonceSource } from '../engine.ts';
import { FaultDetected } from '../guarded/fault-detected.ts';
import { bytesToInteger, concatBytes, equalBytes } from '../noble/bytes.ts';
import {
  drawScalar,
  type Point,
  type PointType,
  parsePoint,
  parseScalar,
  pointType,
} from '../noble/points.ts';
import { deterministicNonce } from '../noble/rfc6979.ts';
import type { Probe } from '../probe.ts';

/** A fault that lasts must not keep a device searching for a signature that there is not. */
const MAX_TRIES = 256;

/** 6.4.1 step 2. */
function hashToInteger({ Fn }: PointType, hash: Uint8Array): bigint {
  const excess = 8 * hash.length - Fn.BITS;
  const integer = bytesToInteger(hash);
  return (excess > 0 ? integer >> BigInt(excess) : integer) % Fn.ORDER;
}

/** 6.4.1 steps 5 to 11 for one k; undefined where the standard asks for another. */
function signWith(Point: PointType, probe: Probe, d: bigint, hash: Uint8Array, nonce: bigint) {
  const { Fn, BASE } = Point;
  const disturbed = (point: string, value: bigint) =>
    Fn.create(bytesToInteger(probe.data(point, Fn.toBytes(value))));
  const k = disturbed('alg.ecdsa.k', nonce);
  if (k === 0n) return undefined;
  const r = disturbed('alg.ecdsa.r', BASE.multiply(k).toAffine().x % Fn.ORDER);
  if (r === 0n) return undefined;
  const e = hashToInteger(Point, probe.data('alg.ecdsa.hash', hash));
  const sum = disturbed('alg.ecdsa.s', Fn.add(e, Fn.mul(r, d)));
  if (sum === 0n) return undefined;
  return concatBytes(Fn.toBytes(r), Fn.toBytes(Fn.mul(Fn.inv(k), sum)));
}

export function sign(
  name: CurveName,
  probe: Probe,
  privateKey: Uint8Array,
  hash: Uint8Array,
  nonce: NonceSource,
): Uint8Array {
  const Point = pointType(name);
  const d = parseScalar(Point, privateKey);
  if (d === undefined) throw new RangeError(`not a private key for ${name}`);
  let tries = 0;
  const tryNonce = (k: bigint) => {
    if (tries++ === MAX_TRIES) throw new FaultDetected(`no signature with ${MAX_TRIES} secrets`);
    return signWith(Point, probe, d, hash, k);
  };
  // The secret follows from the hash as it was given: a fault that comes later finds it fixed.
  if ('rfc6979' in nonce)
    return deterministicNonce(nonce.rfc6979, Point.Fn, d, hashToInteger(Point, hash), tryNonce);
  for (;;) {
    const signature = tryNonce(drawScalar(Point, nonce.random));
    if (signature !== undefined) return signature;
  }
}

function affineX(point: Point, Point: PointType): Uint8Array {
  const { Fn } = Point;
  return Fn.toBytes(point.is0() ? 0n : point.toAffine().x % Fn.ORDER);
}

/** 6.4.2. What is no signature or no key at all is refused before there is anything to compare. */
export function verify(
  name: CurveName,
  probe: Probe,
  publicKey: Uint8Array,
  hash: Uint8Array,
  signature: Uint8Array,
): boolean {
  const Point = pointType(name);
  const { Fn, BASE } = Point;
  if (signature.length !== 2 * Fn.BYTES) return false;
  const half = signature.subarray(0, Fn.BYTES);
  const r = bytesToInteger(half);
  const s = bytesToInteger(signature.subarray(Fn.BYTES));
  const q = parsePoint(Point, publicKey);
  if (!Fn.isValidNot0(r) || !Fn.isValidNot0(s) || q === undefined) return false;
  const e = hashToInteger(Point, hash);
  const inverse = Fn.inv(s);
  const x = affineX(BASE.mulAddUnsafe(Fn.mul(e, inverse), q, Fn.mul(r, inverse)), Point);
  return probe.check('alg.ecdsa.verify', Fn.BYTES, (length) =>
    equalBytes(x.subarray(0, length), half.subarray(0, length)),
  );
}
