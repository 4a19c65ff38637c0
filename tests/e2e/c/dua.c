/* What the board's demonstration does with the internal user key. argv[1]: the folder that the certificate, the message
 * and its signature (r || s) are written to. */
#include <psa/crypto.h>
#include <stm32_cert.h>

#include "check.h"

static const uint8_t message[] = "signed by the internal user key";

static void save(const char *folder, const char *name, const uint8_t *bytes, size_t length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK_EQUAL(fwrite(bytes, 1, length, file), length);
    CHECK_EQUAL(fclose(file), 0);
}

static void attributes_of_the_key(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    CHECK_EQUAL(psa_get_key_attributes(PSA_KEY_ID_ST_DUA_USER, &attributes), PSA_SUCCESS);
    CHECK_EQUAL(psa_get_key_id(&attributes), 0x3ffffffe);
    CHECK_EQUAL(psa_get_key_type(&attributes), PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
    CHECK_EQUAL(psa_get_key_bits(&attributes), 256);
    CHECK((psa_get_key_usage_flags(&attributes) & PSA_KEY_USAGE_SIGN_MESSAGE) != 0);
    CHECK((psa_get_key_usage_flags(&attributes) & PSA_KEY_USAGE_EXPORT) == 0);
    psa_reset_key_attributes(&attributes);
}

/* A persistent key beside it, since an id is set. */
static psa_key_id_t import_public(const uint8_t *bytes, size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = PSA_KEY_ID_NULL;
    psa_set_key_id(&attributes, PSA_KEY_ID_ST_DUA_USER - 1);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1));
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_VERIFY_MESSAGE);
    psa_set_key_algorithm(&attributes, PSA_ALG_ECDSA(PSA_ALG_SHA_256));
    CHECK_EQUAL(psa_import_key(&attributes, bytes, length, &key), PSA_SUCCESS);
    CHECK_EQUAL(key, 0x3ffffffd);
    return key;
}

static void cannot_be_taken_away(void)
{
    uint8_t bytes[32];
    size_t length = 0;
    CHECK_EQUAL(psa_export_key(PSA_KEY_ID_ST_DUA_USER, bytes, sizeof bytes, &length), PSA_ERROR_NOT_PERMITTED);
    CHECK_EQUAL(psa_destroy_key(PSA_KEY_ID_ST_DUA_USER), PSA_ERROR_NOT_PERMITTED);
}

int main(int argc, char **argv)
{
    uint8_t signature[64];
    uint8_t public_key[65];
    uint8_t certificate[DUA_PUBLIC_PART_MAX_SIZE_BYTES];
    size_t signature_length = 0;
    size_t public_length = 0;
    uint32_t certificate_size = 0;
    CHECK_EQUAL(argc, 2);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);

    attributes_of_the_key();
    CHECK_EQUAL(psa_sign_message(PSA_KEY_ID_ST_DUA_USER, PSA_ALG_ECDSA(PSA_ALG_SHA_256), message, sizeof message,
                                 signature, sizeof signature, &signature_length),
                PSA_SUCCESS);
    CHECK_EQUAL(signature_length, 64);
    CHECK_EQUAL(psa_export_public_key(PSA_KEY_ID_ST_DUA_USER, public_key, sizeof public_key, &public_length),
                PSA_SUCCESS);
    CHECK_EQUAL(public_length, 65);

    psa_key_id_t verifier = import_public(public_key, public_length);
    CHECK_EQUAL(psa_verify_message(verifier, PSA_ALG_ECDSA(PSA_ALG_SHA_256), message, sizeof message, signature,
                                   signature_length),
                PSA_SUCCESS);
    signature[10] ^= 1;
    CHECK_EQUAL(psa_verify_message(verifier, PSA_ALG_ECDSA(PSA_ALG_SHA_256), message, sizeof message, signature,
                                   signature_length),
                PSA_ERROR_INVALID_SIGNATURE);
    signature[10] ^= 1;
    CHECK_EQUAL(psa_destroy_key(verifier), PSA_SUCCESS);
    cannot_be_taken_away();

    CHECK_EQUAL(UTIL_CERT_GetCertificateSize(DUA_USER, &certificate_size), CERT_OK);
    CHECK_EQUAL(UTIL_CERT_GetCertificate(DUA_USER, certificate), CERT_OK);
    save(argv[1], "certificate.der", certificate, certificate_size);
    save(argv[1], "message", message, sizeof message);
    save(argv[1], "signature", signature, signature_length);
    return 0;
}
