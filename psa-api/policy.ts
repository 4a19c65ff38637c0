/** Key policies: usage flags and permitted algorithms. PSA Crypto 1.3, 9.5. */
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_CCM,
  PSA_ALG_CCM_STAR_ANY_TAG,
  PSA_ALG_CCM_STAR_NO_TAG,
  PSA_ALG_FULL_LENGTH_MAC,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_AEAD,
  PSA_ALG_IS_ECDSA,
  PSA_ALG_IS_HASH_AND_SIGN,
  PSA_ALG_IS_HMAC,
  PSA_ALG_IS_KEY_AGREEMENT,
  PSA_ALG_IS_MAC,
  PSA_ALG_IS_STANDALONE_KEY_AGREEMENT,
  PSA_ALG_KEY_AGREEMENT_GET_BASE,
  PSA_ALG_NONE,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
} from './constants.ts';
import { PSA_HASH_LENGTH } from './sizes.ts';
import {
  PSA_KEY_USAGE_CACHE,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_DERIVE_PUBLIC,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
  PSA_KEY_USAGE_WRAP,
} from './usage.ts';

const ALL_USAGE =
  PSA_KEY_USAGE_EXPORT |
  PSA_KEY_USAGE_COPY |
  PSA_KEY_USAGE_CACHE |
  PSA_KEY_USAGE_DERIVE_PUBLIC |
  PSA_KEY_USAGE_ENCRYPT |
  PSA_KEY_USAGE_DECRYPT |
  PSA_KEY_USAGE_SIGN_MESSAGE |
  PSA_KEY_USAGE_VERIFY_MESSAGE |
  PSA_KEY_USAGE_SIGN_HASH |
  PSA_KEY_USAGE_VERIFY_HASH |
  PSA_KEY_USAGE_DERIVE |
  PSA_KEY_USAGE_VERIFY_DERIVATION |
  PSA_KEY_USAGE_WRAP |
  PSA_KEY_USAGE_UNWRAP;

export const isUsage = (usage: number): boolean => (usage & ~ALL_USAGE) === 0;

/** 9.5.2: the flags for hashes carry those for messages with them. */
export const completeUsage = (usage: number): number =>
  usage |
  (usage & PSA_KEY_USAGE_SIGN_HASH ? PSA_KEY_USAGE_SIGN_MESSAGE : 0) |
  (usage & PSA_KEY_USAGE_VERIFY_HASH ? PSA_KEY_USAGE_VERIFY_MESSAGE : 0);

/** MAC and AEAD algorithms carry a length at the same place, and the flag of "at least this length". */
const LENGTH = 0x003f0000;
const AT_LEAST = 0x00008000;
const lengthOf = (alg: number): number => (alg & LENGTH) >>> 16;
const family = (alg: number): number => (alg & ~(LENGTH | AT_LEAST)) >>> 0;

/** The length that a MAC algorithm gives; an untruncated one has length 0 in its encoding. */
const macLength = (alg: number): number => {
  if (lengthOf(alg) !== 0) return lengthOf(alg);
  const base = PSA_ALG_FULL_LENGTH_MAC(alg);
  return PSA_ALG_IS_HMAC(base) ? PSA_HASH_LENGTH(PSA_ALG_GET_HASH(base)) : 16;
};

const isAtLeast = (alg: number): boolean =>
  (PSA_ALG_IS_MAC(alg) || PSA_ALG_IS_AEAD(alg)) && (alg & AT_LEAST) !== 0;

/** The length that a wildcard starts from; that of a full MAC of 64 bytes is 0 in its encoding. */
const leastLength = (alg: number): number => (PSA_ALG_IS_MAC(alg) ? macLength(alg) : lengthOf(alg));

const CCM_STAR_TAGS = [4, 8, 16];

/** ECDSA and deterministic ECDSA differ in one bit; for verification they are the same. */
const ECDSA_DETERMINISTIC_BIT = 0x100;

/** Whether a key with the permitted algorithm `policy` may be used with the specific algorithm `alg`. */
export const permits = (policy: number, alg: number, verify = false): boolean => {
  if (policy === PSA_ALG_NONE || alg === PSA_ALG_NONE) return false;
  if (policy === alg) return true;
  // PSA_ALG_ECDSA_ANY stands outside both rules: only a policy that names it permits it (10.7).
  if (verify && PSA_ALG_IS_ECDSA(policy) && PSA_ALG_IS_ECDSA(alg) && PSA_ALG_IS_HASH_AND_SIGN(alg)) {
    if ((policy | ECDSA_DETERMINISTIC_BIT) === (alg | ECDSA_DETERMINISTIC_BIT)) return true;
    if (PSA_ALG_GET_HASH(policy) === PSA_ALG_ANY_HASH) return true;
  }
  if (PSA_ALG_GET_HASH(policy) === PSA_ALG_ANY_HASH) {
    if (policy === PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_ANY_HASH) && alg === PSA_ALG_RSA_PKCS1V15_SIGN_RAW)
      return true;
    return (
      PSA_ALG_IS_HASH_AND_SIGN(alg) &&
      ((policy ^ alg) & ~0xff) === 0 &&
      PSA_ALG_GET_HASH(alg) !== PSA_ALG_NONE
    );
  }
  if (PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(policy))
    return PSA_ALG_IS_KEY_AGREEMENT(alg) && PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) === policy;
  if (policy === PSA_ALG_CCM_STAR_ANY_TAG)
    return (
      alg === PSA_ALG_CCM_STAR_NO_TAG ||
      // A wildcard over tag lengths permits more than these three, so it is no part of this one.
      (family(alg) === family(PSA_ALG_CCM) && !isAtLeast(alg) && CCM_STAR_TAGS.includes(lengthOf(alg)))
    );
  if (isAtLeast(policy) && family(policy) === family(alg)) {
    return PSA_ALG_IS_MAC(policy) ? macLength(alg) >= macLength(policy) : lengthOf(alg) >= lengthOf(policy);
  }
  return false;
};

/**
 * The permitted algorithm of a copy: what both policies permit (9.6.1, psa_copy_key).
 * undefined where they have no algorithm in common.
 */
export const intersection = (source: number, wanted: number): number | undefined => {
  if (source === wanted) return source;
  if (isAtLeast(source) && isAtLeast(wanted) && family(source) === family(wanted))
    return leastLength(source) > leastLength(wanted) ? source : wanted;
  if (permits(source, wanted)) return wanted;
  if (permits(wanted, source)) return source;
  return undefined;
};
