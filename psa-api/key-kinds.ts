/**
 * How keys of one type and size are checked, made, derived and made public: the "Key format" and "Key derivation"
 * rules of each type (PSA Crypto 1.3, 9.2). RSA keys, whose length varies, are in key-material.ts.
 */
import type { Engine, RandomBytes } from '../engine/engine.ts';
import {
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_DES,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_DH,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_PUBLIC_KEY,
  PSA_KEY_TYPE_IS_SPAKE2P,
} from './constants.ts';
import { makeDesKey } from './des-keys.ts';
import { EDWARDS, FFDH, MONTGOMERY, WEIERSTRASS } from './key-sizes.ts';
import { chain, type Maybe } from './maybe.ts';
import { spake2pKind } from './spake2p-keys.ts';
import type { PsaError } from './status.ts';

/** Reads the next bytes of a derivation. */
export type Draw = (length: number) => Maybe<Uint8Array | PsaError>;

export interface KeyKind {
  /** Length of the export format. */
  readonly length: number;
  isValid(data: Uint8Array): boolean;
  /** Absent for public keys, which can only be imported. */
  readonly generate?: (random: RandomBytes) => Uint8Array;
  readonly derive?: (draw: Draw) => Maybe<Uint8Array | PsaError>;
  /** The public part of a pair. */
  readonly publicPart?: (data: Uint8Array) => Uint8Array;
}

const anything = (): boolean => true;

/** A key that is the bytes drawn. */
const plain = (length: number): KeyKind => ({
  length,
  isValid: anything,
  generate: (random) => random(length),
  derive: (draw) => draw(length),
});

/** Draws candidates until one is accepted (SP 800-56A 5.6.1.2.2): k above the limit is thrown away, then 1 added. */
const testCandidates = (
  length: number,
  bits: number,
  draw: Draw,
  isValid: (key: Uint8Array) => boolean,
): Maybe<Uint8Array | PsaError> =>
  chain(draw(length), (drawn) => {
    if (typeof drawn === 'number') return drawn;
    const candidate = drawn.slice();
    candidate[0] = (candidate[0] ?? 0) & (0xff >> (length * 8 - bits));
    addOne(candidate);
    if (isValid(candidate)) return candidate;
    candidate.fill(0);
    return testCandidates(length, bits, draw, isValid);
  });

const addOne = (number: Uint8Array): void => {
  for (let i = number.length - 1; i >= 0; i--) {
    const sum = (number[i] ?? 0) + 1;
    number[i] = sum & 0xff;
    if (sum <= 0xff) return;
  }
};

const weierstrass = (
  engine: Engine,
  family: number,
  bits: number,
  isPublic: boolean,
): KeyKind | undefined => {
  const name = WEIERSTRASS.get(family)?.get(bits);
  if (name === undefined) return undefined;
  const curve = engine.curve(name);
  const isPrivate = (data: Uint8Array) => curve.isPrivateKey(data);
  if (isPublic) return { length: 1 + 2 * curve.coordinateLength, isValid: (data) => curve.isPublicKey(data) };
  return {
    length: curve.byteLength,
    isValid: isPrivate,
    generate: (random) => curve.generate(random),
    derive: (draw) => testCandidates(curve.byteLength, curve.bits, draw, isPrivate),
    publicPart: (data) => curve.publicKey(data),
  };
};

const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, i) => byte === b[i]);

const montgomery = (engine: Engine, bits: number, isPublic: boolean): KeyKind | undefined => {
  const name = MONTGOMERY.get(bits);
  if (name === undefined) return undefined;
  const curve = engine.montgomeryCurve(name);
  const length = curve.byteLength;
  if (isPublic) return { length, isValid: anything };
  return {
    length,
    // The forced bits of RFC 7748 5 must be set in the key.
    isValid: (data) => equalBytes(curve.clamp(data), data),
    generate: (random) => curve.clamp(random(length)),
    derive: (draw) =>
      chain(draw(length), (drawn) => (typeof drawn === 'number' ? drawn : curve.clamp(drawn))),
    publicPart: (data) => curve.publicKey(data),
  };
};

const edwards = (engine: Engine, bits: number, isPublic: boolean): KeyKind | undefined => {
  const name = EDWARDS.get(bits);
  if (name === undefined) return undefined;
  const curve = engine.edwardsCurve(name);
  if (isPublic) return { length: curve.byteLength, isValid: (data) => curve.isPublicKey(data) };
  return { ...plain(curve.byteLength), publicPart: (data) => curve.publicKey(data) };
};

const ecc = (engine: Engine, type: number, bits: number, isPublic: boolean): KeyKind | undefined => {
  const family = PSA_KEY_TYPE_ECC_GET_FAMILY(type);
  if (family === PSA_ECC_FAMILY_MONTGOMERY) return montgomery(engine, bits, isPublic);
  if (family === PSA_ECC_FAMILY_TWISTED_EDWARDS) return edwards(engine, bits, isPublic);
  return weierstrass(engine, family, bits, isPublic);
};

const ffdh = (engine: Engine, bits: number, isPublic: boolean): KeyKind | undefined => {
  const name = FFDH.get(bits);
  if (name === undefined) return undefined;
  const group = engine.ffdhGroup(name);
  const length = group.byteLength;
  if (isPublic) return { length, isValid: (data) => group.isPublicKey(data) };
  const isPrivate = (data: Uint8Array) => group.isPrivateKey(data);
  return {
    length,
    isValid: isPrivate,
    generate: (random) => group.generate(random),
    derive: (draw) => testCandidates(length, group.bits, draw, isPrivate),
    publicPart: (data) => group.publicKey(data),
  };
};

const des = (bits: number): KeyKind => ({
  length: bits / 8,
  isValid: anything,
  generate: (random) => makeDesKey(bits / 8, (length) => random(length)) as Uint8Array,
  derive: (draw) => makeDesKey(bits / 8, draw),
});

/** The kind of a supported type and a valid size (key-sizes.ts); undefined for RSA. */
export const kindOf = (engine: Engine, type: number, bits: number): KeyKind | undefined => {
  const isPublic = PSA_KEY_TYPE_IS_PUBLIC_KEY(type);
  if (PSA_KEY_TYPE_IS_ECC(type)) return ecc(engine, type, bits, isPublic);
  if (PSA_KEY_TYPE_IS_DH(type)) return ffdh(engine, bits, isPublic);
  if (PSA_KEY_TYPE_IS_SPAKE2P(type)) return spake2pKind(engine, bits, isPublic);
  if (type === PSA_KEY_TYPE_DES) return des(bits);
  return isPublic || bits % 8 !== 0 ? undefined : plain(bits / 8);
};
