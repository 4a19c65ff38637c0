/* A firmware's way through the API: every family once, with known answers where there are some. */
#include <psa/crypto.h>

#include "check.h"

static const uint8_t abc[] = { 'a', 'b', 'c' };
static const uint8_t sha256_abc[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                      0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                      0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad };

static psa_key_id_t import_key(psa_key_type_t type, psa_algorithm_t alg, psa_key_usage_t usage, const void *bytes,
                               size_t length)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 7;
    psa_set_key_type(&attributes, type);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    CHECK_EQUAL(psa_import_key(&attributes, bytes, length, &key), PSA_SUCCESS);
    CHECK(key != PSA_KEY_ID_NULL);
    return key;
}

static psa_key_id_t generate_key(psa_key_type_t type, size_t bits, psa_algorithm_t alg, psa_key_usage_t usage)
{
    psa_key_attributes_t attributes = psa_key_attributes_init();
    psa_key_id_t key = 0;
    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, usage);
    CHECK_EQUAL(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

static void library(void)
{
    uint8_t bytes[4] = { 0 };
    size_t length = 99;
    CHECK_EQUAL(psa_generate_random(bytes, sizeof bytes), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, abc, 3, bytes, sizeof bytes, &length), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
}

static void hashes(void)
{
    uint8_t hash[PSA_HASH_MAX_SIZE + 1];
    size_t length;
    psa_hash_operation_t operation;
    memset(&operation, 0, sizeof operation);
    memset(hash, 0x5a, sizeof hash);
    // More room than is there, as some programs declare: nothing behind what was produced may be touched.
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, abc, 3, hash, 1000000, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 32);
    CHECK_BYTES(hash, sha256_abc, 32);
    CHECK_EQUAL(hash[32], 0x5a);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, abc, 3, hash, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_hash_compare(PSA_ALG_SHA_256, abc, 3, sha256_abc, 32), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_compare(PSA_ALG_SHA_256, abc, 2, sha256_abc, 32), PSA_ERROR_INVALID_SIGNATURE);

    CHECK_EQUAL(psa_hash_abort(&operation), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_update(&operation, abc, 3), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    CHECK(operation.handle != 0);
    CHECK_EQUAL(psa_hash_update(&operation, abc, 1), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_update(&operation, NULL, 0), PSA_SUCCESS);
    psa_hash_operation_t clone = psa_hash_operation_init();
    CHECK_EQUAL(psa_hash_clone(&operation, &clone), PSA_SUCCESS);
    CHECK(clone.handle != 0 && clone.handle != operation.handle);
    CHECK_EQUAL(psa_hash_update(&clone, abc + 1, 2), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_verify(&clone, sha256_abc, 32), PSA_SUCCESS);
    CHECK_EQUAL(clone.handle, 0);

    // A copied object is a second name for the same operation.
    psa_hash_operation_t copy = operation;
    CHECK_EQUAL(psa_hash_update(&copy, abc + 1, 2), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_finish(&operation, hash, 32, &length), PSA_SUCCESS);
    CHECK_BYTES(hash, sha256_abc, 32);
    CHECK_EQUAL(operation.handle, 0);
    CHECK_EQUAL(psa_hash_finish(&copy, hash, 32, &length), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(copy.handle, 0);

    // Setting up an active operation fails and ends it.
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(operation.handle, 0);
}

static void arguments(void)
{
    uint8_t hash[32];
    size_t length = 99;
    psa_key_id_t key = 99;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    psa_hash_operation_t copy;
    const psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, NULL, 3, hash, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, abc, 3, NULL, 32, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, abc, 3, hash, 32, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_hash_setup(NULL, PSA_ALG_SHA_256), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_hash_clone(NULL, &operation), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_generate_key(NULL, &key), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(key, PSA_KEY_ID_NULL);
    CHECK_EQUAL(psa_generate_key(&attributes, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_get_key_attributes(1, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_key_derivation_get_capacity(NULL, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_pake_setup(NULL, 1, NULL), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_generate_random(NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(psa_generate_random(NULL, 0), PSA_SUCCESS);

    // A refused argument ends an operation like any other failure, on both sides.
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    copy = operation;
    CHECK_EQUAL(psa_hash_update(&operation, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(operation.handle, 0);
    CHECK_EQUAL(psa_hash_update(&copy, abc, 1), PSA_ERROR_BAD_STATE);
}

static void macs(void)
{
    static const uint8_t secret[16] = { 1 };
    uint8_t mac[32];
    uint8_t parts[32];
    size_t length;
    psa_mac_operation_t operation = PSA_MAC_OPERATION_INIT;
    psa_algorithm_t alg = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    psa_key_id_t key = import_key(PSA_KEY_TYPE_HMAC, alg, PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE,
                                  secret, sizeof secret);
    CHECK_EQUAL(psa_mac_compute(key, alg, abc, 3, mac, sizeof mac, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 32);
    CHECK_EQUAL(psa_mac_verify(key, alg, abc, 3, mac, 32), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_sign_setup(&operation, key, alg), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_update(&operation, abc, 3), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_sign_finish(&operation, parts, sizeof parts, &length), PSA_SUCCESS);
    CHECK_BYTES(mac, parts, 32);
    CHECK_EQUAL(psa_mac_verify_setup(&operation, key, alg), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_update(&operation, abc, 2), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_verify_finish(&operation, mac, 32), PSA_ERROR_INVALID_SIGNATURE);
    CHECK_EQUAL(psa_mac_abort(&operation), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
    CHECK_EQUAL(psa_mac_compute(key, alg, abc, 3, mac, sizeof mac, &length), PSA_ERROR_INVALID_HANDLE);
}

static void ciphers(void)
{
    static const uint8_t secret[16] = { 2 };
    static const uint8_t iv[16] = { 3 };
    uint8_t block[64] = { 4 };
    size_t length;
    psa_cipher_operation_t operation = PSA_CIPHER_OPERATION_INIT;
    psa_key_id_t key = import_key(PSA_KEY_TYPE_AES, PSA_ALG_CBC_NO_PADDING,
                                  PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT, secret, sizeof secret);
    // In place, as TLS stacks do it, and without an output that waits for finish.
    CHECK_EQUAL(psa_cipher_encrypt_setup(&operation, key, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_set_iv(&operation, iv, sizeof iv), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_update(&operation, block, 64, block, 64, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 64);
    CHECK_EQUAL(psa_cipher_finish(&operation, NULL, 0, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 0);
    CHECK(block[0] != 4 || block[1] != 0);
    CHECK_EQUAL(psa_cipher_decrypt_setup(&operation, key, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_set_iv(&operation, iv, sizeof iv), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_update(&operation, block, 64, block, 64, &length), PSA_SUCCESS);
    CHECK(length == 64 && block[0] == 4 && block[1] == 0 && block[63] == 0);
    CHECK_EQUAL(psa_cipher_abort(&operation), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_encrypt_setup(&operation, key, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_generate_iv(&operation, block, sizeof block, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 16);
    CHECK_EQUAL(psa_cipher_abort(&operation), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

static void aeads(void)
{
    enum { SIZE = 100000 };
    static uint8_t text[SIZE + 16];
    static const uint8_t nonce[12] = { 5 };
    uint8_t tag[16];
    size_t length;
    size_t tag_length;
    psa_aead_operation_t operation = PSA_AEAD_OPERATION_INIT;
    psa_key_id_t key = generate_key(PSA_KEY_TYPE_AES, 128, PSA_ALG_GCM,
                                    PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    memset(text, 6, sizeof text);
    // Larger than any buffer of the library, and in place.
    CHECK_EQUAL(psa_aead_encrypt(key, PSA_ALG_GCM, nonce, 12, abc, 3, text, SIZE, text, sizeof text, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, SIZE + 16);
    CHECK_EQUAL(psa_aead_decrypt_setup(&operation, key, PSA_ALG_GCM), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_set_lengths(&operation, 3, SIZE), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_set_nonce(&operation, nonce, 12), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_update_ad(&operation, abc, 3), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_update(&operation, text, 5, text, 5, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 5);
    CHECK_EQUAL(psa_aead_update(&operation, text + 5, SIZE - 5, text + 5, SIZE - 5, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, SIZE - 5);
    CHECK_EQUAL(psa_aead_verify(&operation, NULL, 0, &length, text + SIZE, 16), PSA_SUCCESS);
    for (size_t i = 0; i < SIZE; i++) {
        CHECK_EQUAL(text[i], 6);
    }
    CHECK_EQUAL(psa_aead_encrypt_setup(&operation, key, PSA_ALG_GCM), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_generate_nonce(&operation, tag, 12, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_aead_finish(&operation, NULL, 0, &length, tag, sizeof tag, &tag_length), PSA_SUCCESS);
    CHECK(length == 0 && tag_length == 16);
    CHECK_EQUAL(psa_aead_decrypt(key, PSA_ALG_GCM, nonce, 12, NULL, 0, tag, 16, text, SIZE, &length),
                PSA_ERROR_INVALID_SIGNATURE);
    CHECK_EQUAL(psa_aead_abort(&operation), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

static void derivations(void)
{
    static const uint8_t secret[32] = { 7 };
    uint8_t first[48];
    uint8_t second[48];
    size_t capacity = 0;
    psa_algorithm_t alg = PSA_ALG_HKDF(PSA_ALG_SHA_256);
    psa_key_derivation_operation_t operation = PSA_KEY_DERIVATION_OPERATION_INIT;
    psa_key_id_t key = import_key(PSA_KEY_TYPE_DERIVE, alg, PSA_KEY_USAGE_DERIVE, secret, sizeof secret);
    for (int i = 0; i < 2; i++) {
        CHECK_EQUAL(psa_key_derivation_setup(&operation, alg), PSA_SUCCESS);
        CHECK_EQUAL(psa_key_derivation_get_capacity(&operation, &capacity), PSA_SUCCESS);
        CHECK_EQUAL(capacity, 255 * 32);
        CHECK_EQUAL(psa_key_derivation_set_capacity(&operation, SIZE_MAX), PSA_ERROR_INVALID_ARGUMENT);
        CHECK(operation.handle != 0);
        CHECK_EQUAL(psa_key_derivation_set_capacity(&operation, 48), PSA_SUCCESS);
        CHECK_EQUAL(psa_key_derivation_input_key(&operation, PSA_KEY_DERIVATION_INPUT_SECRET, key), PSA_SUCCESS);
        CHECK_EQUAL(psa_key_derivation_input_bytes(&operation, PSA_KEY_DERIVATION_INPUT_INFO, abc, 3), PSA_SUCCESS);
        CHECK_EQUAL(psa_key_derivation_output_bytes(&operation, i == 0 ? first : second, 48), PSA_SUCCESS);
        // Run dry, it stays active until it is aborted.
        CHECK_EQUAL(psa_key_derivation_output_bytes(&operation, second, 1), PSA_ERROR_INSUFFICIENT_DATA);
        CHECK(operation.handle != 0);
        CHECK_EQUAL(psa_key_derivation_abort(&operation), PSA_SUCCESS);
        CHECK_EQUAL(operation.handle, 0);
    }
    CHECK_BYTES(first, second, 48);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

static void signatures(void)
{
    uint8_t signature[PSA_SIGNATURE_MAX_SIZE];
    uint8_t point[PSA_EXPORT_PUBLIC_KEY_MAX_SIZE];
    uint8_t shared[32];
    size_t length;
    size_t point_length;
    psa_algorithm_t alg = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    psa_key_type_t pair = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
    psa_key_id_t key = generate_key(pair, 256, alg, PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH |
                                    PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE);
    CHECK_EQUAL(psa_sign_message(key, alg, abc, 3, signature, sizeof signature, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 64);
    CHECK_EQUAL(psa_verify_hash(key, alg, sha256_abc, 32, signature, length), PSA_SUCCESS);
    CHECK_EQUAL(psa_sign_hash(key, alg, sha256_abc, 32, signature, sizeof signature, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_verify_message(key, alg, abc, 3, signature, length), PSA_SUCCESS);
    CHECK_EQUAL(psa_verify_message(key, alg, abc, 2, signature, length), PSA_ERROR_INVALID_SIGNATURE);
    CHECK_EQUAL(psa_export_public_key(key, point, sizeof point, &point_length), PSA_SUCCESS);
    CHECK_EQUAL(point_length, 65);
    CHECK_EQUAL(psa_export_key(key, point, sizeof point, &point_length), PSA_ERROR_NOT_PERMITTED);
    CHECK_EQUAL(point_length, 0);
    psa_key_id_t agreeing = generate_key(pair, 256, PSA_ALG_ECDH, PSA_KEY_USAGE_DERIVE);
    CHECK_EQUAL(psa_raw_key_agreement(PSA_ALG_ECDH, agreeing, point, 65, shared, sizeof shared, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 32);
    CHECK_EQUAL(psa_destroy_key(agreeing), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

static void keys(void)
{
    static const uint8_t secret[16] = { 8 };
    uint8_t exported[16];
    size_t length;
    psa_key_id_t copy = 0;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = import_key(PSA_KEY_TYPE_AES, PSA_ALG_CTR, PSA_KEY_USAGE_EXPORT | PSA_KEY_USAGE_COPY, secret, 16);
    CHECK_EQUAL(psa_get_key_attributes(key, &attributes), PSA_SUCCESS);
    CHECK_EQUAL(psa_get_key_type(&attributes), PSA_KEY_TYPE_AES);
    CHECK_EQUAL(psa_get_key_bits(&attributes), 128);
    CHECK_EQUAL(psa_get_key_lifetime(&attributes), PSA_KEY_LIFETIME_VOLATILE);
    CHECK_EQUAL(psa_get_key_algorithm(&attributes), PSA_ALG_CTR);
    psa_set_key_id(&attributes, 0x1234);
    CHECK_EQUAL(psa_get_key_lifetime(&attributes), PSA_KEY_LIFETIME_PERSISTENT);
    CHECK_EQUAL(psa_copy_key(key, &attributes, &copy), PSA_SUCCESS);
    CHECK_EQUAL(copy, 0x1234);
    copy = 1;
    CHECK_EQUAL(psa_copy_key(key, &attributes, &copy), PSA_ERROR_ALREADY_EXISTS);
    CHECK_EQUAL(copy, PSA_KEY_ID_NULL);
    CHECK_EQUAL(psa_purge_key(0x1234), PSA_SUCCESS);
    CHECK_EQUAL(psa_export_key(0x1234, exported, sizeof exported, &length), PSA_SUCCESS);
    CHECK_BYTES(exported, secret, 16);
    CHECK_EQUAL(psa_destroy_key(0x1234), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(PSA_KEY_ID_NULL), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
    // What could not be read leaves fresh attributes.
    CHECK_EQUAL(psa_get_key_attributes(key, &attributes), PSA_ERROR_INVALID_HANDLE);
    CHECK(psa_get_key_type(&attributes) == 0 && psa_get_key_id(&attributes) == 0);
}

static void random_bytes(void)
{
    enum { SIZE = 3 * 1024 * 1024 + 7 };
    static uint8_t bytes[SIZE + 1];
    size_t zeros = 0;
    bytes[SIZE] = 0x5a;
    CHECK_EQUAL(psa_generate_random(bytes, SIZE), PSA_SUCCESS);
    for (size_t i = SIZE - 4096; i < SIZE; i++) {
        zeros += bytes[i] == 0;
    }
    CHECK(zeros < 100);
    CHECK_EQUAL(bytes[SIZE], 0x5a);
}

int main(void)
{
    library();
    hashes();
    arguments();
    macs();
    ciphers();
    aeads();
    derivations();
    signatures();
    keys();
    random_bytes();
    puts("tour: all is well");
    return 0;
}
