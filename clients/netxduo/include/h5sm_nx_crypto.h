/* NX_CRYPTO_METHODs of NetX Duo over the PSA Crypto API: all cryptography of TLS 1.2 and 1.3 by psa_* calls alone.
 * Written against NetX Duo 6.4; docs/netxduo.md says how to use it and what its limits are.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_NX_CRYPTO_H
#define H5SM_NX_CRYPTO_H

#include "nx_crypto.h"

#include "h5sm_nx_user.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Configuration ---- */

/* Memory between the two worlds, in bytes (SM_Config_General.xml; 4 to 248 KiB). Longer calls are cut to fit. */
#ifndef H5SM_NX_SHARED_AREA
#define H5SM_NX_SHARED_AREA 16384
#endif

/* The longest AEAD record, in bytes, on a device without multi-part AEAD: static memory, once for the whole program.
 * 0 saves it where every device has multi-part AEAD. Default: what one call can carry both ways. */
#ifndef H5SM_NX_AEAD_BUFFER
#define H5SM_NX_AEAD_BUFFER ((H5SM_NX_SHARED_AREA - 256) / 2 / 16 * 16)
#endif

/* ---- Methods: metadata area sizes in bytes, those in brackets with 64-bit pointers ---- */

extern const NX_CRYPTO_METHOD h5sm_nx_method_none;

/* 36 */
extern const NX_CRYPTO_METHOD h5sm_nx_method_sha224;
extern const NX_CRYPTO_METHOD h5sm_nx_method_sha256;
extern const NX_CRYPTO_METHOD h5sm_nx_method_sha384;
extern const NX_CRYPTO_METHOD h5sm_nx_method_sha512;

/* 32; the first takes its hash from NX_CRYPTO_HMAC_SET_HASH */
extern const NX_CRYPTO_METHOD h5sm_nx_method_hmac;
extern const NX_CRYPTO_METHOD h5sm_nx_method_hmac_sha224;
extern const NX_CRYPTO_METHOD h5sm_nx_method_hmac_sha256;
extern const NX_CRYPTO_METHOD h5sm_nx_method_hmac_sha384;
extern const NX_CRYPTO_METHOD h5sm_nx_method_hmac_sha512;

/* 36 (40); PSA_ALG_TLS12_PRF, or HMAC where the device has not got it */
extern const NX_CRYPTO_METHOD h5sm_nx_method_tls_prf_sha256;
extern const NX_CRYPTO_METHOD h5sm_nx_method_tls_prf_sha384;
extern const NX_CRYPTO_METHOD h5sm_nx_method_tls_prf_sha512;

/* 100 */
extern const NX_CRYPTO_METHOD h5sm_nx_method_hkdf;

/* 28 */
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_cbc_128;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_cbc_256;

/* 112 (116) */
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_128_gcm_16;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_256_gcm_16;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_128_ccm_16;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_256_ccm_16;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_128_ccm_8;
extern const NX_CRYPTO_METHOD h5sm_nx_method_aes_256_ccm_8;

/* 32, with TLS 1.3 sizeof(NX_CRYPTO_ECDH) unless H5SM_NX_ECDHE_EVERYWHERE. Not const: NetX declares it without. */
extern NX_CRYPTO_METHOD h5sm_nx_method_ecdhe;

/* 32; a private key of 4 bytes is a psa_key_id_t */
extern const NX_CRYPTO_METHOD h5sm_nx_method_ecdsa;

/* 36 (40); verifies PKCS#1 v1.5 signatures, see docs/netxduo.md */
extern const NX_CRYPTO_METHOD h5sm_nx_method_rsa;

/* 0; names of curves for the two above. NetX's own software cannot use them. */
extern const NX_CRYPTO_METHOD h5sm_nx_method_ec_secp256r1;
extern const NX_CRYPTO_METHOD h5sm_nx_method_ec_secp384r1;
extern const NX_CRYPTO_METHOD h5sm_nx_method_ec_secp521r1;

/* ---- Beside the methods ---- */

/** The status that was behind the last failure of any method, PSA_SUCCESS if none has failed: a psa_status_t. */
INT h5sm_nx_psa_status(VOID);

/** Ends every operation and destroys every volatile key that methods hold in `buffer`: for the metadata of a session
 * whose handshake failed, which NetX does not clean up. The buffer is as good as new after it. */
VOID h5sm_nx_metadata_release(VOID *buffer, ULONG length);

#ifdef __cplusplus
}
#endif

#endif /* H5SM_NX_CRYPTO_H */
