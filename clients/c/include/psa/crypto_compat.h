/* Names from before PSA Crypto 1.0 and from its betas, which firmware written for Mbed TLS 2 and TF-M 1.x still uses.
 * They are there only when H5SM_PSA_COMPAT is defined before <psa/crypto.h> is included.
 * SPDX-License-Identifier: Apache-2.0 */

#include <psa/crypto.h>

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
