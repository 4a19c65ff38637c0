/* Values of the PSA Crypto API, and the macros that build and examine them. Clauses are those of version 1.3;
 * "since 1.4" marks what came later. Every macro is a constant expression when its arguments are; the arguments
 * may be evaluated more than once.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_VALUES_H
#define PSA_CRYPTO_VALUES_H

#include <psa/crypto_types.h>

/* 8.2 API version */
#define PSA_CRYPTO_API_VERSION_MAJOR 1
#define PSA_CRYPTO_API_VERSION_MINOR 5

/* ---- 9.2 Key types: vendor[15] asymmetric[14] category[13:12] sub-type[11:1] even parity[0] ---- */

#define PSA_KEY_TYPE_NONE               ((psa_key_type_t)0x0000)

/* Raw data */
#define PSA_KEY_TYPE_RAW_DATA           ((psa_key_type_t)0x1001)
#define PSA_KEY_TYPE_HMAC               ((psa_key_type_t)0x1100)
#define PSA_KEY_TYPE_BLAKE2             ((psa_key_type_t)0x1103)
#define PSA_KEY_TYPE_DERIVE             ((psa_key_type_t)0x1200)
#define PSA_KEY_TYPE_PASSWORD           ((psa_key_type_t)0x1203)
#define PSA_KEY_TYPE_PASSWORD_HASH      ((psa_key_type_t)0x1205)
#define PSA_KEY_TYPE_PEPPER             ((psa_key_type_t)0x1206)

/* Symmetric: bits [10:8] are log2 of the block length */
#define PSA_KEY_TYPE_ARC4               ((psa_key_type_t)0x2002)
#define PSA_KEY_TYPE_CHACHA20           ((psa_key_type_t)0x2004)
#define PSA_KEY_TYPE_XCHACHA20          ((psa_key_type_t)0x2007)
#define PSA_KEY_TYPE_ASCON              ((psa_key_type_t)0x2008)
#define PSA_KEY_TYPE_DES                ((psa_key_type_t)0x2301)
#define PSA_KEY_TYPE_AES                ((psa_key_type_t)0x2400)
#define PSA_KEY_TYPE_CAMELLIA           ((psa_key_type_t)0x2403)
#define PSA_KEY_TYPE_SM4                ((psa_key_type_t)0x2405)
#define PSA_KEY_TYPE_ARIA               ((psa_key_type_t)0x2406)

/* Asymmetric without a family */
#define PSA_KEY_TYPE_RSA_PUBLIC_KEY     ((psa_key_type_t)0x4001)
#define PSA_KEY_TYPE_RSA_KEY_PAIR       ((psa_key_type_t)0x7001)
#define PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY  ((psa_key_type_t)0x4002)
#define PSA_KEY_TYPE_ML_DSA_KEY_PAIR    ((psa_key_type_t)0x7002)
#define PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY  ((psa_key_type_t)0x4004)
#define PSA_KEY_TYPE_ML_KEM_KEY_PAIR    ((psa_key_type_t)0x7004)
#define PSA_KEY_TYPE_LMS_PUBLIC_KEY     ((psa_key_type_t)0x4007)
#define PSA_KEY_TYPE_HSS_PUBLIC_KEY     ((psa_key_type_t)0x4008)
#define PSA_KEY_TYPE_XMSS_PUBLIC_KEY    ((psa_key_type_t)0x400b)
#define PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY ((psa_key_type_t)0x400d)

/* Families */
#define PSA_ECC_FAMILY_SECP_R1          ((psa_ecc_family_t)0x12)
#define PSA_ECC_FAMILY_SECP_K1          ((psa_ecc_family_t)0x17)
#define PSA_ECC_FAMILY_SECP_R2          ((psa_ecc_family_t)0x1b)
#define PSA_ECC_FAMILY_SECT_R1          ((psa_ecc_family_t)0x22)
#define PSA_ECC_FAMILY_SECT_K1          ((psa_ecc_family_t)0x27)
#define PSA_ECC_FAMILY_SECT_R2          ((psa_ecc_family_t)0x2b)
#define PSA_ECC_FAMILY_BRAINPOOL_P_R1   ((psa_ecc_family_t)0x30)
#define PSA_ECC_FAMILY_FRP              ((psa_ecc_family_t)0x33)
#define PSA_ECC_FAMILY_MONTGOMERY       ((psa_ecc_family_t)0x41)
#define PSA_ECC_FAMILY_TWISTED_EDWARDS  ((psa_ecc_family_t)0x42)

#define PSA_DH_FAMILY_RFC7919           ((psa_dh_family_t)0x03)
#define PSA_DH_FAMILY_RFC3526           ((psa_dh_family_t)0x05)

#define PSA_SLH_DSA_FAMILY_SHA2_S       ((psa_slh_dsa_family_t)0x02)
#define PSA_SLH_DSA_FAMILY_SHA2_F       ((psa_slh_dsa_family_t)0x04)
#define PSA_SLH_DSA_FAMILY_SHAKE_S      ((psa_slh_dsa_family_t)0x0b)
#define PSA_SLH_DSA_FAMILY_SHAKE_F      ((psa_slh_dsa_family_t)0x0d)

/* Parts of a type: the category, the public half of a pair, and the seven bits of a family */
#define H5SM_TYPE_CATEGORY(type)        ((unsigned)(type) & 0x7000u)
#define H5SM_TYPE_PUBLIC(type)          ((unsigned)(type) & 0xcfffu)
#define H5SM_TYPE_SANS_FAMILY(type)     ((unsigned)(type) & 0xff80u)
#define H5SM_TYPE_OF(base, family)      ((psa_key_type_t)((base) | ((unsigned)(family) & 0x7fu)))
#define H5SM_TYPE_FAMILY(type)          ((uint8_t)((unsigned)(type) & 0x7fu))

#define PSA_KEY_TYPE_IS_UNSTRUCTURED(type) \
    (H5SM_TYPE_CATEGORY(type) == 0x1000u || H5SM_TYPE_CATEGORY(type) == 0x2000u)
#define PSA_KEY_TYPE_IS_ASYMMETRIC(type)          (((unsigned)(type) & 0x4000u) != 0u)
#define PSA_KEY_TYPE_IS_PUBLIC_KEY(type)          (H5SM_TYPE_CATEGORY(type) == 0x4000u)
#define PSA_KEY_TYPE_IS_KEY_PAIR(type)            (H5SM_TYPE_CATEGORY(type) == 0x7000u)
#define PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(type) ((psa_key_type_t)H5SM_TYPE_PUBLIC(type))
#define PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(type) ((psa_key_type_t)((unsigned)(type) | 0x3000u))

/* RSA */
#define PSA_KEY_TYPE_IS_RSA(type)                 (H5SM_TYPE_PUBLIC(type) == 0x4001u)

/* Elliptic curves */
#define PSA_KEY_TYPE_ECC_KEY_PAIR(curve)          H5SM_TYPE_OF(0x7100u, curve)
#define PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve)        H5SM_TYPE_OF(0x4100u, curve)
#define PSA_KEY_TYPE_IS_ECC(type)                 (H5SM_TYPE_SANS_FAMILY(H5SM_TYPE_PUBLIC(type)) == 0x4100u)
#define PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)        (H5SM_TYPE_SANS_FAMILY(type) == 0x7100u)
#define PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type)      (H5SM_TYPE_SANS_FAMILY(type) == 0x4100u)
#define PSA_KEY_TYPE_ECC_GET_FAMILY(type)         ((psa_ecc_family_t)H5SM_TYPE_FAMILY(type))

/* Finite field Diffie-Hellman */
#define PSA_KEY_TYPE_DH_KEY_PAIR(group)           H5SM_TYPE_OF(0x7200u, group)
#define PSA_KEY_TYPE_DH_PUBLIC_KEY(group)         H5SM_TYPE_OF(0x4200u, group)
#define PSA_KEY_TYPE_IS_DH(type)                  (H5SM_TYPE_SANS_FAMILY(H5SM_TYPE_PUBLIC(type)) == 0x4200u)
#define PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)         (H5SM_TYPE_SANS_FAMILY(type) == 0x7200u)
#define PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type)       (H5SM_TYPE_SANS_FAMILY(type) == 0x4200u)
#define PSA_KEY_TYPE_DH_GET_FAMILY(type)          ((psa_dh_family_t)H5SM_TYPE_FAMILY(type))

/* SPAKE2+ */
#define PSA_KEY_TYPE_SPAKE2P_KEY_PAIR(curve)      H5SM_TYPE_OF(0x7400u, curve)
#define PSA_KEY_TYPE_SPAKE2P_PUBLIC_KEY(curve)    H5SM_TYPE_OF(0x4400u, curve)
#define PSA_KEY_TYPE_IS_SPAKE2P(type)             (H5SM_TYPE_SANS_FAMILY(H5SM_TYPE_PUBLIC(type)) == 0x4400u)
#define PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type)    (H5SM_TYPE_SANS_FAMILY(type) == 0x7400u)
#define PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type)  (H5SM_TYPE_SANS_FAMILY(type) == 0x4400u)
#define PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type)     ((psa_ecc_family_t)H5SM_TYPE_FAMILY(type))

/* WPA3-SAE password tokens, since 1.4 */
#define PSA_KEY_TYPE_WPA3_SAE_ECC(curve)          H5SM_TYPE_OF(0x3280u, curve)
#define PSA_KEY_TYPE_IS_WPA3_SAE_ECC(type)        (H5SM_TYPE_SANS_FAMILY(type) == 0x3280u)
#define PSA_KEY_TYPE_WPA3_SAE_ECC_GET_FAMILY(type) ((psa_ecc_family_t)H5SM_TYPE_FAMILY(type))
#define PSA_KEY_TYPE_WPA3_SAE_DH(group)           H5SM_TYPE_OF(0x3300u, group)
#define PSA_KEY_TYPE_IS_WPA3_SAE_DH(type)         (H5SM_TYPE_SANS_FAMILY(type) == 0x3300u)
#define PSA_KEY_TYPE_WPA3_SAE_DH_GET_FAMILY(type) ((psa_dh_family_t)H5SM_TYPE_FAMILY(type))

/* Post-quantum, PQC extension 1.3 */
#define PSA_KEY_TYPE_IS_ML_DSA(type)              (H5SM_TYPE_PUBLIC(type) == 0x4002u)
#define PSA_KEY_TYPE_IS_ML_KEM(type)              (H5SM_TYPE_PUBLIC(type) == 0x4004u)
#define PSA_KEY_TYPE_SLH_DSA_KEY_PAIR(set)        H5SM_TYPE_OF(0x7180u, set)
#define PSA_KEY_TYPE_SLH_DSA_PUBLIC_KEY(set)      H5SM_TYPE_OF(0x4180u, set)
#define PSA_KEY_TYPE_IS_SLH_DSA(type)             (H5SM_TYPE_SANS_FAMILY(H5SM_TYPE_PUBLIC(type)) == 0x4180u)
#define PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type)    (H5SM_TYPE_SANS_FAMILY(type) == 0x7180u)
#define PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type)  (H5SM_TYPE_SANS_FAMILY(type) == 0x4180u)
#define PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(type)     ((psa_slh_dsa_family_t)H5SM_TYPE_FAMILY(type))

/* ---- 9.3 Lifetimes: location[31:8] persistence[7:0] ---- */

#define PSA_KEY_LIFETIME_VOLATILE               ((psa_key_lifetime_t)0x00000000)
#define PSA_KEY_LIFETIME_PERSISTENT             ((psa_key_lifetime_t)0x00000001)

#define PSA_KEY_PERSISTENCE_VOLATILE            ((psa_key_persistence_t)0x00)
#define PSA_KEY_PERSISTENCE_DEFAULT             ((psa_key_persistence_t)0x01)
#define PSA_KEY_PERSISTENCE_READ_ONLY           ((psa_key_persistence_t)0xff)

#define PSA_KEY_LOCATION_LOCAL_STORAGE          ((psa_key_location_t)0x000000)
#define PSA_KEY_LOCATION_PRIMARY_SECURE_ELEMENT ((psa_key_location_t)0x000001)

#define PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) \
    ((psa_key_persistence_t)((psa_key_lifetime_t)(lifetime) & 0xffu))
#define PSA_KEY_LIFETIME_GET_LOCATION(lifetime) \
    ((psa_key_location_t)((psa_key_lifetime_t)(lifetime) >> 8))
#define PSA_KEY_LIFETIME_IS_VOLATILE(lifetime) \
    (PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_VOLATILE)
#define PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(persistence, location) \
    (((psa_key_lifetime_t)(location) << 8) | (psa_key_lifetime_t)(persistence))

/* ---- 9.4 Key identifiers ---- */

#define PSA_KEY_ID_NULL        ((psa_key_id_t)0)
#define PSA_KEY_ID_USER_MIN    ((psa_key_id_t)0x00000001)
#define PSA_KEY_ID_USER_MAX    ((psa_key_id_t)0x3fffffff)
#define PSA_KEY_ID_VENDOR_MIN  ((psa_key_id_t)0x40000000)
#define PSA_KEY_ID_VENDOR_MAX  ((psa_key_id_t)0x7fffffff)

/* STM32H5 Secure Manager: the device unique key for the application, built in though inside the user range */
#define PSA_KEY_ID_ST_DUA_USER ((psa_key_id_t)0x3ffffffe)

/* ---- 9.5 Key usage ---- */

#define PSA_KEY_USAGE_EXPORT            ((psa_key_usage_t)0x00000001)
#define PSA_KEY_USAGE_COPY              ((psa_key_usage_t)0x00000002)
#define PSA_KEY_USAGE_CACHE             ((psa_key_usage_t)0x00000004)
#define PSA_KEY_USAGE_DERIVE_PUBLIC     ((psa_key_usage_t)0x00000080) /* since 1.4 */
#define PSA_KEY_USAGE_ENCRYPT           ((psa_key_usage_t)0x00000100)
#define PSA_KEY_USAGE_DECRYPT           ((psa_key_usage_t)0x00000200)
#define PSA_KEY_USAGE_SIGN_MESSAGE      ((psa_key_usage_t)0x00000400)
#define PSA_KEY_USAGE_VERIFY_MESSAGE    ((psa_key_usage_t)0x00000800)
#define PSA_KEY_USAGE_SIGN_HASH         ((psa_key_usage_t)0x00001000)
#define PSA_KEY_USAGE_VERIFY_HASH       ((psa_key_usage_t)0x00002000)
#define PSA_KEY_USAGE_DERIVE            ((psa_key_usage_t)0x00004000)
#define PSA_KEY_USAGE_VERIFY_DERIVATION ((psa_key_usage_t)0x00008000)
#define PSA_KEY_USAGE_WRAP              ((psa_key_usage_t)0x00010000) /* since 1.4 */
#define PSA_KEY_USAGE_UNWRAP            ((psa_key_usage_t)0x00020000) /* since 1.4 */

/* ---- 10.1 Algorithms: vendor[31] category[30:24] S[23] B[22] LEN/T2[21:16] T1[15:8] H[7:0] ---- */

#define PSA_ALG_NONE ((psa_algorithm_t)0)

/* `base` with the hash in H; and whether the bits outside `any` are exactly `base` */
#define H5SM_ALG_OF(base, hash)      ((psa_algorithm_t)((psa_algorithm_t)(base) | ((psa_algorithm_t)(hash) & 0xffu)))
#define H5SM_ALG_IS(alg, base, any)  (((psa_algorithm_t)(alg) & ~(psa_algorithm_t)(any)) == (psa_algorithm_t)(base))

#define PSA_ALG_IS_HASH(alg)                  H5SM_ALG_IS(alg, 0x02000000u, 0x80ffffffu)
#define PSA_ALG_IS_MAC(alg)                   H5SM_ALG_IS(alg, 0x03000000u, 0x80ffffffu)
#define PSA_ALG_IS_CIPHER(alg)                H5SM_ALG_IS(alg, 0x04000000u, 0x80ffffffu)
#define PSA_ALG_IS_AEAD(alg)                  H5SM_ALG_IS(alg, 0x05000000u, 0x80ffffffu)
#define PSA_ALG_IS_SIGN(alg)                  H5SM_ALG_IS(alg, 0x06000000u, 0x80ffffffu)
#define PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg) H5SM_ALG_IS(alg, 0x07000000u, 0x80ffffffu)
#define PSA_ALG_IS_KEY_DERIVATION(alg)        H5SM_ALG_IS(alg, 0x08000000u, 0x80ffffffu)
#define PSA_ALG_IS_KEY_AGREEMENT(alg)         H5SM_ALG_IS(alg, 0x09000000u, 0x80ffffffu)
#define PSA_ALG_IS_PAKE(alg)                  H5SM_ALG_IS(alg, 0x0a000000u, 0x80ffffffu)
#define PSA_ALG_IS_KEY_WRAP(alg)              H5SM_ALG_IS(alg, 0x0b000000u, 0x80ffffffu) /* since 1.4 */
#define PSA_ALG_IS_KEY_ENCAPSULATION(alg)     H5SM_ALG_IS(alg, 0x0c000000u, 0x80ffffffu)
#define PSA_ALG_IS_XOF(alg)                   H5SM_ALG_IS(alg, 0x0d000000u, 0x80ffffffu) /* since 1.4 */

#define PSA_ALG_GET_HASH(alg) \
    (((psa_algorithm_t)(alg) & 0xffu) == 0u ? PSA_ALG_NONE : H5SM_ALG_OF(0x02000000u, alg))

/* ANY_HASH, the "at least this length" flag [15] of a MAC or AEAD, and the CCM* wildcard */
#define PSA_ALG_IS_WILDCARD(alg) \
    (((psa_algorithm_t)(alg) & 0xffu) == 0xffu || \
     H5SM_ALG_IS(alg, 0x03008000u, 0x80ff7fffu) || \
     H5SM_ALG_IS(alg, 0x05008000u, 0x80ff7fffu) || \
     (psa_algorithm_t)(alg) == PSA_ALG_CCM_STAR_ANY_TAG)

/* ---- 10.2 Hashes ---- */

#define PSA_ALG_MD2              ((psa_algorithm_t)0x02000001)
#define PSA_ALG_MD4              ((psa_algorithm_t)0x02000002)
#define PSA_ALG_MD5              ((psa_algorithm_t)0x02000003)
#define PSA_ALG_RIPEMD160        ((psa_algorithm_t)0x02000004)
#define PSA_ALG_SHA_1            ((psa_algorithm_t)0x02000005)
#define PSA_ALG_AES_MMO_ZIGBEE   ((psa_algorithm_t)0x02000007)
#define PSA_ALG_SHA_224          ((psa_algorithm_t)0x02000008)
#define PSA_ALG_SHA_256          ((psa_algorithm_t)0x02000009)
#define PSA_ALG_SHA_384          ((psa_algorithm_t)0x0200000a)
#define PSA_ALG_SHA_512          ((psa_algorithm_t)0x0200000b)
#define PSA_ALG_SHA_512_224      ((psa_algorithm_t)0x0200000c)
#define PSA_ALG_SHA_512_256      ((psa_algorithm_t)0x0200000d)
#define PSA_ALG_SHA_256_192      ((psa_algorithm_t)0x0200000e)
#define PSA_ALG_SHA3_224         ((psa_algorithm_t)0x02000010)
#define PSA_ALG_SHA3_256         ((psa_algorithm_t)0x02000011)
#define PSA_ALG_SHA3_384         ((psa_algorithm_t)0x02000012)
#define PSA_ALG_SHA3_512         ((psa_algorithm_t)0x02000013)
#define PSA_ALG_SM3              ((psa_algorithm_t)0x02000014)
#define PSA_ALG_SHAKE256_512     ((psa_algorithm_t)0x02000015)
#define PSA_ALG_SHAKE128_256     ((psa_algorithm_t)0x02000016)
#define PSA_ALG_SHAKE256_192     ((psa_algorithm_t)0x02000017)
#define PSA_ALG_SHAKE256_256     ((psa_algorithm_t)0x02000018)
#define PSA_ALG_ASCON_HASH256    ((psa_algorithm_t)0x02000019)
#define PSA_ALG_BLAKE2S_HASH256  ((psa_algorithm_t)0x0200001c)
#define PSA_ALG_BLAKE2SP_HASH256 ((psa_algorithm_t)0x0200001d)
#define PSA_ALG_BLAKE2B_HASH512  ((psa_algorithm_t)0x0200001e)
#define PSA_ALG_BLAKE2BP_HASH512 ((psa_algorithm_t)0x0200001f)
/* Policy only: any hash, as H of a signature algorithm */
#define PSA_ALG_ANY_HASH         ((psa_algorithm_t)0x020000ff)

#define PSA_ALG_IS_BLAKE2_HASH(alg) H5SM_ALG_IS(alg, 0x0200001cu, 0x80000003u)

/* Extendable output functions, since 1.4 */
#define PSA_ALG_SHAKE128         ((psa_algorithm_t)0x0d000100)
#define PSA_ALG_SHAKE256         ((psa_algorithm_t)0x0d000200)
#define PSA_ALG_ASCON_XOF128     ((psa_algorithm_t)0x0d000300)
#define PSA_ALG_ASCON_CXOF128    ((psa_algorithm_t)0x0d008300)

#define PSA_ALG_XOF_HAS_CONTEXT(alg) (((psa_algorithm_t)(alg) & 0x8000u) != 0u)

/* LEN[21:16] and the "at least" flag [15] of a MAC or AEAD */
#define H5SM_ALG_WITH_LENGTH(alg, length) \
    ((psa_algorithm_t)(((psa_algorithm_t)(alg) & 0xffc07fffu) | (((psa_algorithm_t)(length) & 0x3fu) << 16)))
#define H5SM_ALG_AT_LEAST(alg, length) (H5SM_ALG_WITH_LENGTH(alg, length) | (psa_algorithm_t)0x8000u)

/* ---- 10.3 MAC ---- */

#define PSA_ALG_CBC_MAC                               ((psa_algorithm_t)0x03c00100)
#define PSA_ALG_CMAC                                  ((psa_algorithm_t)0x03c00200)
#define PSA_ALG_HMAC(hash)                            H5SM_ALG_OF(0x03800000u, hash)
#define PSA_ALG_BLAKE2_MAC(hash)                      H5SM_ALG_OF(0x03800300u, hash) /* since 1.4 */
#define PSA_ALG_TRUNCATED_MAC(mac, length)            H5SM_ALG_WITH_LENGTH(mac, length)
#define PSA_ALG_FULL_LENGTH_MAC(mac)                  H5SM_ALG_WITH_LENGTH(mac, 0u)
#define PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(mac, length) H5SM_ALG_AT_LEAST(mac, length)

/* A truncated or wildcard MAC answers as its base does */
#define PSA_ALG_IS_HMAC(alg)             H5SM_ALG_IS(alg, 0x03800000u, 0x803f80ffu)
#define PSA_ALG_IS_BLAKE2_MAC(alg)       H5SM_ALG_IS(alg, 0x03800300u, 0x803f80ffu)
#define PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) H5SM_ALG_IS(alg, 0x03c00000u, 0x803fffffu)

/* ---- 10.4 Ciphers ---- */

#define PSA_ALG_STREAM_CIPHER    ((psa_algorithm_t)0x04800100)
#define PSA_ALG_CTR              ((psa_algorithm_t)0x04c01000)
#define PSA_ALG_CFB              ((psa_algorithm_t)0x04c01100)
#define PSA_ALG_OFB              ((psa_algorithm_t)0x04c01200)
#define PSA_ALG_CCM_STAR_NO_TAG  ((psa_algorithm_t)0x04c01300)
/* Policy only: CCM_STAR_NO_TAG and every CCM */
#define PSA_ALG_CCM_STAR_ANY_TAG ((psa_algorithm_t)0x04c09300)
#define PSA_ALG_CBC_NO_PADDING   ((psa_algorithm_t)0x04404000)
#define PSA_ALG_CBC_PKCS7        ((psa_algorithm_t)0x04404100)
#define PSA_ALG_ECB_NO_PADDING   ((psa_algorithm_t)0x04404400)
#define PSA_ALG_XTS              ((psa_algorithm_t)0x0440ff00)

#define PSA_ALG_IS_STREAM_CIPHER(alg) H5SM_ALG_IS(alg, 0x04800000u, 0x807fffffu)

/* ---- 10.5 AEAD: these have the default tag of 16 bytes ---- */

#define PSA_ALG_CCM                ((psa_algorithm_t)0x05500100)
#define PSA_ALG_GCM                ((psa_algorithm_t)0x05500200)
#define PSA_ALG_CHACHA20_POLY1305  ((psa_algorithm_t)0x05100500)
#define PSA_ALG_XCHACHA20_POLY1305 ((psa_algorithm_t)0x05100600)
#define PSA_ALG_ASCON_AEAD128      ((psa_algorithm_t)0x05100700)

#define PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead, length)            H5SM_ALG_WITH_LENGTH(aead, length)
#define PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(aead, length) H5SM_ALG_AT_LEAST(aead, length)
#define PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(aead) \
    (H5SM_AEAD_IS(aead, PSA_ALG_CCM) || H5SM_AEAD_IS(aead, PSA_ALG_GCM) || \
     H5SM_AEAD_IS(aead, PSA_ALG_CHACHA20_POLY1305) || H5SM_AEAD_IS(aead, PSA_ALG_XCHACHA20_POLY1305) || \
     H5SM_AEAD_IS(aead, PSA_ALG_ASCON_AEAD128) ? H5SM_ALG_WITH_LENGTH(aead, 16u) : PSA_ALG_NONE)
#define H5SM_AEAD_IS(aead, base) (H5SM_ALG_WITH_LENGTH(aead, 16u) == (base))

#define PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) H5SM_ALG_IS(alg, 0x05400000u, 0x80bfffffu)

/* ---- 10.6 Key derivation ---- */

#define PSA_ALG_TLS12_ECJPAKE_TO_PMS            ((psa_algorithm_t)0x08000609)
#define PSA_ALG_SP800_108_COUNTER_CMAC          ((psa_algorithm_t)0x08000800)
#define PSA_ALG_PBKDF2_AES_CMAC_PRF_128         ((psa_algorithm_t)0x08800200)
#define PSA_ALG_HKDF(hash)                      H5SM_ALG_OF(0x08000100u, hash)
#define PSA_ALG_TLS12_PRF(hash)                 H5SM_ALG_OF(0x08000200u, hash)
#define PSA_ALG_TLS12_PSK_TO_MS(hash)           H5SM_ALG_OF(0x08000300u, hash)
#define PSA_ALG_HKDF_EXTRACT(hash)              H5SM_ALG_OF(0x08000400u, hash)
#define PSA_ALG_HKDF_EXPAND(hash)               H5SM_ALG_OF(0x08000500u, hash)
#define PSA_ALG_SP800_108_COUNTER_HMAC(hash)    H5SM_ALG_OF(0x08000700u, hash)
#define PSA_ALG_PBKDF2_HMAC(hash)               H5SM_ALG_OF(0x08800100u, hash)
#define PSA_ALG_WPA3_SAE_H2E(hash)              H5SM_ALG_OF(0x08800400u, hash) /* since 1.4 */

#define PSA_ALG_IS_KEY_DERIVATION_STRETCHING(alg) H5SM_ALG_IS(alg, 0x08800000u, 0x807fffffu)
#define PSA_ALG_IS_HKDF(alg)                    H5SM_ALG_IS(alg, 0x08000100u, 0xffu)
#define PSA_ALG_IS_TLS12_PRF(alg)               H5SM_ALG_IS(alg, 0x08000200u, 0xffu)
#define PSA_ALG_IS_TLS12_PSK_TO_MS(alg)         H5SM_ALG_IS(alg, 0x08000300u, 0xffu)
#define PSA_ALG_IS_HKDF_EXTRACT(alg)            H5SM_ALG_IS(alg, 0x08000400u, 0xffu)
#define PSA_ALG_IS_HKDF_EXPAND(alg)             H5SM_ALG_IS(alg, 0x08000500u, 0xffu)
#define PSA_ALG_IS_SP800_108_COUNTER_HMAC(alg)  H5SM_ALG_IS(alg, 0x08000700u, 0xffu)
#define PSA_ALG_IS_PBKDF2_HMAC(alg)             H5SM_ALG_IS(alg, 0x08800100u, 0xffu)
#define PSA_ALG_IS_WPA3_SAE_H2E(alg)            H5SM_ALG_IS(alg, 0x08800400u, 0xffu)

/* Inputs: values left to the implementation, the same as in Mbed TLS, TF-PSA-Crypto and TF-M */
#define PSA_KEY_DERIVATION_INPUT_SECRET         ((psa_key_derivation_step_t)0x0101)
#define PSA_KEY_DERIVATION_INPUT_PASSWORD       ((psa_key_derivation_step_t)0x0102)
#define PSA_KEY_DERIVATION_INPUT_OTHER_SECRET   ((psa_key_derivation_step_t)0x0103)
#define PSA_KEY_DERIVATION_INPUT_LABEL          ((psa_key_derivation_step_t)0x0201)
#define PSA_KEY_DERIVATION_INPUT_SALT           ((psa_key_derivation_step_t)0x0202)
#define PSA_KEY_DERIVATION_INPUT_INFO           ((psa_key_derivation_step_t)0x0203)
#define PSA_KEY_DERIVATION_INPUT_SEED           ((psa_key_derivation_step_t)0x0204)
#define PSA_KEY_DERIVATION_INPUT_COST           ((psa_key_derivation_step_t)0x0205)
#define PSA_KEY_DERIVATION_INPUT_CONTEXT        ((psa_key_derivation_step_t)0x0206)

/* Of 32 bits on every host, so that 32-bit and 64-bit clients agree */
#define PSA_KEY_DERIVATION_UNLIMITED_CAPACITY   ((size_t)0xffffffffu)

/* ---- 10.7 Signatures ---- */

#define PSA_ALG_RSA_PKCS1V15_SIGN_RAW           ((psa_algorithm_t)0x06000200)
#define PSA_ALG_ECDSA_ANY                       ((psa_algorithm_t)0x06000600)
#define PSA_ALG_PURE_EDDSA                      ((psa_algorithm_t)0x06000800)
#define PSA_ALG_ED25519PH                       ((psa_algorithm_t)0x0600090b)
#define PSA_ALG_ED448PH                         ((psa_algorithm_t)0x06000915)
#define PSA_ALG_EDDSA_CTX                       ((psa_algorithm_t)0x06000a00) /* since 1.4 */
#define PSA_ALG_SLH_DSA                         ((psa_algorithm_t)0x06004000)
#define PSA_ALG_DETERMINISTIC_SLH_DSA           ((psa_algorithm_t)0x06004100)
#define PSA_ALG_ML_DSA                          ((psa_algorithm_t)0x06004400)
#define PSA_ALG_DETERMINISTIC_ML_DSA            ((psa_algorithm_t)0x06004500)
#define PSA_ALG_LMS                             ((psa_algorithm_t)0x06004800)
#define PSA_ALG_HSS                             ((psa_algorithm_t)0x06004900)
#define PSA_ALG_XMSS                            ((psa_algorithm_t)0x06004a00)
#define PSA_ALG_XMSS_MT                         ((psa_algorithm_t)0x06004b00)

#define PSA_ALG_RSA_PKCS1V15_SIGN(hash)         H5SM_ALG_OF(0x06000200u, hash)
#define PSA_ALG_RSA_PSS(hash)                   H5SM_ALG_OF(0x06000300u, hash)
#define PSA_ALG_RSA_PSS_ANY_SALT(hash)          H5SM_ALG_OF(0x06001300u, hash)
#define PSA_ALG_ECDSA(hash)                     H5SM_ALG_OF(0x06000600u, hash)
#define PSA_ALG_DETERMINISTIC_ECDSA(hash)       H5SM_ALG_OF(0x06000700u, hash)
#define PSA_ALG_HASH_SLH_DSA(hash)              H5SM_ALG_OF(0x06004200u, hash)
#define PSA_ALG_DETERMINISTIC_HASH_SLH_DSA(hash) H5SM_ALG_OF(0x06004300u, hash)
#define PSA_ALG_HASH_ML_DSA(hash)               H5SM_ALG_OF(0x06004600u, hash)
#define PSA_ALG_DETERMINISTIC_HASH_ML_DSA(hash) H5SM_ALG_OF(0x06004700u, hash)

/* The RSA and ECDSA questions include the variants without a hash */
#define PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg)       H5SM_ALG_IS(alg, 0x06000200u, 0xffu)
#define PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg)   H5SM_ALG_IS(alg, 0x06000300u, 0xffu)
#define PSA_ALG_IS_RSA_PSS_ANY_SALT(alg)        H5SM_ALG_IS(alg, 0x06001300u, 0xffu)
#define PSA_ALG_IS_RSA_PSS(alg)                 H5SM_ALG_IS(alg, 0x06000300u, 0x10ffu)
#define PSA_ALG_IS_RANDOMIZED_ECDSA(alg)        H5SM_ALG_IS(alg, 0x06000600u, 0xffu)
#define PSA_ALG_IS_DETERMINISTIC_ECDSA(alg)     H5SM_ALG_IS(alg, 0x06000700u, 0xffu)
#define PSA_ALG_IS_ECDSA(alg)                   H5SM_ALG_IS(alg, 0x06000600u, 0x1ffu)
#define PSA_ALG_IS_HASH_EDDSA(alg)              H5SM_ALG_IS(alg, 0x06000900u, 0xffu)
#define PSA_ALG_IS_SLH_DSA(alg)                 H5SM_ALG_IS(alg, 0x06004000u, 0x100u)
#define PSA_ALG_IS_HEDGED_HASH_SLH_DSA(alg)     H5SM_ALG_IS(alg, 0x06004200u, 0xffu)
#define PSA_ALG_IS_DETERMINISTIC_HASH_SLH_DSA(alg) H5SM_ALG_IS(alg, 0x06004300u, 0xffu)
#define PSA_ALG_IS_HASH_SLH_DSA(alg)            H5SM_ALG_IS(alg, 0x06004200u, 0x1ffu)
#define PSA_ALG_IS_ML_DSA(alg)                  H5SM_ALG_IS(alg, 0x06004400u, 0x100u)
#define PSA_ALG_IS_HEDGED_HASH_ML_DSA(alg)      H5SM_ALG_IS(alg, 0x06004600u, 0xffu)
#define PSA_ALG_IS_DETERMINISTIC_HASH_ML_DSA(alg) H5SM_ALG_IS(alg, 0x06004700u, 0xffu)
#define PSA_ALG_IS_HASH_ML_DSA(alg)             H5SM_ALG_IS(alg, 0x06004600u, 0x1ffu)

/* Signs exactly the hash in H: not the variants without a hash */
#define PSA_ALG_IS_HASH_AND_SIGN(alg) \
    (((psa_algorithm_t)(alg) & 0xffu) != 0u && \
     (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_ECDSA(alg) || \
      PSA_ALG_IS_HASH_EDDSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)))
#define H5SM_ALG_IS_SIGN_BARE(alg) \
    ((psa_algorithm_t)(alg) == PSA_ALG_RSA_PKCS1V15_SIGN_RAW || (psa_algorithm_t)(alg) == PSA_ALG_ECDSA_ANY)
#define PSA_ALG_IS_SIGN_HASH(alg)    (PSA_ALG_IS_HASH_AND_SIGN(alg) || H5SM_ALG_IS_SIGN_BARE(alg))
#define PSA_ALG_IS_SIGN_MESSAGE(alg) (PSA_ALG_IS_SIGN(alg) && !H5SM_ALG_IS_SIGN_BARE(alg))

/* Takes a context of more than 0 bytes, since 1.4 */
#define PSA_ALG_SIGN_SUPPORTS_CONTEXT(alg) \
    ((psa_algorithm_t)(alg) == PSA_ALG_EDDSA_CTX || PSA_ALG_IS_HASH_EDDSA(alg) || \
     PSA_ALG_IS_SLH_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg) || \
     PSA_ALG_IS_ML_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg))

/* ---- 10.8 Asymmetric encryption ---- */

#define PSA_ALG_RSA_PKCS1V15_CRYPT ((psa_algorithm_t)0x07000200)
#define PSA_ALG_RSA_OAEP(hash)     H5SM_ALG_OF(0x07000300u, hash)
#define PSA_ALG_IS_RSA_OAEP(alg)   H5SM_ALG_IS(alg, 0x07000300u, 0xffu)

/* ---- 10.9 Key agreement: the OR of an agreement and a derivation is their combination ---- */

#define PSA_ALG_FFDH ((psa_algorithm_t)0x09010000)
#define PSA_ALG_ECDH ((psa_algorithm_t)0x09020000)

#define PSA_ALG_KEY_AGREEMENT(agreement, derivation) \
    ((psa_algorithm_t)((psa_algorithm_t)(agreement) | (psa_algorithm_t)(derivation)))
#define PSA_ALG_KEY_AGREEMENT_GET_BASE(alg)      ((psa_algorithm_t)((psa_algorithm_t)(alg) & 0xff7f0000u))
/* 0x08000000, which is no algorithm, for a standalone agreement */
#define PSA_ALG_KEY_AGREEMENT_GET_KDF(alg)       ((psa_algorithm_t)((psa_algorithm_t)(alg) & 0xfe80ffffu))
#define PSA_ALG_IS_FFDH(alg)                     H5SM_ALG_IS(alg, 0x09010000u, 0x8000ffffu)
#define PSA_ALG_IS_ECDH(alg)                     H5SM_ALG_IS(alg, 0x09020000u, 0x8000ffffu)
#define PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) H5SM_ALG_IS(alg, 0x09000000u, 0x80ff0000u)
#define PSA_ALG_IS_RAW_KEY_AGREEMENT(alg)        PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) /* deprecated since 1.2 */

/* ---- 10.10 Key encapsulation; key wrapping, since 1.4 ---- */

#define PSA_ALG_ECIES_SEC1 ((psa_algorithm_t)0x0c000100)
#define PSA_ALG_ML_KEM     ((psa_algorithm_t)0x0c000200)

#define PSA_ALG_KW         ((psa_algorithm_t)0x0b400100)
#define PSA_ALG_KWP        ((psa_algorithm_t)0x0bc00200)

/* ---- 10.11 PAKE ---- */

#define PSA_ALG_SPAKE2P_MATTER          ((psa_algorithm_t)0x0a000609)
/* Policy only: any WPA3-SAE, since 1.4 */
#define PSA_ALG_WPA3_SAE_ANY            ((psa_algorithm_t)0x0a0088ff)
#define PSA_ALG_JPAKE(hash)             H5SM_ALG_OF(0x0a000100u, hash)
#define PSA_ALG_SPAKE2P_HMAC(hash)      H5SM_ALG_OF(0x0a000400u, hash)
#define PSA_ALG_SPAKE2P_CMAC(hash)      H5SM_ALG_OF(0x0a000500u, hash)
#define PSA_ALG_WPA3_SAE_FIXED(hash)    H5SM_ALG_OF(0x0a000800u, hash) /* since 1.4 */
#define PSA_ALG_WPA3_SAE_GDH(hash)      H5SM_ALG_OF(0x0a000900u, hash) /* since 1.4 */

#define PSA_ALG_IS_JPAKE(alg)           H5SM_ALG_IS(alg, 0x0a000100u, 0xffu)
#define PSA_ALG_IS_SPAKE2P_HMAC(alg)    H5SM_ALG_IS(alg, 0x0a000400u, 0xffu)
#define PSA_ALG_IS_SPAKE2P_CMAC(alg)    H5SM_ALG_IS(alg, 0x0a000500u, 0xffu)
#define PSA_ALG_IS_SPAKE2P(alg)         H5SM_ALG_IS(alg, 0x0a000400u, 0x3ffu)
#define PSA_ALG_IS_WPA3_SAE_FIXED(alg)  H5SM_ALG_IS(alg, 0x0a000800u, 0xffu)
#define PSA_ALG_IS_WPA3_SAE_GDH(alg)    H5SM_ALG_IS(alg, 0x0a000900u, 0xffu)
#define PSA_ALG_IS_WPA3_SAE(alg)        H5SM_ALG_IS(alg, 0x0a000800u, 0x1ffu)

/* Primitive: type[31:24] family[23:16] bits[15:0]; 0 when bits does not fit */
#define PSA_PAKE_PRIMITIVE_TYPE_ECC     ((psa_pake_primitive_type_t)0x01)
#define PSA_PAKE_PRIMITIVE_TYPE_DH      ((psa_pake_primitive_type_t)0x02)

#define PSA_PAKE_PRIMITIVE(type, family, bits) \
    ((psa_pake_primitive_t)(((size_t)(bits) >> 16) != 0u ? 0u : \
        ((uint32_t)(type) << 24) | ((uint32_t)(family) << 16) | (uint32_t)(bits)))
#define PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) \
    ((psa_pake_primitive_type_t)(((psa_pake_primitive_t)(primitive) >> 24) & 0xffu))
#define PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive) \
    ((psa_pake_family_t)(((psa_pake_primitive_t)(primitive) >> 16) & 0xffu))
#define PSA_PAKE_PRIMITIVE_GET_BITS(primitive) ((size_t)((psa_pake_primitive_t)(primitive) & 0xffffu))

#define PSA_PAKE_CONFIRMED_KEY          ((uint32_t)0)
#define PSA_PAKE_UNCONFIRMED_KEY        ((uint32_t)1)

#define PSA_PAKE_ROLE_NONE              ((psa_pake_role_t)0x00)
#define PSA_PAKE_ROLE_FIRST             ((psa_pake_role_t)0x01)
#define PSA_PAKE_ROLE_SECOND            ((psa_pake_role_t)0x02)
#define PSA_PAKE_ROLE_CLIENT            ((psa_pake_role_t)0x11)
#define PSA_PAKE_ROLE_SERVER            ((psa_pake_role_t)0x12)

#define PSA_PAKE_STEP_KEY_SHARE         ((psa_pake_step_t)0x01)
#define PSA_PAKE_STEP_ZK_PUBLIC         ((psa_pake_step_t)0x02)
#define PSA_PAKE_STEP_ZK_PROOF          ((psa_pake_step_t)0x03)
#define PSA_PAKE_STEP_CONFIRM           ((psa_pake_step_t)0x04)
#define PSA_PAKE_STEP_SALT              ((psa_pake_step_t)0x05) /* since 1.4 */
#define PSA_PAKE_STEP_COMMIT            ((psa_pake_step_t)0x06) /* since 1.4 */
#define PSA_PAKE_STEP_CONFIRM_COUNT     ((psa_pake_step_t)0x07) /* since 1.4 */
#define PSA_PAKE_STEP_KEY_ID            ((psa_pake_step_t)0x08) /* since 1.4 */

/* ---- Outside the specification, used by code written for Mbed TLS ---- */

/* PSA_ALG_NONE unless a hash-and-sign algorithm */
#define PSA_ALG_SIGN_GET_HASH(alg) (PSA_ALG_IS_HASH_AND_SIGN(alg) ? PSA_ALG_GET_HASH(alg) : PSA_ALG_NONE)
/* Meaningful for an HMAC only */
#define PSA_ALG_HMAC_GET_HASH(alg) H5SM_ALG_OF(0x02000000u, alg)

#endif /* PSA_CRYPTO_VALUES_H */
