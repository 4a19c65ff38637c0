/* HMAC, the PRF of TLS 1.2 and HKDF.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

static unsigned char output[600];

static bytes text(const char *string)
{
    return (bytes)string;
}

/* RFC 4231, test cases 1, 2 and 6 */
static const struct {
    const NX_CRYPTO_METHOD *method;
    const NX_CRYPTO_METHOD *hash;
    const char *macs[3];
} hmacs[] = {
    {&h5sm_nx_method_hmac_sha224, &h5sm_nx_method_sha224,
     {"896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
      "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
      "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e"}},
    {&h5sm_nx_method_hmac_sha256, &h5sm_nx_method_sha256,
     {"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}},
    {&h5sm_nx_method_hmac_sha384, &h5sm_nx_method_sha384,
     {"afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
      "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952"}},
    {&h5sm_nx_method_hmac_sha512, &h5sm_nx_method_sha512,
     {"87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
      "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
      "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"}},
};

/* Key and message of the case */
static size_t key_of(size_t number, unsigned char *key)
{
    memset(key, number == 0 ? 0x0b : 0xaa, 131);
    if (number == 1) {
        memcpy(key, "Jefe", 4);
    }
    return number == 0 ? 20 : number == 1 ? 4 : 131;
}

static const char *const messages[3] = {"Hi There", "what do ya want for nothing?",
                                        "Test Using Larger Than Block-Size Key - Hash Key First"};

/* init, HASH_INITIALIZE with the key, updates, HASH_CALCULATE */
static void sequence(slice at, bytes key, size_t key_length, const char *message, size_t room)
{
    const size_t half = strlen(message) / 2;

    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, key, key_length), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text(message), half), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text(""), 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text(message + half), strlen(message) - half), OK);
    memset(output, 0, sizeof output);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, output, room), OK);
}

static void hmac_answers(void)
{
    unsigned char key[131];
    size_t i, n;

    for (i = 0; i < sizeof hmacs / sizeof hmacs[0]; i++) {
        for (n = 0; n < 3; n++) {
            const size_t key_length = key_of(n, key);
            slice at = place(0, hmacs[i].method);

            /* Records of TLS 1.2 with CBC */
            CHECK_EQUAL(call_init(at, key, key_length), OK);
            sequence(at, key, key_length, messages[n], 64);
            CHECK_HEX(output, hmacs[i].macs[n]);
            CHECK_EQUAL(call_cleanup(at), OK);
            /* TLS 1.3: the hash is set, and no cleanup follows */
            at = place(1, &h5sm_nx_method_hmac);
            CHECK_EQUAL(call_init(at, key, key_length), OK);
            CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, key, key_length),
                        NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
            CHECK_EQUAL(call_with(at, NX_CRYPTO_HMAC_SET_HASH, hmacs[i].hash), OK);
            sequence(at, key, key_length, messages[n], 64);
            CHECK_HEX(output, hmacs[i].macs[n]);
            check_nothing_left();
            /* At once, and into less room than the MAC needs */
            memset(output, 0, sizeof output);
            CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, key, key_length * 8, text(messages[n]), strlen(messages[n]),
                             NULL, output, 12),
                        OK);
            CHECK_EQUAL(output[12], 0);
            unhex(hmacs[i].macs[n], output + 64, 64);
            CHECK_BYTES(output, output + 64, 12);
            CHECK_EQUAL(call(at, NX_CRYPTO_VERIFY, key, key_length * 8, text(messages[n]), strlen(messages[n]), NULL,
                             output, 64),
                        OK);
            CHECK_HEX(output, hmacs[i].macs[n]);
        }
    }
    check_nothing_left();
}

static void hmac_lengths(void)
{
    static unsigned char input[40000];
    unsigned char expected[32];
    const slice at = place(0, &h5sm_nx_method_hmac_sha256);
    int i;

    pattern(input, sizeof input, 3);
    CHECK_EQUAL(call_init(at, input, 32), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, input, 32), OK);
    for (i = 0; i < 40; i++) {
        CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, input + 1000 * i, 1000), OK);
    }
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, expected, 32), OK);
    /* Longer than the area between the two worlds: one update, one call */
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, input, 32), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, input, sizeof input), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, output, 32), OK);
    CHECK_BYTES(output, expected, 32);
    CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, input, 256, input, sizeof input, NULL, output + 32, 32), OK);
    CHECK_BYTES(output + 32, expected, 32);
    /* An empty key is one of zeros (RFC 2104, 2) */
    memset(input, 0, 64);
    CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, input, 512, text("abc"), 3, NULL, expected, 32), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, NULL, 0, text("abc"), 3, NULL, output, 32), OK);
    CHECK_BYTES(output, expected, 32);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, input, 1), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, output, 32), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, input, 32), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, output, 0), NX_CRYPTO_INVALID_BUFFER_SIZE);
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(call_with(place(1, &h5sm_nx_method_hmac), NX_CRYPTO_HMAC_SET_HASH, &h5sm_nx_method_aes_cbc_128),
                NX_CRYPTO_INVALID_ALGORITHM);
    check_nothing_left();
}

static void hmac_moved(void)
{
    slice at = place(0, &h5sm_nx_method_hmac_sha256);
    unsigned char key[131];
    const size_t key_length = key_of(1, key);

    CHECK_EQUAL(call_init(at, key, key_length), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HASH_INITIALIZE, key, key_length), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("what do ya want "), 16), OK);
    at = move(at, 1);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("for nothing?"), 12), OK);
    at = move(at, 2);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, output, 32), OK);
    CHECK_HEX(output, hmacs[1].macs[1]);
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
}

/* Test vectors of the TLS working group for P_hash with SHA-2; OpenSSL's TLS1-PRF gives the same. */
static const struct {
    const NX_CRYPTO_METHOD *method;
    const char *secret;
    const char *seed;
    const char *output;
} prfs[] = {
    {&h5sm_nx_method_tls_prf_sha256, "9bbe436ba940f017b17652849a71db35", "a0ba9f936cda311827a6f796ffd5198c",
     "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17"
     "abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66"},
    {&h5sm_nx_method_tls_prf_sha384, "b80b733d6ceefcdc71566ea48e5567df", "cd665cf6a8447dd6ff8b27555edb7465",
     "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb400fed2700"
     "884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d31e2dec479e4f1a2"
     "6066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f"},
    {&h5sm_nx_method_tls_prf_sha512, "b0323523c1853599584d88568bbb05eb", "d4640e12e4bcdbfb437f03e6ae418ee5",
     "1261f588c798c5c201ff036e7a9cb5edcd7fe3f94c669a122a4638d7d508b283042df6789875c7147e906d868bc75c45e20eb40c1cf4a171"
     "3b27371f68432592f7dc8ea8ef223e12ea8507841311bf68653d0cfc4056d811f025c45ddfa6e6fec702f054b409d6f28dd0a3233e498da4"
     "1a3e75c5630eedbe22fe254e33a1b0e9f6b9826675bec7d01a845658dc9c397545401d40b9f46c7a400ee1b8f81ca0a60d1a397a1028bff5"
     "d2ef5066126842fb8da4197632bdb54ff6633f86bbc836e640d4d898"},
};

static void prf(void)
{
    unsigned char secret[16], seed[16], expected[200];
    size_t i, length;

    for (i = 0; i < sizeof prfs / sizeof prfs[0]; i++) {
        slice at = place(0, prfs[i].method);
        const size_t all = unhex(prfs[i].output, expected, sizeof expected);

        unhex(prfs[i].secret, secret, sizeof secret);
        unhex(prfs[i].seed, seed, sizeof seed);
        for (length = 12; length <= all; length += 11) {
            /* NetX gives lengths of secret and label in bytes where the parameter says bits. */
            CHECK_EQUAL(at.method->nx_crypto_init((NX_CRYPTO_METHOD *)(uintptr_t)at.method, secret, sizeof secret, NULL,
                                                  at.metadata, at.size),
                        OK);
            at = move(at, 1 + length % 2);
            memset(output, 0, sizeof output);
            CHECK_EQUAL(call(at, NX_CRYPTO_PRF, text("test label"), 10, seed, sizeof seed, NULL, output, length), OK);
            CHECK_BYTES(output, expected, length);
            CHECK_EQUAL(output[length], 0);
            CHECK_EQUAL(call_cleanup(at), OK);
            at = place(0, prfs[i].method);
        }
        CHECK_EQUAL(call(at, NX_CRYPTO_PRF, text("test label"), 10, seed, sizeof seed, NULL, output, 12),
                    NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
        CHECK_EQUAL(call_init(at, NULL, 0), NX_CRYPTO_PTR_ERROR);
    }
    check_nothing_left();
}

static UINT hkdf_begin(slice at, const NX_CRYPTO_METHOD *hash)
{
    UINT status = call_init(at, NULL, 0);

    if (status == OK) {
        status = call_with(at, NX_CRYPTO_HKDF_SET_HMAC, &h5sm_nx_method_hmac);
    }
    return status == OK ? call_with(at, NX_CRYPTO_HKDF_SET_HASH, hash) : status;
}

static void hkdf(void)
{
    const slice at = place(0, &h5sm_nx_method_hkdf);
    unsigned char ikm[22], salt[13], info[10], prk[64];
    const char *const prk_1 = "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5";
    const char *const okm_1 = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
    int i;

    /* RFC 5869, A.1 */
    memset(ikm, 0x0b, sizeof ikm);
    unhex("000102030405060708090a0b0c", salt, sizeof salt);
    unhex("f0f1f2f3f4f5f6f7f8f9", info, sizeof info);
    CHECK_EQUAL(hkdf_begin(at, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXTRACT, salt, 104, ikm, sizeof ikm, NULL, prk, 32), OK);
    CHECK_HEX(prk, prk_1);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, info, 80, NULL, 0, NULL, output, 42), OK);
    CHECK_HEX(output, okm_1);
    CHECK_EQUAL(call_cleanup(at), OK);
    /* Expand by a key that is set, in each length */
    CHECK_EQUAL(hkdf_begin(at, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HKDF_SET_PRK, prk, 32), OK);
    for (i = 0; i <= 42; i++) {
        unsigned char expected[64];

        unhex(okm_1, expected, sizeof expected);
        memset(output, 0, sizeof output);
        CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, info, 80, NULL, 0, NULL, output, (size_t)i), OK);
        CHECK_BYTES(output, expected, (size_t)i);
        CHECK_EQUAL(output[i], 0);
    }
    /* A.3: neither salt nor info */
    CHECK_EQUAL(hkdf_begin(at, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXTRACT, NULL, 0, ikm, sizeof ikm, NULL, prk, 32), OK);
    CHECK_HEX(prk, "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, NULL, 0, NULL, 0, NULL, output, 42), OK);
    CHECK_HEX(output, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

/* NetX names all the room that it has as the length of an output; what it wants stands in the label. */
static void hkdf_label(void)
{
    const slice at = place(0, &h5sm_nx_method_hkdf);
    unsigned char prk[32], info[32], expected[16];
    size_t length, i;

    /* RFC 8448, 3: the server's handshake traffic secret and the key and IV from it */
    unhex("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38", prk, sizeof prk);
    length = unhex("0010 09 746c733133206b6579 00", info, sizeof info);
    CHECK_EQUAL(hkdf_begin(at, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HKDF_SET_PRK, prk, sizeof prk), OK);
    memset(output, 0, sizeof output);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, info, length * 8, NULL, 0, NULL, output, 300), OK);
    CHECK_HEX(output, "3fce516009c21727d0f2e4e86ee403bc");
    CHECK_EQUAL(output[16] | output[299], 0);
    memcpy(expected, output, sizeof expected);
    /* What only looks like a label is any info: all the room is filled. */
    for (i = 0; i < 4; i++) {
        unsigned char odd[32];
        size_t odd_length = length;

        memcpy(odd, info, sizeof odd);
        if (i == 0) {
            odd[3] = 'd';
        } else if (i == 1) {
            odd_length--;
        } else if (i == 2) {
            odd[12] = 1;
        } else {
            odd[0] = 2; /* more than there is room for */
        }
        memset(output, 0, sizeof output);
        CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, odd, odd_length * 8, NULL, 0, NULL, output, 300), OK);
        CHECK((output[268] | output[299] | output[290]) != 0);
        CHECK(memcmp(output, expected, sizeof expected) != 0);
    }
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, info, length * 8, NULL, 0, NULL, NULL, 16), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_HKDF_SET_PRK, output, 65), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXTRACT, prk, 256, prk, 32, NULL, output, 31), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(call_with(at, NX_CRYPTO_HKDF_SET_HASH, &h5sm_nx_method_none), NX_CRYPTO_INVALID_ALGORITHM);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXTRACT, prk, 256, prk, 32, NULL, output, 32),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(hkdf_begin(at, &h5sm_nx_method_sha256), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_HKDF_EXPAND, info, length * 8, NULL, 0, NULL, output, 32),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_cleanup(at), OK);
    for (i = 0; i < at.size; i++) {
        CHECK_EQUAL(((unsigned char *)at.metadata)[i], 0);
    }
    check_nothing_left();
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    hmac_answers();
    hmac_lengths();
    hmac_moved();
    prf();
    hkdf();
    hkdf_label();
    check_nothing_left();
    puts("mac: all is well");
    return 0;
}
