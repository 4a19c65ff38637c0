/* HKDF (RFC 5869) by HMAC: TLS 1.3 needs extract and expand apart, which PSA has since 1.1 and the device has not.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define MAX_INFO 192u

typedef struct hkdf {
    h5sm_nx_held held;
    psa_algorithm_t hash;
    uint32_t prk_length;
    UCHAR prk[H5SM_NX_MAX_HASH];
} hkdf;

/* The key is the salt; an empty one is a digest of zeros (2.2), which is what the key of HMAC makes of it. */
static UINT extract(hkdf *state, const h5sm_nx_request *request)
{
    const size_t digest = PSA_HASH_LENGTH(state->hash);
    UINT status;

    if (request->output == NULL || request->output_length < digest) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    status = h5sm_nx_hmac_key(state->hash, request->key, request->key_bits / 8, &state->held.key);
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_hmac_with(state->held.key, state->hash, request->input, request->input_length, state->prk);
    }
    status = h5sm_nx_both(status, h5sm_nx_drop(&state->held));
    if (status == NX_CRYPTO_SUCCESS) {
        state->prk_length = (uint32_t)digest;
        memcpy(request->output, state->prk, digest);
    }
    return status;
}

/* How much of the output is asked for. NetX gives as length all the room that it has and not what it wants; that is
 * in the HkdfLabel (RFC 8446, 7.1), if the info is one. */
static size_t wanted(const UCHAR *info, size_t info_length, size_t room)
{
    static const UCHAR prefix[] = {'t', 'l', 's', '1', '3', ' '};
    const size_t named = info_length < 4 ? 0 : ((size_t)info[0] << 8 | info[1]);
    const size_t label = info_length < 4 ? 0 : info[2];

    if (label < sizeof prefix || info_length < 4 + label || memcmp(info + 3, prefix, sizeof prefix) != 0 ||
        info_length != 4 + label + info[3 + label] || named > room) {
        return room;
    }
    return named;
}

static UINT blocks(hkdf *state, const h5sm_nx_request *request, size_t info_length, size_t length)
{
    const size_t digest = PSA_HASH_LENGTH(state->hash);
    UCHAR text[H5SM_NX_MAX_HASH + MAX_INFO + 1];
    UCHAR *const info = text + digest; /* behind the block before */
    UINT status = NX_CRYPTO_SUCCESS;
    size_t done;

    if (info_length > 0) {
        memcpy(info, request->key, info_length);
    }
    for (done = 0; done < length && status == NX_CRYPTO_SUCCESS; done += digest) {
        const size_t left = length - done;
        const UCHAR *from = done == 0 ? info : text;

        info[info_length] = (UCHAR)(done / digest + 1);
        status = h5sm_nx_hmac_with(state->held.key, state->hash, from, (size_t)(info - from) + info_length + 1, text);
        if (status == NX_CRYPTO_SUCCESS) {
            memcpy(request->output + done, text, left < digest ? left : digest);
        }
    }
    h5sm_nx_wipe(text, sizeof text);
    return status;
}

/* The key is the info. */
static UINT expand(hkdf *state, const h5sm_nx_request *request)
{
    const size_t info_length = request->key_bits / 8;
    const size_t length = wanted(request->key, info_length, request->output_length);
    UINT status;

    if (info_length > MAX_INFO || length > 255 * PSA_HASH_LENGTH(state->hash)) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    if (state->prk_length == 0) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    status = h5sm_nx_hmac_key(state->hash, state->prk, state->prk_length, &state->held.key);
    if (status == NX_CRYPTO_SUCCESS) {
        status = blocks(state, request, info_length, length);
    }
    return h5sm_nx_both(status, h5sm_nx_drop(&state->held));
}

static UINT set_prk(hkdf *state, const h5sm_nx_request *request)
{
    const size_t length = request->key_bits / 8;

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (length > sizeof state->prk) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    memcpy(state->prk, request->key, length);
    state->prk_length = (uint32_t)length;
    return NX_CRYPTO_SUCCESS;
}

static UINT set_hash(hkdf *state, const NX_CRYPTO_METHOD *method)
{
    state->hash = h5sm_nx_hash_of(method->nx_crypto_algorithm);
    return state->hash == PSA_ALG_NONE ? NX_CRYPTO_INVALID_ALGORITHM : NX_CRYPTO_SUCCESS;
}

static UINT init(const h5sm_nx_request *request)
{
    return h5sm_nx_claim(request, H5SM_NX_HKDF, sizeof(hkdf));
}

static UINT derive(hkdf *state, const h5sm_nx_request *request)
{
    if (state->hash == PSA_ALG_NONE) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (request->output == NULL || (request->key == NULL && request->key_bits != 0)) {
        return NX_CRYPTO_PTR_ERROR;
    }
    return request->op == NX_CRYPTO_HKDF_EXTRACT ? extract(state, request) : expand(state, request);
}

static UINT operate(const h5sm_nx_request *request)
{
    hkdf *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_HKDF, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    switch (request->op) {
    case NX_CRYPTO_HKDF_SET_HMAC:
        return NX_CRYPTO_SUCCESS; /* whatever its method, HMAC is HMAC */
    case NX_CRYPTO_HKDF_SET_HASH:
        return set_hash(state, request->method);
    case NX_CRYPTO_HKDF_SET_PRK:
        return set_prk(state, request);
    case NX_CRYPTO_HKDF_EXTRACT:
    case NX_CRYPTO_HKDF_EXPAND:
        return derive(state, request);
    default:
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
}

static UINT hkdf_cleanup(VOID *metadata)
{
    const int ours = h5sm_nx_is_ours(metadata, sizeof(hkdf));
    const UINT status = h5sm_nx_cleanup(metadata);

    if (ours) {
        h5sm_nx_wipe(metadata, sizeof(hkdf));
    }
    return status;
}

H5SM_NX_INIT(hkdf_init, init)
H5SM_NX_OPERATION(hkdf_operation, operate)

const NX_CRYPTO_METHOD h5sm_nx_method_hkdf = {NX_CRYPTO_HKDF_METHOD, 0, 0, 0, 0, sizeof(hkdf), hkdf_init,
                                              hkdf_cleanup, hkdf_operation};
