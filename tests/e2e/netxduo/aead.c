/* AES-GCM and AES-CCM: the calls of TLS 1.2 and 1.3 records, on devices with multi-part AEAD and without.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#define MOST 33000u

static const NX_CRYPTO_METHOD *const methods[] = {
    &h5sm_nx_method_aes_128_gcm_16, &h5sm_nx_method_aes_256_gcm_16, &h5sm_nx_method_aes_128_ccm_16,
    &h5sm_nx_method_aes_256_ccm_16, &h5sm_nx_method_aes_128_ccm_8,  &h5sm_nx_method_aes_256_ccm_8,
};

static unsigned char plain[MOST], cipher[MOST], back[MOST], key[32], nonce[12], additional[13];
static int parts; /* the device has multi-part AEAD */

static size_t tag_of(slice at)
{
    return at.method->nx_crypto_ICV_size_in_bits / 8u;
}

static slice keyed(size_t number, const NX_CRYPTO_METHOD *method)
{
    const slice at = place(number, method);

    CHECK_EQUAL(call_init(at, key, method->nx_crypto_key_size_in_bits / 8), OK);
    return at;
}

/* `additional_length` is 13 in TLS 1.2 and 5 in TLS 1.3. */
static void seal(slice at, size_t additional_length, bytes input, size_t length, unsigned char *output, size_t chunk,
                 unsigned char *tag)
{
    CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, additional_length, nonce, length), OK);
    CHECK_EQUAL(call_update(at, NX_CRYPTO_ENCRYPT_UPDATE, input, length, output, chunk), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, tag_of(at)), OK);
}

static UINT open(slice at, size_t additional_length, bytes input, size_t length, unsigned char *output, size_t chunk,
                 bytes tag)
{
    CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_DECRYPT_INITIALIZE, additional, additional_length, nonce, length), OK);
    CHECK_EQUAL(call_update(at, NX_CRYPTO_DECRYPT_UPDATE, input, length, output, chunk), OK);
    return call_in(at, NX_CRYPTO_DECRYPT_CALCULATE, tag, tag_of(at));
}

/* McGrew and Viega, test cases 3 and 15: no additional data. The rest is compared with one-shot AEAD below. */
static void known_answers(void)
{
    const char *const cipher_3 = "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
                                 "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985";
    const char *const cipher_15 = "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad";
    unsigned char tag[16];
    slice at;

    unhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", key, sizeof key);
    unhex("cafebabefacedbaddecaf888", nonce, sizeof nonce);
    unhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
          plain, sizeof plain);
    at = keyed(0, &h5sm_nx_method_aes_128_gcm_16);
    seal(at, 0, plain, 64, cipher, 64, tag);
    CHECK_HEX(cipher, cipher_3);
    CHECK_HEX(tag, "4d5c2af327cd64a62cf35abd2ba6fab4");
    CHECK_EQUAL(open(at, 0, cipher, 64, back, 16, tag), OK);
    CHECK_BYTES(back, plain, 64);
    at = keyed(0, &h5sm_nx_method_aes_256_gcm_16);
    seal(at, 0, plain, 64, cipher, 32, tag);
    CHECK_HEX(cipher, cipher_15);
    CHECK_HEX(tag, "b094dac5d93471bdec1a502270e3cc6c");
    CHECK_EQUAL(call_cleanup(at), OK);
}

/* One-shot AEAD of the device with a key of our own: ciphertext and tag. */
static void expect(const NX_CRYPTO_METHOD *method, size_t additional_length, size_t length, unsigned char *into)
{
    static psa_key_id_t id;
    static const NX_CRYPTO_METHOD *of;
    const size_t tag = method->nx_crypto_ICV_size_in_bits / 8u;
    const psa_algorithm_t alg = method->nx_crypto_algorithm == NX_CRYPTO_ENCRYPTION_AES_GCM_16
                                    ? PSA_ALG_GCM
                                    : PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, tag);
    size_t written;

    if (of != method) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

        CHECK_EQUAL(psa_destroy_key(id), PSA_SUCCESS);
        id = PSA_KEY_ID_NULL;
        of = method;
        if (method->nx_crypto_algorithm == NX_CRYPTO_NONE) {
            return;
        }
        psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
        psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
        psa_set_key_algorithm(&attributes, alg);
        CHECK_EQUAL(psa_import_key(&attributes, key, method->nx_crypto_key_size_in_bits / 8, &id), PSA_SUCCESS);
    }
    CHECK_EQUAL(psa_aead_encrypt(id, alg, nonce, sizeof nonce, additional, additional_length, plain, length, into,
                                 length + tag, &written),
                PSA_SUCCESS);
}

static void one_length(slice out, slice in, size_t additional_length, size_t length, size_t chunk)
{
    static unsigned char expected[MOST], whole[MOST];
    unsigned char tag[17] = {0};
    const size_t all = length == 0 ? 1 : length;

    /* Out of place, then in place; at once, then in chunks; the tag is as long as it is, and nothing behind it. */
    expect(out.method, additional_length, length, expected);
    seal(out, additional_length, plain, length, cipher, all, tag);
    CHECK_BYTES(cipher, expected, length);
    CHECK_BYTES(tag, expected + length, tag_of(out));
    CHECK_EQUAL(tag[tag_of(out)], 0);
    CHECK_EQUAL(open(in, additional_length, cipher, length, back, chunk, tag), OK);
    CHECK_BYTES(back, plain, length);
    memcpy(whole, plain, length);
    memset(tag, 0, sizeof tag);
    seal(out, additional_length, whole, length, whole, chunk, tag);
    CHECK_BYTES(whole, expected, length);
    CHECK_BYTES(tag, expected + length, tag_of(out));
    CHECK_EQUAL(open(in, additional_length, whole, length, whole, all, tag), OK);
    CHECK_BYTES(whole, plain, length);
}

static void lengths(void)
{
    size_t i, length;

    pattern(plain, sizeof plain, 6);
    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        slice out, in;

        pattern(key, sizeof key, (unsigned)i);
        pattern(nonce, sizeof nonce, (unsigned)i + 100);
        pattern(additional, sizeof additional, (unsigned)i + 200);
        out = keyed(0, methods[i]);
        in = keyed(1, methods[i]);
        for (length = 0; length <= 70; length++) {
            one_length(out, in, length % 2 == 0 ? 13 : 5, length, 16);
        }
        one_length(out, in, 13, 1399, 1456);
        one_length(out, in, 13, 8064, 1456);
        check_no_operations();
        CHECK_EQUAL(call_cleanup(out), OK);
        CHECK_EQUAL(call_cleanup(in), OK);
    }
    expect(&h5sm_nx_method_none, 0, 0, NULL);
    check_nothing_left();
}

/* Records longer than one call can carry */
static void long_records(void)
{
    unsigned char tag[16];
    const slice out = keyed(0, &h5sm_nx_method_aes_128_gcm_16);
    const slice in = keyed(1, &h5sm_nx_method_aes_128_gcm_16);
    size_t length;

    for (length = 8065; length <= 16640; length += 8575) {
        if (!parts) {
            CHECK_EQUAL(call_aead_begin(out, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 13, nonce, length),
                        NX_CRYPTO_SIZE_ERROR);
            CHECK_EQUAL(call(out, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16),
                        NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
            continue;
        }
        seal(out, 13, plain, length, cipher, length, tag);
        CHECK_EQUAL(open(in, 13, cipher, length, back, 1456, tag), OK);
        CHECK_BYTES(back, plain, length);
        CHECK_EQUAL(open(in, 13, cipher, length, cipher, length, tag), OK);
        CHECK_BYTES(cipher, plain, length);
    }
    CHECK_EQUAL(call_cleanup(out), OK);
    CHECK_EQUAL(call_cleanup(in), OK);
}

/* Whatever is wrong with a record, it is NX_CRYPTO_AUTHENTICATION_FAILED, and the next record is not concerned. */
static void forgeries(void)
{
    size_t i, bit;

    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const slice at = keyed(0, methods[i]);
        unsigned char tag[16];

        seal(at, 13, plain, 50, cipher, 50, tag);
        for (bit = 0; bit < 8 * tag_of(at); bit += 21) {
            tag[bit / 8] ^= (unsigned char)(1u << bit % 8);
            CHECK_EQUAL(open(at, 13, cipher, 50, back, 16, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
            tag[bit / 8] ^= (unsigned char)(1u << bit % 8);
        }
        CHECK_EQUAL(h5sm_nx_psa_status(), PSA_ERROR_INVALID_SIGNATURE);
        cipher[49] ^= 1;
        CHECK_EQUAL(open(at, 13, cipher, 50, back, 50, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
        cipher[49] ^= 1;
        additional[12] ^= 1;
        CHECK_EQUAL(open(at, 13, cipher, 50, back, 32, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
        additional[12] ^= 1;
        nonce[11] ^= 1;
        CHECK_EQUAL(open(at, 13, cipher, 50, back, 32, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
        nonce[11] ^= 1;
        CHECK_EQUAL(open(at, 12, cipher, 50, back, 32, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
        CHECK_EQUAL(open(at, 13, cipher, 48, back, 48, tag), NX_CRYPTO_AUTHENTICATION_FAILED);
        CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_DECRYPT_INITIALIZE, additional, 13, nonce, 50), OK);
        CHECK_EQUAL(call_update(at, NX_CRYPTO_DECRYPT_UPDATE, cipher, 50, back, 50), OK);
        CHECK_EQUAL(call_in(at, NX_CRYPTO_DECRYPT_CALCULATE, tag, tag_of(at) - 1), NX_CRYPTO_AUTHENTICATION_FAILED);
        CHECK_EQUAL(open(at, 13, cipher, 50, back, 16, tag), OK);
        CHECK_EQUAL(call_cleanup(at), OK);
    }
    check_nothing_left();
}

static void out_of_turn(void)
{
    unsigned char tag[16] = {0};
    const slice at = keyed(0, &h5sm_nx_method_aes_128_gcm_16);
    const unsigned char long_nonce[20] = {17};
    int i;

    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, 16), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    for (i = 0; i < 5; i++) {
        CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 13, nonce, 32), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16),
                    NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16), OK);
        if (i == 0) { /* too much */
            CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 17, NULL, cipher, 17),
                        NX_CRYPTO_INVALID_BUFFER_SIZE);
        } else if (i == 1) { /* too little */
            CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, 16), NX_CRYPTO_INVALID_BUFFER_SIZE);
        } else if (i == 2) { /* no room for the text */
            CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 15),
                        NX_CRYPTO_INVALID_BUFFER_SIZE);
        } else { /* no room for the tag; or all is right, and then asked for a second time */
            CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16), OK);
            CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, i == 3 ? 15 : 16),
                        i == 3 ? NX_CRYPTO_INVALID_BUFFER_SIZE : OK);
        }
        CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, 16), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    }
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, plain, 17, nonce, NULL, 32), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, plain, 5, long_nonce, NULL, 32), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, plain, 5, NULL, NULL, 32), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), NX_CRYPTO_INVALID_ALGORITHM);
    CHECK_EQUAL(call_init(at, key, 32), NX_CRYPTO_UNSUPPORTED_KEY_SIZE);
    CHECK_EQUAL(call_init(at, NULL, 16), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 13, nonce, 32),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    check_nothing_left();
}

/* Two sessions whose records mix: right where the device keeps them apart; where they share a buffer the first one
 * fails and does not give out anything wrong. */
static void two_sessions(void)
{
    unsigned char tag[2][16], expected[2][48];
    const slice one = keyed(0, &h5sm_nx_method_aes_128_gcm_16);
    const slice two = keyed(1, &h5sm_nx_method_aes_128_gcm_16);
    UINT status;

    seal(one, 5, plain, 32, expected[0], 32, expected[0] + 32);
    seal(two, 5, plain + 32, 32, expected[1], 32, expected[1] + 32);
    CHECK_EQUAL(call_aead_begin(one, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 5, nonce, 32), OK);
    CHECK_EQUAL(call(one, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16), OK);
    CHECK_EQUAL(call_aead_begin(two, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 5, nonce, 32), OK);
    status = call(one, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain + 16, 16, NULL, cipher + 16, 16);
    CHECK_EQUAL(status, parts ? OK : NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_update(two, NX_CRYPTO_ENCRYPT_UPDATE, plain + 32, 32, cipher + 32, 16), OK);
    status = call_out(one, NX_CRYPTO_ENCRYPT_CALCULATE, tag[0], 16);
    CHECK_EQUAL(status, parts ? OK : NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_out(two, NX_CRYPTO_ENCRYPT_CALCULATE, tag[1], 16), OK);
    if (parts) {
        CHECK_BYTES(cipher, expected[0], 32);
        CHECK_BYTES(tag[0], expected[0] + 32, 16);
    }
    CHECK_BYTES(cipher + 32, expected[1], 32);
    CHECK_BYTES(tag[1], expected[1] + 32, 16);
    /* The same for records that are opened */
    CHECK_EQUAL(call_aead_begin(one, NX_CRYPTO_DECRYPT_INITIALIZE, additional, 5, nonce, 32), OK);
    CHECK_EQUAL(call_update(one, NX_CRYPTO_DECRYPT_UPDATE, expected[0], 32, back, 32), OK);
    CHECK_EQUAL(open(two, 5, expected[1], 32, back + 32, 16, expected[1] + 32), OK);
    status = call_in(one, NX_CRYPTO_DECRYPT_CALCULATE, expected[0] + 32, 16);
    CHECK_EQUAL(status, parts ? OK : NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_BYTES(back + 32, plain + 32, 32);
    CHECK_EQUAL(call_cleanup(one), OK);
    CHECK_EQUAL(call_cleanup(two), OK);
    check_nothing_left();
}

static void moved(void)
{
    unsigned char tag[16], expected[16];
    slice at = keyed(0, &h5sm_nx_method_aes_128_ccm_16);

    seal(at, 13, plain, 40, cipher, 40, expected);
    at = move(at, 1);
    CHECK_EQUAL(call_aead_begin(at, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 13, nonce, 40), OK);
    at = move(at, 2);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain, 16, NULL, cipher, 16), OK);
    at = move(at, 3);
    CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT_UPDATE, NULL, 0, plain + 16, 24, NULL, cipher + 16, 24), OK);
    at = move(at, 4);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_ENCRYPT_CALCULATE, tag, 16), OK);
    CHECK_BYTES(tag, expected, 16);
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
}

/* NX_CRYPTO_SET_ADDITIONAL_DATA and one call: TLS has no use for it, other callers may. */
static void messages(void)
{
    unsigned char counted[13] = {12};
    size_t i;

    memcpy(counted + 1, nonce, 12);
    for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        const slice at = keyed(0, methods[i]);
        const size_t tag = tag_of(at);
        unsigned char expected[64];

        seal(at, 13, plain, 33, expected, 33, expected + 33);
        CHECK_EQUAL(call_in(at, NX_CRYPTO_SET_ADDITIONAL_DATA, additional, 13), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT, NULL, 0, plain, 33, counted, cipher, 33 + tag), OK);
        CHECK_BYTES(cipher, expected, 33 + tag);
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT, NULL, 0, cipher, 33 + tag, counted, back, 33), OK);
        CHECK_BYTES(back, plain, 33);
        cipher[0] ^= 1;
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT, NULL, 0, cipher, 33 + tag, counted, back, 33),
                    NX_CRYPTO_AUTHENTICATION_FAILED);
        CHECK_EQUAL(call(at, NX_CRYPTO_DECRYPT, NULL, 0, cipher, tag - 1, counted, back, 33),
                    NX_CRYPTO_INVALID_BUFFER_SIZE);
        CHECK_EQUAL(call(at, NX_CRYPTO_ENCRYPT, NULL, 0, plain, 33, counted, cipher, 32 + tag),
                    NX_CRYPTO_INVALID_BUFFER_SIZE);
        CHECK_EQUAL(call_cleanup(at), OK);
    }
    check_nothing_left();
}

/* 40 sessions that were left in the middle of a record, on a device of 8 operations and 32 keys; then none left. */
static void exhaustion(void)
{
    slice at = place(0, &h5sm_nx_method_aes_128_gcm_16);
    size_t count;
    int i;

    for (i = 0; i < 40; i++) {
        at = keyed(0, methods[i % 6]);
        CHECK_EQUAL(call_aead_begin(at, i % 2 == 0 ? NX_CRYPTO_ENCRYPT_INITIALIZE : NX_CRYPTO_DECRYPT_INITIALIZE,
                                    additional, 13, nonce, 32),
                    OK);
        CHECK_EQUAL(call_update(at, i % 2 == 0 ? NX_CRYPTO_ENCRYPT_UPDATE : NX_CRYPTO_DECRYPT_UPDATE, plain, 16, back,
                                16),
                    OK);
    }
    CHECK_EQUAL(call_cleanup(at), OK);
    at = keyed(0, &h5sm_nx_method_aes_128_gcm_16);
    count = take_operations();
    if (count > 0) {
        UINT status = call_aead_begin(at, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, 13, nonce, 32);

        if (status == OK) {
            status = call_update(at, NX_CRYPTO_ENCRYPT_UPDATE, plain, 16, back, 16);
        }
        CHECK_EQUAL(status, NX_CRYPTO_NOT_SUCCESSFUL);
        CHECK_EQUAL(h5sm_nx_psa_status(), PSA_ERROR_NOT_PERMITTED);
        give_operations(count);
    }
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    parts = getenv("ONE_SHOT") == NULL;
    known_answers();
    lengths();
    long_records();
    forgeries();
    out_of_turn();
    two_sessions();
    moved();
    messages();
    exhaustion();
    check_nothing_left();
    puts("aead: all is well");
    return 0;
}
