#include "record.h"

#include <string.h>

psa_status_t record_seal(psa_key_id_t key, const uint8_t *header, size_t header_length, const uint8_t *text,
                         size_t length, uint8_t *record)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    uint8_t *ciphertext = record + RECORD_NONCE, *tag = ciphertext + length;
    size_t given = 0, rest = 0, tag_length = 0;

    psa_status_t status = psa_aead_encrypt_setup(&operation, key, PSA_ALG_GCM);
    if (status == PSA_SUCCESS) {
        status = psa_aead_generate_nonce(&operation, record, RECORD_NONCE, &given);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_update_ad(&operation, header, header_length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_update(&operation, text, length, ciphertext, length, &given);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_finish(&operation, ciphertext + given, length - given, &rest, tag, RECORD_TAG, &tag_length);
    }
    if (status != PSA_SUCCESS) {
        psa_aead_abort(&operation);
        memset(record, 0, length + RECORD_OVERHEAD);
    }
    return status;
}

psa_status_t record_open(psa_key_id_t key, const uint8_t *header, size_t header_length, const uint8_t *record,
                         size_t length, uint8_t *text)
{
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    const uint8_t *ciphertext = record + RECORD_NONCE;
    size_t given = 0, rest = 0;

    if (length < RECORD_OVERHEAD) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    length -= RECORD_OVERHEAD;
    psa_status_t status = psa_aead_decrypt_setup(&operation, key, PSA_ALG_GCM);
    if (status == PSA_SUCCESS) {
        status = psa_aead_set_nonce(&operation, record, RECORD_NONCE);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_update_ad(&operation, header, header_length);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_update(&operation, ciphertext, length, text, length, &given);
    }
    if (status == PSA_SUCCESS) {
        status = psa_aead_verify(&operation, text + given, length - given, &rest, ciphertext + length, RECORD_TAG);
    }
    if (status != PSA_SUCCESS) {
        psa_aead_abort(&operation);
        memset(text, 0, length);
    }
    return status;
}
