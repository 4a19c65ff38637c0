/* The pseudorandom function of TLS 1.2 (RFC 5246, 5): PSA_ALG_TLS12_PRF, or HMAC where the device has not got it.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define MAX_LABEL_AND_SEED 192u

/* As NetX's own, this keeps where the secret is and not the secret: nothing is held between calls. */
typedef struct prf {
    h5sm_nx_held held;
    uint32_t secret_length;
    h5sm_nx_pointer secret;
} prf;

static psa_status_t feed(psa_key_derivation_operation_t *operation, psa_key_id_t secret,
                         const h5sm_nx_request *request)
{
    /* 10.6.3: PSA_ALG_TLS12_PRF takes seed, secret and label in this order. */
    psa_status_t status = psa_key_derivation_input_bytes(operation, PSA_KEY_DERIVATION_INPUT_SEED, request->input,
                                                         request->input_length);

    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_key(operation, PSA_KEY_DERIVATION_INPUT_SECRET, secret);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_input_bytes(operation, PSA_KEY_DERIVATION_INPUT_LABEL, request->key,
                                                request->key_bits);
    }
    if (status == PSA_SUCCESS) {
        status = psa_key_derivation_output_bytes(operation, request->output, request->output_length);
    }
    return status;
}

static UINT by_derivation(psa_key_derivation_operation_t *operation, psa_algorithm_t alg, const prf *state,
                          const h5sm_nx_request *request)
{
    psa_key_id_t secret;
    UINT status = h5sm_nx_key_import(PSA_KEY_TYPE_DERIVE, PSA_KEY_USAGE_DERIVE, alg,
                                     h5sm_nx_pointed(&state->secret), state->secret_length, &secret);

    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_status(feed(operation, secret, request));
    }
    status = h5sm_nx_both(status, h5sm_nx_status(psa_key_derivation_abort(operation)));
    return h5sm_nx_both(status, h5sm_nx_key_destroy(&secret));
}

/* P_hash: blocks HMAC(secret, A(i) || label || seed), where A(0) is label || seed and A(i) is HMAC(secret, A(i-1)). */
static UINT expand(psa_key_id_t secret, psa_algorithm_t hash, const h5sm_nx_request *request)
{
    const size_t digest = PSA_HASH_LENGTH(hash);
    UCHAR text[H5SM_NX_MAX_HASH + MAX_LABEL_AND_SEED];
    UCHAR *const rest = text + digest;
    const size_t rest_length = request->key_bits + request->input_length;
    UCHAR block[H5SM_NX_MAX_HASH];
    UINT status;
    size_t done;

    if (rest_length > MAX_LABEL_AND_SEED) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    memcpy(rest, request->key, request->key_bits);
    memcpy(rest + request->key_bits, request->input, request->input_length);
    status = h5sm_nx_hmac_with(secret, hash, rest, rest_length, text);
    for (done = 0; done < request->output_length && status == NX_CRYPTO_SUCCESS; done += digest) {
        const size_t left = request->output_length - done;

        status = h5sm_nx_hmac_with(secret, hash, text, digest + rest_length, block);
        if (status == NX_CRYPTO_SUCCESS) {
            memcpy(request->output + done, block, left < digest ? left : digest);
        }
        if (status == NX_CRYPTO_SUCCESS && left > digest) {
            status = h5sm_nx_hmac_with(secret, hash, text, digest, text);
        }
    }
    h5sm_nx_wipe(text, sizeof text);
    h5sm_nx_wipe(block, sizeof block);
    return status;
}

static UINT by_hmac(psa_algorithm_t hash, const prf *state, const h5sm_nx_request *request)
{
    psa_key_id_t secret;
    UINT status = h5sm_nx_hmac_key(hash, h5sm_nx_pointed(&state->secret), state->secret_length, &secret);

    if (status == NX_CRYPTO_SUCCESS) {
        status = expand(secret, hash, request);
    }
    return h5sm_nx_both(status, h5sm_nx_key_destroy(&secret));
}

static UINT init(const h5sm_nx_request *request)
{
    prf *state = request->metadata;
    UINT status;

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    status = h5sm_nx_claim(request, H5SM_NX_PRF, sizeof *state);
    if (status == NX_CRYPTO_SUCCESS) {
        h5sm_nx_point(&state->secret, request->key);
        state->secret_length = (uint32_t)request->key_bits; /* NetX gives bytes here */
    }
    return status;
}

/* NetX gives the label as the key, its length in bytes, and the seed as the input. */
static UINT operate(const h5sm_nx_request *request)
{
    const prf *state = request->metadata;
    const psa_algorithm_t hash = h5sm_nx_hash_of(request->method->nx_crypto_algorithm);
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    UINT status = h5sm_nx_check(request, H5SM_NX_PRF, sizeof *state);
    psa_status_t setup;

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->op != NX_CRYPTO_PRF) {
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
    if (request->key == NULL || request->input == NULL || request->output == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    setup = psa_key_derivation_setup(&operation, PSA_ALG_TLS12_PRF(hash));
    if (setup == PSA_ERROR_NOT_SUPPORTED) {
        (void)psa_key_derivation_abort(&operation);
        return by_hmac(hash, state, request);
    }
    if (setup != PSA_SUCCESS) {
        (void)psa_key_derivation_abort(&operation);
        return h5sm_nx_status(setup);
    }
    return by_derivation(&operation, PSA_ALG_TLS12_PRF(hash), state, request);
}

H5SM_NX_INIT(prf_init, init)
H5SM_NX_OPERATION(prf_operation, operate)

#define METHOD(name, id) \
    const NX_CRYPTO_METHOD name = {id, 0, 0, 0, 0, sizeof(prf), prf_init, h5sm_nx_cleanup, prf_operation}

METHOD(h5sm_nx_method_tls_prf_sha256, NX_CRYPTO_PRF_HMAC_SHA2_256);
METHOD(h5sm_nx_method_tls_prf_sha384, NX_CRYPTO_PRF_HMAC_SHA2_384);
METHOD(h5sm_nx_method_tls_prf_sha512, NX_CRYPTO_PRF_HMAC_SHA2_512);
