/* AEAD records by multi-part operations, 10.5.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

static psa_status_t open_operation(h5sm_nx_aead *state)
{
    psa_aead_operation_t *const operation = &state->held.operation.aead;

    *operation = psa_aead_operation_init();
    return state->decrypting != 0 ? psa_aead_decrypt_setup(operation, state->held.key, state->alg)
                                  : psa_aead_encrypt_setup(operation, state->held.key, state->alg);
}

static UINT begin(h5sm_nx_aead *state)
{
    psa_aead_operation_t *const operation = &state->held.operation.aead;
    psa_status_t status = open_operation(state);

    state->held.running = H5SM_NX_SEALING;
    /* CCM cannot begin without the lengths, GCM does not need them. */
    if (status == PSA_SUCCESS && H5SM_NX_IS_CCM(state->alg)) {
        status = psa_aead_set_lengths(operation, state->additional_length, state->total);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_set_nonce(operation, state->nonce, state->nonce_length);
    }
    if (status == PSA_SUCCESS && state->additional_length != 0) {
        status = psa_aead_update_ad(operation, state->additional, state->additional_length);
    }
    return h5sm_nx_status(status);
}

static UINT update(h5sm_nx_aead *state, const UCHAR *input, size_t length, UCHAR *output)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (state->held.running != H5SM_NX_SEALING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    while (length > 0 && status == NX_CRYPTO_SUCCESS) {
        const size_t piece = length < H5SM_NX_PIECE_BOTH ? length : H5SM_NX_PIECE_BOTH;
        size_t written = 0;

        status = h5sm_nx_status(
            psa_aead_update(&state->held.operation.aead, input, piece, output, piece, &written));
        if (status == NX_CRYPTO_SUCCESS && written != piece) {
            /* 10.5.4 lets an implementation hold back part of a block; NetX has no place for it later. */
            status = NX_CRYPTO_INVALID_BUFFER_SIZE;
        }
        input += piece;
        output += piece;
        length -= piece;
    }
    return status;
}

static UINT end(h5sm_nx_aead *state, psa_status_t status, size_t left)
{
    if (status == PSA_SUCCESS) {
        state->held.running = H5SM_NX_IDLE;
        return left == 0 ? NX_CRYPTO_SUCCESS : NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    return h5sm_nx_status(status);
}

static UINT seal(h5sm_nx_aead *state, UCHAR *tag, size_t tag_length)
{
    UCHAR rest[H5SM_NX_AES_BLOCK];
    size_t rest_length = 0;
    size_t written = 0;

    if (state->held.running != H5SM_NX_SEALING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    return end(state,
               psa_aead_finish(&state->held.operation.aead, rest, sizeof rest, &rest_length, tag, tag_length, &written),
               rest_length);
}

static UINT open(h5sm_nx_aead *state, const UCHAR *tag, size_t tag_length)
{
    UCHAR rest[H5SM_NX_AES_BLOCK];
    size_t rest_length = 0;

    if (state->held.running != H5SM_NX_SEALING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    return end(state,
               psa_aead_verify(&state->held.operation.aead, rest, sizeof rest, &rest_length, tag, tag_length),
               rest_length);
}

const h5sm_nx_aead_way h5sm_nx_aead_parts = {begin, update, seal, open};
