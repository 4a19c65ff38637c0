/* AES-CBC: the calls of TLS 1.2 records, and whole messages.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

/* SP 800-38A, F.2.1, F.2.2, F.2.5 and F.2.6 */
#define IV    "000102030405060708090a0b0c0d0e0f"
#define PLAIN "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" \
              "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

static const struct {
    const NX_CRYPTO_METHOD *method;
    const char *key;
    const char *cipher;
} answers[] = {
    {&h5sm_nx_method_aes_cbc_128, "2b7e151628aed2a6abf7158809cf4f3c",
     "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2"
     "73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"},
    {&h5sm_nx_method_aes_cbc_256, "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
     "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
     "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"},
};

static unsigned char iv[16];

static slice keyed(size_t number, const NX_CRYPTO_METHOD *method, bytes key)
{
    const slice at = place(number, method);

    CHECK_EQUAL(call_init(at, key, method->nx_crypto_key_size_in_bits / 8), OK);
    return at;
}

static void record(slice at, int decrypts, bytes input, size_t length, unsigned char *output, size_t chunk)
{
    CHECK_EQUAL(call(at, decrypts ? NX_CRYPTO_DECRYPT_INITIALIZE : NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, NULL, 0, iv,
                     NULL, 0),
                OK);
    CHECK_EQUAL(call_update(at, decrypts ? NX_CRYPTO_DECRYPT_UPDATE : NX_CRYPTO_ENCRYPT_UPDATE, input, length, output,
                            chunk),
                OK);
    CHECK_EQUAL(call_op(at, decrypts ? NX_CRYPTO_DECRYPT_CALCULATE : NX_CRYPTO_ENCRYPT_CALCULATE), OK);
}

static void known_answers(void)
{
    unsigned char key[32], plain[64], buffer[64];
    size_t i, chunk;

    unhex(PLAIN, plain, sizeof plain);
    for (i = 0; i < 2; i++) {
        slice at;

        unhex(answers[i].key, key, sizeof key);
        at = keyed(i, answers[i].method, key);
        for (chunk = 16; chunk <= 64; chunk += 16) {
            memcpy(buffer, plain, sizeof buffer);
            record(at, 0, buffer, sizeof buffer, buffer, chunk);
            check_no_operations();
            CHECK_HEX(buffer, answers[i].cipher);
            record(at, 1, buffer, sizeof buffer, buffer, chunk);
            CHECK_BYTES(buffer, plain, sizeof plain);
        }
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT, NULL, 0, plain, sizeof plain, iv, buffer, sizeof buffer), OK);
        CHECK_HEX(buffer, answers[i].cipher);
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT, NULL, 0, buffer, sizeof buffer, iv, buffer, sizeof buffer), OK);
        CHECK_BYTES(buffer, plain, sizeof plain);
        CHECK_EQUAL(call_cleanup(at), OK);
    }
}

/* Each number of blocks, in place and out of place; then what is longer than the area between the two worlds. */
static void lengths(void)
{
    static unsigned char plain[33000], cipher[33000], back[33000], whole[33000];
    unsigned char key[16];
    slice out, in;
    size_t length;

    pattern(plain, sizeof plain, 4);
    pattern(key, sizeof key, 5);
    out = keyed(0, &h5sm_nx_method_aes_cbc_128, key);
    in = keyed(1, &h5sm_nx_method_aes_cbc_128, key);
    for (length = 0; length <= 32768; length += length < 512 ? 16 : length < 8064 ? 7552 : 64 + 12288) {
        record(out, 0, plain, length, cipher, length == 0 ? 1 : length);
        record(in, 1, cipher, length, back, 64);
        CHECK_BYTES(back, plain, length);
        memcpy(whole, plain, length);
        record(out, 0, whole, length, whole, 1456);
        CHECK_BYTES(whole, cipher, length);
        record(in, 1, whole, length, whole, length == 0 ? 1 : length);
        CHECK_BYTES(whole, plain, length);
    }
    CHECK_EQUAL(call_cleanup(out), OK);
    CHECK_EQUAL(call_cleanup(in), OK);
    check_nothing_left();
}

static void moved(void)
{
    unsigned char key[16], buffer[64];
    slice at;

    unhex(answers[0].key, key, sizeof key);
    unhex(PLAIN, buffer, sizeof buffer);
    at = move(keyed(0, &h5sm_nx_method_aes_cbc_128, key), 1);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, NULL, 0, iv, NULL, 0), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, buffer, 32, NULL, buffer, 32), OK);
    at = move(at, 2);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, buffer + 32, 32, NULL, buffer + 32, 32), OK);
    at = move(at, 3);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_CALCULATE), OK);
    CHECK_HEX(buffer, answers[0].cipher);
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
}

static void mistakes(void)
{
    unsigned char buffer[64] = {0};
    slice at = place(0, &h5sm_nx_method_aes_cbc_128);
    int i;

    CHECK_EQUAL(call_init(at, buffer, 32), NX_CRYPTO_UNSUPPORTED_KEY_SIZE);
    CHECK_EQUAL(call_init(at, NULL, 16), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_INITIALIZE), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    at = keyed(0, &h5sm_nx_method_aes_cbc_128, buffer);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_INITIALIZE), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, buffer, 16, NULL, buffer, 16),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_CALCULATE), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_UPDATE), NX_CRYPTO_INVALID_ALGORITHM);
    /* No whole block, or no room: the record is over. */
    for (i = 0; i < 2; i++) {
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, NULL, 0, iv, NULL, 0), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, buffer, i == 0 ? 15 : 32, NULL, buffer, 16),
                    NX_CRYPTO_INVALID_BUFFER_SIZE);
        CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_CALCULATE), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    }
    /* A record begun anew, and one that is left: 40 sessions on a device of 8 operations and 32 keys */
    for (i = 0; i < 40; i++) {
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, NULL, 0, iv, NULL, 0), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT_INITIALIZE, NULL, 0, NULL, 0, iv, NULL, 0), OK);
        at = keyed(0, &h5sm_nx_method_aes_cbc_128, buffer);
    }
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT_INITIALIZE), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    check_nothing_left();
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    unhex(IV, iv, sizeof iv);
    known_answers();
    lengths();
    moved();
    mistakes();
    check_nothing_left();
    puts("cipher: all is well");
    return 0;
}
