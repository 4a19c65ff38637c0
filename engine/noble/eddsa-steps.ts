/**
 * The steps of EdDSA (RFC 8032 5.1.5 to 5.1.7, 5.2.5 to 5.2.7), for those who need them one by one: where the
 * library's signing takes no per-signature secret from outside.
 */

import type { EdwardsPointCons } from '@noble/curves/abstract/edwards.js';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { shake256 } from '@noble/hashes/sha3.js';
import type { EddsaOptions, EdwardsCurveName } from '../engine.ts';
import { bytesToInteger, concatBytes } from './bytes.ts';
import { clamp448, clamp25519 } from './clamp.ts';

export function checkContext(context: Uint8Array): void {
  if (context.length > 255) throw new RangeError('an EdDSA context has at most 255 bytes');
}

/** dom2 and dom4 of RFC 8032 2: a label, the flag of prehashing, the context and its length. */
export function domain(label: string): (context: Uint8Array, flag: boolean) => Uint8Array {
  const start = Uint8Array.from(label, (character) => character.charCodeAt(0));
  return (context, flag) => {
    checkContext(context);
    return concatBytes(start, Uint8Array.of(flag ? 1 : 0, context.length), context);
  };
}

export const dom2 = domain('SigEd25519 no Ed25519 collisions');
export const dom4 = domain('SigEd448');

export interface EddsaScheme {
  readonly Point: EdwardsPointCons;
  /** Twice as long as a key. */
  readonly hash: (data: Uint8Array) => Uint8Array;
  /** The block of `hash`. */
  readonly block: number;
  readonly clamp: (scalar: Uint8Array) => Uint8Array;
  /** Ed25519 without a context has no prefix at all. */
  readonly prefix: (options: EddsaOptions) => Uint8Array;
}

const NOTHING = new Uint8Array(0);

export const EDDSA_SCHEMES: Readonly<Record<EdwardsCurveName, EddsaScheme>> = {
  ed25519: {
    Point: ed25519.Point,
    hash: sha512,
    block: 128,
    clamp: clamp25519,
    prefix: ({ context, prehashed = false }) =>
      context === undefined && !prehashed ? NOTHING : dom2(context ?? NOTHING, prehashed),
  },
  ed448: {
    Point: ed448.Point,
    hash: (data) => shake256(data, { dkLen: 114 }),
    block: 136,
    clamp: clamp448,
    prefix: ({ context = NOTHING, prehashed = false }) => dom4(context, prehashed),
  },
};

/** Little-endian bytes of any length, modulo the order. */
export function scalarOf({ Point }: EddsaScheme, bytes: Uint8Array): bigint {
  return Point.Fn.create(bytesToInteger(bytes.toReversed()));
}

/** [scalar]B, the neutral element for 0. */
export function encodedMultiple({ Point }: EddsaScheme, scalar: bigint): Uint8Array {
  return (scalar === 0n ? Point.ZERO : Point.BASE.multiply(scalar)).toBytes();
}

export interface ExpandedKey {
  readonly scalar: bigint;
  readonly prefix: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** 5.1.5, 5.2.5. */
export function expandKey(scheme: EddsaScheme, privateKey: Uint8Array): ExpandedKey {
  const digest = scheme.hash(privateKey);
  const half = privateKey.length;
  const scalar = scalarOf(scheme, scheme.clamp(digest.slice(0, half)));
  return { scalar, prefix: digest.slice(half), publicKey: encodedMultiple(scheme, scalar) };
}

/** Zeros up to a whole number of blocks. */
function padded({ block }: EddsaScheme, ...parts: Uint8Array[]): Uint8Array {
  const data = concatBytes(...parts);
  return concatBytes(data, new Uint8Array((block - (data.length % block)) % block));
}

/** Step 2 of 5.1.6 and 5.2.6, with noise that of draft-irtf-cfrg-det-sigs-with-noise (section 3). */
export function secretScalar(
  scheme: EddsaScheme,
  prefix: Uint8Array,
  message: Uint8Array,
  options: EddsaOptions,
): bigint {
  const dom = scheme.prefix(options);
  const { noise } = options;
  const before = noise === undefined ? [dom, prefix] : [padded(scheme, dom, noise), padded(scheme, prefix)];
  return scalarOf(scheme, scheme.hash(concatBytes(...before, message)));
}

/** Step 4: the digest of R || A || PH(M), not yet reduced. */
export function challenge(
  scheme: EddsaScheme,
  r: Uint8Array,
  publicKey: Uint8Array,
  message: Uint8Array,
  options: EddsaOptions,
): Uint8Array {
  return scheme.hash(concatBytes(scheme.prefix(options), r, publicKey, message));
}

/** 5.1.6 and 5.2.6 with noise. */
export function signHedged(
  scheme: EddsaScheme,
  privateKey: Uint8Array,
  message: Uint8Array,
  options: EddsaOptions,
): Uint8Array {
  const { Fn } = scheme.Point;
  const { scalar, prefix, publicKey } = expandKey(scheme, privateKey);
  const secret = secretScalar(scheme, prefix, message, options);
  const r = encodedMultiple(scheme, secret);
  const k = scalarOf(scheme, challenge(scheme, r, publicKey, message, options));
  return concatBytes(r, littleEndian(scheme, Fn.add(secret, Fn.mul(k, scalar))));
}

/** As long as a key; the order is shorter for Ed448. */
export function littleEndian({ Point }: EddsaScheme, scalar: bigint): Uint8Array {
  const out = new Uint8Array(Point.Fp.BYTES);
  out.set(Point.Fn.toBytes(scalar));
  return out;
}
