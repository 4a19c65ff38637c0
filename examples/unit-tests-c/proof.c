#include "proof.h"

#include <string.h>

#define ALG PSA_ALG_ECDSA(PSA_ALG_SHA_256)

static psa_key_attributes_t attributes_of(psa_key_type_t type, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, ALG);
    return attributes;
}

/* The status that came first, unless there was none */
static psa_status_t first_of(psa_status_t first, psa_status_t second)
{
    return first != PSA_SUCCESS ? first : second;
}

psa_status_t proof_make(const uint8_t *message, size_t length, proof_t *proof)
{
    const psa_key_attributes_t attributes =
        attributes_of(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), PSA_KEY_USAGE_SIGN_MESSAGE);
    psa_key_id_t key = PSA_KEY_ID_NULL;
    size_t given = 0;

    psa_status_t status = psa_generate_key(&attributes, &key);
    if (status == PSA_SUCCESS) {
        status = psa_export_public_key(key, proof->public_key, sizeof proof->public_key, &given);
    }
    if (status == PSA_SUCCESS) {
        status = psa_sign_message(key, ALG, message, length, proof->signature, sizeof proof->signature, &given);
    }
    status = first_of(status, psa_destroy_key(key));
    if (status != PSA_SUCCESS) {
        memset(proof, 0, sizeof *proof);
    }
    return status;
}

psa_status_t proof_check(const uint8_t *message, size_t length, const proof_t *proof)
{
    const psa_key_attributes_t attributes =
        attributes_of(PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1), PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_key_id_t key = PSA_KEY_ID_NULL;

    psa_status_t status = psa_import_key(&attributes, proof->public_key, sizeof proof->public_key, &key);
    if (status == PSA_SUCCESS) {
        status = psa_verify_message(key, ALG, message, length, proof->signature, sizeof proof->signature);
    }
    return first_of(status, psa_destroy_key(key));
}
