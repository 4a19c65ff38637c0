/*
 * What firmware does on the board, here under `h5sm exec`: signs with the device's internal user key, and encrypts
 * published vectors. Writes message, signature and public key into the folder that it is given; prints a line for
 * each thing tried: "ok" or "FAILED", a tab, what it was, and what went wrong.
 */
#include <psa/crypto.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#ifndef PSA_KEY_ID_ST_DUA_USER
#define PSA_KEY_ID_ST_DUA_USER ((psa_key_id_t)0x3ffffffe)
#endif

static int failures;

static bool report(const char *what, const char *step, psa_status_t status)
{
    if (status == PSA_SUCCESS) {
        printf("ok\t%s\n", what);
        return true;
    }
    printf("FAILED\t%s: %s answered %d\n", what, step, (int)status);
    failures++;
    return false;
}

static bool same(const char *what, const uint8_t *got, size_t got_length, const uint8_t *want, size_t want_length)
{
    if (got_length == want_length && memcmp(got, want, want_length) == 0) {
        printf("ok\t%s\n", what);
        return true;
    }
    printf("FAILED\t%s: other bytes than published\n", what);
    failures++;
    return false;
}

static bool save(const char *folder, const char *name, const uint8_t *data, size_t length)
{
    char path[4096];
    int written = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = written > 0 && (size_t)written < sizeof path ? fopen(path, "wb") : NULL;
    bool saved = file != NULL && fwrite(data, 1, length, file) == length;
    if (file != NULL && fclose(file) != 0)
        saved = false;
    if (!saved) {
        printf("FAILED\twriting %s\n", name);
        failures++;
    }
    return saved;
}

static void sign(const char *folder)
{
    static const uint8_t message[] = "signed by the internal user key of the device\n";
    uint8_t signature[64], public_key[65];
    size_t signature_length = 0, public_length = 0;
    psa_key_id_t key = PSA_KEY_ID_ST_DUA_USER;

    psa_status_t status = psa_sign_message(key, PSA_ALG_ECDSA(PSA_ALG_SHA_256), message, sizeof message - 1,
                                           signature, sizeof signature, &signature_length);
    if (!report("sign a message with PSA_KEY_ID_ST_DUA_USER", "psa_sign_message", status))
        return;
    status = psa_export_public_key(key, public_key, sizeof public_key, &public_length);
    if (!report("export its public key", "psa_export_public_key", status))
        return;
    save(folder, "message", message, sizeof message - 1);
    save(folder, "signature", signature, signature_length);
    save(folder, "public-key", public_key, public_length);
}

static psa_key_id_t import_aes(const char *what, const uint8_t key[16], psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t id = PSA_KEY_ID_NULL;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, alg);
    psa_status_t status = psa_import_key(&attributes, key, 16, &id);
    if (status != PSA_SUCCESS)
        report(what, "psa_import_key", status);
    return id;
}

/* "The Galois/Counter Mode of Operation (GCM)", McGrew and Viega, appendix B. */
static const uint8_t gcm_key[16] = { 0xfe, 0xff, 0xe9, 0x92, 0x86, 0x65, 0x73, 0x1c,
                                     0x6d, 0x6a, 0x8f, 0x94, 0x67, 0x30, 0x83, 0x08 };
static const uint8_t gcm_iv[12] = { 0xca, 0xfe, 0xba, 0xbe, 0xfa, 0xce,
                                    0xdb, 0xad, 0xde, 0xca, 0xf8, 0x88 };
static const uint8_t gcm_ad[20] = { 0xfe, 0xed, 0xfa, 0xce, 0xde, 0xad, 0xbe, 0xef, 0xfe, 0xed,
                                    0xfa, 0xce, 0xde, 0xad, 0xbe, 0xef, 0xab, 0xad, 0xda, 0xd2 };
static const uint8_t gcm_plaintext[64] = {
    0xd9, 0x31, 0x32, 0x25, 0xf8, 0x84, 0x06, 0xe5, 0xa5, 0x59, 0x09, 0xc5, 0xaf, 0xf5, 0x26, 0x9a,
    0x86, 0xa7, 0xa9, 0x53, 0x15, 0x34, 0xf7, 0xda, 0x2e, 0x4c, 0x30, 0x3d, 0x8a, 0x31, 0x8a, 0x72,
    0x1c, 0x3c, 0x0c, 0x95, 0x95, 0x68, 0x09, 0x53, 0x2f, 0xcf, 0x0e, 0x24, 0x49, 0xa6, 0xb5, 0x25,
    0xb1, 0x6a, 0xed, 0xf5, 0xaa, 0x0d, 0xe6, 0x57, 0xba, 0x63, 0x7b, 0x39, 0x1a, 0xaf, 0xd2, 0x55,
};
static const uint8_t gcm_ciphertext[64] = {
    0x42, 0x83, 0x1e, 0xc2, 0x21, 0x77, 0x74, 0x24, 0x4b, 0x72, 0x21, 0xb7, 0x84, 0xd0, 0xd4, 0x9c,
    0xe3, 0xaa, 0x21, 0x2f, 0x2c, 0x02, 0xa4, 0xe0, 0x35, 0xc1, 0x7e, 0x23, 0x29, 0xac, 0xa1, 0x2e,
    0x21, 0xd5, 0x14, 0xb2, 0x54, 0x66, 0x93, 0x1c, 0x7d, 0x8f, 0x6a, 0x5a, 0xac, 0x84, 0xaa, 0x05,
    0x1b, 0xa3, 0x0b, 0x39, 0x6a, 0x0a, 0xac, 0x97, 0x3d, 0x58, 0xe0, 0x91, 0x47, 0x3f, 0x59, 0x85,
};
static const uint8_t gcm_tag_3[16] = { 0x4d, 0x5c, 0x2a, 0xf3, 0x27, 0xcd, 0x64, 0xa6,
                                       0x2c, 0xf3, 0x5a, 0xbd, 0x2b, 0xa6, 0xfa, 0xb4 };
static const uint8_t gcm_tag_4[16] = { 0x5b, 0xc9, 0x4f, 0xbc, 0x32, 0x21, 0xa5, 0xdb,
                                       0x94, 0xfa, 0xe9, 0x5a, 0xe7, 0x12, 0x1a, 0x47 };

static void gcm(const char *what, size_t length, size_t ad_length, const uint8_t tag[16])
{
    uint8_t sealed[64 + 16], opened[64], expected[64 + 16];
    size_t sealed_length = 0, opened_length = 0;
    psa_key_id_t key = import_aes(what, gcm_key, PSA_ALG_GCM);
    if (key == PSA_KEY_ID_NULL)
        return;
    memcpy(expected, gcm_ciphertext, length);
    memcpy(expected + length, tag, 16);

    psa_status_t status = psa_aead_encrypt(key, PSA_ALG_GCM, gcm_iv, sizeof gcm_iv, gcm_ad, ad_length, gcm_plaintext,
                                           length, sealed, sizeof sealed, &sealed_length);
    if (status != PSA_SUCCESS)
        report(what, "psa_aead_encrypt", status);
    else
        same(what, sealed, sealed_length, expected, length + 16);

    char name[128];
    snprintf(name, sizeof name, "%s, decrypted", what);
    status = psa_aead_decrypt(key, PSA_ALG_GCM, gcm_iv, sizeof gcm_iv, gcm_ad, ad_length, expected, length + 16,
                              opened, sizeof opened, &opened_length);
    if (status != PSA_SUCCESS)
        report(name, "psa_aead_decrypt", status);
    else
        same(name, opened, opened_length, gcm_plaintext, length);

    snprintf(name, sizeof name, "%s, one bit changed: PSA_ERROR_INVALID_SIGNATURE", what);
    expected[0] ^= 1;
    status = psa_aead_decrypt(key, PSA_ALG_GCM, gcm_iv, sizeof gcm_iv, gcm_ad, ad_length, expected, length + 16,
                              opened, sizeof opened, &opened_length);
    /* Of the two, success would be the failure. */
    if (status == PSA_SUCCESS)
        status = PSA_ERROR_GENERIC_ERROR;
    report(name, "psa_aead_decrypt", status == PSA_ERROR_INVALID_SIGNATURE ? PSA_SUCCESS : status);

    psa_destroy_key(key);
}

/* NIST SP 800-38A, F.2.1 and F.2.2. */
static const uint8_t cbc_key[16] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                     0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };
static const uint8_t cbc_plaintext[64] = {
    0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a,
    0xae, 0x2d, 0x8a, 0x57, 0x1e, 0x03, 0xac, 0x9c, 0x9e, 0xb7, 0x6f, 0xac, 0x45, 0xaf, 0x8e, 0x51,
    0x30, 0xc8, 0x1c, 0x46, 0xa3, 0x5c, 0xe4, 0x11, 0xe5, 0xfb, 0xc1, 0x19, 0x1a, 0x0a, 0x52, 0xef,
    0xf6, 0x9f, 0x24, 0x45, 0xdf, 0x4f, 0x9b, 0x17, 0xad, 0x2b, 0x41, 0x7b, 0xe6, 0x6c, 0x37, 0x10,
};
/* The IV, then the ciphertext, as psa_cipher_decrypt takes it. */
static const uint8_t cbc_sealed[80] = {
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f,
    0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46, 0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d,
    0x50, 0x86, 0xcb, 0x9b, 0x50, 0x72, 0x19, 0xee, 0x95, 0xdb, 0x11, 0x3a, 0x91, 0x76, 0x78, 0xb2,
    0x73, 0xbe, 0xd6, 0xb8, 0xe3, 0xc1, 0x74, 0x3b, 0x71, 0x16, 0xe6, 0x9e, 0x22, 0x22, 0x95, 0x16,
    0x3f, 0xf1, 0xca, 0xa1, 0x68, 0x1f, 0xac, 0x09, 0x12, 0x0e, 0xca, 0x30, 0x75, 0x86, 0xe1, 0xa7,
};

/* The IV is given, so in parts: psa_cipher_encrypt would make one of its own. */
static psa_status_t cbc_encrypt(psa_key_id_t key, uint8_t *output, size_t size, size_t *length, const char **step)
{
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    size_t updated = 0, finished = 0;

    *step = "psa_cipher_encrypt_setup";
    psa_status_t status = psa_cipher_encrypt_setup(&operation, key, PSA_ALG_CBC_NO_PADDING);
    if (status == PSA_SUCCESS) {
        *step = "psa_cipher_set_iv";
        status = psa_cipher_set_iv(&operation, cbc_sealed, 16);
    }
    if (status == PSA_SUCCESS) {
        *step = "psa_cipher_update";
        status = psa_cipher_update(&operation, cbc_plaintext, sizeof cbc_plaintext, output, size, &updated);
    }
    if (status == PSA_SUCCESS) {
        *step = "psa_cipher_finish";
        status = psa_cipher_finish(&operation, output + updated, size - updated, &finished);
    }
    *length = updated + finished;
    psa_cipher_abort(&operation);
    return status;
}

static void cbc(void)
{
    static const char encrypts[] = "AES-128-CBC, SP 800-38A F.2.1";
    static const char decrypts[] = "AES-128-CBC, SP 800-38A F.2.2";
    uint8_t output[80];
    size_t length = 0;
    const char *step = NULL;
    psa_key_id_t key = import_aes(encrypts, cbc_key, PSA_ALG_CBC_NO_PADDING);
    if (key == PSA_KEY_ID_NULL)
        return;

    psa_status_t status = cbc_encrypt(key, output, sizeof output, &length, &step);
    if (status != PSA_SUCCESS)
        report(encrypts, step, status);
    else
        same(encrypts, output, length, cbc_sealed + 16, 64);

    status = psa_cipher_decrypt(key, PSA_ALG_CBC_NO_PADDING, cbc_sealed, sizeof cbc_sealed, output, sizeof output,
                                &length);
    if (status != PSA_SUCCESS)
        report(decrypts, "psa_cipher_decrypt", status);
    else
        same(decrypts, output, length, cbc_plaintext, sizeof cbc_plaintext);

    psa_destroy_key(key);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: board folder\n");
        return 2;
    }
    if (!report("psa_crypto_init", "psa_crypto_init", psa_crypto_init()))
        return 1;
    sign(argv[1]);
    gcm("AES-128-GCM, test case 3", 64, 0, gcm_tag_3);
    gcm("AES-128-GCM, test case 4", 60, 20, gcm_tag_4);
    cbc();
    return failures != 0;
}
