/* Structures of the PSA Crypto API 1.5, their initialisers and their accessors. The layouts are those of the
 * client-only interface that TF-M, Mbed TLS 3.6 and TF-PSA-Crypto share. An operation object names a state in the
 * service: all zero is inactive, and a copied object is a second name for the same state.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_STRUCT_H
#define PSA_CRYPTO_STRUCT_H

#include <psa/crypto_values.h>

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
