/**
 * Key types, u16. PSA Crypto 1.3, 9.2 and appendix B.2:
 * vendor[15] asymmetric[14] category[13:12] sub-type[11:1] even parity[0].
 */

export const PSA_KEY_TYPE_NONE = 0x0000;

// Raw data, category 1.
export const PSA_KEY_TYPE_RAW_DATA = 0x1001;
export const PSA_KEY_TYPE_HMAC = 0x1100;
export const PSA_KEY_TYPE_BLAKE2 = 0x1103;
export const PSA_KEY_TYPE_DERIVE = 0x1200;
export const PSA_KEY_TYPE_PASSWORD = 0x1203;
export const PSA_KEY_TYPE_PASSWORD_HASH = 0x1205;
export const PSA_KEY_TYPE_PEPPER = 0x1206;

// Symmetric, category 2: bits [10:8] are log2 of the block length.
export const PSA_KEY_TYPE_ARC4 = 0x2002;
export const PSA_KEY_TYPE_CHACHA20 = 0x2004;
export const PSA_KEY_TYPE_XCHACHA20 = 0x2007;
export const PSA_KEY_TYPE_ASCON = 0x2008;
export const PSA_KEY_TYPE_DES = 0x2301;
export const PSA_KEY_TYPE_AES = 0x2400;
export const PSA_KEY_TYPE_CAMELLIA = 0x2403;
export const PSA_KEY_TYPE_SM4 = 0x2405;
export const PSA_KEY_TYPE_ARIA = 0x2406;

// Asymmetric without a family.
export const PSA_KEY_TYPE_RSA_PUBLIC_KEY = 0x4001;
export const PSA_KEY_TYPE_RSA_KEY_PAIR = 0x7001;
export const PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY = 0x4002;
export const PSA_KEY_TYPE_ML_DSA_KEY_PAIR = 0x7002;
export const PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY = 0x4004;
export const PSA_KEY_TYPE_ML_KEM_KEY_PAIR = 0x7004;
export const PSA_KEY_TYPE_LMS_PUBLIC_KEY = 0x4007;
export const PSA_KEY_TYPE_HSS_PUBLIC_KEY = 0x4008;
export const PSA_KEY_TYPE_XMSS_PUBLIC_KEY = 0x400b;
export const PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY = 0x400d;

// Families, u8 with their own parity bit.
export const PSA_ECC_FAMILY_SECP_R1 = 0x12;
export const PSA_ECC_FAMILY_SECP_K1 = 0x17;
export const PSA_ECC_FAMILY_SECP_R2 = 0x1b;
export const PSA_ECC_FAMILY_SECT_R1 = 0x22;
export const PSA_ECC_FAMILY_SECT_K1 = 0x27;
export const PSA_ECC_FAMILY_SECT_R2 = 0x2b;
export const PSA_ECC_FAMILY_BRAINPOOL_P_R1 = 0x30;
export const PSA_ECC_FAMILY_FRP = 0x33;
export const PSA_ECC_FAMILY_MONTGOMERY = 0x41;
export const PSA_ECC_FAMILY_TWISTED_EDWARDS = 0x42;

export const PSA_DH_FAMILY_RFC7919 = 0x03;
export const PSA_DH_FAMILY_RFC3526 = 0x05;

export const PSA_SLH_DSA_FAMILY_SHA2_S = 0x02;
export const PSA_SLH_DSA_FAMILY_SHA2_F = 0x04;
export const PSA_SLH_DSA_FAMILY_SHAKE_S = 0x0b;
export const PSA_SLH_DSA_FAMILY_SHAKE_F = 0x0d;

/** The seven bits of a type that hold a family, parity included. */
const FAMILY = 0x007f;
const withFamily = (base: number, family: number): number => base | (family & FAMILY);
const sansFamily = (type: number): number => type & 0xff80;

// Categories: the vendor bit is not part of them.
export const PSA_KEY_TYPE_IS_UNSTRUCTURED = (type: number): boolean => {
  const category = type & 0x7000;
  return category === 0x1000 || category === 0x2000;
};
export const PSA_KEY_TYPE_IS_ASYMMETRIC = (type: number): boolean => (type & 0x4000) !== 0;
export const PSA_KEY_TYPE_IS_PUBLIC_KEY = (type: number): boolean => (type & 0x7000) === 0x4000;
export const PSA_KEY_TYPE_IS_KEY_PAIR = (type: number): boolean => (type & 0x7000) === 0x7000;

export const PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR = (type: number): number => type & 0xcfff;
export const PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY = (type: number): number => type | 0x3000;

const publicBase = (type: number): number => sansFamily(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type));

// RSA.
export const PSA_KEY_TYPE_IS_RSA = (type: number): boolean =>
  PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) === PSA_KEY_TYPE_RSA_PUBLIC_KEY;

// Elliptic curves.
export const PSA_KEY_TYPE_ECC_KEY_PAIR = (curve: number): number => withFamily(0x7100, curve);
export const PSA_KEY_TYPE_ECC_PUBLIC_KEY = (curve: number): number => withFamily(0x4100, curve);
export const PSA_KEY_TYPE_IS_ECC = (type: number): boolean => publicBase(type) === 0x4100;
export const PSA_KEY_TYPE_IS_ECC_KEY_PAIR = (type: number): boolean => sansFamily(type) === 0x7100;
export const PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY = (type: number): boolean => sansFamily(type) === 0x4100;
export const PSA_KEY_TYPE_ECC_GET_FAMILY = (type: number): number => type & FAMILY;

// Finite field Diffie-Hellman.
export const PSA_KEY_TYPE_DH_KEY_PAIR = (group: number): number => withFamily(0x7200, group);
export const PSA_KEY_TYPE_DH_PUBLIC_KEY = (group: number): number => withFamily(0x4200, group);
export const PSA_KEY_TYPE_IS_DH = (type: number): boolean => publicBase(type) === 0x4200;
export const PSA_KEY_TYPE_IS_DH_KEY_PAIR = (type: number): boolean => sansFamily(type) === 0x7200;
export const PSA_KEY_TYPE_IS_DH_PUBLIC_KEY = (type: number): boolean => sansFamily(type) === 0x4200;
export const PSA_KEY_TYPE_DH_GET_FAMILY = (type: number): number => type & FAMILY;

// SPAKE2+.
export const PSA_KEY_TYPE_SPAKE2P_KEY_PAIR = (curve: number): number => withFamily(0x7400, curve);
export const PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY = (curve: number): number => withFamily(0x4400, curve);
export const PSA_KEY_TYPE_IS_SPAKE2P = (type: number): boolean => publicBase(type) === 0x4400;
export const PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR = (type: number): boolean => sansFamily(type) === 0x7400;
export const PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY = (type: number): boolean => sansFamily(type) === 0x4400;
export const PSA_KEY_TYPE_SPAKE2P_GET_FAMILY = (type: number): number => type & FAMILY;

// WPA3-SAE password tokens, since 1.4: structured, neither public nor pair.
export const PSA_KEY_TYPE_WPA3_SAE_ECC = (curve: number): number => withFamily(0x3280, curve);
export const PSA_KEY_TYPE_IS_WPA3_SAE_ECC = (type: number): boolean => sansFamily(type) === 0x3280;
export const PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY = (type: number): number => type & FAMILY;
export const PSA_KEY_TYPE_WPA3_SAE_DH = (group: number): number => withFamily(0x3300, group);
export const PSA_KEY_TYPE_IS_WPA3_SAE_DH = (type: number): boolean => sansFamily(type) === 0x3300;
export const PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY = (type: number): number => type & FAMILY;

// Post-quantum, PQC extension 1.3.
export const PSA_KEY_TYPE_IS_ML_DSA = (type: number): boolean =>
  PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) === PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY;
export const PSA_KEY_TYPE_IS_ML_KEM = (type: number): boolean =>
  PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) === PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY;
export const PSA_KEY_TYPE_SLH_DSA_KEY_PAIR = (set: number): number => withFamily(0x7180, set);
export const PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY = (set: number): number => withFamily(0x4180, set);
export const PSA_KEY_TYPE_IS_SLH_DSA = (type: number): boolean => publicBase(type) === 0x4180;
export const PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR = (type: number): boolean => sansFamily(type) === 0x7180;
export const PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY = (type: number): boolean => sansFamily(type) === 0x4180;
export const PSA_KEY_TYPE_SLH_DSA_GET_FAMILY = (type: number): number => type & FAMILY;

/** Bytes; 1 for a stream cipher, 0 for a key that is no cipher key. Clause 10.4.4. */
export const PSA_BLOCK_CIPHER_BLOCK_LENGTH = (type: number): number =>
  (type & 0x7000) === 0x2000 ? 1 << ((type >>> 8) & 7) : 0;
