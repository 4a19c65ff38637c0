/** Key material: reading imported bytes, making and deriving keys, and their public part. PSA Crypto 1.3, 9.2 and 9.6. */
import type { Curve, Engine, RsaPrivateKey, RsaPublicKey } from '../engine/engine.ts';
import {
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_PUBLIC_KEY,
  PSA_KEY_TYPE_IS_RSA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
} from './constants.ts';
import type { Caller } from './handler.ts';
import type { Key } from './key.ts';
import { type Draw, kindOf } from './key-kinds.ts';
import { checkSize, isByteString, MAX_KEY_BYTES, sizesOf, WEIERSTRASS } from './key-sizes.ts';
import type { Maybe } from './maybe.ts';
import type { Services } from './services.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';

export interface Material {
  readonly bits: number;
  readonly data: Uint8Array;
}

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
  if (PSA_KEY_TYPE_IS_RSA(type)) return readRsa(engine, type, bits, data);
  if (isByteString(type)) return readByteString(type, bits, data);
  if (bits !== 0) {
    const refused = checkSize(type, bits);
    if (refused !== undefined) return refused;
  }
  for (const size of bits === 0 ? (sizesOf(type) ?? []) : [bits]) {
    const kind = kindOf(engine, type, size);
    if (kind?.length === data.length)
      return kind.isValid(data) ? { bits: size, data: data.slice() } : PSA_ERROR_INVALID_ARGUMENT;
  }
  return PSA_ERROR_INVALID_ARGUMENT;
};

const readByteString = (type: number, bits: number, data: Uint8Array): Material | PsaError => {
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

const F4 = 65537n;

/** Fresh material of a supported type and a checked size; RSA with exponent `e` (9.2.4: 65537 by default). */
export const generateMaterial = (
  services: Services,
  caller: Caller,
  type: number,
  bits: number,
  e: bigint = F4,
): Maybe<Uint8Array | PsaError> => {
  const { engine, random } = services;
  if (type === PSA_KEY_TYPE_RSA_KEY_PAIR)
    return services.run(engine.rsa.generateLong(bits, e, services.fork()), caller);
  return kindOf(engine, type, bits)?.generate?.(random) ?? PSA_ERROR_INVALID_ARGUMENT;
};

/** A key from a derivation's output; how many bytes it takes depends on the type. */
export const deriveMaterial = (
  engine: Engine,
  draw: Draw,
  type: number,
  bits: number,
): Maybe<Uint8Array | PsaError> => {
  if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return PSA_ERROR_INVALID_ARGUMENT;
  if (PSA_KEY_TYPE_IS_RSA(type)) return PSA_ERROR_NOT_SUPPORTED;
  return kindOf(engine, type, bits)?.derive?.(draw) ?? PSA_ERROR_NOT_SUPPORTED;
};

/** The public part in its export format, made once for a pair; undefined where there is none. Not to be changed. */
export const publicPart = (engine: Engine, key: Key): Uint8Array | undefined => {
  const { type, bits } = key.attributes;
  if (PSA_KEY_TYPE_IS_PUBLIC_KEY(type)) return key.data;
  const { cache } = key;
  const made =
    cache.publicPart ??
    (type === PSA_KEY_TYPE_RSA_KEY_PAIR
      ? engine.rsa.encodePublicKey(rsaPrivate(engine, key).public)
      : kindOf(engine, type, bits)?.publicPart?.(key.data));
  if (made !== undefined) cache.publicPart = made;
  return made;
};

/** The Weierstrass curve of a key type and size. */
export const curveOf = (engine: Engine, type: number, bits: number): Curve | undefined => {
  const name = PSA_KEY_TYPE_IS_ECC(type)
    ? WEIERSTRASS.get(PSA_KEY_TYPE_ECC_GET_FAMILY(type))?.get(bits)
    : undefined;
  return name === undefined ? undefined : engine.curve(name);
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
