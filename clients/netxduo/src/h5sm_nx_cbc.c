/* AES-CBC without padding: records of TLS 1.2, whose padding and MAC are NetX's.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

typedef struct cbc {
    h5sm_nx_held held;
} cbc;

UINT h5sm_nx_cipher_update(psa_cipher_operation_t *operation, const UCHAR *input, size_t length, UCHAR *output)
{
    UINT status = NX_CRYPTO_SUCCESS;

    while (length > 0 && status == NX_CRYPTO_SUCCESS) {
        const size_t piece = length < H5SM_NX_PIECE_BOTH ? length : H5SM_NX_PIECE_BOTH;
        size_t written = 0;

        status = h5sm_nx_status(psa_cipher_update(operation, input, piece, output, piece, &written));
        if (status == NX_CRYPTO_SUCCESS && written != piece) {
            /* NetX has no place for bytes that come later. */
            status = NX_CRYPTO_INVALID_BUFFER_SIZE;
        }
        input += piece;
        output += piece;
        length -= piece;
    }
    return status;
}

static UINT begin(cbc *state, const UCHAR *iv, int decrypting)
{
    psa_cipher_operation_t *const operation = &state->held.operation.cipher;
    const psa_key_id_t key = state->held.key;
    UINT status;

    if (iv == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    status = h5sm_nx_stop(&state->held);
    if (status == NX_CRYPTO_SUCCESS) {
        *operation = psa_cipher_operation_init();
        status = h5sm_nx_status(decrypting ? psa_cipher_decrypt_setup(operation, key, PSA_ALG_CBC_NO_PADDING)
                                           : psa_cipher_encrypt_setup(operation, key, PSA_ALG_CBC_NO_PADDING));
        state->held.running = H5SM_NX_CIPHERING;
    }
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_status(psa_cipher_set_iv(operation, iv, H5SM_NX_AES_BLOCK));
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&state->held);
    }
    return status;
}

static UINT update(cbc *state, const h5sm_nx_request *request)
{
    UINT status;

    if (state->held.running != H5SM_NX_CIPHERING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (request->input_length % H5SM_NX_AES_BLOCK != 0 || request->output_length < request->input_length) {
        status = NX_CRYPTO_INVALID_BUFFER_SIZE;
    } else {
        status = h5sm_nx_cipher_update(&state->held.operation.cipher, request->input, request->input_length,
                                       request->output);
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&state->held);
    }
    return status;
}

/* Gives the operation's place back with each record: a device has few (8 by TF-M's default). */
static UINT finish(cbc *state)
{
    UCHAR rest[H5SM_NX_AES_BLOCK];
    size_t written = 0;
    UINT status;

    if (state->held.running != H5SM_NX_CIPHERING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    status = h5sm_nx_status(psa_cipher_finish(&state->held.operation.cipher, rest, sizeof rest, &written));
    if (status == NX_CRYPTO_SUCCESS) {
        state->held.running = H5SM_NX_IDLE;
        return NX_CRYPTO_SUCCESS;
    }
    (void)h5sm_nx_stop(&state->held);
    return status;
}

static UINT whole(cbc *state, const h5sm_nx_request *request)
{
    UINT status = begin(state, request->iv, request->op == NX_CRYPTO_DECRYPT);

    if (status == NX_CRYPTO_SUCCESS) {
        status = update(state, request);
    }
    return status == NX_CRYPTO_SUCCESS ? finish(state) : status;
}

static UINT init(const h5sm_nx_request *request)
{
    cbc *state = request->metadata;
    UINT status;

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->key_bits != request->method->nx_crypto_key_size_in_bits) {
        return NX_CRYPTO_UNSUPPORTED_KEY_SIZE;
    }
    status = h5sm_nx_claim(request, H5SM_NX_CBC, sizeof *state);
    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    return h5sm_nx_key_import(PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, PSA_ALG_CBC_NO_PADDING,
                              request->key, request->key_bits / 8, &state->held.key);
}

static UINT operate(const h5sm_nx_request *request)
{
    cbc *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_CBC, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    switch (request->op) {
    case NX_CRYPTO_ENCRYPT_INITIALIZE:
    case NX_CRYPTO_DECRYPT_INITIALIZE:
        return begin(state, request->iv, request->op == NX_CRYPTO_DECRYPT_INITIALIZE);
    case NX_CRYPTO_ENCRYPT_UPDATE:
    case NX_CRYPTO_DECRYPT_UPDATE:
        return update(state, request);
    case NX_CRYPTO_ENCRYPT_CALCULATE:
    case NX_CRYPTO_DECRYPT_CALCULATE:
        return finish(state);
    case NX_CRYPTO_ENCRYPT:
    case NX_CRYPTO_DECRYPT:
        return whole(state, request);
    default:
        return NX_CRYPTO_INVALID_ALGORITHM;
    }
}

H5SM_NX_INIT(cbc_init, init)
H5SM_NX_OPERATION(cbc_operation, operate)

#define METHOD(name, bits) \
    const NX_CRYPTO_METHOD name = {NX_CRYPTO_ENCRYPTION_AES_CBC, bits, 128, 0, H5SM_NX_AES_BLOCK, sizeof(cbc), \
                                   cbc_init, h5sm_nx_cleanup, cbc_operation}

METHOD(h5sm_nx_method_aes_cbc_128, 128);
METHOD(h5sm_nx_method_aes_cbc_256, 256);
