/*
 * What the device's own client does beside calling: lengths after errors, and outputs filled with random bytes.
 * Argument: "board" where the profile asks for it, "plain" where it does not.
 */
#include <psa/crypto.h>
#include <psa/initial_attestation.h>
#include <psa/internal_trusted_storage.h>

#include <stdbool.h>

#include "check.h"

#define ROOM 100u
#define UNTOUCHED ((size_t)777)

static bool board;
static uint8_t room[ROOM];
static size_t length;

/* The length that a failing call leaves behind, and that it fails. */
#define LEAVES(call, on_board)                                \
    do {                                                      \
        length = UNTOUCHED;                                   \
        CHECK((call) != PSA_SUCCESS);                         \
        CHECK_EQUAL(length, board ? (size_t)(on_board) : 0u); \
    } while (0)

static bool is_touched(size_t from)
{
    for (size_t i = from; i < ROOM; i++) {
        if (room[i] != 0) {
            return true;
        }
    }
    return false;
}

static psa_key_id_t import_aes(psa_algorithm_t alg)
{
    static const uint8_t bytes[16];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_algorithm(&attributes, alg);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    CHECK_EQUAL(psa_import_key(&attributes, bytes, sizeof bytes, &key), PSA_SUCCESS);
    return key;
}

static void lengths_after_errors(void)
{
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT;
    psa_mac_operation_t mac = PSA_MAC_OPERATION_INIT;
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    const psa_algorithm_t ecdsa = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
    const psa_algorithm_t hmac = PSA_ALG_HMAC(PSA_ALG_SHA_256);
    LEAVES(psa_export_key(5, room, ROOM, &length), ROOM);
    LEAVES(psa_export_public_key(5, room, ROOM, &length), ROOM);
    LEAVES(psa_hash_compute(PSA_ALG_SHA_256, room, 4, room + 8, 31, &length), 31);
    LEAVES(psa_hash_finish(&hash, room, ROOM, &length), ROOM);
    LEAVES(psa_mac_sign_finish(&mac, room, ROOM, &length), ROOM);
    LEAVES(psa_cipher_generate_iv(&cipher, room, ROOM, &length), ROOM);
    LEAVES(psa_cipher_update(&cipher, room, 16, room, ROOM, &length), ROOM);
    LEAVES(psa_cipher_finish(&cipher, room, ROOM, &length), ROOM);
    LEAVES(psa_aead_encrypt(5, PSA_ALG_GCM, room, 12, NULL, 0, room, 4, room, ROOM, &length), ROOM);
    LEAVES(psa_aead_decrypt(5, PSA_ALG_GCM, room, 12, NULL, 0, room, 20, room, ROOM, &length), ROOM);
    LEAVES(psa_sign_hash(5, ecdsa, room, 32, room, ROOM, &length), ROOM);
    LEAVES(psa_asymmetric_encrypt(5, PSA_ALG_RSA_PKCS1V15_CRYPT, room, 4, NULL, 0, room, ROOM, &length), ROOM);
    LEAVES(psa_raw_key_agreement(PSA_ALG_ECDH, 5, room, 65, room, ROOM, &length), ROOM);
    LEAVES(psa_its_get(5, 0, ROOM, room, &length), ROOM);

    LEAVES(psa_sign_message(5, ecdsa, room, 4, room, ROOM, &length), UNTOUCHED);
    LEAVES(psa_mac_compute(5, hmac, room, 4, room, ROOM, &length), UNTOUCHED);
    LEAVES(psa_cipher_encrypt(5, PSA_ALG_CTR, room, 4, room, ROOM, &length), UNTOUCHED);
    LEAVES(psa_cipher_decrypt(5, PSA_ALG_CTR, room, 16, room, ROOM, &length), UNTOUCHED);
    LEAVES(psa_initial_attest_get_token(room, 5, room, ROOM, &length), UNTOUCHED);
}

static void filled_outputs(void)
{
    static const uint8_t input[16];
    psa_key_id_t key = import_aes(PSA_ALG_CBC_NO_PADDING);
    psa_cipher_operation_t cipher = PSA_CIPHER_OPERATION_INIT;
    uint8_t iv[16] = { 0 };

    memset(room, 0, sizeof room);
    CHECK_EQUAL(psa_cipher_encrypt_setup(&cipher, key, PSA_ALG_CBC_NO_PADDING), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_set_iv(&cipher, iv, sizeof iv), PSA_SUCCESS);
    CHECK_EQUAL(psa_cipher_update(&cipher, input, 16, room, ROOM, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 16);
    CHECK_EQUAL(is_touched(16), board);

    /* In place, the input is not overwritten before it is read, nor what lies behind it. */
    memset(room, 0, sizeof room);
    CHECK_EQUAL(psa_cipher_update(&cipher, room, 16, room, ROOM, &length), PSA_SUCCESS);
    CHECK_EQUAL(is_touched(16), false);

    /* psa_cipher_finish has no input that its output could overlap. */
    memset(room, 0, sizeof room);
    CHECK_EQUAL(psa_cipher_finish(&cipher, room, ROOM, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(is_touched(0), board);

    /* A hash is no cipher: only what was produced is written. */
    memset(room, 0, sizeof room);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, input, 16, room, ROOM, &length), PSA_SUCCESS);
    CHECK_EQUAL(is_touched(32), false);

    /* The first call of a program finds out from the hello; this one fails, and has filled its room before. */
    memset(room, 0, sizeof room);
    CHECK(psa_sign_hash(5, PSA_ALG_ECDSA(PSA_ALG_SHA_256), input, 16, room, ROOM, &length) != PSA_SUCCESS);
    CHECK_EQUAL(is_touched(0), board);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

int main(int argc, char **argv)
{
    board = argc > 1 && strcmp(argv[1], "board") == 0;
    /* The very first call is one whose output is filled. */
    CHECK(psa_sign_hash(5, PSA_ALG_ECDSA(PSA_ALG_SHA_256), (const uint8_t *)"hash", 4, room, ROOM, &length) != 0);
    CHECK_EQUAL(is_touched(0), board);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    lengths_after_errors();
    filled_outputs();
    puts("quirks: all is well");
    return 0;
}
