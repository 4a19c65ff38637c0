/** Questions asked of an algorithm identifier. PSA Crypto 1.3, 10.1 and the "support macros" of each clause of 10. */

import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CCM_STAR_ANY_TAG,
  PSA_ALG_ECDSA_ANY,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_NONE,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
} from './algorithms.ts';

/** True when the bits of `alg` outside `free` are exactly `base`. */
const is = (alg: number, base: number, free: number): boolean => (alg & ~free) >>> 0 === base;

/** Free bits: the hash, and everything below the category (whose vendor bit is ignored). */
const HASH = 0x000000ff;
const BELOW_CATEGORY = 0x80ffffff;

// Categories, 10.1.
export const PSA_ALG_IS_HASH = (alg: number): boolean => is(alg, 0x02000000, BELOW_CATEGORY);
export const PSA_ALG_IS_MAC = (alg: number): boolean => is(alg, 0x03000000, BELOW_CATEGORY);
export const PSA_ALG_IS_CIPHER = (alg: number): boolean => is(alg, 0x04000000, BELOW_CATEGORY);
export const PSA_ALG_IS_AEAD = (alg: number): boolean => is(alg, 0x05000000, BELOW_CATEGORY);
export const PSA_ALG_IS_SIGN = (alg: number): boolean => is(alg, 0x06000000, BELOW_CATEGORY);
export const PSA_ALG_IS_ASYMMETRIC_ENCRYPTION = (alg: number): boolean => is(alg, 0x07000000, BELOW_CATEGORY);
export const PSA_ALG_IS_KEY_DERIVATION = (alg: number): boolean => is(alg, 0x08000000, BELOW_CATEGORY);
export const PSA_ALG_IS_KEY_AGREEMENT = (alg: number): boolean => is(alg, 0x09000000, BELOW_CATEGORY);
export const PSA_ALG_IS_PAKE = (alg: number): boolean => is(alg, 0x0a000000, BELOW_CATEGORY);
export const PSA_ALG_IS_KEY_WRAP = (alg: number): boolean => is(alg, 0x0b000000, BELOW_CATEGORY);
export const PSA_ALG_IS_KEY_ENCAPSULATION = (alg: number): boolean => is(alg, 0x0c000000, BELOW_CATEGORY);
export const PSA_ALG_IS_XOF = (alg: number): boolean => is(alg, 0x0d000000, BELOW_CATEGORY);

/** The hash that H names, PSA_ALG_NONE without one. */
export const PSA_ALG_GET_HASH = (alg: number): number =>
  (alg & HASH) === 0 ? PSA_ALG_NONE : 0x02000000 | (alg & HASH);

/** W of a MAC or AEAD, ANY_HASH, and the CCM* wildcard. */
export const PSA_ALG_IS_WILDCARD = (alg: number): boolean =>
  PSA_ALG_GET_HASH(alg) === PSA_ALG_ANY_HASH ||
  ((PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_AEAD(alg)) && (alg & 0x8000) !== 0) ||
  alg === PSA_ALG_CCM_STAR_ANY_TAG;

// Hashes and XOF.
export const PSA_ALG_IS_BLAKE2_HASH = (alg: number): boolean => is(alg, 0x0200001c, 0x80000003);
export const PSA_ALG_XOF_HAS_CONTEXT = (alg: number): boolean => (alg & 0x8000) !== 0;

// MAC, 10.3.4: LEN and W are free, so a truncated or wildcard MAC answers as its base does.
const MAC_LENGTH = 0x803f8000;
export const PSA_ALG_IS_HMAC = (alg: number): boolean => is(alg, 0x03800000, MAC_LENGTH | HASH);
export const PSA_ALG_IS_BLAKE2_MAC = (alg: number): boolean => is(alg, 0x03800300, MAC_LENGTH | HASH);
export const PSA_ALG_IS_BLOCK_CIPHER_MAC = (alg: number): boolean => is(alg, 0x03c00000, 0x803fffff);

// Ciphers and AEAD.
export const PSA_ALG_IS_STREAM_CIPHER = (alg: number): boolean => is(alg, 0x04800000, 0x807fffff);
export const PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER = (alg: number): boolean => is(alg, 0x05400000, 0x80bfffff);

// Key derivation, 10.6.4.
export const PSA_ALG_IS_KEY_DERIVATION_STRETCHING = (alg: number): boolean => is(alg, 0x08800000, 0x807fffff);
export const PSA_ALG_IS_HKDF = (alg: number): boolean => is(alg, 0x08000100, HASH);
export const PSA_ALG_IS_TLS12_PRF = (alg: number): boolean => is(alg, 0x08000200, HASH);
export const PSA_ALG_IS_TLS12_PSK_TO_MS = (alg: number): boolean => is(alg, 0x08000300, HASH);
export const PSA_ALG_IS_HKDF_EXTRACT = (alg: number): boolean => is(alg, 0x08000400, HASH);
export const PSA_ALG_IS_HKDF_EXPAND = (alg: number): boolean => is(alg, 0x08000500, HASH);
export const PSA_ALG_IS_SP800_108_COUNTER_HMAC = (alg: number): boolean => is(alg, 0x08000700, HASH);
export const PSA_ALG_IS_PBKDF2_HMAC = (alg: number): boolean => is(alg, 0x08800100, HASH);
export const PSA_ALG_IS_WPA3_SAE_H2E = (alg: number): boolean => is(alg, 0x08800400, HASH);

// Signatures, 10.7.5. The RSA and ECDSA questions include the variants without a hash.
export const PSA_ALG_IS_RSA_PKCS1V15_SIGN = (alg: number): boolean => is(alg, 0x06000200, HASH);
export const PSA_ALG_IS_RSA_PSS_STANDARD_SALT = (alg: number): boolean => is(alg, 0x06000300, HASH);
export const PSA_ALG_IS_RSA_PSS_ANY_SALT = (alg: number): boolean => is(alg, 0x06001300, HASH);
export const PSA_ALG_IS_RSA_PSS = (alg: number): boolean => is(alg, 0x06000300, HASH | 0x1000);
export const PSA_ALG_IS_RANDOMIZED_ECDSA = (alg: number): boolean => is(alg, 0x06000600, HASH);
export const PSA_ALG_IS_DETERMINISTIC_ECDSA = (alg: number): boolean => is(alg, 0x06000700, HASH);
export const PSA_ALG_IS_ECDSA = (alg: number): boolean => is(alg, 0x06000600, HASH | 0x100);
export const PSA_ALG_IS_HASH_EDDSA = (alg: number): boolean => is(alg, 0x06000900, HASH);
export const PSA_ALG_IS_SLH_DSA = (alg: number): boolean => is(alg, 0x06004000, 0x100);
export const PSA_ALG_IS_HEDGED_HASH_SLH_DSA = (alg: number): boolean => is(alg, 0x06004200, HASH);
export const PSA_ALG_IS_DETERMINISTIC_HASH_SLH_DSA = (alg: number): boolean => is(alg, 0x06004300, HASH);
export const PSA_ALG_IS_HASH_SLH_DSA = (alg: number): boolean => is(alg, 0x06004200, HASH | 0x100);
export const PSA_ALG_IS_ML_DSA = (alg: number): boolean => is(alg, 0x06004400, 0x100);
export const PSA_ALG_IS_HEDGED_HASH_ML_DSA = (alg: number): boolean => is(alg, 0x06004600, HASH);
export const PSA_ALG_IS_DETERMINISTIC_HASH_ML_DSA = (alg: number): boolean => is(alg, 0x06004700, HASH);
export const PSA_ALG_IS_HASH_ML_DSA = (alg: number): boolean => is(alg, 0x06004600, HASH | 0x100);

/** Signs exactly the hash that H names: not the variants without a hash. */
export const PSA_ALG_IS_HASH_AND_SIGN = (alg: number): boolean =>
  (alg & HASH) !== 0 &&
  (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) ||
    PSA_ALG_IS_RSA_PSS(alg) ||
    PSA_ALG_IS_ECDSA(alg) ||
    PSA_ALG_IS_HASH_EDDSA(alg) ||
    PSA_ALG_IS_HASH_ML_DSA(alg) ||
    PSA_ALG_IS_HASH_SLH_DSA(alg));

export const PSA_ALG_IS_SIGN_HASH = (alg: number): boolean =>
  PSA_ALG_IS_HASH_AND_SIGN(alg) || alg === PSA_ALG_RSA_PKCS1V15_SIGN_RAW || alg === PSA_ALG_ECDSA_ANY;

export const PSA_ALG_IS_SIGN_MESSAGE = (alg: number): boolean =>
  PSA_ALG_IS_SIGN(alg) && alg !== PSA_ALG_RSA_PKCS1V15_SIGN_RAW && alg !== PSA_ALG_ECDSA_ANY;

/** Takes a context of more than 0 bytes, since 1.4. */
export const PSA_ALG_SIGN_SUPPORTS_CONTEXT = (alg: number): boolean =>
  alg === PSA_ALG_EDDSA_CTX ||
  PSA_ALG_IS_HASH_EDDSA(alg) ||
  PSA_ALG_IS_SLH_DSA(alg) ||
  PSA_ALG_IS_HASH_SLH_DSA(alg) ||
  PSA_ALG_IS_ML_DSA(alg) ||
  PSA_ALG_IS_HASH_ML_DSA(alg);

// Asymmetric encryption, 10.8.
export const PSA_ALG_IS_RSA_OAEP = (alg: number): boolean => is(alg, 0x07000300, HASH);

// Key agreement, 10.9.4.
export const PSA_ALG_IS_FFDH = (alg: number): boolean => is(alg, 0x09010000, 0x8000ffff);
export const PSA_ALG_IS_ECDH = (alg: number): boolean => is(alg, 0x09020000, 0x8000ffff);
export const PSA_ALG_IS_STANDALONE_KEY_AGREEMENT = (alg: number): boolean => is(alg, 0x09000000, 0x80ff0000);
/** Deprecated since 1.2. */
export const PSA_ALG_IS_RAW_KEY_AGREEMENT = PSA_ALG_IS_STANDALONE_KEY_AGREEMENT;
export const PSA_ALG_KEY_AGREEMENT_GET_BASE = (alg: number): number => (alg & 0xff7f0000) >>> 0;
/** 0x08000000, which is no algorithm, for a standalone key agreement. */
export const PSA_ALG_KEY_AGREEMENT_GET_KDF = (alg: number): number => (alg & 0xfe80ffff) >>> 0;

// PAKE, 10.11.
export const PSA_ALG_IS_JPAKE = (alg: number): boolean => is(alg, 0x0a000100, HASH);
export const PSA_ALG_IS_SPAKE2P_HMAC = (alg: number): boolean => is(alg, 0x0a000400, HASH);
export const PSA_ALG_IS_SPAKE2P_CMAC = (alg: number): boolean => is(alg, 0x0a000500, HASH);
/** Matter's variant included. */
export const PSA_ALG_IS_SPAKE2P = (alg: number): boolean => is(alg, 0x0a000400, 0x3ff);
export const PSA_ALG_IS_WPA3_SAE_FIXED = (alg: number): boolean => is(alg, 0x0a000800, HASH);
export const PSA_ALG_IS_WPA3_SAE_GDH = (alg: number): boolean => is(alg, 0x0a000900, HASH);
export const PSA_ALG_IS_WPA3_SAE = (alg: number): boolean => is(alg, 0x0a000800, HASH | 0x100);

// Outside the specification, used by code written for Mbed TLS.

/** PSA_ALG_NONE unless `alg` is a hash-and-sign algorithm. */
export const PSA_ALG_SIGN_GET_HASH = (alg: number): number =>
  PSA_ALG_IS_HASH_AND_SIGN(alg) ? PSA_ALG_GET_HASH(alg) : PSA_ALG_NONE;
/** Meaningful for an HMAC only. */
export const PSA_ALG_HMAC_GET_HASH = (alg: number): number => 0x02000000 | (alg & HASH);
