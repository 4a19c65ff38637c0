/* ECDSA over P-256, P-384 and P-521, with keys of NetX and keys of the device.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

typedef struct ecdsa {
    h5sm_nx_held held;
    uint32_t bits; /* of the curve */
} ecdsa;

static size_t coordinate_of(const ecdsa *state)
{
    return (state->bits + 7u) / 8u;
}

static UINT set_curve(ecdsa *state, const h5sm_nx_request *request)
{
    state->bits = (uint32_t)h5sm_nx_curve_bits((const NX_CRYPTO_METHOD *)(const VOID *)request->input);
    return state->bits == 0 ? NX_CRYTPO_MISSING_ECC_CURVE : NX_CRYPTO_SUCCESS;
}

/* A private key of NetX is a big-endian number, and may be shorter than the curve. */
static UINT import_private(const ecdsa *state, const h5sm_nx_request *request, psa_algorithm_t alg, psa_key_id_t *key)
{
    const size_t coordinate = coordinate_of(state);
    const size_t length = request->key_bits / 8;
    UCHAR number[H5SM_NX_MAX_COORD] = {0};
    UINT status;

    if (length > coordinate) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    memcpy(number + coordinate - length, request->key, length);
    status = h5sm_nx_key_import(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), PSA_KEY_USAGE_SIGN_HASH, alg, number,
                                coordinate, key);
    h5sm_nx_wipe(number, sizeof number);
    return status;
}

static UINT sign_with(const ecdsa *state, psa_key_id_t key, psa_algorithm_t alg, const h5sm_nx_request *request)
{
    NX_CRYPTO_EXTENDED_OUTPUT *output = (NX_CRYPTO_EXTENDED_OUTPUT *)(VOID *)request->output;
    UCHAR raw[2 * H5SM_NX_MAX_COORD];
    size_t written = 0;
    size_t length;
    /* The room counts in the shared area: exactly what is needed (secure_manager_api, psa_sign_hash). */
    const UINT status = h5sm_nx_status(psa_sign_hash(key, alg, request->input, request->input_length, raw,
                                                     2 * coordinate_of(state), &written));

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (written != 2 * coordinate_of(state)) {
        return NX_CRYPTO_INVALID_KEY; /* a key of another curve */
    }
    length = h5sm_nx_signature_der(raw, coordinate_of(state), output->nx_crypto_extended_output_data,
                                   output->nx_crypto_extended_output_length_in_byte);
    output->nx_crypto_extended_output_actual_size = (ULONG)length;
    return length == 0 ? NX_CRYPTO_SIZE_ERROR : NX_CRYPTO_SUCCESS;
}

/* NX_SECURE_X509_KEY_TYPE_HARDWARE gives the application's own bytes for a private key: here a psa_key_id_t. */
static UINT sign(const ecdsa *state, psa_algorithm_t alg, const h5sm_nx_request *request)
{
    psa_key_id_t key = PSA_KEY_ID_NULL;
    UINT status;

    if (request->output == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->key_bits == 8 * sizeof key) {
        memcpy(&key, request->key, sizeof key);
        return sign_with(state, key, alg, request);
    }
    status = import_private(state, request, alg, &key);
    if (status == NX_CRYPTO_SUCCESS) {
        status = sign_with(state, key, alg, request);
    }
    return h5sm_nx_both(status, h5sm_nx_key_destroy(&key));
}

/* The key is the uncompressed point, the output the signature in DER. */
static UINT verify(const ecdsa *state, psa_algorithm_t alg, const h5sm_nx_request *request)
{
    UCHAR raw[2 * H5SM_NX_MAX_COORD];
    psa_key_id_t key = PSA_KEY_ID_NULL;
    UINT status;

    if (request->output == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->key_bits / 8 != 1 + 2 * coordinate_of(state)) {
        return NX_CRYPTO_INVALID_KEY; /* PSA would take it for a point of another curve */
    }
    status = h5sm_nx_signature_raw(request->output, request->output_length, raw, coordinate_of(state));
    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    status = h5sm_nx_key_import(PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), PSA_KEY_USAGE_VERIFY_HASH, alg,
                                request->key, request->key_bits / 8, &key);
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_status(
            psa_verify_hash(key, alg, request->input, request->input_length, raw, 2 * coordinate_of(state)));
    }
    return h5sm_nx_both(status, h5sm_nx_key_destroy(&key));
}

static UINT init(const h5sm_nx_request *request)
{
    return h5sm_nx_claim(request, H5SM_NX_ECDSA, sizeof(ecdsa));
}

static UINT operate(const h5sm_nx_request *request)
{
    ecdsa *state = request->metadata;
    const psa_algorithm_t hash = h5sm_nx_hash_by_length(request->input_length);
    const UINT status = h5sm_nx_check(request, H5SM_NX_ECDSA, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->op == NX_CRYPTO_EC_CURVE_SET) {
        return set_curve(state, request);
    }
    if (request->op != NX_CRYPTO_AUTHENTICATE && request->op != NX_CRYPTO_VERIFY) {
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
    if (state->bits == 0) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (request->key == NULL || request->input == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (hash == PSA_ALG_NONE) {
        return NX_CRYPTO_INVALID_PARAMETER;
    }
    return request->op == NX_CRYPTO_VERIFY ? verify(state, PSA_ALG_ECDSA(hash), request)
                                           : sign(state, PSA_ALG_ECDSA(hash), request);
}

H5SM_NX_INIT(ecdsa_init, init)
H5SM_NX_OPERATION(ecdsa_operation, operate)

const NX_CRYPTO_METHOD h5sm_nx_method_ecdsa = {NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA, 0, 0, 0, 0, sizeof(ecdsa),
                                               ecdsa_init, h5sm_nx_cleanup, ecdsa_operation};
