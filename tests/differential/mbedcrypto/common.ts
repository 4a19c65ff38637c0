/** What both libraries have: algorithms, key types, sizes, and which of them go together. */
import * as psa from '../../../psa-api/constants.ts';
import { ALGORITHMS, BLOCK_MODES, HASHES } from './catalogue.ts';
import { CURVES, WEIERSTRASS } from './curves.ts';

const isHash = (hash: number): boolean => HASHES.some((h) => h === hash);
const isOneOf = (list: readonly number[], alg: number): boolean => list.includes(alg);

/** How long an untruncated MAC is. */
export const fullLength = (full: number): number =>
  psa.PSA_ALG_IS_HMAC(full) ? psa.PSA_HASH_LENGTH(psa.PSA_ALG_GET_HASH(full)) : 16;

/** Tag lengths by 10.5: PSA_ALG_GCM as in SP 800-38D 5.2.1.2, PSA_ALG_CCM as in SP 800-38C A.1, and RFC 8439 2.8. */
const TAGS: ReadonlyMap<number, readonly number[]> = new Map([
  [psa.PSA_ALG_GCM, [4, 8, 12, 13, 14, 15, 16]],
  [psa.PSA_ALG_CCM, [4, 6, 8, 10, 12, 14, 16]],
  [psa.PSA_ALG_CHACHA20_POLY1305, [16]],
]);

export const hasOddTag = (alg: number): boolean => {
  const base = psa.PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
  const type = base === psa.PSA_ALG_CHACHA20_POLY1305 ? psa.PSA_KEY_TYPE_CHACHA20 : psa.PSA_KEY_TYPE_AES;
  const tags = TAGS.get(base);
  return tags !== undefined && !tags.includes(psa.PSA_AEAD_TAG_LENGTH(type, 256, alg));
};

const COMMON_TYPES: readonly number[] = [
  psa.PSA_KEY_TYPE_AES,
  psa.PSA_KEY_TYPE_DES,
  psa.PSA_KEY_TYPE_CHACHA20,
  psa.PSA_KEY_TYPE_HMAC,
  psa.PSA_KEY_TYPE_DERIVE,
  psa.PSA_KEY_TYPE_RAW_DATA,
  psa.PSA_KEY_TYPE_RSA_KEY_PAIR,
  psa.PSA_KEY_TYPE_RSA_PUBLIC_KEY,
];

const isOn = (curves: readonly { family: number }[], type: number): boolean =>
  psa.PSA_KEY_TYPE_IS_ECC(type) &&
  curves.some(({ family }) => family === psa.PSA_KEY_TYPE_ECC_GET_FAMILY(type));

/** Whether both libraries have keys of the type. */
export const isCommonType = (type: number): boolean => COMMON_TYPES.includes(type) || isOn(CURVES, type);

/** The two keys of XTS in one. */
const isXtsSize = (bits: number): boolean => bits === 384 || bits === 512;
const isRsaSize = (bits: number): boolean => bits >= 1024 && bits <= 4096 && bits % 8 === 0;

/** How many bytes there are for keys of this type on a curve of this size. */
const eccLength = (type: number, bits: number): number => {
  const coordinate = Math.ceil(bits / 8);
  return psa.PSA_KEY_TYPE_IS_PUBLIC_KEY(type) && isOn(WEIERSTRASS, type) ? 2 * coordinate + 1 : coordinate;
};

/** Whether both have keys of this type and size; a size of 0 leaves it to the material, where its length is known. */
export const isCommonSize = (type: number, bits: number, length: number | undefined): boolean => {
  if (!isCommonType(type)) return false;
  if (psa.PSA_KEY_TYPE_IS_RSA(type)) return bits === 0 || isRsaSize(bits);
  if (type === psa.PSA_KEY_TYPE_AES) return !isXtsSize(bits || (length ?? 0) * 8);
  if (!psa.PSA_KEY_TYPE_IS_ECC(type)) return true;
  const sizes = CURVES.filter(({ family }) => family === psa.PSA_KEY_TYPE_ECC_GET_FAMILY(type));
  if (bits !== 0) return sizes.some((curve) => curve.bits === bits);
  return length === undefined || sizes.some((curve) => eccLength(type, curve.bits) === length);
};

/** Whether both libraries have the algorithm, for keys of some type. */
export const isCommonAlgorithm = (alg: number): boolean => {
  if (psa.PSA_ALG_IS_HASH(alg)) return isHash(alg);
  if (psa.PSA_ALG_IS_MAC(alg)) {
    const full = psa.PSA_ALG_FULL_LENGTH_MAC(alg);
    const hash = psa.PSA_ALG_GET_HASH(full);
    if (full !== psa.PSA_ALG_CMAC && !(psa.PSA_ALG_IS_HMAC(full) && isHash(hash))) return false;
    const length = psa.PSA_MAC_TRUNCATED_LENGTH(alg);
    return length === 0 || (length >= 4 && length <= fullLength(full));
  }
  if (psa.PSA_ALG_IS_CIPHER(alg)) return isOneOf(ALGORITHMS.cipher, alg);
  if (psa.PSA_ALG_IS_AEAD(alg))
    return TAGS.has(psa.PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg)) && !hasOddTag(alg);
  if (psa.PSA_ALG_IS_KEY_DERIVATION(alg)) return isOneOf(ALGORITHMS.derivation, alg);
  if (psa.PSA_ALG_IS_KEY_AGREEMENT(alg)) return isOneOf(ALGORITHMS.agreement, alg);
  if (psa.PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg)) return isOneOf(ALGORITHMS.rsaCrypt, alg);
  return isOneOf(ALGORITHMS.ecdsa, alg) || isOneOf(ALGORITHMS.rsaSign, alg);
};

/** 10.4, PSA_ALG_XTS: two keys in one. */
const aesSizes = (alg: number): readonly number[] =>
  alg === psa.PSA_ALG_XTS ? [256, 384, 512] : [128, 192, 256];

const isCipherFor = (alg: number, type: number): boolean => {
  if (alg === psa.PSA_ALG_STREAM_CIPHER) return type === psa.PSA_KEY_TYPE_CHACHA20;
  if (alg === psa.PSA_ALG_CCM_STAR_NO_TAG) return type === psa.PSA_KEY_TYPE_AES;
  return type === psa.PSA_KEY_TYPE_AES || type === psa.PSA_KEY_TYPE_DES;
};

/** Whether the specification has the algorithm for keys of this type and size. */
export const isFor = (alg: number, type: number, bits: number): boolean => {
  if (type === psa.PSA_KEY_TYPE_AES && !aesSizes(alg).includes(bits)) return false;
  if (psa.PSA_ALG_IS_HASH(alg) || psa.PSA_ALG_IS_KEY_DERIVATION(alg)) return true;
  if (psa.PSA_ALG_IS_HMAC(alg)) return type === psa.PSA_KEY_TYPE_HMAC;
  if (psa.PSA_ALG_IS_CIPHER(alg) || psa.PSA_ALG_IS_MAC(alg)) return isCipherFor(alg, type);
  if (psa.PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg)) return type === psa.PSA_KEY_TYPE_AES;
  if (psa.PSA_ALG_IS_AEAD(alg)) return type === psa.PSA_KEY_TYPE_CHACHA20;
  if (psa.PSA_ALG_IS_KEY_AGREEMENT(alg)) return psa.PSA_KEY_TYPE_IS_KEY_PAIR(type) && isOn(CURVES, type);
  return psa.PSA_ALG_IS_ECDSA(alg) ? isOn(WEIERSTRASS, type) : psa.PSA_KEY_TYPE_IS_RSA(type);
};

/** Whether both libraries have the algorithm for keys of this type and size. */
export const isCommonUse = (alg: number, type: number, bits: number): boolean => {
  if (!isCommonAlgorithm(alg) || !isFor(alg, type, bits)) return false;
  return type !== psa.PSA_KEY_TYPE_DES || isOneOf(BLOCK_MODES, alg);
};
