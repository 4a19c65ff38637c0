/* ECDHE, and random numbers.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

static const struct {
    const NX_CRYPTO_METHOD *curve;
    size_t coordinate;
} curves[] = {
    {&h5sm_nx_method_ec_secp256r1, 32},
    {&h5sm_nx_method_ec_secp384r1, 48},
    {&h5sm_nx_method_ec_secp521r1, 66},
};

typedef struct output {
    unsigned char data[140];
    size_t length;
} output;

static slice curved(size_t number, const NX_CRYPTO_METHOD *curve)
{
    const slice at = place(number, &h5sm_nx_method_ecdhe);

    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)curve, sizeof(NX_CRYPTO_METHOD *)), OK);
    return at;
}

static UINT extended(slice at, UINT op, bytes input, size_t length, size_t room, output *into)
{
    NX_CRYPTO_EXTENDED_OUTPUT out = {into->data, (ULONG)room, 99};
    const UINT status = call(at, op, NULL, 0, input, length, NULL, &out, sizeof out);

    into->length = out.nx_crypto_extended_output_actual_size;
    return status;
}

/* TLS 1.2's client and server: a key pair, the public key to the peer, the shared secret. */
static void both_sides(void)
{
    size_t i;

    for (i = 0; i < 3; i++) {
        const size_t n = curves[i].coordinate;
        const slice client = curved(0, curves[i].curve);
        const slice server = curved(1, curves[i].curve);
        output points[2], secrets[2];

        CHECK_EQUAL(extended(client, NX_CRYPTO_DH_SETUP, NULL, 0, sizeof points[0].data, &points[0]), OK);
        CHECK_EQUAL(extended(server, NX_CRYPTO_DH_SETUP, NULL, 0, 1 + 2 * n, &points[1]), OK);
        CHECK_EQUAL(points[0].length, 1 + 2 * n);
        CHECK_EQUAL(points[0].data[0], 4);
        CHECK(memcmp(points[0].data, points[1].data, 1 + 2 * n) != 0);
        CHECK_EQUAL(extended(client, NX_CRYPTO_DH_CALCULATE, points[1].data, points[1].length, 140, &secrets[0]), OK);
        CHECK_EQUAL(extended(server, NX_CRYPTO_DH_CALCULATE, points[0].data, points[0].length, n, &secrets[1]), OK);
        CHECK_EQUAL(secrets[0].length, n);
        CHECK_BYTES(secrets[0].data, secrets[1].data, n);
        CHECK_EQUAL(call_cleanup(client), OK);
        CHECK_EQUAL(call_cleanup(server), OK);
    }
    check_nothing_left();
}

/* TLS 1.3: between ClientHello and ServerHello the session has the private key, and the metadata serves others. */
static void parked(void)
{
    size_t i;

    for (i = 0; i < 3; i++) {
        const size_t n = curves[i].coordinate;
        slice client = curved(0, curves[i].curve);
        const slice server = curved(1, curves[i].curve);
        output point, private, peer, secrets[2];

        CHECK_EQUAL(extended(client, NX_CRYPTO_DH_SETUP, NULL, 0, 140, &point), OK);
        CHECK_EQUAL(extended(client, NX_CRYPTO_DH_PRIVATE_KEY_EXPORT, NULL, 0, n, &private), OK);
        CHECK_EQUAL(private.length, n);
        CHECK_EQUAL(call_cleanup(client), OK);
        CHECK_EQUAL(extended(server, NX_CRYPTO_DH_SETUP, NULL, 0, 140, &peer), OK);
        CHECK_EQUAL(extended(server, NX_CRYPTO_DH_CALCULATE, point.data, point.length, n, &secrets[0]), OK);
        client = curved(0, curves[i].curve);
        CHECK_EQUAL(call_key(client, NX_CRYPTO_DH_KEY_PAIR_IMPORT, private.data, private.length), OK);
        CHECK_EQUAL(extended(client, NX_CRYPTO_DH_CALCULATE, peer.data, peer.length, n, &secrets[1]), OK);
        CHECK_BYTES(secrets[0].data, secrets[1].data, n);
        CHECK_EQUAL(call_cleanup(client), OK);
        CHECK_EQUAL(call_cleanup(server), OK);
    }
    check_nothing_left();
}

/* RFC 5903, 8.1 */
static void known_answer(void)
{
    unsigned char private[32], peer[65] = {4};
    output secret, same;
    slice at = curved(0, &h5sm_nx_method_ec_secp256r1);

    unhex("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433", private, sizeof private);
    unhex("d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
          "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab",
          peer + 1, 64);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_DH_KEY_PAIR_IMPORT, private, 32), OK);
    at = move(at, 1);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, peer, sizeof peer, 66, &secret), OK);
    CHECK_HEX(secret.data, "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
    /* A number shorter than the curve is the number with zeros before it. */
    memset(private, 0, 16);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_DH_KEY_PAIR_IMPORT, private, 32), OK);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, peer, sizeof peer, 66, &secret), OK);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_DH_KEY_PAIR_IMPORT, private + 16, 16), OK);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, peer, sizeof peer, 66, &same), OK);
    CHECK_BYTES(same.data, secret.data, 32);
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
}

static void mistakes(void)
{
    const slice at = place(0, &h5sm_nx_method_ecdhe);
    output point, other;
    int i;

    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 140, &point), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)&h5sm_nx_method_sha256, 8), NX_CRYTPO_MISSING_ECC_CURVE);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_EC_CURVE_SET, NULL, 8), NX_CRYTPO_MISSING_ECC_CURVE);
    curved(0, &h5sm_nx_method_ec_secp256r1);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, point.data, 65, 32, &other),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_PRIVATE_KEY_EXPORT, NULL, 0, 32, &other),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 64, &point), NX_CRYPTO_SIZE_ERROR);
    check_nothing_left();
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 65, &point), OK);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_PRIVATE_KEY_EXPORT, NULL, 0, 31, &other), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, point.data, 65, 31, &other), NX_CRYPTO_SIZE_ERROR);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_VERIFY), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_key(at, NX_CRYPTO_DH_KEY_PAIR_IMPORT, point.data, 33), NX_CRYPTO_SIZE_ERROR);
    /* No point of the curve: NetX cleans nothing up after it, so the key pair has to be gone. */
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 65, &point), OK);
    point.data[64] ^= 1;
    CHECK_EQUAL(extended(at, NX_CRYPTO_DH_CALCULATE, point.data, 65, 32, &other), NX_CRYPTO_INVALID_PARAMETER);
    CHECK_EQUAL(other.length, 0);
    check_nothing_left();
    for (i = 0; i < 40; i++) {
        curved(0, &h5sm_nx_method_ec_secp256r1);
        CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 65, &point), OK);
        CHECK_EQUAL(extended(at, NX_CRYPTO_DH_SETUP, NULL, 0, 65, &point), OK);
    }
    CHECK_EQUAL(call_cleanup(at), OK);
    /* The curves are names: NetX's software, which wants their parameters, is told so. */
    CHECK_EQUAL(call_out((slice){&h5sm_nx_method_ec_secp256r1, NULL, 0}, NX_CRYPTO_EC_CURVE_GET, &point, 8),
                NX_CRYPTO_INVALID_ALGORITHM);
    check_nothing_left();
}

static void random_numbers(void)
{
    unsigned char bytes_[2][33] = {{0}};
    int seen = 0, i;

    for (i = 0; i < 64; i++) {
        const int number = NX_RAND();

        CHECK(number >= 0);
        seen |= number;
    }
    CHECK_EQUAL(seen, 0x7fffffff); /* each bit was 1 once; that one was not has a chance of 2^-59 */
    CHECK_EQUAL(NX_CRYPTO_RBG(251, bytes_[0]), OK);
    CHECK_EQUAL(NX_CRYPTO_RBG(256, bytes_[1]), OK);
    CHECK(memcmp(bytes_[0], bytes_[1], 32) != 0);
    CHECK_EQUAL(bytes_[0][32] | bytes_[1][32], 0);
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    both_sides();
    parked();
    known_answer();
    mistakes();
    random_numbers();
    check_nothing_left();
    puts("agreement: all is well");
    return 0;
}
