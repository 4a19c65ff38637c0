/* SHA-2, and the two hooks for running hashes.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

static const struct {
    const NX_CRYPTO_METHOD *method;
    const char *abc; /* FIPS 180-4, examples */
} hashes[] = {
    {&h5sm_nx_method_sha224, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
    {&h5sm_nx_method_sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {&h5sm_nx_method_sha384, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                             "8086072ba1e7cc2358baeca134c825a7"},
    {&h5sm_nx_method_sha512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                             "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
};

#define EMPTY_256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define ABC_256   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define AB_256    "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603"

static unsigned char digest[64];

static bytes text(const char *string)
{
    return (bytes)string;
}

static void known_answers(void)
{
    size_t i;

    for (i = 0; i < sizeof hashes / sizeof hashes[0]; i++) {
        const slice at = place(0, hashes[i].method);
        const size_t length = at.method->nx_crypto_ICV_size_in_bits / 8u;

        memset(digest, 0, sizeof digest);
        CHECK_EQUAL(call_hash(at, text("abc"), 3, digest, length), OK);
        CHECK_HEX(digest, hashes[i].abc);
        /* X.509: one call of NX_CRYPTO_VERIFY, and more room than the digest needs */
        memset(digest, 0, sizeof digest);
        CHECK_EQUAL(call_init(at, NULL, 0), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_VERIFY, NULL, 0, text("abc"), 3, NULL, digest, sizeof digest), OK);
        CHECK_EQUAL(call_cleanup(at), OK);
        CHECK_HEX(digest, hashes[i].abc);
        CHECK_EQUAL(call_init(at, NULL, 0), OK);
        CHECK_EQUAL(call(at, NX_CRYPTO_AUTHENTICATE, NULL, 0, text("abc"), 3, NULL, digest, length - 1),
                    NX_CRYPTO_INVALID_BUFFER_SIZE);
        CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
        CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, length - 1), NX_CRYPTO_INVALID_BUFFER_SIZE);
        CHECK_EQUAL(call_cleanup(at), OK);
    }
}

/* Longer than the area between the two worlds, at once and in updates. */
static void long_input(void)
{
    static unsigned char input[50000];
    unsigned char expected[32];
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    const slice at = place(0, &h5sm_nx_method_sha256);
    size_t i, written;

    pattern(input, sizeof input, 1);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    for (i = 0; i < sizeof input; i += 5000) {
        CHECK_EQUAL(psa_hash_update(&operation, input + i, 5000), PSA_SUCCESS);
    }
    CHECK_EQUAL(psa_hash_finish(&operation, expected, sizeof expected, &written), PSA_SUCCESS);
    CHECK_EQUAL(call_hash(at, input, sizeof input, digest, 32), OK);
    CHECK_BYTES(digest, expected, 32);
    memset(digest, 0, sizeof digest);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call(at, NX_CRYPTO_VERIFY, NULL, 0, input, sizeof input, NULL, digest, 32), OK);
    CHECK_BYTES(digest, expected, 32);
    CHECK_EQUAL(call_cleanup(at), OK);
}

/* The transcript of a handshake: digests of what there is so far, while it goes on. */
static void transcript(void)
{
    const slice running = place(0, &h5sm_nx_method_sha256);
    const slice scratch = place(1, &h5sm_nx_method_sha256);
    int i;

    CHECK_EQUAL(call_init(running, NULL, 0), OK);
    CHECK_EQUAL(call_op(running, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(call_in(running, NX_CRYPTO_HASH_UPDATE, text(""), 0), OK);
    CHECK_EQUAL(call_in(running, NX_CRYPTO_HASH_UPDATE, text("ab"), 2), OK);
    for (i = 0; i < 20; i++) {
        CHECK_EQUAL(h5sm_nx_hash_clone(scratch.metadata, running.metadata, running.size), OK);
        memset(digest, 0, 32);
        CHECK_EQUAL(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 36), OK);
        CHECK_HEX(digest, AB_256);
        h5sm_nx_hash_clone_cleanup(scratch.metadata, running.size);
    }
    /* Clones that nobody calculated or cleaned up give their place to the next one. */
    for (i = 0; i < 20; i++) {
        CHECK_EQUAL(h5sm_nx_hash_clone(scratch.metadata, running.metadata, running.size), OK);
    }
    CHECK_EQUAL(h5sm_nx_hash_clone(running.metadata, running.metadata, running.size), OK);
    CHECK_EQUAL(call_in(running, NX_CRYPTO_HASH_UPDATE, text("c"), 1), OK);
    CHECK_EQUAL(call_out(running, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, ABC_256);
    CHECK_EQUAL(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, AB_256);
    CHECK_EQUAL(call_cleanup(running), OK);
    CHECK_EQUAL(call_cleanup(scratch), OK);
}

/* Another method's metadata is memory to copy, whatever its size; the hook for cleaning up leaves it as it is. */
static void foreign(void)
{
    static uint32_t from[90], to[90];
    unsigned char copy[sizeof to];
    const slice ours = place(0, &h5sm_nx_method_sha256);

    pattern((unsigned char *)from, sizeof from, 2);
    CHECK_EQUAL(h5sm_nx_hash_clone(to, from, sizeof to), OK);
    CHECK_BYTES(to, from, sizeof to);
    memcpy(copy, to, sizeof to);
    h5sm_nx_hash_clone_cleanup(to, sizeof to);
    CHECK_BYTES(to, copy, sizeof to);
    CHECK_EQUAL(h5sm_nx_hash_clone((unsigned char *)to + 1, (unsigned char *)from + 1, 8), OK);
    CHECK_BYTES((unsigned char *)to + 1, (unsigned char *)from + 1, 8);
    CHECK_EQUAL(h5sm_nx_hash_clone(NULL, from, 4), NX_CRYPTO_PTR_ERROR);
    /* Over one of ours: its operation ends. */
    CHECK_EQUAL(call_init(ours, NULL, 0), OK);
    CHECK_EQUAL(call_op(ours, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(h5sm_nx_hash_clone(ours.metadata, from, ours.size), OK);
    CHECK_BYTES(ours.metadata, from, ours.size);
    check_nothing_left();
    /* A slice of software's size with one of ours in it: the table's slot and the suite's row differ. */
    CHECK_EQUAL(call_init(ours, NULL, 0), OK);
    CHECK_EQUAL(call_op(ours, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(h5sm_nx_hash_clone(to, ours.metadata, sizeof to), OK);
    h5sm_nx_hash_clone_cleanup(to, sizeof to);
    CHECK_EQUAL(call_cleanup(ours), OK);
}

/* NetX ignores what the clone answers: the digest of a clone that is none has to fail. */
static void failing_clone(void)
{
    const slice running = place(0, &h5sm_nx_method_sha256);
    const slice scratch = place(1, &h5sm_nx_method_sha256);
    const slice mac = place(2, &h5sm_nx_method_hmac_sha256);
    const unsigned char key[32] = {1};
    size_t count;

    CHECK_EQUAL(call_init(mac, key, sizeof key), OK);
    CHECK_EQUAL(call_key(mac, NX_CRYPTO_HASH_INITIALIZE, key, sizeof key), OK);
    CHECK_EQUAL(h5sm_nx_hash_clone(scratch.metadata, mac.metadata, scratch.size), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 32), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_cleanup(mac), OK);
    CHECK_EQUAL(call_init(running, NULL, 0), OK);
    CHECK_EQUAL(call_op(running, NX_CRYPTO_HASH_INITIALIZE), OK);
    count = take_operations();
    if (count > 0) {
        CHECK_EQUAL(h5sm_nx_hash_clone(scratch.metadata, running.metadata, running.size), NX_CRYPTO_NOT_SUCCESSFUL);
        CHECK_EQUAL(h5sm_nx_psa_status(), PSA_ERROR_NOT_PERMITTED);
        CHECK_EQUAL(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 32), NX_CRYPTO_NOT_SUCCESSFUL);
        CHECK_EQUAL(call_op(scratch, NX_CRYPTO_HASH_INITIALIZE), NX_CRYPTO_NOT_SUCCESSFUL);
        CHECK_EQUAL(call_in(scratch, NX_CRYPTO_HASH_UPDATE, text("a"), 1), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
        give_operations(count);
    }
    CHECK_EQUAL(call_init(scratch, NULL, 0), OK);
    CHECK_EQUAL(call_op(scratch, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, EMPTY_256);
    CHECK_EQUAL(call_cleanup(scratch), OK);
    CHECK_EQUAL(call_cleanup(running), OK);
}

static void moved(void)
{
    slice at = place(0, &h5sm_nx_method_sha256);
    slice clone = place(3, &h5sm_nx_method_sha256);

    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("a"), 1), OK);
    at = move(at, 1);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("b"), 1), OK);
    CHECK_EQUAL(h5sm_nx_hash_clone(clone.metadata, at.metadata, at.size), OK);
    at = move(at, 2);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("c"), 1), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, ABC_256);
    clone = move(clone, 4);
    CHECK_EQUAL(call_out(clone, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, AB_256);
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(call_cleanup(clone), OK);
}

/* NetX has metadata of many methods in one place, and cleans up only where all goes well. */
static void abandoned(void)
{
    const slice at = place(0, &h5sm_nx_method_sha256);
    const unsigned char key[16] = {1};
    size_t i;

    for (i = 0; i < 70; i++) {
        const slice mac = place(1, &h5sm_nx_method_hmac_sha256);

        CHECK_EQUAL(call_init(at, NULL, 0), OK);
        CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
        CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
        CHECK_EQUAL(call_init(mac, key, sizeof key), OK);
        CHECK_EQUAL(call_key(mac, NX_CRYPTO_HASH_INITIALIZE, key, sizeof key), OK);
        CHECK_EQUAL(call_init(place(1, &h5sm_nx_method_sha512), NULL, 0), OK);
    }
    CHECK_EQUAL(call_cleanup(at), OK);
    check_nothing_left();
    /* What sessions leave behind in their metadata buffers can be released. */
    for (i = 0; i < 6; i++) {
        CHECK_EQUAL(call_init(place(i, &h5sm_nx_method_sha256), NULL, 0), OK);
        CHECK_EQUAL(call_op(place(i, &h5sm_nx_method_sha256), NX_CRYPTO_HASH_INITIALIZE), OK);
    }
    h5sm_nx_metadata_release((unsigned char *)place(0, at.method).metadata - 3, 6 * 3072);
    check_nothing_left();
    CHECK_EQUAL(call_in(place(5, at.method), NX_CRYPTO_HASH_UPDATE, text("a"), 1),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    /* But not twice, and nothing that was moved away. */
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
    memcpy(place(1, at.method).metadata, at.metadata, at.size);
    h5sm_nx_metadata_release(place(1, at.method).metadata, at.size);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_HEX(digest, EMPTY_256);
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(call_cleanup(at), OK);
}

static void mistakes(void)
{
    slice at = place(0, &h5sm_nx_method_sha256);
    const slice other = place(1, &h5sm_nx_method_hkdf);

    at.size--;
    CHECK_EQUAL(call_init(at, NULL, 0), NX_CRYPTO_INVALID_BUFFER_SIZE);
    at = place(0, &h5sm_nx_method_sha256);
    at.metadata = (unsigned char *)at.metadata + 1;
    CHECK_EQUAL(call_init(at, NULL, 0), NX_CRYPTO_METADATA_UNALIGNED);
    at.metadata = NULL;
    CHECK_EQUAL(call_init(at, NULL, 0), NX_CRYPTO_PTR_ERROR);
    at = place(0, &h5sm_nx_method_sha256);
    CHECK_EQUAL(at.method->nx_crypto_init(NULL, NULL, 0, NULL, at.metadata, at.size), NX_CRYPTO_PTR_ERROR);
    CHECK_EQUAL(call_init(other, NULL, 0), OK);
    CHECK_EQUAL(call_op((slice){at.method, other.metadata, other.size}, NX_CRYPTO_HASH_INITIALIZE),
                NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_init(at, NULL, 0), OK);
    CHECK_EQUAL(call_in(at, NX_CRYPTO_HASH_UPDATE, text("a"), 1), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, 32), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_ENCRYPT), NX_CRYPTO_NOT_SUCCESSFUL);
    CHECK_EQUAL(call_op(at, NX_CRYPTO_HASH_INITIALIZE), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, 32), OK);
    CHECK_EQUAL(call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, 32), NX_CRYPTO_METHOD_INITIALIZATION_FAILURE);
    CHECK_EQUAL(call_cleanup(at), OK);
    CHECK_EQUAL(at.method->nx_crypto_cleanup(NULL), OK);
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_nx_psa_status(), PSA_SUCCESS);
    known_answers();
    long_input();
    transcript();
    foreign();
    failing_clone();
    moved();
    abandoned();
    mistakes();
    check_nothing_left();
    puts("hash: all is well");
    return 0;
}
