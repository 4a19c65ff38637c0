/**
 * Sizes of exported keys, signatures, asymmetric encryption, key agreement, encapsulation, wrapping and PAKE, in bytes.
 * PSA Crypto 1.3, 9.6 and 10.6 to 10.11. Every *_SIZE covers each key type of the specification; the *_MAX_SIZE
 * constants, which become buffers on small stacks, cover RSA, elliptic curves and finite field Diffie-Hellman.
 */

import {
  PSA_ALG_IS_ECDSA,
  PSA_ALG_IS_HASH_EDDSA,
  PSA_ALG_IS_HASH_ML_DSA,
  PSA_ALG_IS_HASH_SLH_DSA,
  PSA_ALG_IS_JPAKE,
  PSA_ALG_IS_ML_DSA,
  PSA_ALG_IS_RSA_OAEP,
  PSA_ALG_IS_RSA_PKCS1V15_SIGN,
  PSA_ALG_IS_RSA_PSS,
  PSA_ALG_IS_SLH_DSA,
  PSA_ALG_IS_SPAKE2P,
  PSA_ALG_IS_SPAKE2P_CMAC,
  PSA_ALG_IS_WPA3_SAE,
} from './algorithm-algebra.ts';
import {
  PSA_ALG_ECIES_SEC1,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_KW,
  PSA_ALG_KWP,
  PSA_ALG_ML_KEM,
  PSA_ALG_PURE_EDDSA,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
} from './algorithms.ts';
import * as key from './key-types.ts';
import * as pake from './pake-constants.ts';
import { PSA_HASH_LENGTH } from './symmetric-sizes.ts';

/** Largest keys of the implementation, in bits; outside the specification, named as in Mbed TLS. */
export const PSA_VENDOR_RSA_MAX_KEY_BITS = 4096;
export const PSA_VENDOR_ECC_MAX_CURVE_BITS = 521;
export const PSA_VENDOR_FFDH_MAX_KEY_BITS = 8192;

const bytes = (bits: number): number => Math.floor((bits + 7) / 8);
const roundUp = (multiple: number, length: number): number => Math.ceil(length / multiple) * multiple;

/** [key bits, size]: parameter sets of the post-quantum schemes. */
type BySet = ReadonlyMap<number, number>;
const ML_DSA_PUBLIC: BySet = new Map([
  [128, 1312],
  [192, 1952],
  [256, 2592],
]);
const ML_DSA_SIGNATURE: BySet = new Map([
  [128, 2420],
  [192, 3309],
  [256, 4627],
]);
const SLH_DSA_SMALL: BySet = new Map([
  [128, 7856],
  [192, 16224],
  [256, 29792],
]);
const SLH_DSA_FAST: BySet = new Map([
  [128, 17088],
  [192, 35664],
  [256, 49856],
]);
const ML_KEM_PUBLIC: BySet = new Map([
  [512, 800],
  [768, 1184],
  [1024, 1568],
]);
const ML_KEM_CIPHERTEXT: BySet = new Map([
  [512, 768],
  [768, 1088],
  [1024, 1568],
]);

// Elliptic curves, 9.2. Edwards encodings hold one bit more than the field, for the sign.

const scalarSize = (family: number, bits: number): number =>
  family === key.PSA_ECC_FAMILY_TWISTED_EDWARDS ? Math.floor(bits / 8) + 1 : bytes(bits);

const pointSize = (family: number, bits: number): number =>
  family === key.PSA_ECC_FAMILY_TWISTED_EDWARDS || family === key.PSA_ECC_FAMILY_MONTGOMERY
    ? scalarSize(family, bits)
    : 1 + 2 * bytes(bits);

// RSA in DER, 9.2: header of 4, and for each integer a header of 4 and a leading zero; a public exponent below 2^64.

const derInteger = (bits: number): number => 4 + Math.floor(bits / 8) + 1;
const RSA_EXPONENT = 2 + 9;

const rsaPublicSize = (bits: number): number => 4 + derInteger(bits) + RSA_EXPONENT;
/** version, n, e, d, and five numbers of half the size. */
const rsaPairSize = (bits: number): number =>
  4 + 3 + 2 * derInteger(bits) + RSA_EXPONENT + 5 * derInteger(Math.floor((bits + 1) / 2));

/** u32 type, u32 one-time type, 16 bytes of identifier, root. RFC 8554, 5.3. */
const lmsPublicSize = (bits: number): number => 24 + bytes(bits);

// Export, 9.6.

function publicKeySize(type: number, bits: number): number {
  if (key.PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type)) return pointSize(key.PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits);
  if (key.PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type)) return bytes(bits);
  if (key.PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type)) {
    const family = key.PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type);
    return scalarSize(family, bits) + pointSize(family, bits);
  }
  if (key.PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type)) return 2 * bytes(bits);
  switch (type) {
    case key.PSA_KEY_TYPE_RSA_PUBLIC_KEY:
      return rsaPublicSize(bits);
    case key.PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY:
      return ML_DSA_PUBLIC.get(bits) ?? 0;
    case key.PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY:
      return ML_KEM_PUBLIC.get(bits) ?? 0;
    case key.PSA_KEY_TYPE_LMS_PUBLIC_KEY:
      return lmsPublicSize(bits);
    case key.PSA_KEY_TYPE_HSS_PUBLIC_KEY:
      return 4 + lmsPublicSize(bits);
    case key.PSA_KEY_TYPE_XMSS_PUBLIC_KEY:
    case key.PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY:
      return 4 + 2 * bytes(bits);
    default:
      return 0;
  }
}

function keyPairSize(type: number, bits: number): number {
  if (key.PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) return scalarSize(key.PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits);
  if (key.PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)) return bytes(bits);
  if (key.PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type)) {
    return 2 * scalarSize(key.PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits);
  }
  if (key.PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type)) return 4 * bytes(bits);
  switch (type) {
    case key.PSA_KEY_TYPE_RSA_KEY_PAIR:
      return rsaPairSize(bits);
    case key.PSA_KEY_TYPE_ML_DSA_KEY_PAIR:
      return 32;
    case key.PSA_KEY_TYPE_ML_KEM_KEY_PAIR:
      return 64;
    default:
      return 0;
  }
}

export const PSA_EXPORT_KEY_OUTPUT_SIZE = (type: number, bits: number): number => {
  if (key.PSA_KEY_TYPE_IS_UNSTRUCTURED(type)) return bytes(bits);
  if (key.PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)) return 2 * bytes(bits);
  if (key.PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)) return bytes(bits);
  return key.PSA_KEY_TYPE_IS_KEY_PAIR(type) ? keyPairSize(type, bits) : publicKeySize(type, bits);
};

export const PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE = (type: number, bits: number): number =>
  key.PSA_KEY_TYPE_IS_ASYMMETRIC(type)
    ? publicKeySize(key.PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type), bits)
    : 0;

/** RSA is the largest pair, finite field Diffie-Hellman the largest public key. */
export const PSA_EXPORT_KEY_PAIR_MAX_SIZE = rsaPairSize(PSA_VENDOR_RSA_MAX_KEY_BITS);
export const PSA_EXPORT_PUBLIC_KEY_MAX_SIZE = bytes(PSA_VENDOR_FFDH_MAX_KEY_BITS);
export const PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE = PSA_EXPORT_KEY_PAIR_MAX_SIZE;

// Signatures, 10.7.5.

const slhDsaSignatureSize = (family: number, bits: number): number => {
  const fast = family === key.PSA_SLH_DSA_FAMILY_SHA2_F || family === key.PSA_SLH_DSA_FAMILY_SHAKE_F;
  return (fast ? SLH_DSA_FAST : SLH_DSA_SMALL).get(bits) ?? 0;
};

const isEddsa = (algorithm: number): boolean =>
  algorithm === PSA_ALG_PURE_EDDSA || algorithm === PSA_ALG_EDDSA_CTX || PSA_ALG_IS_HASH_EDDSA(algorithm);

const eccSignatureSize = (family: number, bits: number, algorithm: number): number => {
  if (family === key.PSA_ECC_FAMILY_MONTGOMERY) return 0;
  const matches =
    family === key.PSA_ECC_FAMILY_TWISTED_EDWARDS ? isEddsa(algorithm) : PSA_ALG_IS_ECDSA(algorithm);
  return matches ? 2 * scalarSize(family, bits) : 0;
};

export const PSA_SIGN_OUTPUT_SIZE = (type: number, bits: number, algorithm: number): number => {
  if (key.PSA_KEY_TYPE_IS_RSA(type)) {
    return PSA_ALG_IS_RSA_PKCS1V15_SIGN(algorithm) || PSA_ALG_IS_RSA_PSS(algorithm) ? bytes(bits) : 0;
  }
  if (key.PSA_KEY_TYPE_IS_ECC(type)) {
    return eccSignatureSize(key.PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits, algorithm);
  }
  if (key.PSA_KEY_TYPE_IS_ML_DSA(type)) {
    const matches = PSA_ALG_IS_ML_DSA(algorithm) || PSA_ALG_IS_HASH_ML_DSA(algorithm);
    return matches ? (ML_DSA_SIGNATURE.get(bits) ?? 0) : 0;
  }
  if (key.PSA_KEY_TYPE_IS_SLH_DSA(type)) {
    const matches = PSA_ALG_IS_SLH_DSA(algorithm) || PSA_ALG_IS_HASH_SLH_DSA(algorithm);
    return matches ? slhDsaSignatureSize(key.PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(type), bits) : 0;
  }
  return 0;
};
export const PSA_SIGNATURE_MAX_SIZE = bytes(PSA_VENDOR_RSA_MAX_KEY_BITS);

// Asymmetric encryption, 10.8.3.

/** Smallest padding: PKCS#1 v1.5 takes 11 bytes, OAEP two hashes and 2. */
const rsaPadding = (algorithm: number): number => {
  if (algorithm === PSA_ALG_RSA_PKCS1V15_CRYPT) return 11;
  return PSA_ALG_IS_RSA_OAEP(algorithm) ? 2 * PSA_HASH_LENGTH(algorithm) + 2 : 0;
};

export const PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE = (type: number, bits: number, algorithm: number): number =>
  key.PSA_KEY_TYPE_IS_RSA(type) && rsaPadding(algorithm) !== 0 ? bytes(bits) : 0;
export const PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE = bytes(PSA_VENDOR_RSA_MAX_KEY_BITS);

export const PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE = (type: number, bits: number, algorithm: number): number =>
  key.PSA_KEY_TYPE_IS_RSA(type) && rsaPadding(algorithm) !== 0
    ? Math.max(0, bytes(bits) - rsaPadding(algorithm))
    : 0;
export const PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE = bytes(PSA_VENDOR_RSA_MAX_KEY_BITS) - 11;

// Key agreement, 10.9.4: the x coordinate, or the finite field element.

export const PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE = (type: number, bits: number): number => {
  if (key.PSA_KEY_TYPE_IS_DH(type)) return bytes(bits);
  const family = key.PSA_KEY_TYPE_ECC_GET_FAMILY(type);
  return key.PSA_KEY_TYPE_IS_ECC(type) && family !== key.PSA_ECC_FAMILY_TWISTED_EDWARDS ? bytes(bits) : 0;
};
export const PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE = bytes(PSA_VENDOR_FFDH_MAX_KEY_BITS);

// Key derivation, 10.6.4.

export const PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE = 128;
export const PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE = 32;

// Key encapsulation, 10.10: ECIES sends an ephemeral public key.

export const PSA_ENCAPSULATE_CIPHERTEXT_SIZE = (type: number, bits: number, algorithm: number): number => {
  if (algorithm === PSA_ALG_ECIES_SEC1 && key.PSA_KEY_TYPE_IS_ECC(type)) {
    return PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(type, bits);
  }
  if (algorithm === PSA_ALG_ML_KEM && key.PSA_KEY_TYPE_IS_ML_KEM(type))
    return ML_KEM_CIPHERTEXT.get(bits) ?? 0;
  return 0;
};
/** ECIES over P-521. */
export const PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE = 1 + 2 * bytes(PSA_VENDOR_ECC_MAX_CURVE_BITS);

// Key wrapping, since 1.4: AES-KW and -KWP add 8 bytes, KWP to a whole number of 8-byte blocks.

export const PSA_WRAP_KEY_OUTPUT_SIZE = (
  wrapType: number,
  algorithm: number,
  type: number,
  bits: number,
): number => {
  const size = PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits);
  if (key.PSA_BLOCK_CIPHER_BLOCK_LENGTH(wrapType) !== 16 || size === 0) return 0;
  return algorithm === PSA_ALG_KW || algorithm === PSA_ALG_KWP ? 8 + roundUp(8, size) : 0;
};
export const PSA_WRAP_KEY_PAIR_MAX_SIZE = 8 + roundUp(8, PSA_EXPORT_KEY_PAIR_MAX_SIZE);

// PAKE, 10.11. An element is encoded as a public key of the group, a scalar as a private key.

interface Group {
  readonly element: number;
  readonly scalar: number;
  /** An element without the prefix of a public key: WPA3-SAE writes it so. */
  readonly bare: number;
}

const groupOf = (primitive: number): Group => {
  const family = pake.PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive);
  const bits = pake.PSA_PAKE_PRIMITIVE_GET_BITS(primitive);
  switch (pake.PSA_PAKE_PRIMITIVE_GET_TYPE(primitive)) {
    case pake.PSA_PAKE_PRIMITIVE_TYPE_ECC:
      return { element: pointSize(family, bits), scalar: scalarSize(family, bits), bare: 2 * bytes(bits) };
    case pake.PSA_PAKE_PRIMITIVE_TYPE_DH:
      return { element: bytes(bits), scalar: bytes(bits), bare: bytes(bits) };
    default:
      return { element: 0, scalar: 0, bare: 0 };
  }
};

/** The steps that go both ways. */
const pakeStepSize = (algorithm: number, primitive: number, step: number): number => {
  const group = groupOf(primitive);
  const jpake = PSA_ALG_IS_JPAKE(algorithm);
  const sae = PSA_ALG_IS_WPA3_SAE(algorithm);
  const spake2p = PSA_ALG_IS_SPAKE2P(algorithm);
  switch (step) {
    case pake.PSA_PAKE_STEP_KEY_SHARE:
      return jpake || spake2p ? group.element : 0;
    case pake.PSA_PAKE_STEP_ZK_PUBLIC:
      return jpake ? group.element : 0;
    case pake.PSA_PAKE_STEP_ZK_PROOF:
      return jpake ? group.scalar : 0;
    case pake.PSA_PAKE_STEP_COMMIT:
      return sae ? group.scalar + group.bare : 0;
    case pake.PSA_PAKE_STEP_CONFIRM:
      if (spake2p) return PSA_ALG_IS_SPAKE2P_CMAC(algorithm) ? 16 : PSA_HASH_LENGTH(algorithm);
      return sae ? 2 + PSA_HASH_LENGTH(algorithm) : 0;
    default:
      return 0;
  }
};

/** WPA3-SAE gives out its PMKID as well. */
export const PSA_PAKE_OUTPUT_SIZE = (algorithm: number, primitive: number, step: number): number =>
  step === pake.PSA_PAKE_STEP_KEY_ID && PSA_ALG_IS_WPA3_SAE(algorithm)
    ? 16
    : pakeStepSize(algorithm, primitive, step);
/** A point of P-521. */
export const PSA_PAKE_OUTPUT_MAX_SIZE = 1 + 2 * bytes(PSA_VENDOR_ECC_MAX_CURVE_BITS);

/** WPA3-SAE takes a counter of 2 bytes, and a salt as long as the hash. */
export const PSA_PAKE_INPUT_SIZE = (algorithm: number, primitive: number, step: number): number => {
  const sae = PSA_ALG_IS_WPA3_SAE(algorithm);
  if (sae && step === pake.PSA_PAKE_STEP_CONFIRM_COUNT) return 2;
  if (sae && step === pake.PSA_PAKE_STEP_SALT) return PSA_HASH_LENGTH(algorithm);
  return pakeStepSize(algorithm, primitive, step);
};
export const PSA_PAKE_INPUT_MAX_SIZE = PSA_PAKE_OUTPUT_MAX_SIZE;
