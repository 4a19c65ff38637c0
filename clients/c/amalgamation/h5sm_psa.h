/* The PSA Crypto API 1.5 for h5sm: every header in one.
 * Put together from clients/c by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_PSA_H
#define H5SM_PSA_H

/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The PSA Certified Crypto API 1.5. Every function below is one call to the emulator (docs/functions.md). */

#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

/* Status codes: PSA Certified Status code API 1.0, shared by every PSA API.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_ERROR_H
#define PSA_ERROR_H

#include <stddef.h>
#include <stdint.h>

/* Another header that has PSA_SUCCESS has psa_status_t too. */
#ifndef PSA_SUCCESS
typedef int32_t psa_status_t;
#define PSA_SUCCESS ((psa_status_t)0)
#endif

#define PSA_ERROR_PROGRAMMER_ERROR       ((psa_status_t)-129)
#define PSA_ERROR_CONNECTION_REFUSED     ((psa_status_t)-130)
#define PSA_ERROR_CONNECTION_BUSY        ((psa_status_t)-131)
#define PSA_ERROR_GENERIC_ERROR          ((psa_status_t)-132)
#define PSA_ERROR_NOT_PERMITTED          ((psa_status_t)-133)
#define PSA_ERROR_NOT_SUPPORTED          ((psa_status_t)-134)
#define PSA_ERROR_INVALID_ARGUMENT       ((psa_status_t)-135)
#define PSA_ERROR_INVALID_HANDLE         ((psa_status_t)-136)
#define PSA_ERROR_BAD_STATE              ((psa_status_t)-137)
#define PSA_ERROR_BUFFER_TOO_SMALL       ((psa_status_t)-138)
#define PSA_ERROR_ALREADY_EXISTS         ((psa_status_t)-139)
#define PSA_ERROR_DOES_NOT_EXIST         ((psa_status_t)-140)
#define PSA_ERROR_INSUFFICIENT_MEMORY    ((psa_status_t)-141)
#define PSA_ERROR_INSUFFICIENT_STORAGE   ((psa_status_t)-142)
#define PSA_ERROR_INSUFFICIENT_DATA      ((psa_status_t)-143)
#define PSA_ERROR_SERVICE_FAILURE        ((psa_status_t)-144)
#define PSA_ERROR_COMMUNICATION_FAILURE  ((psa_status_t)-145)
#define PSA_ERROR_STORAGE_FAILURE        ((psa_status_t)-146)
#define PSA_ERROR_HARDWARE_FAILURE       ((psa_status_t)-147)
#define PSA_ERROR_INVALID_SIGNATURE      ((psa_status_t)-149)
#define PSA_ERROR_CORRUPTION_DETECTED    ((psa_status_t)-151)
#define PSA_ERROR_DATA_CORRUPT           ((psa_status_t)-152)
#define PSA_ERROR_DATA_INVALID           ((psa_status_t)-153)

/* Of the Crypto API only (PSA Crypto 1.3, 8.1). */
#define PSA_ERROR_INSUFFICIENT_ENTROPY   ((psa_status_t)-148)
#define PSA_ERROR_INVALID_PADDING        ((psa_status_t)-150)

/* Neither success nor error: an interruptible operation has work left. */
#define PSA_OPERATION_INCOMPLETE         ((psa_status_t)-248)

#endif /* PSA_ERROR_H */

/* Integer types of the PSA Crypto API 1.5; the clause of each is beside it.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_TYPES_H
#define PSA_CRYPTO_TYPES_H

/* Keys. */
typedef uint16_t psa_key_type_t;            /* 9.2 */
typedef uint8_t psa_ecc_family_t;           /* 9.2 */
typedef uint8_t psa_dh_family_t;            /* 9.2 */
typedef uint8_t psa_slh_dsa_family_t;       /* 9.2, since 1.4 */
typedef uint32_t psa_key_lifetime_t;        /* 9.3 */
typedef uint8_t psa_key_persistence_t;      /* 9.3 */
typedef uint32_t psa_key_location_t;        /* 9.3 */
typedef uint32_t psa_key_id_t;              /* 9.4 */
typedef uint32_t psa_key_usage_t;           /* 9.5 */

/* As before 1.0, when a key was a handle; here as on the board it is the identifier. */
typedef psa_key_id_t psa_key_handle_t;

/* Operations. */
typedef uint32_t psa_algorithm_t;           /* 10.1 */
typedef uint16_t psa_key_derivation_step_t; /* 10.6 */
typedef uint32_t psa_pake_primitive_t;      /* 10.11 */
typedef uint8_t psa_pake_primitive_type_t;  /* 10.11 */
typedef uint8_t psa_pake_family_t;          /* 10.11 */
typedef uint8_t psa_pake_role_t;            /* 10.11 */
typedef uint8_t psa_pake_step_t;            /* 10.11 */

#endif /* PSA_CRYPTO_TYPES_H */

/* Values of the PSA Crypto API, and the macros that build and examine them. Clauses are those of version 1.3;
 * "since 1.4" marks what came later. Every macro is a constant expression when its arguments are; the arguments
 * may be evaluated more than once.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_VALUES_H
#define PSA_CRYPTO_VALUES_H

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

/* Lengths and sufficient buffer sizes in bytes, of type size_t: the "support macros" of PSA Crypto 1.3. 0 stands for
 * "not recognised" and for arguments that do not go together. Every macro is a constant expression when its arguments
 * are; the arguments may be evaluated more than once.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_SIZES_H
#define PSA_CRYPTO_SIZES_H

/* Largest keys of the implementation, in bits: outside the specification, named as in Mbed TLS */
#define PSA_VENDOR_RSA_MAX_KEY_BITS   ((size_t)4096)
#define PSA_VENDOR_ECC_MAX_CURVE_BITS ((size_t)521)
#define PSA_VENDOR_FFDH_MAX_KEY_BITS  ((size_t)8192)

#define H5SM_SIZE(n)                ((size_t)(n))
#define H5SM_NONE                   H5SM_SIZE(0)
#define H5SM_BYTES(bits)            ((H5SM_SIZE(bits) + 7u) / 8u)
#define H5SM_ROUND_UP(unit, length) ((H5SM_SIZE(length) + (unit) - 1u) / (unit) * (unit))
/* 0, and an argument that the size does not depend on counts as used */
#define H5SM_UNUSED(argument)       (H5SM_SIZE(0) * sizeof(argument))
#define H5SM_ALG_EQ(alg, other)     ((psa_algorithm_t)(alg) == (other))
/* LEN[21:16] of a MAC or AEAD */
#define H5SM_ALG_LENGTH(alg)        H5SM_SIZE(((psa_algorithm_t)(alg) >> 16) & 0x3fu)

/* Outside the specification, as the board's header and TF-M's have them */
#define PSA_BITS_TO_BYTES(bits)  H5SM_BYTES(bits)
#define PSA_BYTES_TO_BITS(bytes) (H5SM_SIZE(bytes) * 8u)

/* ---- 10.2.4 Hashes; also of the hash in any composite algorithm ---- */

#define H5SM_HASH_IS(alg, hash) (((psa_algorithm_t)(alg) & 0xffu) == ((hash) & 0xffu))

#define PSA_HASH_LENGTH(alg) \
    (H5SM_HASH_IS(alg, PSA_ALG_SHA_256)          ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_384)          ? H5SM_SIZE(48) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_1)            ? H5SM_SIZE(20) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_224)          ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_224)      ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_256)      ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_256_192)      ? H5SM_SIZE(24) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_224)         ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_256)         ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_384)         ? H5SM_SIZE(48) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_512)         ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SM3)              ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_512)     ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE128_256)     ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_192)     ? H5SM_SIZE(24) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_256)     ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_ASCON_HASH256)    ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2S_HASH256)  ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2SP_HASH256) ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2B_HASH512)  ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2BP_HASH512) ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD2)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD4)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD5)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_RIPEMD160)        ? H5SM_SIZE(20) : \
     H5SM_HASH_IS(alg, PSA_ALG_AES_MMO_ZIGBEE)   ? H5SM_SIZE(16) : \
     H5SM_NONE)

#define PSA_HASH_BLOCK_LENGTH(alg) \
    (H5SM_HASH_IS(alg, PSA_ALG_SHA_256)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_384)          ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512)          ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_1)            ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_224)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_224)      ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_256)      ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_256_192)      ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_224)         ? H5SM_SIZE(144) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_256)         ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_384)         ? H5SM_SIZE(104) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_512)         ? H5SM_SIZE(72) : \
     H5SM_HASH_IS(alg, PSA_ALG_SM3)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_512)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE128_256)     ? H5SM_SIZE(168) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_192)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_256)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_ASCON_HASH256)    ? H5SM_SIZE(8) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2S_HASH256)  ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2SP_HASH256) ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2B_HASH512)  ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2BP_HASH512) ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD2)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD4)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD5)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_RIPEMD160)        ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_AES_MMO_ZIGBEE)   ? H5SM_SIZE(16) : \
     H5SM_NONE)

#define PSA_HASH_MAX_SIZE H5SM_SIZE(64)

/* 10.2.5 Suspend state, of a hash itself: algorithm, input length, state, and at most a block less one byte of input */
#define PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH H5SM_SIZE(4)
#define PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_MD2)         ? H5SM_SIZE(1) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD4)         ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD5)         ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_RIPEMD160)   ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_1)       ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_224)     ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_256)     ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_384)     ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512)     ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_224) ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_256) ? H5SM_SIZE(16) : \
     H5SM_NONE)
#define PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_MD2)         ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD4)         ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD5)         ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_RIPEMD160)   ? H5SM_SIZE(20) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_1)       ? H5SM_SIZE(20) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_224)     ? H5SM_SIZE(32) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_256)     ? H5SM_SIZE(32) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_384)     ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512)     ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_224) ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_256) ? H5SM_SIZE(64) : \
     H5SM_NONE)
#define PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) \
    (PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) == 0u ? H5SM_NONE : \
     PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH + PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) + \
     PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) + PSA_HASH_BLOCK_LENGTH(alg) - 1u)
/* SHA-512: 4 + 16 + 64 + 127 */
#define PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE H5SM_SIZE(211)

/* ---- 10.4.4 Block ciphers ---- */

/* 1 for a stream cipher, 0 for a key that is no cipher key */
#define PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) \
    (H5SM_TYPE_CATEGORY(type) == 0x2000u ? H5SM_SIZE(1) << (((unsigned)(type) >> 8) & 7u) : H5SM_NONE)
#define PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE H5SM_SIZE(16)

/* 0 for a key of no block cipher; 1 instead where it divides */
#define H5SM_BLOCK(type)      (((unsigned)(type) & 0x0700u) != 0u ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) : H5SM_NONE)
#define H5SM_BLOCK_OR_1(type) (H5SM_SIZE(1) << (((unsigned)(type) >> 8) & 7u))

/* ---- 10.3.4 MAC ---- */

/* Outside the specification: the length that the identifier asks for, 0 for the full length */
#define PSA_MAC_TRUNCATED_LENGTH(alg) H5SM_ALG_LENGTH(alg)
#define PSA_MAC_LENGTH(key_type, key_bits, alg) \
    (!PSA_ALG_IS_MAC(alg) ? H5SM_NONE : \
     H5SM_ALG_LENGTH(alg) != 0u ? H5SM_ALG_LENGTH(alg) : \
     PSA_ALG_IS_HMAC(alg) || PSA_ALG_IS_BLAKE2_MAC(alg) ? PSA_HASH_LENGTH(alg) : \
     PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) ? H5SM_BLOCK(key_type) + H5SM_UNUSED(key_bits) : H5SM_NONE)
#define PSA_MAC_MAX_SIZE PSA_HASH_MAX_SIZE

/* ---- 10.4.4 Ciphers ---- */

/* The block, 1 for a stream key, 0 when key and algorithm do not match */
#define H5SM_CIPHER_UNIT(key_type, alg) \
    (!PSA_ALG_IS_CIPHER(alg) ? H5SM_NONE : \
     !H5SM_ALG_EQ(alg, PSA_ALG_STREAM_CIPHER) ? H5SM_BLOCK(key_type) : \
     (key_type) != PSA_KEY_TYPE_ASCON && PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) == 1u ? H5SM_SIZE(1) : H5SM_NONE)

#define PSA_CIPHER_IV_LENGTH(key_type, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_CTR) || H5SM_ALG_EQ(alg, PSA_ALG_CFB) || \
     H5SM_ALG_EQ(alg, PSA_ALG_OFB) || H5SM_ALG_EQ(alg, PSA_ALG_XTS) || \
     H5SM_ALG_EQ(alg, PSA_ALG_CBC_NO_PADDING) || H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? H5SM_BLOCK(key_type) : \
     H5SM_ALG_EQ(alg, PSA_ALG_CCM_STAR_NO_TAG) ? (H5SM_BLOCK(key_type) == 16u ? H5SM_SIZE(13) : H5SM_NONE) : \
     !H5SM_ALG_EQ(alg, PSA_ALG_STREAM_CIPHER) ? H5SM_NONE : \
     (key_type) == PSA_KEY_TYPE_CHACHA20 ? H5SM_SIZE(12) : \
     (key_type) == PSA_KEY_TYPE_XCHACHA20 ? H5SM_SIZE(24) : H5SM_NONE)
/* XChaCha20 */
#define PSA_CIPHER_IV_MAX_SIZE H5SM_SIZE(24)

/* IV and ciphertext; PKCS#7 always pads */
#define PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     PSA_CIPHER_IV_LENGTH(key_type, alg) + \
         (H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? \
              (H5SM_SIZE(input_length) / H5SM_BLOCK_OR_1(key_type) + 1u) * H5SM_BLOCK_OR_1(key_type) : \
              H5SM_SIZE(input_length)))
#define PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(input_length) \
    (PSA_CIPHER_IV_MAX_SIZE + H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, H5SM_SIZE(input_length) + 1u))

#define PSA_CIPHER_DECRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_SIZE(input_length))
#define PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(input_length) H5SM_SIZE(input_length)

/* The modes that work on whole blocks may give back, with this input, the rest of an earlier one */
#define PSA_CIPHER_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     PSA_ALG_IS_STREAM_CIPHER(alg) ? H5SM_SIZE(input_length) : \
     H5SM_ROUND_UP(H5SM_BLOCK_OR_1(key_type), input_length))
#define PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input_length) \
    H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)

/* PKCS#7 keeps a block back, XTS with its stolen ciphertext nearly two */
#define PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_XTS)       ? H5SM_BLOCK(key_type) * 2u : \
     H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? H5SM_BLOCK(key_type) : H5SM_NONE)
#define PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE H5SM_SIZE(32)

/* ---- 10.5.4 AEAD ---- */

#define H5SM_AEAD_ON_BLOCK(aead) (H5SM_AEAD_IS(aead, PSA_ALG_CCM) || H5SM_AEAD_IS(aead, PSA_ALG_GCM))

/* Output comes in units of this many bytes; 0 when key and algorithm do not match */
#define H5SM_AEAD_UNIT(key_type, alg) \
    (H5SM_AEAD_ON_BLOCK(alg) ? (H5SM_BLOCK(key_type) == 16u ? H5SM_SIZE(16) : H5SM_NONE) : \
     (key_type) == PSA_KEY_TYPE_CHACHA20  ? H5SM_SIZE(H5SM_AEAD_IS(alg, PSA_ALG_CHACHA20_POLY1305)) : \
     (key_type) == PSA_KEY_TYPE_XCHACHA20 ? H5SM_SIZE(H5SM_AEAD_IS(alg, PSA_ALG_XCHACHA20_POLY1305)) : \
     (key_type) == PSA_KEY_TYPE_ASCON && H5SM_AEAD_IS(alg, PSA_ALG_ASCON_AEAD128) ? H5SM_SIZE(16) : H5SM_NONE)

#define PSA_AEAD_NONCE_LENGTH(key_type, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     H5SM_AEAD_IS(alg, PSA_ALG_CCM)                ? H5SM_SIZE(13) : \
     H5SM_AEAD_IS(alg, PSA_ALG_XCHACHA20_POLY1305) ? H5SM_SIZE(24) : \
     H5SM_AEAD_IS(alg, PSA_ALG_ASCON_AEAD128)      ? H5SM_SIZE(16) : H5SM_SIZE(12))
/* XChaCha20-Poly1305 */
#define PSA_AEAD_NONCE_MAX_SIZE H5SM_SIZE(24)

#define PSA_AEAD_TAG_LENGTH(key_type, key_bits, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_ALG_LENGTH(alg) + H5SM_UNUSED(key_bits))
#define PSA_AEAD_TAG_MAX_SIZE H5SM_SIZE(16)

#define PSA_AEAD_ENCRYPT_OUTPUT_SIZE(key_type, alg, plaintext_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_SIZE(plaintext_length) + H5SM_ALG_LENGTH(alg))
#define PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(plaintext_length) (H5SM_SIZE(plaintext_length) + PSA_AEAD_TAG_MAX_SIZE)

#define PSA_AEAD_DECRYPT_OUTPUT_SIZE(key_type, alg, ciphertext_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u || H5SM_SIZE(ciphertext_length) < H5SM_ALG_LENGTH(alg) ? H5SM_NONE : \
     H5SM_SIZE(ciphertext_length) - H5SM_ALG_LENGTH(alg))
#define PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(ciphertext_length) H5SM_SIZE(ciphertext_length)

#define PSA_AEAD_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u  ? H5SM_NONE : \
     H5SM_AEAD_UNIT(key_type, alg) == 1u  ? H5SM_SIZE(input_length) : H5SM_ROUND_UP(16u, input_length))
#define PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(input_length) H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)

#define PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) > 1u ? H5SM_AEAD_UNIT(key_type, alg) : H5SM_NONE)
#define PSA_AEAD_FINISH_OUTPUT_MAX_SIZE H5SM_SIZE(16)
#define PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type, alg) PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg)
#define PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE H5SM_SIZE(16)

/* ---- 9.2 Key formats ---- */

#define H5SM_IS_EDWARDS(family)    ((family) == PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define H5SM_IS_MONTGOMERY(family) ((family) == PSA_ECC_FAMILY_MONTGOMERY)

/* Edwards encodings hold one bit more than the field, for the sign */
#define H5SM_SCALAR(family, bits) (H5SM_IS_EDWARDS(family) ? H5SM_SIZE(bits) / 8u + 1u : H5SM_BYTES(bits))
#define H5SM_POINT(family, bits) \
    (H5SM_IS_EDWARDS(family) || H5SM_IS_MONTGOMERY(family) ? H5SM_SCALAR(family, bits) : H5SM_BYTES(bits) * 2u + 1u)

/* RSA in DER: a header of 4, for each integer a header of 4 and a leading zero; a public exponent below 2^64 */
#define H5SM_DER_INTEGER(bits) (H5SM_SIZE(bits) / 8u + 5u)
#define H5SM_RSA_EXPONENT      11u
#define H5SM_RSA_PUBLIC(bits)  (4u + H5SM_DER_INTEGER(bits) + H5SM_RSA_EXPONENT)
/* version, n, e, d, and five numbers of half the size */
#define H5SM_RSA_PAIR(bits) \
    (4u + 3u + 2u * H5SM_DER_INTEGER(bits) + H5SM_RSA_EXPONENT + 5u * H5SM_DER_INTEGER((H5SM_SIZE(bits) + 1u) / 2u))

/* The size that goes with the first, second or third parameter set of a post-quantum scheme */
#define H5SM_BY_SET(bits, bits1, size1, bits2, size2, bits3, size3) \
    (H5SM_SAME(bits, bits1) ? H5SM_SIZE(size1) : H5SM_SAME(bits, bits2) ? H5SM_SIZE(size2) : \
     H5SM_SAME(bits, bits3) ? H5SM_SIZE(size3) : H5SM_NONE)
/* Equality, without a warning where a narrow type cannot hold the number */
#define H5SM_SAME(bits, number) ((H5SM_SIZE(bits) ^ (number)) == 0u)

/* LMS: u32 type, u32 one-time type, 16 bytes of identifier, root. RFC 8554, 5.3. The type is that of a public key */
#define H5SM_PUBLIC(type, bits) \
    (PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type)     ? H5SM_POINT(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type)      ? H5SM_BYTES(bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type) ? H5SM_SCALAR(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) + \
                                                H5SM_POINT(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type) ? H5SM_BYTES(bits) * 2u : \
     (type) == PSA_KEY_TYPE_RSA_PUBLIC_KEY    ? H5SM_RSA_PUBLIC(bits) : \
     (type) == PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY ? H5SM_BY_SET(bits, 128u, 1312, 192u, 1952, 256u, 2592) : \
     (type) == PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY ? H5SM_BY_SET(bits, 512u, 800, 768u, 1184, 1024u, 1568) : \
     (type) == PSA_KEY_TYPE_LMS_PUBLIC_KEY    ? H5SM_BYTES(bits) + 24u : \
     (type) == PSA_KEY_TYPE_HSS_PUBLIC_KEY    ? H5SM_BYTES(bits) + 28u : \
     (type) == PSA_KEY_TYPE_XMSS_PUBLIC_KEY || (type) == PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY ? \
                                                H5SM_BYTES(bits) * 2u + 4u : H5SM_NONE)

#define H5SM_PAIR(type, bits) \
    (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)     ? H5SM_SCALAR(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)      ? H5SM_BYTES(bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) ? H5SM_SCALAR(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) * 2u : \
     PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type) ? H5SM_BYTES(bits) * 4u : \
     (type) == PSA_KEY_TYPE_RSA_KEY_PAIR    ? H5SM_RSA_PAIR(bits) : \
     (type) == PSA_KEY_TYPE_ML_DSA_KEY_PAIR ? H5SM_SIZE(32) : \
     (type) == PSA_KEY_TYPE_ML_KEM_KEY_PAIR ? H5SM_SIZE(64) : H5SM_NONE)

/* ---- 9.6 Export ---- */

#define PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type) ? H5SM_BYTES(key_bits) : \
     PSA_KEY_TYPE_IS_WPA3_SAE_ECC(key_type) ? H5SM_BYTES(key_bits) * 2u : \
     PSA_KEY_TYPE_IS_WPA3_SAE_DH(key_type)  ? H5SM_BYTES(key_bits) : \
     PSA_KEY_TYPE_IS_KEY_PAIR(key_type)     ? H5SM_PAIR(key_type, key_bits) : H5SM_PUBLIC(key_type, key_bits))
#define PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_ASYMMETRIC(key_type) ? \
         H5SM_PUBLIC(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type), key_bits) : H5SM_NONE)

/* The largest of RSA, elliptic curves and finite field Diffie-Hellman: these become buffers on small stacks */
#define PSA_EXPORT_KEY_PAIR_MAX_SIZE       H5SM_RSA_PAIR(PSA_VENDOR_RSA_MAX_KEY_BITS)
#define PSA_EXPORT_PUBLIC_KEY_MAX_SIZE     H5SM_BYTES(PSA_VENDOR_FFDH_MAX_KEY_BITS)
#define PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE PSA_EXPORT_KEY_PAIR_MAX_SIZE

/* ---- 10.6.4 Key derivation ---- */

#define PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE     H5SM_SIZE(128)
#define PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE H5SM_SIZE(32)

/* ---- 10.7.5 Signatures ---- */

#define H5SM_ALG_IS_EDDSA(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_PURE_EDDSA) || H5SM_ALG_EQ(alg, PSA_ALG_EDDSA_CTX) || \
     PSA_ALG_IS_HASH_EDDSA(alg))
#define H5SM_ECC_SIGNATURE(family, bits, alg) \
    (H5SM_IS_EDWARDS(family) ? (H5SM_ALG_IS_EDDSA(alg) ? H5SM_SCALAR(family, bits) * 2u : H5SM_NONE) : \
     H5SM_IS_MONTGOMERY(family) || !PSA_ALG_IS_ECDSA(alg) ? H5SM_NONE : H5SM_BYTES(bits) * 2u)
#define H5SM_SLH_DSA_SIGNATURE(family, bits) \
    ((family) == PSA_SLH_DSA_FAMILY_SHA2_F || (family) == PSA_SLH_DSA_FAMILY_SHAKE_F ? \
         H5SM_BY_SET(bits, 128u, 17088, 192u, 35664, 256u, 49856) : \
         H5SM_BY_SET(bits, 128u, 7856, 192u, 16224, 256u, 29792))

#define PSA_SIGN_OUTPUT_SIZE(key_type, key_bits, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) ? \
         (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg) ? H5SM_BYTES(key_bits) : H5SM_NONE) : \
     PSA_KEY_TYPE_IS_ECC(key_type) ? \
         H5SM_ECC_SIGNATURE(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits, alg) : \
     PSA_KEY_TYPE_IS_ML_DSA(key_type) ? \
         (PSA_ALG_IS_ML_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg) ? \
              H5SM_BY_SET(key_bits, 128u, 2420, 192u, 3309, 256u, 4627) : H5SM_NONE) : \
     PSA_KEY_TYPE_IS_SLH_DSA(key_type) && (PSA_ALG_IS_SLH_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)) ? \
         H5SM_SLH_DSA_SIGNATURE(PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type), key_bits) : H5SM_NONE)
#define PSA_SIGNATURE_MAX_SIZE H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)

/* ---- 10.8.3 Asymmetric encryption ---- */

/* Smallest padding: PKCS#1 v1.5 takes 11 bytes, OAEP two hashes and 2 */
#define H5SM_RSA_PADDING(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_RSA_PKCS1V15_CRYPT) ? H5SM_SIZE(11) : \
     PSA_ALG_IS_RSA_OAEP(alg) ? PSA_HASH_LENGTH(alg) * 2u + 2u : H5SM_NONE)
#define H5SM_IS_RSA_CRYPT(key_type, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) && \
     (H5SM_ALG_EQ(alg, PSA_ALG_RSA_PKCS1V15_CRYPT) || PSA_ALG_IS_RSA_OAEP(alg)))

#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (H5SM_IS_RSA_CRYPT(key_type, alg) ? H5SM_BYTES(key_bits) : H5SM_NONE)
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)

#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (H5SM_IS_RSA_CRYPT(key_type, alg) && H5SM_BYTES(key_bits) > H5SM_RSA_PADDING(alg) ? \
         H5SM_BYTES(key_bits) - H5SM_RSA_PADDING(alg) : H5SM_NONE)
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS) - 11u)

/* ---- 10.9.4 Key agreement: the x coordinate, or the finite field element ---- */

#define PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_DH(key_type) || \
     (PSA_KEY_TYPE_IS_ECC(key_type) && !H5SM_IS_EDWARDS(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type))) ? \
         H5SM_BYTES(key_bits) : H5SM_NONE)
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE H5SM_BYTES(PSA_VENDOR_FFDH_MAX_KEY_BITS)

/* ---- 10.10 Key encapsulation: ECIES sends an ephemeral public key ---- */

#define PSA_ENCAPSULATE_CIPHERTEXT_SIZE(key_type, key_bits, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_ECIES_SEC1) && PSA_KEY_TYPE_IS_ECC(key_type) ? \
         H5SM_POINT(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     H5SM_ALG_EQ(alg, PSA_ALG_ML_KEM) && PSA_KEY_TYPE_IS_ML_KEM(key_type) ? \
         H5SM_BY_SET(key_bits, 512u, 768, 768u, 1088, 1024u, 1568) : H5SM_NONE)
/* ECIES over P-521 */
#define PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS) * 2u + 1u)

/* ---- Key wrapping, since 1.4: AES-KW and -KWP add 8 bytes, KWP to a whole number of 8-byte blocks ---- */

#define PSA_WRAP_KEY_OUTPUT_SIZE(wrap_key_type, alg, key_type, key_bits) \
    (H5SM_BLOCK(wrap_key_type) == 16u && PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) != 0u && \
     (H5SM_ALG_EQ(alg, PSA_ALG_KW) || H5SM_ALG_EQ(alg, PSA_ALG_KWP)) ? \
         H5SM_ROUND_UP(8u, PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits)) + 8u : H5SM_NONE)
#define PSA_WRAP_KEY_PAIR_MAX_SIZE (H5SM_ROUND_UP(8u, PSA_EXPORT_KEY_PAIR_MAX_SIZE) + 8u)

/* ---- 10.11 PAKE: an element is encoded as a public key of the group, a scalar as a private key ---- */

#define H5SM_PAKE_IS_ECC(primitive) (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_ECC)
#define H5SM_PAKE_IS_DH(primitive)  (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_DH)
#define H5SM_PAKE_FIELD(primitive)  H5SM_BYTES(PSA_PAKE_PRIMITIVE_GET_BITS(primitive))
#define H5SM_PAKE_ELEMENT(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? \
         H5SM_POINT(PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), PSA_PAKE_PRIMITIVE_GET_BITS(primitive)) : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)
#define H5SM_PAKE_SCALAR(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? \
         H5SM_SCALAR(PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), PSA_PAKE_PRIMITIVE_GET_BITS(primitive)) : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)
/* An element without the prefix of a public key: WPA3-SAE writes it so */
#define H5SM_PAKE_BARE(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? H5SM_PAKE_FIELD(primitive) * 2u : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)

#define H5SM_JPAKE_STEP(primitive, step) \
    ((step) == PSA_PAKE_STEP_KEY_SHARE || (step) == PSA_PAKE_STEP_ZK_PUBLIC ? H5SM_PAKE_ELEMENT(primitive) : \
     (step) == PSA_PAKE_STEP_ZK_PROOF ? H5SM_PAKE_SCALAR(primitive) : H5SM_NONE)
#define H5SM_SPAKE2P_STEP(alg, primitive, step) \
    ((step) == PSA_PAKE_STEP_KEY_SHARE ? H5SM_PAKE_ELEMENT(primitive) : \
     (step) != PSA_PAKE_STEP_CONFIRM   ? H5SM_NONE : \
     PSA_ALG_IS_SPAKE2P_CMAC(alg)      ? H5SM_SIZE(16) : PSA_HASH_LENGTH(alg))
#define H5SM_WPA3_SAE_STEP(alg, primitive, step) \
    ((step) == PSA_PAKE_STEP_COMMIT  ? H5SM_PAKE_SCALAR(primitive) + H5SM_PAKE_BARE(primitive) : \
     (step) == PSA_PAKE_STEP_CONFIRM ? PSA_HASH_LENGTH(alg) + 2u : H5SM_NONE)
#define H5SM_PAKE_STEP(alg, primitive, step) \
    (PSA_ALG_IS_JPAKE(alg)    ? H5SM_JPAKE_STEP(primitive, step) : \
     PSA_ALG_IS_SPAKE2P(alg)  ? H5SM_SPAKE2P_STEP(alg, primitive, step) : \
     PSA_ALG_IS_WPA3_SAE(alg) ? H5SM_WPA3_SAE_STEP(alg, primitive, step) : H5SM_NONE)

/* WPA3-SAE gives out its PMKID as well */
#define PSA_PAKE_OUTPUT_SIZE(alg, primitive, output_step) \
    (PSA_ALG_IS_WPA3_SAE(alg) && (output_step) == PSA_PAKE_STEP_KEY_ID ? H5SM_SIZE(16) : \
     H5SM_PAKE_STEP(alg, primitive, output_step))
/* A point of P-521 */
#define PSA_PAKE_OUTPUT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS) * 2u + 1u)

/* WPA3-SAE takes a counter of 2 bytes, and a salt as long as the hash */
#define PSA_PAKE_INPUT_SIZE(alg, primitive, input_step) \
    (PSA_ALG_IS_WPA3_SAE(alg) && (input_step) == PSA_PAKE_STEP_CONFIRM_COUNT ? H5SM_SIZE(2) : \
     PSA_ALG_IS_WPA3_SAE(alg) && (input_step) == PSA_PAKE_STEP_SALT ? PSA_HASH_LENGTH(alg) : \
     H5SM_PAKE_STEP(alg, primitive, input_step))
#define PSA_PAKE_INPUT_MAX_SIZE PSA_PAKE_OUTPUT_MAX_SIZE

#endif /* PSA_CRYPTO_SIZES_H */

/* Structures of the PSA Crypto API 1.5, their initialisers and their accessors. The layouts are those of the
 * client-only interface that TF-M, Mbed TLS 3.6 and TF-PSA-Crypto share. An operation object names a state in the
 * service: all zero is inactive, and a copied object is a second name for the same state.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_STRUCT_H
#define PSA_CRYPTO_STRUCT_H

/* The functions below are static inline for those who include this header. The library exports symbols of the same
 * names as well, for callers that were compiled with other headers: one of its sources defines
 * H5SM_PSA_EXPORT_INLINES before it includes <psa/crypto.h>. */
#if !defined(H5SM_PSA_EXPORT_INLINES)
#define H5SM_PSA_INLINE static inline
#elif defined(__GNUC__)
#define H5SM_PSA_INLINE __attribute__((visibility("default")))
#else
#define H5SM_PSA_INLINE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- 9.1 Key attributes ---- */

struct psa_key_policy_s {
    psa_key_usage_t usage;
    psa_algorithm_t alg;
    psa_algorithm_t alg2; /* keeps its place in the layout; always PSA_ALG_NONE */
};

typedef struct psa_key_attributes_s {
    psa_key_type_t type;
    uint16_t bits;
    psa_key_lifetime_t lifetime;
    struct psa_key_policy_s policy;
    psa_key_id_t id;
} psa_key_attributes_t;

#define PSA_KEY_ATTRIBUTES_INIT { 0, 0, 0, { 0, 0, 0 }, 0 }

/* Bits beyond the 16 that the structure has room for */
#define H5SM_KEY_BITS_TOO_LARGE ((uint16_t)0xffff)
#define H5SM_KEY_BITS_MAX       ((size_t)0xfff8)

#ifdef H5SM_PSA_EXPORT_INLINES
psa_key_attributes_t psa_key_attributes_init(void);
void psa_reset_key_attributes(psa_key_attributes_t *attributes);
void psa_set_key_id(psa_key_attributes_t *attributes, psa_key_id_t id);
psa_key_id_t psa_get_key_id(const psa_key_attributes_t *attributes);
void psa_set_key_lifetime(psa_key_attributes_t *attributes, psa_key_lifetime_t lifetime);
psa_key_lifetime_t psa_get_key_lifetime(const psa_key_attributes_t *attributes);
void psa_set_key_usage_flags(psa_key_attributes_t *attributes, psa_key_usage_t usage_flags);
psa_key_usage_t psa_get_key_usage_flags(const psa_key_attributes_t *attributes);
void psa_set_key_algorithm(psa_key_attributes_t *attributes, psa_algorithm_t alg);
psa_algorithm_t psa_get_key_algorithm(const psa_key_attributes_t *attributes);
void psa_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type);
psa_key_type_t psa_get_key_type(const psa_key_attributes_t *attributes);
void psa_set_key_bits(psa_key_attributes_t *attributes, size_t bits);
size_t psa_get_key_bits(const psa_key_attributes_t *attributes);
#endif

H5SM_PSA_INLINE psa_key_attributes_t psa_key_attributes_init(void)
{
    const psa_key_attributes_t init = PSA_KEY_ATTRIBUTES_INIT;
    return init;
}

H5SM_PSA_INLINE void psa_reset_key_attributes(psa_key_attributes_t *attributes)
{
    const psa_key_attributes_t init = PSA_KEY_ATTRIBUTES_INIT;
    *attributes = init;
}

/* 9.4: an id makes a volatile key persistent and leaves its location alone */
H5SM_PSA_INLINE void psa_set_key_id(psa_key_attributes_t *attributes, psa_key_id_t id)
{
    attributes->id = id;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(attributes->lifetime)) {
        attributes->lifetime = PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
            PSA_KEY_PERSISTENCE_DEFAULT, PSA_KEY_LIFETIME_GET_LOCATION(attributes->lifetime));
    }
}

H5SM_PSA_INLINE psa_key_id_t psa_get_key_id(const psa_key_attributes_t *attributes)
{
    return attributes->id;
}

/* 9.3: a volatile lifetime takes the id away */
H5SM_PSA_INLINE void psa_set_key_lifetime(psa_key_attributes_t *attributes, psa_key_lifetime_t lifetime)
{
    attributes->lifetime = lifetime;
    if (PSA_KEY_LIFETIME_IS_VOLATILE(lifetime)) {
        attributes->id = PSA_KEY_ID_NULL;
    }
}

H5SM_PSA_INLINE psa_key_lifetime_t psa_get_key_lifetime(const psa_key_attributes_t *attributes)
{
    return attributes->lifetime;
}

H5SM_PSA_INLINE void psa_set_key_usage_flags(psa_key_attributes_t *attributes, psa_key_usage_t usage_flags)
{
    attributes->policy.usage = usage_flags;
}

H5SM_PSA_INLINE psa_key_usage_t psa_get_key_usage_flags(const psa_key_attributes_t *attributes)
{
    return attributes->policy.usage;
}

H5SM_PSA_INLINE void psa_set_key_algorithm(psa_key_attributes_t *attributes, psa_algorithm_t alg)
{
    attributes->policy.alg = alg;
}

H5SM_PSA_INLINE psa_algorithm_t psa_get_key_algorithm(const psa_key_attributes_t *attributes)
{
    return attributes->policy.alg;
}

H5SM_PSA_INLINE void psa_set_key_type(psa_key_attributes_t *attributes, psa_key_type_t type)
{
    attributes->type = type;
}

H5SM_PSA_INLINE psa_key_type_t psa_get_key_type(const psa_key_attributes_t *attributes)
{
    return attributes->type;
}

H5SM_PSA_INLINE void psa_set_key_bits(psa_key_attributes_t *attributes, size_t bits)
{
    attributes->bits = bits > H5SM_KEY_BITS_MAX ? H5SM_KEY_BITS_TOO_LARGE : (uint16_t)bits;
}

H5SM_PSA_INLINE size_t psa_get_key_bits(const psa_key_attributes_t *attributes)
{
    return attributes->bits;
}

/* ---- 9.6 Custom key production ---- */

typedef struct psa_custom_key_parameters_s {
    uint32_t flags;
} psa_custom_key_parameters_t;

#define PSA_CUSTOM_KEY_PARAMETERS_INIT { 0 }

/* ---- Operation objects: 10.2 hash, 10.3 MAC, 10.4 cipher, 10.5 AEAD, 10.6 key derivation, 10.11 PAKE;
 *      XOF since 1.4, signatures in several parts since 1.5 ---- */

typedef struct psa_hash_operation_s { uint32_t handle; } psa_hash_operation_t;
typedef struct psa_mac_operation_s { uint32_t handle; } psa_mac_operation_t;
typedef struct psa_cipher_operation_s { uint32_t handle; } psa_cipher_operation_t;
typedef struct psa_aead_operation_s { uint32_t handle; } psa_aead_operation_t;
typedef struct psa_key_derivation_operation_s { uint32_t handle; } psa_key_derivation_operation_t;
typedef struct psa_pake_operation_s { uint32_t handle; } psa_pake_operation_t;
typedef struct psa_xof_operation_s { uint32_t handle; } psa_xof_operation_t;
typedef struct psa_sign_operation_s { uint32_t handle; } psa_sign_operation_t;
typedef struct psa_verify_operation_s { uint32_t handle; } psa_verify_operation_t;

#define PSA_HASH_OPERATION_INIT           { 0 }
#define PSA_MAC_OPERATION_INIT            { 0 }
#define PSA_CIPHER_OPERATION_INIT         { 0 }
#define PSA_AEAD_OPERATION_INIT           { 0 }
#define PSA_KEY_DERIVATION_OPERATION_INIT { 0 }
#define PSA_PAKE_OPERATION_INIT           { 0 }
#define PSA_XOF_OPERATION_INIT            { 0 }
#define PSA_SIGN_OPERATION_INIT           { 0 }
#define PSA_VERIFY_OPERATION_INIT         { 0 }

#ifdef H5SM_PSA_EXPORT_INLINES
psa_hash_operation_t psa_hash_operation_init(void);
psa_mac_operation_t psa_mac_operation_init(void);
psa_cipher_operation_t psa_cipher_operation_init(void);
psa_aead_operation_t psa_aead_operation_init(void);
psa_key_derivation_operation_t psa_key_derivation_operation_init(void);
psa_pake_operation_t psa_pake_operation_init(void);
psa_xof_operation_t psa_xof_operation_init(void);
psa_sign_operation_t psa_sign_operation_init(void);
psa_verify_operation_t psa_verify_operation_init(void);
#endif

H5SM_PSA_INLINE psa_hash_operation_t psa_hash_operation_init(void)
{
    const psa_hash_operation_t init = PSA_HASH_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_mac_operation_t psa_mac_operation_init(void)
{
    const psa_mac_operation_t init = PSA_MAC_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_cipher_operation_t psa_cipher_operation_init(void)
{
    const psa_cipher_operation_t init = PSA_CIPHER_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_aead_operation_t psa_aead_operation_init(void)
{
    const psa_aead_operation_t init = PSA_AEAD_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_key_derivation_operation_t psa_key_derivation_operation_init(void)
{
    const psa_key_derivation_operation_t init = PSA_KEY_DERIVATION_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_pake_operation_t psa_pake_operation_init(void)
{
    const psa_pake_operation_t init = PSA_PAKE_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_xof_operation_t psa_xof_operation_init(void)
{
    const psa_xof_operation_t init = PSA_XOF_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_sign_operation_t psa_sign_operation_init(void)
{
    const psa_sign_operation_t init = PSA_SIGN_OPERATION_INIT;
    return init;
}

H5SM_PSA_INLINE psa_verify_operation_t psa_verify_operation_init(void)
{
    const psa_verify_operation_t init = PSA_VERIFY_OPERATION_INIT;
    return init;
}

/* ---- 10.11 PAKE cipher suite ---- */

typedef struct psa_pake_cipher_suite_s {
    psa_algorithm_t algorithm;
    psa_pake_primitive_type_t type;
    psa_pake_family_t family;
    uint16_t bits;
    uint32_t key_confirmation;
} psa_pake_cipher_suite_t;

#define PSA_PAKE_CIPHER_SUITE_INIT { 0, 0, 0, 0, 0 }

#ifdef H5SM_PSA_EXPORT_INLINES
psa_pake_cipher_suite_t psa_pake_cipher_suite_init(void);
psa_algorithm_t psa_pake_cs_get_algorithm(const psa_pake_cipher_suite_t *cipher_suite);
void psa_pake_cs_set_algorithm(psa_pake_cipher_suite_t *cipher_suite, psa_algorithm_t alg);
psa_pake_primitive_t psa_pake_cs_get_primitive(const psa_pake_cipher_suite_t *cipher_suite);
void psa_pake_cs_set_primitive(psa_pake_cipher_suite_t *cipher_suite, psa_pake_primitive_t primitive);
uint32_t psa_pake_cs_get_key_confirmation(const psa_pake_cipher_suite_t *cipher_suite);
void psa_pake_cs_set_key_confirmation(psa_pake_cipher_suite_t *cipher_suite, uint32_t key_confirmation);
#endif

H5SM_PSA_INLINE psa_pake_cipher_suite_t psa_pake_cipher_suite_init(void)
{
    const psa_pake_cipher_suite_t init = PSA_PAKE_CIPHER_SUITE_INIT;
    return init;
}

H5SM_PSA_INLINE psa_algorithm_t psa_pake_cs_get_algorithm(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->algorithm;
}

H5SM_PSA_INLINE void psa_pake_cs_set_algorithm(psa_pake_cipher_suite_t *cipher_suite, psa_algorithm_t alg)
{
    cipher_suite->algorithm = alg;
}

H5SM_PSA_INLINE psa_pake_primitive_t psa_pake_cs_get_primitive(const psa_pake_cipher_suite_t *cipher_suite)
{
    return PSA_PAKE_PRIMITIVE(cipher_suite->type, cipher_suite->family, cipher_suite->bits);
}

H5SM_PSA_INLINE void psa_pake_cs_set_primitive(psa_pake_cipher_suite_t *cipher_suite, psa_pake_primitive_t primitive)
{
    cipher_suite->type = PSA_PAKE_PRIMITIVE_GET_TYPE(primitive);
    cipher_suite->family = PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive);
    cipher_suite->bits = (uint16_t)PSA_PAKE_PRIMITIVE_GET_BITS(primitive);
}

H5SM_PSA_INLINE uint32_t psa_pake_cs_get_key_confirmation(const psa_pake_cipher_suite_t *cipher_suite)
{
    return cipher_suite->key_confirmation;
}

H5SM_PSA_INLINE void psa_pake_cs_set_key_confirmation(psa_pake_cipher_suite_t *cipher_suite, uint32_t key_confirmation)
{
    cipher_suite->key_confirmation = key_confirmation;
}

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_STRUCT_H */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- library ---- */

/** Makes the library ready; may be called again at any time. Since 1.0. */
psa_status_t psa_crypto_init(void);

/* ---- key attributes ---- */

/** Tells what a key is and what it may be used for. Since 1.0. */
psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

/* ---- key management ---- */

/** Makes a key from its bytes. Since 1.0. */
psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                            psa_key_id_t *key);

/** Makes a key from random numbers. Since 1.0. */
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);

/** Makes a key with the same material, with the usage that both policies allow. Since 1.0. */
psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);

/** Destroys a key and its stored form; key 0 is no error. Since 1.0. */
psa_status_t psa_destroy_key(psa_key_id_t key);

/** Drops copies of a persistent key from memory; it stays stored. Since 1.0. */
psa_status_t psa_purge_key(psa_key_id_t key);

/** Gives the bytes of a key that may be exported. Since 1.0. */
psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Gives the public part of an asymmetric key. Since 1.0. */
psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Makes a key from random numbers, with parameters of production. Since 1.3. */
psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes,
                                     const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                     size_t custom_data_length, psa_key_id_t *key);

/** Makes a volatile key of material that the implementation holds under a label. Since 1.4. */
psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length,
                            psa_key_id_t *key);

/** Tells whether a key can be used in one way with an algorithm. Since 1.4. */
psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage);

/* ---- hash ---- */

/** Hashes a message in one call. Since 1.0. */
psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash,
                              size_t hash_size, size_t *hash_length);

/** Hashes a message and compares the result with an expected one. Since 1.0. */
psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length);

/** Begins the hash of a message that comes in parts. Since 1.0. */
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the hash and ends the operation. Since 1.0. */
psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length);

/** Compares the hash with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);

/** Gives the state of the operation, to be resumed later, and ends it. Since 1.0. */
psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size,
                              size_t *hash_state_length);

/** Begins an operation from a suspended state. Since 1.0. */
psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length);

/** Begins an operation that has taken the same parts as another. Since 1.0. */
psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation);

/* ---- MAC ---- */

/** Authenticates a message in one call. Since 1.0. */
psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length);

/** Compares the MAC of a message with an expected one. Since 1.0. */
psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length);

/** Begins the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the verification of the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the MAC and ends the operation. Since 1.0. */
psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length);

/** Compares the MAC with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_mac_abort(psa_mac_operation_t *operation);

/* ---- cipher ---- */

/** Encrypts a message with a random IV, which comes before the ciphertext. Since 1.0. */
psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Decrypts a message that begins with its IV. Since 1.0. */
psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Chooses a random IV for an encryption. Since 1.0. */
psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length);

/** Sets the IV. Since 1.0. */
psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest and ends the operation. Since 1.0. */
psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size,
                               size_t *output_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation);

/* ---- AEAD ---- */

/** Encrypts and authenticates a message in one call; the tag ends the ciphertext. Since 1.0. */
psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length);

/** Verifies and decrypts a message in one call. Since 1.0. */
psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Announces how long the additional data and the message will be. Since 1.0. */
psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length);

/** Chooses a random nonce for an encryption. Since 1.0. */
psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size,
                                     size_t *nonce_length);

/** Sets the nonce. Since 1.0. */
psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length);

/** Takes the next part of the additional data. Since 1.0. */
psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest of the ciphertext and the tag, and ends the operation. Since 1.0. */
psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length);

/** Gives the rest of the plaintext if the tag is right, and ends the operation. Since 1.0. */
psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                             size_t *plaintext_length, const uint8_t *tag, size_t tag_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_aead_abort(psa_aead_operation_t *operation);

/* ---- key derivation ---- */

/** Begins a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg);

/** Tells how many bytes the operation can still give. Since 1.0. */
psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity);

/** Lowers the number of bytes that the operation can give. Since 1.0. */
psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity);

/** Gives an input of the derivation as bytes. Since 1.0. */
psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length);

/** Gives an input of the derivation as a number. Since 1.1. */
psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value);

/** Gives an input of the derivation as a key. Since 1.0. */
psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key);

/** Takes the next bytes of the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                             size_t output_length);

/** Makes a key from the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation, psa_key_id_t *key);

/** Makes a key from the derived stream, with parameters of production. Since 1.3. */
psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes,
                                                  psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom,
                                                  const uint8_t *custom_data, size_t custom_data_length,
                                                  psa_key_id_t *key);

/** Compares the next bytes of the derived stream with expected ones. Since 1.1. */
psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length);

/** Compares the next bytes of the derived stream with those of a key. Since 1.1. */
psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected);

/** Ends the operation. Since 1.0. */
psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation);

/* ---- signature ---- */

/** Signs a message. Since 1.0. */
psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length);

/** Verifies the signature of a message. Since 1.0. */
psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature, size_t signature_length);

/** Signs a hash that has been computed before. Since 1.0. */
psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash that has been computed before. Since 1.0. */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length);

/** Signs a message together with a context. Since 1.4. */
psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                           size_t input_length, const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size,
                                           size_t *signature_length);

/** Verifies the signature of a message and a context. Since 1.4. */
psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                             size_t input_length, const uint8_t *context,
                                             size_t context_length, const uint8_t *signature,
                                             size_t signature_length);

/** Signs a hash that has been computed before, together with a context. Since 1.4. */
psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                        size_t hash_length, const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash and a context. Since 1.4. */
psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                          size_t hash_length, const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length);

/** Begins the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context,
                                  size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the signature and ends the operation. Since 1.5. */
psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size,
                             size_t *signature_length);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_sign_abort(psa_sign_operation_t *operation);

/** Begins the verification of the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context,
                                    size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length);

/** Tells whether the signature is right and ends the operation. Since 1.5. */
psa_status_t psa_verify_finish(psa_verify_operation_t *operation);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_verify_abort(psa_verify_operation_t *operation);

/* ---- asymmetric encryption ---- */

/** Encrypts a short message with a public key. Since 1.0. */
psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/** Decrypts a short message with a private key. Since 1.0. */
psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/* ---- key agreement ---- */

/** Gives the shared secret of a key agreement as bytes. Since 1.0. */
psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key,
                                   size_t peer_key_length, uint8_t *output, size_t output_size,
                                   size_t *output_length);

/** Gives the shared secret of a key agreement to a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, psa_key_id_t private_key,
                                              const uint8_t *peer_key, size_t peer_key_length);

/** Makes a key from the shared secret of a key agreement. Since 1.2. */
psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key);

/* ---- key encapsulation ---- */

/** Makes a fresh key, and a ciphertext from which the private key makes the same one. Since 1.3. */
psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length);

/** Makes the key that a ciphertext of an encapsulation stands for. Since 1.3. */
psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext,
                             size_t ciphertext_length, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key);

/* ---- PAKE ---- */

/** Begins a password-authenticated key exchange. Since 1.3. */
psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite);

/** Says which side this is. Since 1.3. */
psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);

/** Says who this side is. Since 1.3. */
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len);

/** Says who the other side is. Since 1.3. */
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len);

/** Gives the context that both sides agree on. Since 1.3. */
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context, size_t context_len);

/** Gives the next element for the other side. Since 1.3. */
psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length);

/** Takes the next element from the other side. Since 1.3. */
psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input,
                            size_t input_length);

/** Makes a key from the shared secret and ends the operation. Since 1.3. */
psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes,
                                     psa_key_id_t *key);

/** Ends the operation. Since 1.3. */
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);

/* ---- random ---- */

/** Gives random bytes. Since 1.0. */
psa_status_t psa_generate_random(uint8_t *output, size_t output_size);

/* ---- XOF ---- */

/** Begins an extendable output of an input that comes in parts. Since 1.4. */
psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg);

/** Sets the context, before the first part, of an algorithm that has one. Since 1.4. */
psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context,
                                 size_t context_length);

/** Takes the next part of the input. Since 1.4. */
psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the next bytes of the output; the first call ends the input. Since 1.4. */
psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length);

/** Ends the operation. Since 1.4. */
psa_status_t psa_xof_abort(psa_xof_operation_t *operation);

/* ---- key wrapping ---- */

/** Gives the bytes of a key that may be exported, encrypted with another key. Since 1.4. */
psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key, uint8_t *data,
                          size_t data_size, size_t *data_length);

/** Makes a key from bytes that were encrypted with another key. Since 1.4. */
psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key);

/* ---- functions of the device that the specification does not have ---- */

/** Finds a key: its handle is its identifier. Of TF-M 1.5. */
psa_status_t psa_open_key(psa_key_id_t key, psa_key_handle_t *handle);

/** Frees the memory of a key: a volatile one is destroyed. Of TF-M 1.5. */
psa_status_t psa_close_key(psa_key_handle_t handle);

#ifdef __cplusplus
}
#endif

/* Names from before PSA Crypto 1.0 and from its betas, which firmware written for Mbed TLS 2 and TF-M 1.x still uses.
 * They are there only when H5SM_PSA_COMPAT is defined before <psa/crypto.h> is included.
 * SPDX-License-Identifier: Apache-2.0 */

/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The PSA Certified Crypto API 1.5. Every function below is one call to the emulator (docs/functions.md). */

#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---- library ---- */

/** Makes the library ready; may be called again at any time. Since 1.0. */
psa_status_t psa_crypto_init(void);

/* ---- key attributes ---- */

/** Tells what a key is and what it may be used for. Since 1.0. */
psa_status_t psa_get_key_attributes(psa_key_id_t key, psa_key_attributes_t *attributes);

/* ---- key management ---- */

/** Makes a key from its bytes. Since 1.0. */
psa_status_t psa_import_key(const psa_key_attributes_t *attributes, const uint8_t *data, size_t data_length,
                            psa_key_id_t *key);

/** Makes a key from random numbers. Since 1.0. */
psa_status_t psa_generate_key(const psa_key_attributes_t *attributes, psa_key_id_t *key);

/** Makes a key with the same material, with the usage that both policies allow. Since 1.0. */
psa_status_t psa_copy_key(psa_key_id_t source_key, const psa_key_attributes_t *attributes,
                          psa_key_id_t *target_key);

/** Destroys a key and its stored form; key 0 is no error. Since 1.0. */
psa_status_t psa_destroy_key(psa_key_id_t key);

/** Drops copies of a persistent key from memory; it stays stored. Since 1.0. */
psa_status_t psa_purge_key(psa_key_id_t key);

/** Gives the bytes of a key that may be exported. Since 1.0. */
psa_status_t psa_export_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Gives the public part of an asymmetric key. Since 1.0. */
psa_status_t psa_export_public_key(psa_key_id_t key, uint8_t *data, size_t data_size, size_t *data_length);

/** Makes a key from random numbers, with parameters of production. Since 1.3. */
psa_status_t psa_generate_key_custom(const psa_key_attributes_t *attributes,
                                     const psa_custom_key_parameters_t *custom, const uint8_t *custom_data,
                                     size_t custom_data_length, psa_key_id_t *key);

/** Makes a volatile key of material that the implementation holds under a label. Since 1.4. */
psa_status_t psa_attach_key(const psa_key_attributes_t *attributes, const uint8_t *label, size_t label_length,
                            psa_key_id_t *key);

/** Tells whether a key can be used in one way with an algorithm. Since 1.4. */
psa_status_t psa_check_key_usage(psa_key_id_t key, psa_algorithm_t alg, psa_key_usage_t usage);

/* ---- hash ---- */

/** Hashes a message in one call. Since 1.0. */
psa_status_t psa_hash_compute(psa_algorithm_t alg, const uint8_t *input, size_t input_length, uint8_t *hash,
                              size_t hash_size, size_t *hash_length);

/** Hashes a message and compares the result with an expected one. Since 1.0. */
psa_status_t psa_hash_compare(psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                              const uint8_t *hash, size_t hash_length);

/** Begins the hash of a message that comes in parts. Since 1.0. */
psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the hash and ends the operation. Since 1.0. */
psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size,
                             size_t *hash_length);

/** Compares the hash with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_hash_verify(psa_hash_operation_t *operation, const uint8_t *hash, size_t hash_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_hash_abort(psa_hash_operation_t *operation);

/** Gives the state of the operation, to be resumed later, and ends it. Since 1.0. */
psa_status_t psa_hash_suspend(psa_hash_operation_t *operation, uint8_t *hash_state, size_t hash_state_size,
                              size_t *hash_state_length);

/** Begins an operation from a suspended state. Since 1.0. */
psa_status_t psa_hash_resume(psa_hash_operation_t *operation, const uint8_t *hash_state,
                             size_t hash_state_length);

/** Begins an operation that has taken the same parts as another. Since 1.0. */
psa_status_t psa_hash_clone(const psa_hash_operation_t *source_operation,
                            psa_hash_operation_t *target_operation);

/* ---- MAC ---- */

/** Authenticates a message in one call. Since 1.0. */
psa_status_t psa_mac_compute(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                             uint8_t *mac, size_t mac_size, size_t *mac_length);

/** Compares the MAC of a message with an expected one. Since 1.0. */
psa_status_t psa_mac_verify(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input, size_t input_length,
                            const uint8_t *mac, size_t mac_length);

/** Begins the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_sign_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the verification of the MAC of a message that comes in parts. Since 1.0. */
psa_status_t psa_mac_verify_setup(psa_mac_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Takes the next part of the message. Since 1.0. */
psa_status_t psa_mac_update(psa_mac_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the MAC and ends the operation. Since 1.0. */
psa_status_t psa_mac_sign_finish(psa_mac_operation_t *operation, uint8_t *mac, size_t mac_size,
                                 size_t *mac_length);

/** Compares the MAC with an expected one and ends the operation. Since 1.0. */
psa_status_t psa_mac_verify_finish(psa_mac_operation_t *operation, const uint8_t *mac, size_t mac_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_mac_abort(psa_mac_operation_t *operation);

/* ---- cipher ---- */

/** Encrypts a message with a random IV, which comes before the ciphertext. Since 1.0. */
psa_status_t psa_cipher_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Decrypts a message that begins with its IV. Since 1.0. */
psa_status_t psa_cipher_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, uint8_t *output, size_t output_size,
                                size_t *output_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_encrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_cipher_decrypt_setup(psa_cipher_operation_t *operation, psa_key_id_t key,
                                      psa_algorithm_t alg);

/** Chooses a random IV for an encryption. Since 1.0. */
psa_status_t psa_cipher_generate_iv(psa_cipher_operation_t *operation, uint8_t *iv, size_t iv_size,
                                    size_t *iv_length);

/** Sets the IV. Since 1.0. */
psa_status_t psa_cipher_set_iv(psa_cipher_operation_t *operation, const uint8_t *iv, size_t iv_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_cipher_update(psa_cipher_operation_t *operation, const uint8_t *input, size_t input_length,
                               uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest and ends the operation. Since 1.0. */
psa_status_t psa_cipher_finish(psa_cipher_operation_t *operation, uint8_t *output, size_t output_size,
                               size_t *output_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_cipher_abort(psa_cipher_operation_t *operation);

/* ---- AEAD ---- */

/** Encrypts and authenticates a message in one call; the tag ends the ciphertext. Since 1.0. */
psa_status_t psa_aead_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *plaintext,
                              size_t plaintext_length, uint8_t *ciphertext, size_t ciphertext_size,
                              size_t *ciphertext_length);

/** Verifies and decrypts a message in one call. Since 1.0. */
psa_status_t psa_aead_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *nonce,
                              size_t nonce_length, const uint8_t *additional_data,
                              size_t additional_data_length, const uint8_t *ciphertext,
                              size_t ciphertext_length, uint8_t *plaintext, size_t plaintext_size,
                              size_t *plaintext_length);

/** Begins the encryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_encrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Begins the decryption of a message that comes in parts. Since 1.0. */
psa_status_t psa_aead_decrypt_setup(psa_aead_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Announces how long the additional data and the message will be. Since 1.0. */
psa_status_t psa_aead_set_lengths(psa_aead_operation_t *operation, size_t ad_length, size_t plaintext_length);

/** Chooses a random nonce for an encryption. Since 1.0. */
psa_status_t psa_aead_generate_nonce(psa_aead_operation_t *operation, uint8_t *nonce, size_t nonce_size,
                                     size_t *nonce_length);

/** Sets the nonce. Since 1.0. */
psa_status_t psa_aead_set_nonce(psa_aead_operation_t *operation, const uint8_t *nonce, size_t nonce_length);

/** Takes the next part of the additional data. Since 1.0. */
psa_status_t psa_aead_update_ad(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length);

/** Takes the next part of the message and gives what is ready. Since 1.0. */
psa_status_t psa_aead_update(psa_aead_operation_t *operation, const uint8_t *input, size_t input_length,
                             uint8_t *output, size_t output_size, size_t *output_length);

/** Gives the rest of the ciphertext and the tag, and ends the operation. Since 1.0. */
psa_status_t psa_aead_finish(psa_aead_operation_t *operation, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length, uint8_t *tag, size_t tag_size, size_t *tag_length);

/** Gives the rest of the plaintext if the tag is right, and ends the operation. Since 1.0. */
psa_status_t psa_aead_verify(psa_aead_operation_t *operation, uint8_t *plaintext, size_t plaintext_size,
                             size_t *plaintext_length, const uint8_t *tag, size_t tag_length);

/** Ends the operation without a result. Since 1.0. */
psa_status_t psa_aead_abort(psa_aead_operation_t *operation);

/* ---- key derivation ---- */

/** Begins a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_setup(psa_key_derivation_operation_t *operation, psa_algorithm_t alg);

/** Tells how many bytes the operation can still give. Since 1.0. */
psa_status_t psa_key_derivation_get_capacity(const psa_key_derivation_operation_t *operation,
                                             size_t *capacity);

/** Lowers the number of bytes that the operation can give. Since 1.0. */
psa_status_t psa_key_derivation_set_capacity(psa_key_derivation_operation_t *operation, size_t capacity);

/** Gives an input of the derivation as bytes. Since 1.0. */
psa_status_t psa_key_derivation_input_bytes(psa_key_derivation_operation_t *operation,
                                            psa_key_derivation_step_t step, const uint8_t *data,
                                            size_t data_length);

/** Gives an input of the derivation as a number. Since 1.1. */
psa_status_t psa_key_derivation_input_integer(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, uint64_t value);

/** Gives an input of the derivation as a key. Since 1.0. */
psa_status_t psa_key_derivation_input_key(psa_key_derivation_operation_t *operation,
                                          psa_key_derivation_step_t step, psa_key_id_t key);

/** Takes the next bytes of the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_bytes(psa_key_derivation_operation_t *operation, uint8_t *output,
                                             size_t output_length);

/** Makes a key from the derived stream. Since 1.0. */
psa_status_t psa_key_derivation_output_key(const psa_key_attributes_t *attributes,
                                           psa_key_derivation_operation_t *operation, psa_key_id_t *key);

/** Makes a key from the derived stream, with parameters of production. Since 1.3. */
psa_status_t psa_key_derivation_output_key_custom(const psa_key_attributes_t *attributes,
                                                  psa_key_derivation_operation_t *operation,
                                                  const psa_custom_key_parameters_t *custom,
                                                  const uint8_t *custom_data, size_t custom_data_length,
                                                  psa_key_id_t *key);

/** Compares the next bytes of the derived stream with expected ones. Since 1.1. */
psa_status_t psa_key_derivation_verify_bytes(psa_key_derivation_operation_t *operation,
                                             const uint8_t *expected_output, size_t output_length);

/** Compares the next bytes of the derived stream with those of a key. Since 1.1. */
psa_status_t psa_key_derivation_verify_key(psa_key_derivation_operation_t *operation, psa_key_id_t expected);

/** Ends the operation. Since 1.0. */
psa_status_t psa_key_derivation_abort(psa_key_derivation_operation_t *operation);

/* ---- signature ---- */

/** Signs a message. Since 1.0. */
psa_status_t psa_sign_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                              size_t input_length, uint8_t *signature, size_t signature_size,
                              size_t *signature_length);

/** Verifies the signature of a message. Since 1.0. */
psa_status_t psa_verify_message(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                size_t input_length, const uint8_t *signature, size_t signature_length);

/** Signs a hash that has been computed before. Since 1.0. */
psa_status_t psa_sign_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                           uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash that has been computed before. Since 1.0. */
psa_status_t psa_verify_hash(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash, size_t hash_length,
                             const uint8_t *signature, size_t signature_length);

/** Signs a message together with a context. Since 1.4. */
psa_status_t psa_sign_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                           size_t input_length, const uint8_t *context, size_t context_length,
                                           uint8_t *signature, size_t signature_size,
                                           size_t *signature_length);

/** Verifies the signature of a message and a context. Since 1.4. */
psa_status_t psa_verify_message_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                             size_t input_length, const uint8_t *context,
                                             size_t context_length, const uint8_t *signature,
                                             size_t signature_length);

/** Signs a hash that has been computed before, together with a context. Since 1.4. */
psa_status_t psa_sign_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                        size_t hash_length, const uint8_t *context, size_t context_length,
                                        uint8_t *signature, size_t signature_size, size_t *signature_length);

/** Verifies the signature of a hash and a context. Since 1.4. */
psa_status_t psa_verify_hash_with_context(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *hash,
                                          size_t hash_length, const uint8_t *context, size_t context_length,
                                          const uint8_t *signature, size_t signature_length);

/** Begins the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_sign_setup(psa_sign_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_sign_set_context(psa_sign_operation_t *operation, const uint8_t *context,
                                  size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_sign_update(psa_sign_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the signature and ends the operation. Since 1.5. */
psa_status_t psa_sign_finish(psa_sign_operation_t *operation, uint8_t *signature, size_t signature_size,
                             size_t *signature_length);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_sign_abort(psa_sign_operation_t *operation);

/** Begins the verification of the signature of a message that comes in parts. Since 1.5. */
psa_status_t psa_verify_setup(psa_verify_operation_t *operation, psa_key_id_t key, psa_algorithm_t alg,
                              const uint8_t *signature, size_t signature_length);

/** Sets the context of the signature, before the first part. Since 1.5. */
psa_status_t psa_verify_set_context(psa_verify_operation_t *operation, const uint8_t *context,
                                    size_t context_length);

/** Takes the next part of the message. Since 1.5. */
psa_status_t psa_verify_update(psa_verify_operation_t *operation, const uint8_t *input, size_t input_length);

/** Tells whether the signature is right and ends the operation. Since 1.5. */
psa_status_t psa_verify_finish(psa_verify_operation_t *operation);

/** Ends the operation without a result. Since 1.5. */
psa_status_t psa_verify_abort(psa_verify_operation_t *operation);

/* ---- asymmetric encryption ---- */

/** Encrypts a short message with a public key. Since 1.0. */
psa_status_t psa_asymmetric_encrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/** Decrypts a short message with a private key. Since 1.0. */
psa_status_t psa_asymmetric_decrypt(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *input,
                                    size_t input_length, const uint8_t *salt, size_t salt_length,
                                    uint8_t *output, size_t output_size, size_t *output_length);

/* ---- key agreement ---- */

/** Gives the shared secret of a key agreement as bytes. Since 1.0. */
psa_status_t psa_raw_key_agreement(psa_algorithm_t alg, psa_key_id_t private_key, const uint8_t *peer_key,
                                   size_t peer_key_length, uint8_t *output, size_t output_size,
                                   size_t *output_length);

/** Gives the shared secret of a key agreement to a key derivation. Since 1.0. */
psa_status_t psa_key_derivation_key_agreement(psa_key_derivation_operation_t *operation,
                                              psa_key_derivation_step_t step, psa_key_id_t private_key,
                                              const uint8_t *peer_key, size_t peer_key_length);

/** Makes a key from the shared secret of a key agreement. Since 1.2. */
psa_status_t psa_key_agreement(psa_key_id_t private_key, const uint8_t *peer_key, size_t peer_key_length,
                               psa_algorithm_t alg, const psa_key_attributes_t *attributes, psa_key_id_t *key);

/* ---- key encapsulation ---- */

/** Makes a fresh key, and a ciphertext from which the private key makes the same one. Since 1.3. */
psa_status_t psa_encapsulate(psa_key_id_t key, psa_algorithm_t alg, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key, uint8_t *ciphertext, size_t ciphertext_size,
                             size_t *ciphertext_length);

/** Makes the key that a ciphertext of an encapsulation stands for. Since 1.3. */
psa_status_t psa_decapsulate(psa_key_id_t key, psa_algorithm_t alg, const uint8_t *ciphertext,
                             size_t ciphertext_length, const psa_key_attributes_t *attributes,
                             psa_key_id_t *output_key);

/* ---- PAKE ---- */

/** Begins a password-authenticated key exchange. Since 1.3. */
psa_status_t psa_pake_setup(psa_pake_operation_t *operation, psa_key_id_t password_key,
                            const psa_pake_cipher_suite_t *cipher_suite);

/** Says which side this is. Since 1.3. */
psa_status_t psa_pake_set_role(psa_pake_operation_t *operation, psa_pake_role_t role);

/** Says who this side is. Since 1.3. */
psa_status_t psa_pake_set_user(psa_pake_operation_t *operation, const uint8_t *user_id, size_t user_id_len);

/** Says who the other side is. Since 1.3. */
psa_status_t psa_pake_set_peer(psa_pake_operation_t *operation, const uint8_t *peer_id, size_t peer_id_len);

/** Gives the context that both sides agree on. Since 1.3. */
psa_status_t psa_pake_set_context(psa_pake_operation_t *operation, const uint8_t *context, size_t context_len);

/** Gives the next element for the other side. Since 1.3. */
psa_status_t psa_pake_output(psa_pake_operation_t *operation, psa_pake_step_t step, uint8_t *output,
                             size_t output_size, size_t *output_length);

/** Takes the next element from the other side. Since 1.3. */
psa_status_t psa_pake_input(psa_pake_operation_t *operation, psa_pake_step_t step, const uint8_t *input,
                            size_t input_length);

/** Makes a key from the shared secret and ends the operation. Since 1.3. */
psa_status_t psa_pake_get_shared_key(psa_pake_operation_t *operation, const psa_key_attributes_t *attributes,
                                     psa_key_id_t *key);

/** Ends the operation. Since 1.3. */
psa_status_t psa_pake_abort(psa_pake_operation_t *operation);

/* ---- random ---- */

/** Gives random bytes. Since 1.0. */
psa_status_t psa_generate_random(uint8_t *output, size_t output_size);

/* ---- XOF ---- */

/** Begins an extendable output of an input that comes in parts. Since 1.4. */
psa_status_t psa_xof_setup(psa_xof_operation_t *operation, psa_algorithm_t alg);

/** Sets the context, before the first part, of an algorithm that has one. Since 1.4. */
psa_status_t psa_xof_set_context(psa_xof_operation_t *operation, const uint8_t *context,
                                 size_t context_length);

/** Takes the next part of the input. Since 1.4. */
psa_status_t psa_xof_update(psa_xof_operation_t *operation, const uint8_t *input, size_t input_length);

/** Gives the next bytes of the output; the first call ends the input. Since 1.4. */
psa_status_t psa_xof_output(psa_xof_operation_t *operation, uint8_t *output, size_t output_length);

/** Ends the operation. Since 1.4. */
psa_status_t psa_xof_abort(psa_xof_operation_t *operation);

/* ---- key wrapping ---- */

/** Gives the bytes of a key that may be exported, encrypted with another key. Since 1.4. */
psa_status_t psa_wrap_key(psa_key_id_t wrapping_key, psa_algorithm_t alg, psa_key_id_t key, uint8_t *data,
                          size_t data_size, size_t *data_length);

/** Makes a key from bytes that were encrypted with another key. Since 1.4. */
psa_status_t psa_unwrap_key(const psa_key_attributes_t *attributes, psa_key_id_t wrapping_key,
                            psa_algorithm_t alg, const uint8_t *data, size_t data_length, psa_key_id_t *key);

/* ---- functions of the device that the specification does not have ---- */

/** Finds a key: its handle is its identifier. Of TF-M 1.5. */
psa_status_t psa_open_key(psa_key_id_t key, psa_key_handle_t *handle);

/** Frees the memory of a key: a volatile one is destroyed. Of TF-M 1.5. */
psa_status_t psa_close_key(psa_key_handle_t handle);

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_H */

#if !defined(PSA_CRYPTO_COMPAT_H) && defined(H5SM_PSA_COMPAT)
#define PSA_CRYPTO_COMPAT_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Key handles: psa_open_key and psa_close_key themselves are functions of the device ---- */

#define PSA_KEY_HANDLE_INIT ((psa_key_handle_t)0)

static inline int psa_key_handle_is_null(psa_key_handle_t handle)
{
    return handle == PSA_KEY_HANDLE_INIT;
}

/* ---- Signatures ---- */

#define PSA_KEY_USAGE_SIGN   PSA_KEY_USAGE_SIGN_HASH
#define PSA_KEY_USAGE_VERIFY PSA_KEY_USAGE_VERIFY_HASH

static inline psa_status_t psa_asymmetric_sign(psa_key_handle_t key, psa_algorithm_t alg,
                                               const uint8_t *hash, size_t hash_length,
                                               uint8_t *signature, size_t signature_size, size_t *signature_length)
{
    return psa_sign_hash(key, alg, hash, hash_length, signature, signature_size, signature_length);
}

static inline psa_status_t psa_asymmetric_verify(psa_key_handle_t key, psa_algorithm_t alg,
                                                 const uint8_t *hash, size_t hash_length,
                                                 const uint8_t *signature, size_t signature_length)
{
    return psa_verify_hash(key, alg, hash, hash_length, signature, signature_length);
}

/* ---- Curves and groups: what named one curve names its family, and the bits of the key choose the curve ---- */

typedef psa_ecc_family_t psa_ecc_curve_t;
typedef psa_dh_family_t psa_dh_group_t;

#define PSA_ECC_CURVE_SECP160K1        PSA_ECC_FAMILY_SECP_K1
#define PSA_ECC_CURVE_SECP192K1        PSA_ECC_FAMILY_SECP_K1
#define PSA_ECC_CURVE_SECP224K1        PSA_ECC_FAMILY_SECP_K1
#define PSA_ECC_CURVE_SECP256K1        PSA_ECC_FAMILY_SECP_K1
#define PSA_ECC_CURVE_SECP192R1        PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP224R1        PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP256R1        PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP384R1        PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP521R1        PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP160R2        PSA_ECC_FAMILY_SECP_R2
#define PSA_ECC_CURVE_BRAINPOOL_P256R1 PSA_ECC_FAMILY_BRAINPOOL_P_R1
#define PSA_ECC_CURVE_BRAINPOOL_P384R1 PSA_ECC_FAMILY_BRAINPOOL_P_R1
#define PSA_ECC_CURVE_BRAINPOOL_P512R1 PSA_ECC_FAMILY_BRAINPOOL_P_R1
#define PSA_ECC_CURVE_CURVE25519       PSA_ECC_FAMILY_MONTGOMERY
#define PSA_ECC_CURVE_CURVE448         PSA_ECC_FAMILY_MONTGOMERY
#define PSA_ECC_CURVE_SECP_K1          PSA_ECC_FAMILY_SECP_K1
#define PSA_ECC_CURVE_SECP_R1          PSA_ECC_FAMILY_SECP_R1
#define PSA_ECC_CURVE_SECP_R2          PSA_ECC_FAMILY_SECP_R2
#define PSA_ECC_CURVE_BRAINPOOL_P_R1   PSA_ECC_FAMILY_BRAINPOOL_P_R1
#define PSA_ECC_CURVE_MONTGOMERY       PSA_ECC_FAMILY_MONTGOMERY

#define PSA_DH_GROUP_FFDHE2048         PSA_DH_FAMILY_RFC7919
#define PSA_DH_GROUP_FFDHE3072         PSA_DH_FAMILY_RFC7919
#define PSA_DH_GROUP_FFDHE4096         PSA_DH_FAMILY_RFC7919
#define PSA_DH_GROUP_FFDHE6144         PSA_DH_FAMILY_RFC7919
#define PSA_DH_GROUP_FFDHE8192         PSA_DH_FAMILY_RFC7919
#define PSA_DH_GROUP_RFC7919           PSA_DH_FAMILY_RFC7919

#define PSA_KEY_TYPE_GET_CURVE(type)   PSA_KEY_TYPE_ECC_GET_FAMILY(type)
#define PSA_KEY_TYPE_GET_GROUP(type)   PSA_KEY_TYPE_DH_GET_FAMILY(type)

/* ---- Statuses ---- */

#define PSA_ERROR_UNKNOWN_ERROR         PSA_ERROR_GENERIC_ERROR
#define PSA_ERROR_OCCUPIED_SLOT         PSA_ERROR_ALREADY_EXISTS
#define PSA_ERROR_EMPTY_SLOT            PSA_ERROR_DOES_NOT_EXIST
#define PSA_ERROR_INSUFFICIENT_CAPACITY PSA_ERROR_INSUFFICIENT_DATA
#define PSA_ERROR_TAMPERING_DETECTED    PSA_ERROR_CORRUPTION_DETECTED

/* ---- Algorithms and sizes ---- */

#define PSA_ALG_ARC4                                        PSA_ALG_STREAM_CIPHER
#define PSA_ALG_CHACHA20                                    PSA_ALG_STREAM_CIPHER
#define PSA_HASH_SIZE(alg)                                  PSA_HASH_LENGTH(alg)
#define PSA_MAC_FINAL_SIZE(key_type, key_bits, alg)         PSA_MAC_LENGTH(key_type, key_bits, alg)
#define PSA_BLOCK_CIPHER_BLOCK_SIZE(type)                   PSA_BLOCK_CIPHER_BLOCK_LENGTH(type)
#define PSA_MAX_BLOCK_CIPHER_BLOCK_SIZE                     PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE
#define PSA_ASYMMETRIC_SIGNATURE_MAX_SIZE                   PSA_SIGNATURE_MAX_SIZE
#define PSA_ASYMMETRIC_SIGN_OUTPUT_SIZE(type, bits, alg)    PSA_SIGN_OUTPUT_SIZE(type, bits, alg)
#define PSA_KEY_EXPORT_MAX_SIZE(type, bits)                 PSA_EXPORT_KEY_OUTPUT_SIZE(type, bits)
#define PSA_KEY_EXPORT_ASYMMETRIC_KEY_MAX_SIZE              PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE
#define PSA_ALG_TLS12_PSK_TO_MS_MAX_PSK_LEN                 PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE

#ifdef __cplusplus
}
#endif

#endif /* PSA_CRYPTO_COMPAT_H */

#endif /* PSA_CRYPTO_H */

/* The read-only system flash of the board, as far as firmware reads it for its certificates.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef H5SM_SYSTEM_FLASH_H
#define H5SM_SYSTEM_FLASH_H

#ifdef __cplusplus
extern "C" {
#endif

/* What is emulated: two packs of 512 bytes. Bytes that belong to no certificate read 0xff. */
#define H5SM_SYSTEM_FLASH_ADDRESS 0x0BF9FC00u
#define H5SM_SYSTEM_FLASH_SIZE    0x400u

/** Reads `output_length` bytes at an address of the board. PSA_ERROR_INVALID_ARGUMENT outside of what is emulated;
 *  PSA_ERROR_COMMUNICATION_FAILURE without an emulator. Needs no psa_crypto_init. */
psa_status_t h5sm_read_system_flash(uint32_t address, uint8_t *output, size_t output_length);

/** Puts a copy, for reading only, at the address that it has on the board: firmware that reads flash through pointers
 *  then runs as it is. Call it once, before the first read and before there are threads; another call does nothing.
 *  PSA_ERROR_INSUFFICIENT_MEMORY if the process has something else there; other errors as above. */
psa_status_t h5sm_map_system_flash(void);

#ifdef __cplusplus
}
#endif

#endif

#endif /* H5SM_PSA_H */
