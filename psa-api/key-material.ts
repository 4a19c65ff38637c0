/**
 * Key material by key type: what is valid, how large it is, how it is made and what its public part is.
 * PSA Crypto 1.3, 9.2, the "Key format", "Key derivation" and size rules of each type.
 */
import type { Curve, Engine, RandomBytes, RsaPrivateKey, RsaPublicKey } from '../engine/engine.ts';
import {
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR,
  PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_IS_PUBLIC_KEY,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
} from './constants.ts';
import type { Key } from './key.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';
import { curveName, curveSizes, MAX_KEY_BYTES, RSA_MAX_BITS, RSA_MIN_BITS } from './support.ts';

/** Unstructured keys of any whole number of bytes. */
const BYTE_STRINGS: ReadonlySet<number> = new Set([
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
]);

const AES_BITS = [128, 192, 256];

const isEcc = (type: number): boolean =>
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type) || PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type);
const isRsa = (type: number): boolean =>
  type === PSA_KEY_TYPE_RSA_KEY_PAIR || type === PSA_KEY_TYPE_RSA_PUBLIC_KEY;

export const curveOf = (engine: Engine, type: number, bits: number): Curve | undefined => {
  const name = isEcc(type) ? curveName(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) : undefined;
  return name === undefined ? undefined : engine.curve(name);
};

/** Whether keys of this type exist here at all. */
export const isSupportedType = (type: number): boolean =>
  BYTE_STRINGS.has(type) ||
  type === PSA_KEY_TYPE_AES ||
  isRsa(type) ||
  (isEcc(type) && curveSizes(PSA_KEY_TYPE_ECC_GET_FAMILY(type)).length > 0);

/** A size that keys of this (supported) type have; the status where they have not. */
export const checkSize = (type: number, bits: number): PsaError | undefined => {
  if (BYTE_STRINGS.has(type)) {
    if (bits === 0 || bits % 8 !== 0) return PSA_ERROR_INVALID_ARGUMENT;
    return bits > MAX_KEY_BYTES * 8 ? PSA_ERROR_NOT_SUPPORTED : undefined;
  }
  if (type === PSA_KEY_TYPE_AES) return AES_BITS.includes(bits) ? undefined : PSA_ERROR_INVALID_ARGUMENT;
  if (isRsa(type)) {
    if (bits === 0 || bits % 8 !== 0) return PSA_ERROR_INVALID_ARGUMENT;
    return bits < RSA_MIN_BITS || bits > RSA_MAX_BITS ? PSA_ERROR_NOT_SUPPORTED : undefined;
  }
  if (bits === 0) return PSA_ERROR_INVALID_ARGUMENT;
  return curveName(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) === undefined
    ? PSA_ERROR_NOT_SUPPORTED
    : undefined;
};

export interface Material {
  readonly bits: number;
  readonly data: Uint8Array;
}

/** Coordinates of a length that belongs to two sizes do not occur among the curves here. */
const eccBits = (type: number, length: number): number | undefined => {
  const sizes = curveSizes(PSA_KEY_TYPE_ECC_GET_FAMILY(type));
  const coordinate = PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type) ? (length - 1) / 2 : length;
  return sizes.find((bits) => Math.ceil(bits / 8) === coordinate);
};

/**
 * Reads imported bytes as a key of a supported type. `bits` 0 takes the size from the bytes
 * (9.6.1, psa_import_key); another size must agree with them.
 */
export const readMaterial = (
  engine: Engine,
  type: number,
  bits: number,
  data: Uint8Array,
): Material | PsaError => {
  if (data.length === 0) return PSA_ERROR_INVALID_ARGUMENT;
  if (isRsa(type)) return readRsa(engine, type, bits, data);
  if (isEcc(type)) return readEcc(engine, type, bits, data);
  if (data.length > MAX_KEY_BYTES) return PSA_ERROR_NOT_SUPPORTED;
  const size = data.length * 8;
  if (bits !== 0 && bits !== size) return PSA_ERROR_INVALID_ARGUMENT;
  return checkSize(type, size) ?? { bits: size, data: data.slice() };
};

const readRsa = (engine: Engine, type: number, bits: number, data: Uint8Array): Material | PsaError => {
  const key = type === PSA_KEY_TYPE_RSA_KEY_PAIR ? engine.rsa.privateKey(data) : engine.rsa.publicKey(data);
  if (key === undefined) return PSA_ERROR_INVALID_ARGUMENT;
  if (bits !== 0 && bits !== key.bits) return PSA_ERROR_INVALID_ARGUMENT;
  // A modulus whose size is not a multiple of 8 is valid, but nobody supports it.
  if (key.bits % 8 !== 0) return PSA_ERROR_NOT_SUPPORTED;
  return checkSize(type, key.bits) ?? { bits: key.bits, data: data.slice() };
};

const readEcc = (engine: Engine, type: number, bits: number, data: Uint8Array): Material | PsaError => {
  const size = eccBits(type, data.length);
  if (bits !== 0 && curveOf(engine, type, bits) === undefined) return PSA_ERROR_NOT_SUPPORTED;
  if (size === undefined || (bits !== 0 && bits !== size)) return PSA_ERROR_INVALID_ARGUMENT;
  const curve = curveOf(engine, type, size);
  if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
  const valid = PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type) ? curve.isPublicKey(data) : curve.isPrivateKey(data);
  return valid ? { bits: size, data: data.slice() } : PSA_ERROR_INVALID_ARGUMENT;
};

const F4 = 65537n;

/** Fresh material of a supported type and a checked size; RSA with exponent `e` (9.2.4: 65537 by default). */
export const generateMaterial = (
  engine: Engine,
  random: RandomBytes,
  type: number,
  bits: number,
  e: bigint = F4,
): Uint8Array | PsaError => {
  if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return PSA_ERROR_INVALID_ARGUMENT;
  if (type === PSA_KEY_TYPE_RSA_KEY_PAIR) return engine.rsa.generate(bits, e, random);
  const curve = curveOf(engine, type, bits);
  return curve === undefined ? random(bits / 8) : curve.generate(random);
};

/** How many bytes of a derivation a key takes at a time, and how they become the key (9.2, "Key derivation"). */
export const deriveMaterial = (
  engine: Engine,
  read: (length: number) => Uint8Array | PsaError,
  type: number,
  bits: number,
): Uint8Array | PsaError => {
  if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return PSA_ERROR_INVALID_ARGUMENT;
  if (type === PSA_KEY_TYPE_RSA_KEY_PAIR) return PSA_ERROR_NOT_SUPPORTED;
  const curve = curveOf(engine, type, bits);
  if (curve === undefined) return read(bits / 8);
  return deriveScalar(curve, read);
};

/** 9.2.5: draw, mask to the order's length, retry while it is above n - 2, add 1 (FIPS 186-4 B.4.2). */
const deriveScalar = (
  curve: Curve,
  read: (length: number) => Uint8Array | PsaError,
): Uint8Array | PsaError => {
  for (;;) {
    const draw = read(curve.byteLength);
    if (typeof draw === 'number') return draw;
    const candidate = draw.slice();
    const spare = curve.byteLength * 8 - curve.bits;
    if (spare > 0) candidate[0] = (candidate[0] ?? 0) & (0xff >> spare);
    // candidate + 1 in 1..n-1 is the same as candidate <= n - 2.
    for (let i = candidate.length - 1; i >= 0; i--) {
      const sum = (candidate[i] ?? 0) + 1;
      candidate[i] = sum & 0xff;
      if (sum <= 0xff) break;
    }
    if (curve.isPrivateKey(candidate)) return candidate;
    candidate.fill(0);
  }
};

/** The public part in its export format, made once for a pair; undefined where there is none. Not to be changed. */
export const publicPart = (engine: Engine, key: Key): Uint8Array | undefined => {
  const { type, bits } = key.attributes;
  if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return key.data;
  const { cache } = key;
  if (type === PSA_KEY_TYPE_RSA_KEY_PAIR) {
    cache.publicPart ??= engine.rsa.encodePublicKey(rsaPrivate(engine, key).public);
  } else if (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) {
    const made = cache.publicPart ?? curveOf(engine, type, bits)?.publicKey(key.data);
    if (made !== undefined) cache.publicPart = made;
  }
  return cache.publicPart;
};

const readable = <K>(key: K | undefined): K => {
  if (key === undefined) throw new Error('a stored RSA key is no longer readable');
  return key;
};

/** The parsed private key, made once. Only for keys that `readMaterial` or `generateMaterial` gave. */
export const rsaPrivate = (engine: Engine, { cache, data }: Key): RsaPrivateKey => {
  cache.rsaPrivate ??= readable(engine.rsa.privateKey(data));
  return cache.rsaPrivate;
};

/** The parsed public key, of a pair or alone. */
export const rsaPublic = (engine: Engine, key: Key): RsaPublicKey => {
  if (key.attributes.type === PSA_KEY_TYPE_RSA_KEY_PAIR) return rsaPrivate(engine, key).public;
  key.cache.rsaPublic ??= readable(engine.rsa.publicKey(key.data));
  return key.cache.rsaPublic;
};
