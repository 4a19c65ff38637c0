/* The tables: those of clients/netxduo, but for the methods that a mistake is about.
 * SPDX-License-Identifier: Apache-2.0 */

#include "thread.h"

#define HASH     h5sm_nx_method_sha256 /* of certificates and signatures */
#define SLOT     h5sm_nx_method_sha256 /* of the transcript in TLS 1.2 */
#define ROW      h5sm_nx_method_sha256 /* of the transcript in TLS 1.3, and in HKDF */
#define CBC      h5sm_nx_method_aes_cbc_128
#define GCM      h5sm_nx_method_aes_128_gcm_16
#define ECDSA    h5sm_nx_method_ecdsa

#ifdef THREAD_GCM_AS_CBC
#undef CBC
#undef GCM
#define CBC      thread_method_aes_cbc_128
#define GCM      thread_method_aes_128_gcm_16
#endif

#if defined THREAD_SOFTWARE_HASH || defined THREAD_UNCHECKED_CLONE
#undef HASH
#undef SLOT
#undef ROW
#define HASH     thread_method_software_sha256
#define SLOT     thread_method_software_sha256
#define ROW      thread_method_software_sha256
#endif

#if defined THREAD_SOFTWARE_SLOT || defined THREAD_SOFTWARE_ROW || defined THREAD_MEMCPY_CLONE || \
    defined THREAD_HASH_LEAK
#undef HASH
#undef SLOT
#undef ROW
#define HASH     thread_method_sha256
#ifdef THREAD_SOFTWARE_SLOT
#define SLOT     thread_method_software_sha256
#else
#define SLOT     thread_method_sha256
#endif
#ifdef THREAD_SOFTWARE_ROW
#define ROW      thread_method_software_sha256
#else
#define ROW      thread_method_sha256
#endif
#endif

#ifdef THREAD_ECDSA_AS_AES
#undef ECDSA
#define ECDSA    thread_method_ecdsa
#endif

#define ECDHE    h5sm_nx_method_ecdhe
#define RSA      h5sm_nx_method_rsa
#define HMAC     h5sm_nx_method_hmac_sha256
#define PRF      h5sm_nx_method_tls_prf_sha256
#define HKDF     h5sm_nx_method_hkdf
#define NONE     h5sm_nx_method_none

static NX_SECURE_TLS_CIPHERSUITE_INFO suites[] = {
    {TLS_AES_128_GCM_SHA256, &ECDHE, &ECDSA, &GCM, 96, 16, &ROW, 32, &HKDF},
    {TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, &ECDHE, &ECDSA, &GCM, 16, 16, &NONE, 0, &PRF},
    {TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, &ECDHE, &RSA, &GCM, 16, 16, &NONE, 0, &PRF},
    {TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, &ECDHE, &ECDSA, &CBC, 16, 16, &HMAC, 32, &PRF},
    {TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, &ECDHE, &RSA, &CBC, 16, 16, &HMAC, 32, &PRF},
};

static NX_SECURE_X509_CRYPTO signatures[] = {
    {NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256, &ECDSA, &HASH},
    {NX_SECURE_TLS_X509_TYPE_RSA_SHA_256, &RSA, &HASH},
};

const NX_SECURE_TLS_CRYPTO thread_ciphers = {
    suites,
    sizeof suites / sizeof suites[0],
    signatures,
    sizeof signatures / sizeof signatures[0],
    &SLOT,
    &PRF,
    &HKDF,
    &h5sm_nx_method_hmac,
    &ECDHE,
};
