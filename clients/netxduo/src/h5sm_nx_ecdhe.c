/* ECDHE over P-256, P-384 and P-521.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

/* In TLS 1.3 NetX makes the shared secret by its own software, in the metadata of this method. */
#if defined(NX_SECURE_TLS_ENABLE_TLS_1_3) && !defined(H5SM_NX_ECDHE_EVERYWHERE)
#include "nx_crypto_ecdh.h"
#define METADATA_SIZE sizeof(NX_CRYPTO_ECDH)
#else
#define METADATA_SIZE sizeof(ecdhe)
#endif

typedef struct ecdhe {
    h5sm_nx_held held;
    uint32_t bits; /* of the curve */
} ecdhe;

#define KEY_PAIR PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)

/* Between the two halves of TLS 1.3's exchange NetX keeps the private key in its session and nothing in the metadata,
 * and makes key pairs that it never uses: a key that stayed in the device would never be destroyed. */
#define USAGE (PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT)

static size_t coordinate_of(const ecdhe *state)
{
    return (state->bits + 7u) / 8u;
}

static UINT set_curve(ecdhe *state, const h5sm_nx_request *request)
{
    state->bits = (uint32_t)h5sm_nx_curve_bits((const NX_CRYPTO_METHOD *)(const VOID *)request->input);
    return state->bits == 0 ? NX_CRYTPO_MISSING_ECC_CURVE : NX_CRYPTO_SUCCESS;
}

/* Gives out what `export` writes. */
static UINT give(const ecdhe *state, psa_status_t (*export)(psa_key_id_t, uint8_t *, size_t, size_t *), size_t length,
                 const h5sm_nx_request *request)
{
    NX_CRYPTO_EXTENDED_OUTPUT *output = (NX_CRYPTO_EXTENDED_OUTPUT *)(VOID *)request->output;
    size_t written = 0;
    UINT status;

    if (output == NULL || output->nx_crypto_extended_output_data == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (output->nx_crypto_extended_output_length_in_byte < length) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    if (state->held.key == PSA_KEY_ID_NULL) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    status = h5sm_nx_status(export(state->held.key, output->nx_crypto_extended_output_data, length, &written));
    output->nx_crypto_extended_output_actual_size = status == NX_CRYPTO_SUCCESS ? (ULONG)written : 0;
    return status;
}

/* A new key pair; NetX gets its public key as the uncompressed point. */
static UINT set_up(ecdhe *state, const h5sm_nx_request *request)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    UINT status = h5sm_nx_key_destroy(&state->held.key);

    psa_set_key_type(&attributes, KEY_PAIR);
    psa_set_key_bits(&attributes, state->bits);
    psa_set_key_usage_flags(&attributes, USAGE);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDH);
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_status(psa_generate_key(&attributes, &state->held.key));
    }
    if (status == NX_CRYPTO_SUCCESS) {
        status = give(state, psa_export_public_key, 1 + 2 * coordinate_of(state), request);
    }
    return status == NX_CRYPTO_SUCCESS ? status : h5sm_nx_both(status, h5sm_nx_key_destroy(&state->held.key));
}

/* The private key as a big-endian number, which may be shorter than the curve. */
static UINT import(ecdhe *state, const h5sm_nx_request *request)
{
    const size_t coordinate = coordinate_of(state);
    const size_t length = request->key_bits / 8;
    UCHAR number[H5SM_NX_MAX_COORD] = {0};
    UINT status = h5sm_nx_key_destroy(&state->held.key);

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (length > coordinate) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    memcpy(number + coordinate - length, request->key, length);
    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_key_import(KEY_PAIR, USAGE, PSA_ALG_ECDH, number, coordinate, &state->held.key);
    }
    h5sm_nx_wipe(number, sizeof number);
    return status;
}

static UINT calculate(ecdhe *state, const h5sm_nx_request *request)
{
    NX_CRYPTO_EXTENDED_OUTPUT *output = (NX_CRYPTO_EXTENDED_OUTPUT *)(VOID *)request->output;
    size_t written = 0;
    UINT status;

    if (state->held.key == PSA_KEY_ID_NULL) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    if (request->input == NULL || output == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (output->nx_crypto_extended_output_length_in_byte < coordinate_of(state)) {
        return NX_CRYPTO_SIZE_ERROR;
    }
    status = h5sm_nx_status(psa_raw_key_agreement(PSA_ALG_ECDH, state->held.key, request->input, request->input_length,
                                                  output->nx_crypto_extended_output_data, coordinate_of(state),
                                                  &written));
    output->nx_crypto_extended_output_actual_size = status == NX_CRYPTO_SUCCESS ? (ULONG)written : 0;
    /* After a failure NetX gives up without a cleanup. */
    return status == NX_CRYPTO_SUCCESS ? status : h5sm_nx_both(status, h5sm_nx_key_destroy(&state->held.key));
}

static UINT init(const h5sm_nx_request *request)
{
    return h5sm_nx_claim(request, H5SM_NX_ECDHE, sizeof(ecdhe));
}

static UINT operate(const h5sm_nx_request *request)
{
    ecdhe *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_ECDHE, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    if (request->op != NX_CRYPTO_EC_CURVE_SET && state->bits == 0) {
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    }
    switch (request->op) {
    case NX_CRYPTO_EC_CURVE_SET:
        return set_curve(state, request);
    case NX_CRYPTO_DH_SETUP:
        return set_up(state, request);
    case NX_CRYPTO_DH_PRIVATE_KEY_EXPORT:
        return give(state, psa_export_key, coordinate_of(state), request);
    case NX_CRYPTO_DH_KEY_PAIR_IMPORT:
        return import(state, request);
    case NX_CRYPTO_DH_CALCULATE:
        return calculate(state, request);
    default:
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
}

H5SM_NX_INIT(ecdhe_init, init)
H5SM_NX_OPERATION(ecdhe_operation, operate)

NX_CRYPTO_METHOD h5sm_nx_method_ecdhe = {NX_CRYPTO_KEY_EXCHANGE_ECDHE, 0, 0, 0, 0, METADATA_SIZE, ecdhe_init,
                                         h5sm_nx_cleanup, ecdhe_operation};
