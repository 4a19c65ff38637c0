/* Volatile keys.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

UINT h5sm_nx_key_import(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg, const UCHAR *bytes,
                        size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_status_t status;

    *key = PSA_KEY_ID_NULL;
    psa_set_key_type(&attributes, type);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    status = psa_import_key(&attributes, bytes, length, key);
    if (status != PSA_SUCCESS) {
        *key = PSA_KEY_ID_NULL;
    }
    return h5sm_nx_status(status);
}

UINT h5sm_nx_key_destroy(psa_key_id_t *key)
{
    const psa_key_id_t id = *key;

    *key = PSA_KEY_ID_NULL;
    return id == PSA_KEY_ID_NULL ? NX_CRYPTO_SUCCESS : h5sm_nx_status(psa_destroy_key(id));
}
