/* AES-GCM and AES-CCM: records of TLS 1.2 and 1.3, and whole messages.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

static psa_algorithm_t algorithm_of(const NX_CRYPTO_METHOD *method)
{
    const size_t tag = method->nx_crypto_ICV_size_in_bits / 8u;

    switch (method->nx_crypto_algorithm) {
    case NX_CRYPTO_ENCRYPTION_AES_GCM_16:
        return PSA_ALG_GCM;
    case NX_CRYPTO_ENCRYPTION_AES_CCM_16:
    case NX_CRYPTO_ENCRYPTION_AES_CCM_8:
        return PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, tag);
    default:
        return PSA_ALG_NONE;
    }
}

static size_t tag_length(const h5sm_nx_aead *state)
{
    return H5SM_NX_TAG_LENGTH(state->alg);
}

static const h5sm_nx_aead_way *way_of(const h5sm_nx_aead *state)
{
    return state->held.stream_key == PSA_KEY_ID_NULL ? &h5sm_nx_aead_parts : &h5sm_nx_aead_whole;
}

/* Ends the record: until the next one begins there is nothing to update or to calculate. */
static UINT over(h5sm_nx_aead *state, UINT status)
{
    state->nonce_length = 0;
    return h5sm_nx_both(status, h5sm_nx_stop(&state->held));
}

/* NetX gives the nonce behind its length, and as output length the length of the record. */
static UINT begin(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    UINT status = over(state, NX_CRYPTO_SUCCESS);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->iv == NULL || (request->input == NULL && request->input_length != 0)) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->iv[0] > sizeof state->nonce || request->input_length > sizeof state->additional) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    state->decrypting = request->op == NX_CRYPTO_DECRYPT_INITIALIZE;
    state->total = (uint32_t)request->output_length;
    state->done = 0;
    state->tagged = 0;
    state->nonce_length = request->iv[0];
    memcpy(state->nonce, request->iv + 1, request->iv[0]);
    state->additional_length = (uint32_t)request->input_length;
    if (request->input_length != 0) {
        memcpy(state->additional, request->input, request->input_length);
    }
    status = way_of(state)->begin(state);
    return status == NX_CRYPTO_SUCCESS ? status : over(state, status);
}

static UINT update(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (request->input_length > state->total - state->done || request->output_length < request->input_length) {
        return over(state, NX_CRYPTO_INVALID_BUFFER_SIZE);
    }
    if (request->input_length != 0) {
        status = way_of(state)->update(state, request->input, request->input_length, request->output);
        state->done += (uint32_t)request->input_length;
    }
    return status == NX_CRYPTO_SUCCESS ? status : over(state, status);
}

static UINT end(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    const size_t length = tag_length(state);

    if (state->done != state->total) {
        return over(state, NX_CRYPTO_INVALID_BUFFER_SIZE);
    }
    if (request->op == NX_CRYPTO_DECRYPT_CALCULATE) {
        return over(state, request->input == NULL || request->input_length != length
                               ? NX_CRYPTO_AUTHENTICATION_FAILED
                               : way_of(state)->open(state, request->input, length));
    }
    return over(state, request->output == NULL || request->output_length < length
                           ? NX_CRYPTO_INVALID_BUFFER_SIZE
                           : way_of(state)->seal(state, request->output, length));
}

/* A call out of turn is a mistake that must not look like an answer. */
static int is_in_turn(const h5sm_nx_aead *state, UINT op)
{
    const int decrypts = op == NX_CRYPTO_DECRYPT_UPDATE || op == NX_CRYPTO_DECRYPT_CALCULATE;

    return state->nonce_length != 0 && (state->decrypting != 0) == decrypts;
}

/* ---- Whole messages: NX_CRYPTO_SET_ADDITIONAL_DATA, then NX_CRYPTO_ENCRYPT or NX_CRYPTO_DECRYPT ---- */

static UINT set_additional(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    h5sm_nx_point(&state->additional_pointer, request->input);
    state->additional_length = (uint32_t)request->input_length;
    return NX_CRYPTO_SUCCESS;
}

static UINT message(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    const size_t tag = tag_length(state);
    const UCHAR *additional = h5sm_nx_pointed(&state->additional_pointer);
    size_t written = 0;
    const UINT status = over(state, NX_CRYPTO_SUCCESS);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->iv == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->op == NX_CRYPTO_ENCRYPT) {
        return request->output_length < request->input_length + tag
                   ? NX_CRYPTO_INVALID_BUFFER_SIZE
                   : h5sm_nx_status(psa_aead_encrypt(state->held.key, state->alg, request->iv + 1, request->iv[0],
                                                     additional, state->additional_length, request->input,
                                                     request->input_length, request->output,
                                                     request->input_length + tag, &written));
    }
    return request->input_length < tag || request->output_length < request->input_length - tag
               ? NX_CRYPTO_INVALID_BUFFER_SIZE
               : h5sm_nx_status(psa_aead_decrypt(state->held.key, state->alg, request->iv + 1, request->iv[0],
                                                 additional, state->additional_length, request->input,
                                                 request->input_length, request->output,
                                                 request->input_length - tag, &written));
}

/* ---- Keys ---- */

/* Whether the device has this algorithm in parts: found out once for GCM and once for CCM, with the first key. */
static UINT has_parts(h5sm_nx_aead *state, int *parts)
{
    enum { UNKNOWN, YES, NO };
    static volatile int found[2] = {UNKNOWN, UNKNOWN};
    volatile int *known = &found[H5SM_NX_IS_CCM(state->alg) ? 1 : 0];
    psa_aead_operation_t probe = psa_aead_operation_init();
    psa_status_t status;

    if (*known == UNKNOWN) {
        status = psa_aead_encrypt_setup(&probe, state->held.key, state->alg);
        (void)psa_aead_abort(&probe);
        if (status != PSA_SUCCESS && status != PSA_ERROR_NOT_SUPPORTED) {
            return h5sm_nx_status(status);
        }
        *known = status == PSA_SUCCESS ? YES : NO;
    }
    *parts = *known == YES;
    return NX_CRYPTO_SUCCESS;
}

static UINT import_keys(h5sm_nx_aead *state, const h5sm_nx_request *request)
{
    const psa_key_usage_t usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    const size_t length = request->key_bits / 8;
    int parts = 0;
    UINT status = h5sm_nx_key_import(PSA_KEY_TYPE_AES, usage, state->alg, request->key, length, &state->held.key);

    if (status == NX_CRYPTO_SUCCESS) {
        status = has_parts(state, &parts);
    }
    if (status == NX_CRYPTO_SUCCESS && !parts) {
        status = h5sm_nx_key_import(PSA_KEY_TYPE_AES, usage, PSA_ALG_CTR, request->key, length,
                                    &state->held.stream_key);
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_drop(&state->held);
    }
    return status;
}

static UINT init(const h5sm_nx_request *request)
{
    h5sm_nx_aead *state = request->metadata;
    UINT status;

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->key_bits != request->method->nx_crypto_key_size_in_bits) {
        return NX_CRYPTO_UNSUPPORTED_KEY_SIZE;
    }
    status = h5sm_nx_claim(request, H5SM_NX_AEAD, sizeof *state);
    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    state->alg = algorithm_of(request->method);
    return import_keys(state, request);
}

static UINT operate(const h5sm_nx_request *request)
{
    h5sm_nx_aead *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_AEAD, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    switch (request->op) {
    case NX_CRYPTO_ENCRYPT_INITIALIZE:
    case NX_CRYPTO_DECRYPT_INITIALIZE:
        return begin(state, request);
    case NX_CRYPTO_ENCRYPT_UPDATE:
    case NX_CRYPTO_DECRYPT_UPDATE:
        return is_in_turn(state, request->op) ? update(state, request) : NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    case NX_CRYPTO_ENCRYPT_CALCULATE:
    case NX_CRYPTO_DECRYPT_CALCULATE:
        return is_in_turn(state, request->op) ? end(state, request) : NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    case NX_CRYPTO_SET_ADDITIONAL_DATA:
        return set_additional(state, request);
    case NX_CRYPTO_ENCRYPT:
    case NX_CRYPTO_DECRYPT:
        return message(state, request);
    default:
        return NX_CRYPTO_INVALID_ALGORITHM;
    }
}

H5SM_NX_INIT(aead_init, init)
H5SM_NX_OPERATION(aead_operation, operate)

/* 32 bits of IV: how much of the nonce TLS 1.2 takes from its key block (RFC 5288, 3; RFC 6655, 3). */
#define METHOD(name, id, bits, tag) \
    const NX_CRYPTO_METHOD name = {id, bits, 32, tag, H5SM_NX_AES_BLOCK, sizeof(h5sm_nx_aead), \
                                   aead_init, h5sm_nx_cleanup, aead_operation}

METHOD(h5sm_nx_method_aes_128_gcm_16, NX_CRYPTO_ENCRYPTION_AES_GCM_16, 128, 128);
METHOD(h5sm_nx_method_aes_256_gcm_16, NX_CRYPTO_ENCRYPTION_AES_GCM_16, 256, 128);
METHOD(h5sm_nx_method_aes_128_ccm_16, NX_CRYPTO_ENCRYPTION_AES_CCM_16, 128, 128);
METHOD(h5sm_nx_method_aes_256_ccm_16, NX_CRYPTO_ENCRYPTION_AES_CCM_16, 256, 128);
METHOD(h5sm_nx_method_aes_128_ccm_8, NX_CRYPTO_ENCRYPTION_AES_CCM_8, 128, 64);
METHOD(h5sm_nx_method_aes_256_ccm_8, NX_CRYPTO_ENCRYPTION_AES_CCM_8, 256, 64);
