/* Cipher-suite tables of the methods of h5sm_nx_crypto.h for NetX Secure.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_NX_TLS_H
#define H5SM_NX_TLS_H

#include "nx_secure_tls_api.h"

#include "h5sm_nx_crypto.h"

#ifdef __cplusplus
extern "C" {
#endif

/** For nx_secure_tls_session_create. */
extern const NX_SECURE_TLS_CRYPTO h5sm_nx_tls_ciphers;

/** For nx_secure_tls_session_create_ext: methods, then suites. */
extern const NX_CRYPTO_METHOD *h5sm_nx_crypto_array[];
extern const UINT h5sm_nx_crypto_array_size;
extern const NX_CRYPTO_CIPHERSUITE *h5sm_nx_ciphersuite_map[];
extern const UINT h5sm_nx_ciphersuite_map_size;

/** For nx_secure_tls_ecc_initialize. */
extern const USHORT h5sm_nx_ecc_supported_groups[];
extern const USHORT h5sm_nx_ecc_supported_groups_size;
extern const NX_CRYPTO_METHOD *h5sm_nx_ecc_curves[];

#ifdef __cplusplus
}
#endif

#endif /* H5SM_NX_TLS_H */
