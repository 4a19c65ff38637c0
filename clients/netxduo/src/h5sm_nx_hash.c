/* SHA-224, SHA-256, SHA-384 and SHA-512, and the hooks that make a running hash's digest available.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

typedef struct hash {
    h5sm_nx_held held;
    psa_algorithm_t alg;
    UINT failed; /* why this is no clone of what it should be */
} hash;

psa_algorithm_t h5sm_nx_hash_of(UINT nx_algorithm)
{
    switch (nx_algorithm) {
    case NX_CRYPTO_HASH_SHA224:
    case NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_224:
        return PSA_ALG_SHA_224;
    case NX_CRYPTO_HASH_SHA256:
    case NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_256:
    case NX_CRYPTO_PRF_HMAC_SHA2_256:
        return PSA_ALG_SHA_256;
    case NX_CRYPTO_HASH_SHA384:
    case NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_384:
    case NX_CRYPTO_PRF_HMAC_SHA2_384:
        return PSA_ALG_SHA_384;
    case NX_CRYPTO_HASH_SHA512:
    case NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_512:
    case NX_CRYPTO_PRF_HMAC_SHA2_512:
        return PSA_ALG_SHA_512;
    default:
        return PSA_ALG_NONE;
    }
}

psa_algorithm_t h5sm_nx_hash_by_length(size_t length)
{
    switch (length) {
    case PSA_HASH_LENGTH(PSA_ALG_SHA_224):
        return PSA_ALG_SHA_224;
    case PSA_HASH_LENGTH(PSA_ALG_SHA_256):
        return PSA_ALG_SHA_256;
    case PSA_HASH_LENGTH(PSA_ALG_SHA_384):
        return PSA_ALG_SHA_384;
    case PSA_HASH_LENGTH(PSA_ALG_SHA_512):
        return PSA_ALG_SHA_512;
    default:
        return PSA_ALG_NONE;
    }
}

static UINT begin(hash *state)
{
    UINT status = h5sm_nx_stop(&state->held);

    state->failed = NX_CRYPTO_SUCCESS;
    if (status == NX_CRYPTO_SUCCESS) {
        state->held.operation.hash = psa_hash_operation_init();
        status = h5sm_nx_status(psa_hash_setup(&state->held.operation.hash, state->alg));
        state->held.running = H5SM_NX_HASHING; /* a setup that failed has to be aborted as well (3.3.3) */
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&state->held);
    }
    return status;
}

static UINT update(hash *state, const UCHAR *input, size_t length)
{
    UINT status = NX_CRYPTO_SUCCESS;

    if (state->held.running != H5SM_NX_HASHING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    while (length > 0 && status == NX_CRYPTO_SUCCESS) {
        const size_t piece = length < H5SM_NX_PIECE_IN ? length : H5SM_NX_PIECE_IN;

        status = h5sm_nx_status(psa_hash_update(&state->held.operation.hash, input, piece));
        input += piece;
        length -= piece;
    }
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&state->held);
    }
    return status;
}

static UINT calculate(hash *state, UCHAR *output, size_t room)
{
    const size_t length = PSA_HASH_LENGTH(state->alg);
    size_t written = 0;
    UINT status;

    if (state->failed != NX_CRYPTO_SUCCESS) {
        return state->failed;
    }
    if (state->held.running != H5SM_NX_HASHING) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (output == NULL || room < length) {
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    status = h5sm_nx_status(psa_hash_finish(&state->held.operation.hash, output, length, &written));
    if (status != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&state->held);
        return status;
    }
    state->held.running = H5SM_NX_IDLE;
    h5sm_nx_digest_remember(state->alg, output);
    return NX_CRYPTO_SUCCESS;
}

static UINT whole(hash *state, const h5sm_nx_request *request)
{
    const size_t length = PSA_HASH_LENGTH(state->alg);
    size_t written = 0;
    UINT status;

    if (request->output == NULL || request->output_length < length) {
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    if (request->input_length <= H5SM_NX_PIECE_IN - H5SM_NX_MAX_HASH) {
        status = h5sm_nx_status(psa_hash_compute(state->alg, request->input, request->input_length, request->output,
                                                 length, &written));
        if (status == NX_CRYPTO_SUCCESS) {
            h5sm_nx_digest_remember(state->alg, request->output);
        }
        return status;
    }
    status = begin(state);
    if (status == NX_CRYPTO_SUCCESS) {
        status = update(state, request->input, request->input_length);
    }
    return status == NX_CRYPTO_SUCCESS ? calculate(state, request->output, request->output_length) : status;
}

static UINT init(const h5sm_nx_request *request)
{
    const psa_algorithm_t alg = h5sm_nx_hash_of(request->method->nx_crypto_algorithm);
    const UINT status = h5sm_nx_claim(request, H5SM_NX_HASH, sizeof(hash));

    if (status == NX_CRYPTO_SUCCESS) {
        ((hash *)request->metadata)->alg = alg;
    }
    return status;
}

static UINT operate(const h5sm_nx_request *request)
{
    hash *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_HASH, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    switch (request->op) {
    case NX_CRYPTO_HASH_INITIALIZE:
        return begin(state);
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

H5SM_NX_INIT(hash_init, init)
H5SM_NX_OPERATION(hash_operation, operate)

#define METHOD(name, id, bits, block) \
    const NX_CRYPTO_METHOD name = {id, 0, 0, bits, block, sizeof(hash), hash_init, h5sm_nx_cleanup, hash_operation}

METHOD(h5sm_nx_method_sha224, NX_CRYPTO_HASH_SHA224, 224, 64);
METHOD(h5sm_nx_method_sha256, NX_CRYPTO_HASH_SHA256, 256, 64);
METHOD(h5sm_nx_method_sha384, NX_CRYPTO_HASH_SHA384, 384, 128);
METHOD(h5sm_nx_method_sha512, NX_CRYPTO_HASH_SHA512, 512, 128);

/* ---- NX_SECURE_HASH_METADATA_CLONE and NX_SECURE_HASH_CLONE_CLEANUP ---- */

unsigned int h5sm_nx_hash_clone(void *destination, const void *source, unsigned long length)
{
    const hash *from = source;
    hash *to = destination;
    const h5sm_nx_request request = {.metadata = destination, .metadata_size = length};
    UINT status;

    if (destination == NULL || source == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (destination == source) {
        return NX_CRYPTO_SUCCESS;
    }
    if (!h5sm_nx_is_ours(source, length)) {
        h5sm_nx_drop_if_at_home(destination, length);
        memmove(destination, source, length);
        return NX_CRYPTO_SUCCESS;
    }
    status = h5sm_nx_claim(&request, H5SM_NX_HASH, sizeof *to);
    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (from->held.kind != H5SM_NX_HASH) {
        /* PSA has no clone of anything else. */
        to->failed = NX_CRYPTO_NOT_SUCCESSFUL;
        return to->failed;
    }
    to->alg = from->alg;
    to->failed = from->failed;
    if (from->held.running == H5SM_NX_HASHING) {
        to->failed = h5sm_nx_status(psa_hash_clone(&from->held.operation.hash, &to->held.operation.hash));
        to->held.running = H5SM_NX_HASHING;
    }
    if (to->failed != NX_CRYPTO_SUCCESS) {
        (void)h5sm_nx_stop(&to->held);
    }
    return to->failed;
}

void h5sm_nx_hash_clone_cleanup(void *metadata, unsigned long length)
{
    if (h5sm_nx_is_ours(metadata, length)) {
        (void)h5sm_nx_cleanup(metadata);
    }
}
