/* Cipher-suite tables. NetX takes the first suite of the table that the server has too.
 *
 * TLS 1.2 suites with SHA-384 are none of NetX's: its transcript is SHA-256, and it has 32 bytes for a digest
 * (NX_SECURE_TLS_MAX_HASH_SIZE). With it goes AES-256-GCM, which TLS has with SHA-384 alone.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_tls.h"

#if NX_SECURE_TLS_TLS_1_0_ENABLED || NX_SECURE_TLS_TLS_1_1_ENABLED
#error "TLS 1.0 and 1.1 need MD5 and SHA-1, which are not here: leave NX_SECURE_TLS_ENABLE_TLS_1_0 and _1_1 undefined"
#endif

#define AEAD_ROW(suite, auth, cipher) \
    {suite, &h5sm_nx_method_ecdhe, &h5sm_nx_method_##auth, &h5sm_nx_method_##cipher, 16, 16, \
     &h5sm_nx_method_none, 0, &h5sm_nx_method_tls_prf_sha256}
#define CBC_ROW(suite, auth) \
    {suite, &h5sm_nx_method_ecdhe, &h5sm_nx_method_##auth, &h5sm_nx_method_aes_cbc_128, 16, 16, \
     &h5sm_nx_method_hmac_sha256, 32, &h5sm_nx_method_tls_prf_sha256}
#define TLS13_ROW(suite, cipher) \
    {suite, &h5sm_nx_method_ecdhe, &h5sm_nx_method_ecdsa, &h5sm_nx_method_##cipher, 96, 16, \
     &h5sm_nx_method_sha256, 32, &h5sm_nx_method_hkdf}

static NX_SECURE_TLS_CIPHERSUITE_INFO suites[] = {
#if NX_SECURE_TLS_TLS_1_3_ENABLED
    TLS13_ROW(TLS_AES_128_GCM_SHA256, aes_128_gcm_16),
    TLS13_ROW(TLS_AES_128_CCM_SHA256, aes_128_ccm_16),
    TLS13_ROW(TLS_AES_128_CCM_8_SHA256, aes_128_ccm_8),
#endif
#ifdef NX_SECURE_ENABLE_AEAD_CIPHER
    AEAD_ROW(TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, ecdsa, aes_128_gcm_16),
    AEAD_ROW(TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, rsa, aes_128_gcm_16),
#endif
    CBC_ROW(TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, ecdsa),
    CBC_ROW(TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, rsa),
};

static NX_SECURE_X509_CRYPTO signatures[] = {
    {NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256, &h5sm_nx_method_ecdsa, &h5sm_nx_method_sha256},
    {NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_384, &h5sm_nx_method_ecdsa, &h5sm_nx_method_sha384},
    {NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_512, &h5sm_nx_method_ecdsa, &h5sm_nx_method_sha512},
    {NX_SECURE_TLS_X509_TYPE_RSA_SHA_256, &h5sm_nx_method_rsa, &h5sm_nx_method_sha256},
    {NX_SECURE_TLS_X509_TYPE_RSA_SHA_384, &h5sm_nx_method_rsa, &h5sm_nx_method_sha384},
    {NX_SECURE_TLS_X509_TYPE_RSA_SHA_512, &h5sm_nx_method_rsa, &h5sm_nx_method_sha512},
    {NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_224, &h5sm_nx_method_ecdsa, &h5sm_nx_method_sha224},
};

const NX_SECURE_TLS_CRYPTO h5sm_nx_tls_ciphers = {
    suites,
    sizeof suites / sizeof suites[0],
    signatures,
    sizeof signatures / sizeof signatures[0],
#if NX_SECURE_TLS_TLS_1_2_ENABLED
    &h5sm_nx_method_sha256,
    &h5sm_nx_method_tls_prf_sha256,
#endif
#if NX_SECURE_TLS_TLS_1_3_ENABLED
    &h5sm_nx_method_hkdf,
    &h5sm_nx_method_hmac,
    &h5sm_nx_method_ecdhe,
#endif
};

/* ---- The same for nx_secure_tls_session_create_ext ---- */

#define TLS12_VERSIONS (NX_SECURE_TLS_BITFIELD_VERSION_1_2 | NX_SECURE_DTLS_BITFIELD_VERSION_1_2)

#define TLS12_SUITE(name, suite, auth, cipher, mac)                                   \
    static const NX_CRYPTO_CIPHERSUITE name = {                                       \
        suite,                                                                        \
        NX_SECURE_APPLICATION_TLS,                                                    \
        16,                                                                           \
        {{NX_CRYPTO_KEY_EXCHANGE_ECDHE, NX_CRYPTO_ROLE_KEY_EXCHANGE},                 \
         {auth, NX_CRYPTO_ROLE_SIGNATURE_CRYPTO},                                     \
         {cipher, NX_CRYPTO_ROLE_SYMMETRIC},                                          \
         {mac, NX_CRYPTO_ROLE_MAC_HASH},                                              \
         {NX_CRYPTO_HASH_SHA256, NX_CRYPTO_ROLE_RAW_HASH},                            \
         {NX_CRYPTO_HASH_HMAC, NX_CRYPTO_ROLE_HMAC},                                  \
         {NX_CRYPTO_PRF_HMAC_SHA2_256, NX_CRYPTO_ROLE_PRF},                           \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE}},                                      \
        TLS12_VERSIONS}

#ifdef NX_SECURE_ENABLE_AEAD_CIPHER
TLS12_SUITE(ecdsa_gcm, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
            NX_CRYPTO_ENCRYPTION_AES_GCM_16, NX_CRYPTO_NONE);
TLS12_SUITE(rsa_gcm, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, NX_CRYPTO_KEY_EXCHANGE_RSA,
            NX_CRYPTO_ENCRYPTION_AES_GCM_16, NX_CRYPTO_NONE);
#endif
TLS12_SUITE(ecdsa_cbc, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
            NX_CRYPTO_ENCRYPTION_AES_CBC, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_256);
TLS12_SUITE(rsa_cbc, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, NX_CRYPTO_KEY_EXCHANGE_RSA,
            NX_CRYPTO_ENCRYPTION_AES_CBC, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_256);

#if NX_SECURE_TLS_TLS_1_3_ENABLED
#define TLS13_SUITE(name, suite, cipher)                                               \
    static const NX_CRYPTO_CIPHERSUITE name = {                                        \
        suite,                                                                         \
        NX_SECURE_APPLICATION_TLS,                                                     \
        16,                                                                            \
        {{NX_CRYPTO_KEY_EXCHANGE_ECDHE, NX_CRYPTO_ROLE_KEY_EXCHANGE},                  \
         {NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA, NX_CRYPTO_ROLE_SIGNATURE_CRYPTO},         \
         {cipher, NX_CRYPTO_ROLE_SYMMETRIC},                                           \
         {NX_CRYPTO_HASH_SHA256, NX_CRYPTO_ROLE_MAC_HASH},                             \
         {NX_CRYPTO_HASH_SHA256, NX_CRYPTO_ROLE_RAW_HASH},                             \
         {NX_CRYPTO_HKDF_METHOD, NX_CRYPTO_ROLE_PRF},                                  \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                        \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE}},                                       \
        NX_SECURE_TLS_BITFIELD_VERSION_1_3 | NX_SECURE_DTLS_BITFIELD_VERSION_1_3}

TLS13_SUITE(tls13_gcm, TLS_AES_128_GCM_SHA256, NX_CRYPTO_ENCRYPTION_AES_GCM_16);
TLS13_SUITE(tls13_ccm, TLS_AES_128_CCM_SHA256, NX_CRYPTO_ENCRYPTION_AES_CCM_16);
TLS13_SUITE(tls13_ccm_8, TLS_AES_128_CCM_8_SHA256, NX_CRYPTO_ENCRYPTION_AES_CCM_8);
#endif

#define X509_SUITE(name, id, auth, hash)                                                \
    static const NX_CRYPTO_CIPHERSUITE name = {                                         \
        id,                                                                             \
        NX_SECURE_APPLICATION_X509,                                                     \
        0,                                                                              \
        {{auth, NX_CRYPTO_ROLE_SIGNATURE_CRYPTO},                                       \
         {hash, NX_CRYPTO_ROLE_SIGNATURE_HASH},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE},                                         \
         {NX_CRYPTO_NONE, NX_CRYPTO_ROLE_NONE}},                                        \
        NX_SECURE_X509_BITFIELD_VERSION_3}

X509_SUITE(x509_ecdsa_224, NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_224, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
           NX_CRYPTO_HASH_SHA224);
X509_SUITE(x509_ecdsa_256, NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
           NX_CRYPTO_HASH_SHA256);
X509_SUITE(x509_ecdsa_384, NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_384, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
           NX_CRYPTO_HASH_SHA384);
X509_SUITE(x509_ecdsa_512, NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_512, NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA,
           NX_CRYPTO_HASH_SHA512);
X509_SUITE(x509_rsa_256, NX_SECURE_TLS_X509_TYPE_RSA_SHA_256, NX_CRYPTO_KEY_EXCHANGE_RSA,
           NX_CRYPTO_HASH_SHA256);
X509_SUITE(x509_rsa_384, NX_SECURE_TLS_X509_TYPE_RSA_SHA_384, NX_CRYPTO_KEY_EXCHANGE_RSA,
           NX_CRYPTO_HASH_SHA384);
X509_SUITE(x509_rsa_512, NX_SECURE_TLS_X509_TYPE_RSA_SHA_512, NX_CRYPTO_KEY_EXCHANGE_RSA,
           NX_CRYPTO_HASH_SHA512);

const NX_CRYPTO_CIPHERSUITE *h5sm_nx_ciphersuite_map[] = {
#if NX_SECURE_TLS_TLS_1_3_ENABLED
    &tls13_gcm, &tls13_ccm, &tls13_ccm_8,
#endif
#ifdef NX_SECURE_ENABLE_AEAD_CIPHER
    &ecdsa_gcm, &rsa_gcm,
#endif
    &ecdsa_cbc, &rsa_cbc,
    &x509_ecdsa_256, &x509_ecdsa_384, &x509_ecdsa_512, &x509_rsa_256, &x509_rsa_384, &x509_rsa_512, &x509_ecdsa_224,
};

const UINT h5sm_nx_ciphersuite_map_size = sizeof h5sm_nx_ciphersuite_map / sizeof h5sm_nx_ciphersuite_map[0];

/* ---- Curves: where NetX's software takes part in TLS 1.3, they must be NetX's ---- */

#if NX_SECURE_TLS_TLS_1_3_ENABLED && !defined(H5SM_NX_ECDHE_EVERYWHERE)
extern NX_CRYPTO_METHOD crypto_method_ec_secp256;
extern NX_CRYPTO_METHOD crypto_method_ec_secp384;
extern NX_CRYPTO_METHOD crypto_method_ec_secp521;
#define CURVES &crypto_method_ec_secp256, &crypto_method_ec_secp384, &crypto_method_ec_secp521
#else
#define CURVES &h5sm_nx_method_ec_secp256r1, &h5sm_nx_method_ec_secp384r1, &h5sm_nx_method_ec_secp521r1
#endif

const USHORT h5sm_nx_ecc_supported_groups[] = {
    (USHORT)NX_CRYPTO_EC_SECP256R1,
    (USHORT)NX_CRYPTO_EC_SECP384R1,
    (USHORT)NX_CRYPTO_EC_SECP521R1,
};

const USHORT h5sm_nx_ecc_supported_groups_size =
    sizeof h5sm_nx_ecc_supported_groups / sizeof h5sm_nx_ecc_supported_groups[0];

const NX_CRYPTO_METHOD *h5sm_nx_ecc_curves[] = {CURVES};

const NX_CRYPTO_METHOD *h5sm_nx_crypto_array[] = {
    &h5sm_nx_method_none,
    &h5sm_nx_method_rsa,
    &h5sm_nx_method_ecdhe,
    &h5sm_nx_method_ecdsa,
    &h5sm_nx_method_aes_cbc_128,
    &h5sm_nx_method_aes_cbc_256,
    &h5sm_nx_method_aes_128_gcm_16,
    &h5sm_nx_method_aes_256_gcm_16,
    &h5sm_nx_method_aes_128_ccm_16,
    &h5sm_nx_method_aes_128_ccm_8,
    &h5sm_nx_method_hmac,
    &h5sm_nx_method_hmac_sha256,
    &h5sm_nx_method_sha224,
    &h5sm_nx_method_sha256,
    &h5sm_nx_method_sha384,
    &h5sm_nx_method_sha512,
    &h5sm_nx_method_tls_prf_sha256,
    &h5sm_nx_method_hkdf,
    CURVES,
};

const UINT h5sm_nx_crypto_array_size = sizeof h5sm_nx_crypto_array / sizeof h5sm_nx_crypto_array[0];
