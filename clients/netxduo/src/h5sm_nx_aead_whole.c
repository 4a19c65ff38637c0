/* AEAD records on a device that has one-shot AEAD alone. NetX takes the bytes of a record as they come, in place, and
 * moves them on before it asks for the tag or gives it. So the counter mode inside GCM and CCM does the record as a
 * stream, while a buffer collects it; one-shot AEAD over the buffer makes the tag, or verifies it in the device.
 *
 * There is one buffer for all sessions. NetX's record layer has one block buffer of its own and its protection mutex
 * around it, so records do not mix; and each record that begins takes a turn, so that one whose turn is over fails.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define NONCE 12u

static struct {
    uint32_t turn;
    UCHAR bytes[H5SM_NX_AEAD_BUFFER + H5SM_NX_MAX_TAG];
} record;

static UINT begin(h5sm_nx_aead *state)
{
    if (state->nonce_length != NONCE) {
        return NX_CRYPTO_INVALID_PARAMETER; /* the counter block below is for nonces of TLS */
    }
    if (state->total > H5SM_NX_AEAD_BUFFER) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    state->turn = ++record.turn;
    return NX_CRYPTO_SUCCESS;
}

/* The counter block of the first block of the message: SP 800-38D, 7.1; SP 800-38C, A.3. */
static UINT begin_stream(h5sm_nx_aead *state)
{
    psa_cipher_operation_t *const operation = &state->held.operation.cipher;
    UCHAR counter[H5SM_NX_AES_BLOCK] = {0};
    psa_status_t status;

    if (!H5SM_NX_IS_CCM(state->alg)) {
        memcpy(counter, state->nonce, NONCE);
        counter[15] = 2;
    } else {
        counter[0] = 15 - NONCE - 1;
        memcpy(counter + 1, state->nonce, NONCE);
        counter[15] = 1;
    }
    *operation = psa_cipher_operation_init();
    status = state->decrypting != 0 ? psa_cipher_decrypt_setup(operation, state->held.stream_key, PSA_ALG_CTR)
                                    : psa_cipher_encrypt_setup(operation, state->held.stream_key, PSA_ALG_CTR);
    state->held.running = H5SM_NX_CIPHERING;
    if (status == PSA_SUCCESS) {
        status = psa_cipher_set_iv(operation, counter, sizeof counter);
    }
    return h5sm_nx_status(status);
}

static UINT encrypt(const h5sm_nx_aead *state, const UCHAR *input)
{
    const size_t tag = H5SM_NX_TAG_LENGTH(state->alg);
    size_t written = 0;

    return h5sm_nx_status(psa_aead_encrypt(state->held.key, state->alg, state->nonce, NONCE, state->additional,
                                           state->additional_length, input, state->total, record.bytes,
                                           state->total + tag, &written));
}

/* A record that comes in one piece needs no stream. */
static UINT encrypt_at_once(h5sm_nx_aead *state, const UCHAR *input, UCHAR *output)
{
    const UINT status = encrypt(state, input);

    if (status == NX_CRYPTO_SUCCESS) {
        memcpy(output, record.bytes, state->total);
        memcpy(state->tag, record.bytes + state->total, H5SM_NX_TAG_LENGTH(state->alg));
        state->tagged = 1;
    }
    return status;
}

static UINT update(h5sm_nx_aead *state, const UCHAR *input, size_t length, UCHAR *output)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (state->turn != record.turn) {
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
    if (state->decrypting == 0 && length == state->total) {
        return encrypt_at_once(state, input, output);
    }
    if (state->done == 0) {
        status = begin_stream(state);
    }
    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    memcpy(record.bytes + state->done, input, length);
    return h5sm_nx_cipher_update(&state->held.operation.cipher, input, length, output);
}

static UINT seal(h5sm_nx_aead *state, UCHAR *tag, size_t tag_length)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (state->tagged == 0) {
        status = state->turn == record.turn ? encrypt(state, record.bytes) : NX_CRYPTO_NOT_SUCCESSFUL;
        memcpy(state->tag, record.bytes + state->total, tag_length);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        memcpy(tag, state->tag, tag_length);
    }
    return status;
}

static UINT open(h5sm_nx_aead *state, const UCHAR *tag, size_t tag_length)
{
    size_t written = 0;
    UINT status;

    if (state->turn != record.turn) {
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
    memcpy(record.bytes + state->total, tag, tag_length);
    status = h5sm_nx_status(psa_aead_decrypt(state->held.key, state->alg, state->nonce, NONCE, state->additional,
                                             state->additional_length, record.bytes, state->total + tag_length,
                                             record.bytes, state->total, &written));
    h5sm_nx_wipe(record.bytes, state->total);
    return status;
}

const h5sm_nx_aead_way h5sm_nx_aead_whole = {begin, update, seal, open};
