/* HMAC with SHA-2: NX_CRYPTO_HASH_HMAC, whose hash is set, and one method for each hash.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

typedef struct hmac {
    h5sm_nx_held held;
    psa_algorithm_t hash;
} hmac;

UINT h5sm_nx_hmac_key(psa_algorithm_t hash, const UCHAR *bytes, size_t length, psa_key_id_t *key)
{
    /* RFC 2104, 2: a key is filled up with zeros, so an empty one, which PSA does not have, is one of zeros. */
    static const UCHAR zeros[H5SM_NX_MAX_HASH];
    const size_t digest = PSA_HASH_LENGTH(hash);

    return h5sm_nx_key_import(PSA_KEY_TYPE_HMAC, PSA_KEY_USAGE_SIGN_MESSAGE, PSA_ALG_HMAC(hash),
                              length == 0 ? zeros : bytes, length == 0 ? digest : length, key);
}

static UINT begin(hmac *state, const h5sm_nx_request *request)
{
    UINT status = h5sm_nx_drop(&state->held);

    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_hmac_key(state->hash, request->key, request->key_bits / 8, &state->held.key);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        state->held.operation.mac = psa_mac_operation_init();
        status = h5sm_nx_status(
            psa_mac_sign_setup(&state->held.operation.mac, state->held.key, PSA_ALG_HMAC(state->hash)));
        state->held.running = H5SM_NX_SIGNING;
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_drop(&state->held);
    }
    return status;
}

static UINT update(hmac *state, const UCHAR *input, size_t length)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (state->held.running != H5SM_NX_SIGNING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    while (length > 0 && status == NX_CRYPTO_SUCCESS) {
        const size_t piece = length < H5SM_NX_PIECE_IN ? length : H5SM_NX_PIECE_IN;

        status = h5sm_nx_status(psa_mac_update(&state->held.operation.mac, input, piece));
        input += piece;
        length -= piece;
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_drop(&state->held);
    }
    return status;
}

/* The MAC is truncated to the room there is, as NetX's is; NetX calls no cleanup after it, so all ends here. */
static UINT calculate(hmac *state, UCHAR *output, size_t room)
{
    const size_t length = PSA_HASH_LENGTH(state->hash);
    UCHAR mac[H5SM_NX_MAX_HASH];
    size_t written = 0;
    UINT status;

    if (state->held.running != H5SM_NX_SIGNING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (output == NULL || room == 0) {
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    status = h5sm_nx_status(psa_mac_sign_finish(&state->held.operation.mac, mac, length, &written));
    if (status == NX_CRYPTO_SUCCESS) {
        state->held.running = H5SM_NX_IDLE;
        memcpy(output, mac, room < length ? room : length);
    }
    h5sm_nx_wipe(mac, sizeof mac);
    return h5sm_nx_both(status, h5sm_nx_drop(&state->held));
}

UINT h5sm_nx_hmac_with(psa_key_id_t key, psa_algorithm_t hash, const UCHAR *input, size_t length, UCHAR *mac)
{
    size_t written = 0;

    return h5sm_nx_status(
        psa_mac_compute(key, PSA_ALG_HMAC(hash), input, length, mac, PSA_HASH_LENGTH(hash), &written));
}

static UINT compute(hmac *state, const h5sm_nx_request *request)
{
    const size_t length = PSA_HASH_LENGTH(state->hash);
    UCHAR mac[H5SM_NX_MAX_HASH];
    UINT status = h5sm_nx_drop(&state->held);

    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_hmac_key(state->hash, request->key, request->key_bits / 8, &state->held.key);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_hmac_with(state->held.key, state->hash, request->input, request->input_length, mac);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        memcpy(request->output, mac, request->output_length < length ? request->output_length : length);
        h5sm_nx_wipe(mac, sizeof mac);
    }
    return h5sm_nx_both(status, h5sm_nx_drop(&state->held));
}

static UINT whole(hmac *state, const h5sm_nx_request *request)
{
    UINT status;

    if (request->output == NULL || request->output_length == 0) {
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    if (request->input_length <= H5SM_NX_PIECE_IN - H5SM_NX_MAX_HASH) {
        return compute(state, request);
    }
    status = begin(state, request);
    if (status == NX_CRYPTO_SUCCESS) {
        status = update(state, request->input, request->input_length);
    }
    return status == NX_CRYPTO_SUCCESS ? calculate(state, request->output, request->output_length) : status;
}

static UINT set_hash(hmac *state, const NX_CRYPTO_METHOD *method)
{
    state->hash = h5sm_nx_hash_of(method->nx_crypto_algorithm);
    return state->hash == PSA_ALG_NONE ? NX_CRYPTO_INVALID_ALGORITHM : NX_CRYPTO_SUCCESS;
}

static UINT init(const h5sm_nx_request *request)
{
    const UINT status = h5sm_nx_claim(request, H5SM_NX_HMAC, sizeof(hmac));

    if (status == NX_CRYPTO_SUCCESS) {
        ((hmac *)request->metadata)->hash = h5sm_nx_hash_of(request->method->nx_crypto_algorithm);
    }
    return status;
}

static UINT operate(const h5sm_nx_request *request)
{
    hmac *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_HMAC, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->op == NX_CRYPTO_HMAC_SET_HASH) {
        return set_hash(state, request->method);
    }
    if (state->hash == PSA_ALG_NONE) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    switch (request->op) {
    case NX_CRYPTO_HASH_INITIALIZE:
        return begin(state, request);
    case NX_CRYPTO_HASH_UPDATE:
        return update(state, request->input, request->input_length);
    case NX_CRYPTO_HASH_CALCULATE:
        return calculate(state, request->output, request->output_length);
    case NX_CRYPTO_AUTHENTICATE:
    case NX_CRYPTO_VERIFY:
        return whole(state, request);
    default:
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
}

H5SM_NX_INIT(hmac_init, init)
H5SM_NX_OPERATION(hmac_operation, operate)

#define METHOD(name, id, bits, block) \
    const NX_CRYPTO_METHOD name = {id, 0, 0, bits, block, sizeof(hmac), hmac_init, h5sm_nx_cleanup, hmac_operation}

METHOD(h5sm_nx_method_hmac, NX_CRYPTO_HASH_HMAC, 0, 0);
METHOD(h5sm_nx_method_hmac_sha224, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_224, 224, 64);
METHOD(h5sm_nx_method_hmac_sha256, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_256, 256, 64);
METHOD(h5sm_nx_method_hmac_sha384, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_384, 384, 128);
METHOD(h5sm_nx_method_hmac_sha512, NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_512, 512, 128);
