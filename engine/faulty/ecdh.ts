/**
 * ECDH (SEC 1 3.3.1) with a probe between its steps, on whatever pair of coordinates gets there: the formulas of
 * addition know a and p, and not b, so that a point which nobody validated lies on a curve of its own.
 *
 * `alg.ecdh.validate` is the validation of the peer's point; `alg.ecdh.point` its coordinates X || Y as the
 * multiplication reads them, after the validation.
 */

import type { CurveName } from '../engine.ts';
import { bytesToInteger } from '../noble/bytes.ts';
import { type PointType, parsePoint, parseScalar, pointType } from '../noble/points.ts';
import type { Probe } from '../probe.ts';

/** Infinity is undefined. */
type Affine = { readonly x: bigint; readonly y: bigint } | undefined;

/** SEC 1 2.2.1. Off the curve the same rules hold, on y^2 = x^3 + a * x + b' with the point's own b'. */
function add({ Fp }: PointType, a: bigint, p: Affine, q: Affine): Affine {
  if (p === undefined) return q;
  if (q === undefined) return p;
  const isSame = p.x === q.x;
  if (isSame && (p.y !== q.y || p.y === 0n)) return undefined;
  const slope = isSame
    ? Fp.div(Fp.add(Fp.mul(3n, Fp.sqr(p.x)), a), Fp.mul(2n, p.y))
    : Fp.div(Fp.sub(q.y, p.y), Fp.sub(q.x, p.x));
  const x = Fp.sub(Fp.sub(Fp.sqr(slope), p.x), q.x);
  return { x, y: Fp.sub(Fp.mul(slope, Fp.sub(p.x, x)), p.y) };
}

function multiply(Point: PointType, point: Affine, scalar: bigint): Affine {
  const { a } = Point.CURVE();
  let result: Affine;
  for (const bit of scalar.toString(2)) {
    result = add(Point, a, result, result);
    if (bit === '1') result = add(Point, a, result, point);
  }
  return result;
}

/** The coordinates alone, reduced; undefined unless an uncompressed point by its form. */
function coordinates({ Fp }: PointType, bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length === 1 + 2 * Fp.BYTES && bytes[0] === 0x04 ? bytes.slice(1) : undefined;
}

export function ecdh(
  name: CurveName,
  probe: Probe,
  privateKey: Uint8Array,
  peer: Uint8Array,
): Uint8Array | undefined {
  const Point = pointType(name);
  const { Fp } = Point;
  const scalar = parseScalar(Point, privateKey);
  if (scalar === undefined) throw new RangeError(`not a private key for ${name}`);
  if (!probe.skips('alg.ecdh.validate') && parsePoint(Point, peer) === undefined) return undefined;
  const given = coordinates(Point, peer);
  if (given === undefined) return undefined;
  const read = probe.data('alg.ecdh.point', given);
  const x = Fp.create(bytesToInteger(read.subarray(0, Fp.BYTES)));
  const y = Fp.create(bytesToInteger(read.subarray(Fp.BYTES)));
  const shared = multiply(Point, { x, y }, scalar);
  return shared && Fp.toBytes(shared.x);
}
