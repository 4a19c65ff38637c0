/**
 * EdDSA (RFC 8032) with a probe between its steps.
 *
 * In signing, `alg.eddsa.r` is the per-signature secret r mod L, `s` the second half of the signature, both
 * little-endian and as long as a key, and `hash` the digest of R || A || PH(M), twice as long, before it is reduced.
 * `alg.eddsa.verify` compares [S]B with R + [k]A by their encodings.
 */

import type { EddsaOptions, EdwardsCurve, EdwardsCurveName, Engine } from '../engine.ts';
import { concatBytes, equalBytes } from '../noble/bytes.ts';
import {
  challenge,
  EDDSA_SCHEMES,
  type EddsaScheme,
  encodedMultiple,
  expandKey,
  littleEndian,
  scalarOf,
  secretScalar,
} from '../noble/eddsa-steps.ts';
import { lazy } from '../noble/lazy.ts';
import type { Probe } from '../probe.ts';

/** 5.1.6, 5.2.6. */
function sign(
  scheme: EddsaScheme,
  probe: Probe,
  privateKey: Uint8Array,
  message: Uint8Array,
  options: EddsaOptions,
): Uint8Array {
  const { Fn } = scheme.Point;
  const { scalar, prefix, publicKey } = expandKey(scheme, privateKey);
  const secret = littleEndian(scheme, secretScalar(scheme, prefix, message, options));
  const disturbed = scalarOf(scheme, probe.data('alg.eddsa.r', secret));
  const r = encodedMultiple(scheme, disturbed);
  const digest = probe.data('alg.eddsa.hash', challenge(scheme, r, publicKey, message, options));
  const s = Fn.add(disturbed, Fn.mul(scalarOf(scheme, digest), scalar));
  return concatBytes(r, probe.data('alg.eddsa.s', littleEndian(scheme, s)));
}

/** A and R in reduced encodings, and A not of small order: what the plain engine refuses before its equation too. */
function decoded(
  { Point }: EddsaScheme,
  publicKey: Uint8Array,
  signature: Uint8Array,
): { a: InstanceType<EddsaScheme['Point']>; r: InstanceType<EddsaScheme['Point']> } | undefined {
  try {
    const a = Point.fromBytes(publicKey, false);
    const r = Point.fromBytes(signature.subarray(0, publicKey.length), false);
    return a.isSmallOrder() ? undefined : { a, r };
  } catch {
    return undefined;
  }
}

/** 5.1.7, 5.2.7: the equation with the cofactor. */
function verify(
  scheme: EddsaScheme,
  probe: Probe,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  options: EddsaOptions,
): boolean {
  const { Point } = scheme;
  const length = Point.Fp.BYTES;
  if (publicKey.length !== length || signature.length !== 2 * length) return false;
  const points = decoded(scheme, publicKey, signature);
  const half = signature.subarray(length);
  const s = scalarOf(scheme, half);
  if (points === undefined || !equalBytes(littleEndian(scheme, s), half)) return false;
  const r = signature.subarray(0, length);
  const digest = challenge(scheme, r, publicKey, message, options);
  const left = Point.BASE.multiplyUnsafe(s).clearCofactor().toBytes();
  const right = points.r
    .add(points.a.multiplyUnsafe(scalarOf(scheme, digest)))
    .clearCofactor()
    .toBytes();
  return probe.check('alg.eddsa.verify', length, (compared) =>
    equalBytes(left.subarray(0, compared), right.subarray(0, compared)),
  );
}

function faultyEdwardsCurve(plain: EdwardsCurve, probe: Probe): EdwardsCurve {
  const { name } = plain;
  const scheme = EDDSA_SCHEMES[name];
  return {
    name,
    bits: plain.bits,
    byteLength: plain.byteLength,
    isPublicKey: (publicKey) => plain.isPublicKey(publicKey),
    publicKey: (privateKey) => plain.publicKey(privateKey),
    sign: (privateKey, message, options = {}) =>
      probe.wants('alg.eddsa')
        ? sign(scheme, probe, privateKey, message, options)
        : plain.sign(privateKey, message, options),
    verify: (publicKey, message, signature, options = {}) =>
      probe.wants('alg.eddsa')
        ? verify(scheme, probe, publicKey, message, signature, options)
        : plain.verify(publicKey, message, signature, options),
  };
}

export function faultyEdwardsCurves(engine: Engine, probe: Probe): Pick<Engine, 'edwardsCurve'> {
  return {
    edwardsCurve: lazy((name: EdwardsCurveName) => faultyEdwardsCurve(engine.edwardsCurve(name), probe)),
  };
}
