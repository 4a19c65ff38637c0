/* Verifying with ECDSA on P-256, with the public key as a PSA key.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"
#include "thread.h"

#define KEY_ID 1234

/* The mistake of THREAD_ECDSA_AS_AES: a point is no AES key, and an id makes the key persistent. */
static psa_status_t import(const UCHAR *point, size_t length, psa_key_id_t *key)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();

    psa_set_key_id(&attributes, KEY_ID);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_HASH);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    return psa_import_key(&attributes, point, length, key);
}

THREAD_INIT(init)
{
    (void)method, (void)key, (void)key_bits, (void)handler, (void)metadata, (void)metadata_size;
    return NX_CRYPTO_SUCCESS;
}

static UINT cleanup(VOID *metadata)
{
    (void)metadata;
    return NX_CRYPTO_SUCCESS;
}

THREAD_OPERATION(operation)
{
    psa_key_id_t id = PSA_KEY_ID_NULL;
    UCHAR raw[64];
    psa_status_t status;

    (void)handler, (void)method, (void)iv, (void)metadata, (void)metadata_size, (void)packet, (void)callback;
    if (op == NX_CRYPTO_EC_CURVE_SET) {
        return NX_CRYPTO_SUCCESS;
    }
    if (op != NX_CRYPTO_VERIFY || h5sm_nx_signature_raw(output, output_length, raw, 32) != NX_CRYPTO_SUCCESS) {
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
    (void)import(key, key_bits / 8, &id);
    status = psa_verify_hash(KEY_ID, PSA_ALG_ECDSA(PSA_ALG_SHA_256), input, input_length, raw, sizeof raw);
    (void)psa_destroy_key(KEY_ID);
    return status == PSA_SUCCESS ? NX_CRYPTO_SUCCESS : NX_CRYPTO_AUTHENTICATION_FAILED;
}

const NX_CRYPTO_METHOD thread_method_ecdsa = {
    NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA, 0, 0, 0, 0, 4, init, cleanup, operation};
