/**
 * Key types and the sizes of their keys: those that the specification defines (PSA Crypto 1.3, 9.2), and those of them
 * that exist here. A size outside the first is invalid, one outside the second not supported.
 */
import type { CurveName, EdwardsCurveName, FfdhGroupName, MontgomeryCurveName } from '../engine/engine.ts';
import {
  PSA_DH_FAMILY_RFC7919,
  PSA_ECC_FAMILY_BRAINPOOL_P_R1,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_K1,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_DES,
  PSA_KEY_TYPE_DH_GET_FAMILY,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_IS_DH,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_RSA,
  PSA_KEY_TYPE_IS_SPAKE2P,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_SPAKE2P_GET_FAMILY,
  PSA_KEY_TYPE_XCHACHA20,
} from './constants.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';

type Curves<Name> = ReadonlyMap<number, ReadonlyMap<number, Name>>;

export const WEIERSTRASS: Curves<CurveName> = new Map([
  [
    PSA_ECC_FAMILY_SECP_R1,
    new Map<number, CurveName>([
      [192, 'secp192r1'],
      [224, 'secp224r1'],
      [256, 'secp256r1'],
      [384, 'secp384r1'],
      [521, 'secp521r1'],
    ]),
  ],
  [
    PSA_ECC_FAMILY_SECP_K1,
    new Map<number, CurveName>([
      [192, 'secp192k1'],
      [225, 'secp224k1'],
      [256, 'secp256k1'],
    ]),
  ],
  [
    PSA_ECC_FAMILY_BRAINPOOL_P_R1,
    new Map<number, CurveName>([
      [160, 'brainpoolP160r1'],
      [192, 'brainpoolP192r1'],
      [224, 'brainpoolP224r1'],
      [256, 'brainpoolP256r1'],
      [320, 'brainpoolP320r1'],
      [384, 'brainpoolP384r1'],
      [512, 'brainpoolP512r1'],
    ]),
  ],
]);

export const MONTGOMERY: ReadonlyMap<number, MontgomeryCurveName> = new Map([
  [255, 'x25519'],
  [448, 'x448'],
] as const);

export const EDWARDS: ReadonlyMap<number, EdwardsCurveName> = new Map([
  [255, 'ed25519'],
  [448, 'ed448'],
] as const);

export const FFDH: ReadonlyMap<number, FfdhGroupName> = new Map([
  [2048, 'ffdhe2048'],
  [3072, 'ffdhe3072'],
  [4096, 'ffdhe4096'],
  [6144, 'ffdhe6144'],
  [8192, 'ffdhe8192'],
] as const);

/** Unstructured keys of any whole number of bytes. */
const BYTE_STRINGS: ReadonlySet<number> = new Set([
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_TYPE_PEPPER,
]);

/** Sizes in bits; of AES, the last two are pairs of keys for XTS. */
const FIXED: ReadonlyMap<number, readonly number[]> = new Map([
  [PSA_KEY_TYPE_AES, [128, 192, 256, 384, 512]],
  [PSA_KEY_TYPE_DES, [64, 128, 192]],
  [PSA_KEY_TYPE_CHACHA20, [256]],
  [PSA_KEY_TYPE_XCHACHA20, [256]],
]);

/** SPAKE2+ over the curves that RFC 9383 has points for and that the engine does. */
const SPAKE2P: ReadonlyMap<number, readonly number[]> = new Map([[PSA_ECC_FAMILY_SECP_R1, [256, 384, 521]]]);

export const RSA_MIN_BITS = 1024;
export const RSA_MAX_BITS = 4096;

/** The largest unstructured key, in bytes: sizes are 16-bit numbers of bits. */
export const MAX_KEY_BYTES = 8191;

export const isByteString = (type: number): boolean => BYTE_STRINGS.has(type);

/** Sizes of a family's curves in bits, by the specification. */
const eccSizes = (family: number): readonly number[] => {
  if (family === PSA_ECC_FAMILY_MONTGOMERY) return [...MONTGOMERY.keys()];
  if (family === PSA_ECC_FAMILY_TWISTED_EDWARDS) return [...EDWARDS.keys()];
  return [...(WEIERSTRASS.get(family)?.keys() ?? [])];
};

/** The sizes of types whose keys have few; undefined for byte strings, RSA and types that are not supported. */
export const sizesOf = (type: number): readonly number[] | undefined => {
  const fixed = FIXED.get(type);
  if (fixed !== undefined) return fixed;
  if (PSA_KEY_TYPE_IS_ECC(type)) return nonEmpty(eccSizes(PSA_KEY_TYPE_ECC_GET_FAMILY(type)));
  if (PSA_KEY_TYPE_IS_DH(type))
    return PSA_KEY_TYPE_DH_GET_FAMILY(type) === PSA_DH_FAMILY_RFC7919 ? [...FFDH.keys()] : undefined;
  if (PSA_KEY_TYPE_IS_SPAKE2P(type)) return SPAKE2P.get(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type));
  return undefined;
};

const nonEmpty = (sizes: readonly number[]): readonly number[] | undefined =>
  sizes.length === 0 ? undefined : sizes;

/** Whether keys of this type exist here at all. */
export const isSupportedType = (type: number): boolean =>
  isByteString(type) || PSA_KEY_TYPE_IS_RSA(type) || sizesOf(type) !== undefined;

/** A size that keys of this supported type have; the status where they have not. */
export const checkSize = (type: number, bits: number): PsaError | undefined => {
  if (bits === 0) return PSA_ERROR_INVALID_ARGUMENT;
  const sizes = sizesOf(type);
  if (sizes !== undefined) return sizes.includes(bits) ? undefined : PSA_ERROR_INVALID_ARGUMENT;
  if (bits % 8 !== 0) return PSA_ERROR_INVALID_ARGUMENT;
  const [least, most] = isByteString(type) ? [8, MAX_KEY_BYTES * 8] : [RSA_MIN_BITS, RSA_MAX_BITS];
  return bits < least || bits > most ? PSA_ERROR_NOT_SUPPORTED : undefined;
};
