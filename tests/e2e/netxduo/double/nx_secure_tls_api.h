/* A double of NetX Secure's tables for tests: the documented names, values, field orders and types.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef NX_SECURE_TLS_API_DOUBLE_H
#define NX_SECURE_TLS_API_DOUBLE_H

#include "nx_crypto.h"

#define NX_SECURE_TLS_TLS_1_0_ENABLED 0
#define NX_SECURE_TLS_TLS_1_1_ENABLED 0
#define NX_SECURE_TLS_TLS_1_2_ENABLED 1
#ifdef NX_SECURE_TLS_ENABLE_TLS_1_3
#define NX_SECURE_TLS_TLS_1_3_ENABLED 1
#else
#define NX_SECURE_TLS_TLS_1_3_ENABLED 0
#endif

typedef struct NX_SECURE_TLS_CIPHERSUITE_INFO_STRUCT {
    USHORT nx_secure_tls_ciphersuite;
    const NX_CRYPTO_METHOD *nx_secure_tls_public_cipher;
    const NX_CRYPTO_METHOD *nx_secure_tls_public_auth;
    const NX_CRYPTO_METHOD *nx_secure_tls_session_cipher;
    USHORT nx_secure_tls_iv_size;
    UCHAR nx_secure_tls_session_key_size;
    const NX_CRYPTO_METHOD *nx_secure_tls_hash;
    USHORT nx_secure_tls_hash_size;
    const NX_CRYPTO_METHOD *nx_secure_tls_prf;
} NX_SECURE_TLS_CIPHERSUITE_INFO;

typedef struct NX_SECURE_X509_CRYPTO_STRUCT {
    USHORT nx_secure_x509_crypto_identifier;
    const NX_CRYPTO_METHOD *nx_secure_x509_public_cipher_method;
    const NX_CRYPTO_METHOD *nx_secure_x509_hash_method;
} NX_SECURE_X509_CRYPTO;

typedef struct NX_SECURE_TLS_CRYPTO_STRUCT {
    NX_SECURE_TLS_CIPHERSUITE_INFO *nx_secure_tls_ciphersuite_lookup_table;
    USHORT nx_secure_tls_ciphersuite_lookup_table_size;
    NX_SECURE_X509_CRYPTO *nx_secure_tls_x509_cipher_table;
    USHORT nx_secure_tls_x509_cipher_table_size;
    const NX_CRYPTO_METHOD *nx_secure_tls_handshake_hash_sha256_method;
    const NX_CRYPTO_METHOD *nx_secure_tls_prf_sha256_method;
#if NX_SECURE_TLS_TLS_1_3_ENABLED
    const NX_CRYPTO_METHOD *nx_secure_tls_hkdf_method;
    const NX_CRYPTO_METHOD *nx_secure_tls_hmac_method;
    const NX_CRYPTO_METHOD *nx_secure_tls_ecdhe_method;
#endif
} NX_SECURE_TLS_CRYPTO;

#define TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 0xC023
#define TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256   0xC027
#define TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 0xC02B
#define TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256   0xC02F
#define TLS_AES_128_GCM_SHA256                  0x1301
#define TLS_AES_128_CCM_SHA256                  0x1304
#define TLS_AES_128_CCM_8_SHA256                0x1305

#define NX_SECURE_TLS_X509_TYPE_RSA_SHA_256   4
#define NX_SECURE_TLS_X509_TYPE_RSA_SHA_384   5
#define NX_SECURE_TLS_X509_TYPE_RSA_SHA_512   6
#define NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_224 59
#define NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256 60
#define NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_384 61
#define NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_512 62

#define NX_SECURE_APPLICATION_TLS  1
#define NX_SECURE_APPLICATION_X509 2

#define NX_SECURE_TLS_BITFIELD_VERSION_1_2  0x04
#define NX_SECURE_TLS_BITFIELD_VERSION_1_3  0x08
#define NX_SECURE_DTLS_BITFIELD_VERSION_1_2 0x20
#define NX_SECURE_DTLS_BITFIELD_VERSION_1_3 0x40
#define NX_SECURE_X509_BITFIELD_VERSION_3   0x80

#endif
