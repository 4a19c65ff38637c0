/*
 * Firmware whose psa_* functions are a client over psa_connect, psa_call and psa_close (nonsecure-client.h).
 * Arguments: "board" for the device's profiles, "plain" for others; "aead" where multi-part AEAD is there.
 */
#include <stdbool.h>

#include "nonsecure-client.h"

#define ALG_SHA_256     0x02000009u
#define ALG_HMAC        0x03800009u
#define ALG_CBC         0x04404000u
#define ALG_GCM         0x05500200u
#define ALG_ECDSA       0x06000609u
#define ALG_HKDF        0x08000109u
#define TYPE_AES        0x2400u
#define TYPE_DERIVE     0x1200u
#define USAGE_EXPORT    0x0001u
#define USAGE_ENCRYPT   0x0100u
#define USAGE_DECRYPT   0x0200u
#define USAGE_DERIVE    0x4000u
#define DUA_USER        0x3ffffffeu
#define PERSISTENT      1u
#define STEP_SECRET     0x0101u
#define STEP_SALT       0x0202u
#define STEP_INFO       0x0203u

static bool board;
static bool multi_part_aead;

/* SP 800-38A, F.2.1 */
static const uint8_t AES_KEY[] = { 0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                   0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c };
static const uint8_t IV[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
static const uint8_t PLAIN[] = { 0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96,
                                 0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a };
static const uint8_t CIPHER[] = { 0x76, 0x49, 0xab, 0xac, 0x81, 0x19, 0xb2, 0x46,
                                  0xce, 0xe9, 0x8e, 0x9b, 0x12, 0xe9, 0x19, 0x7d };

static const attributes_t CBC_ATTRIBUTES = { .type = TYPE_AES, .usage = USAGE_ENCRYPT, .alg = ALG_CBC };
static const attributes_t GCM_ATTRIBUTES = { .type = TYPE_AES,
                                             .usage = USAGE_ENCRYPT | USAGE_DECRYPT,
                                             .alg = ALG_GCM };

static void random_numbers(void)
{
    uint8_t one[32] = { 0 };
    uint8_t two[32] = { 0 };
    CHECK_EQUAL(generate_random(one, sizeof one), PSA_SUCCESS);
    CHECK_EQUAL(generate_random(two, sizeof two), PSA_SUCCESS);
    CHECK(memcmp(one, two, sizeof one) != 0);
}

static void keys(void)
{
    uint32_t key = 0;
    uint32_t handle = 0;
    attributes_t read = { .type = 1 };
    attributes_t attributes = { .type = TYPE_AES, .usage = USAGE_ENCRYPT | USAGE_EXPORT, .alg = ALG_CBC };
    CHECK_EQUAL(import_key(&attributes, AES_KEY, sizeof AES_KEY, &key), PSA_SUCCESS);
    CHECK_EQUAL(get_key_attributes(key, &read), PSA_SUCCESS);
    CHECK_EQUAL(read.type, TYPE_AES);
    CHECK_EQUAL(read.bits, 128);
    CHECK_EQUAL(read.lifetime, 0);
    CHECK_EQUAL(read.id, key);
    CHECK_EQUAL(read.usage, USAGE_ENCRYPT | USAGE_EXPORT);
    CHECK_EQUAL(read.alg, ALG_CBC);

    uint8_t data[40];
    const descriptor_t export = { .function = EXPORT_KEY, .key = key };
    const psa_invec in[] = { described(&export) };
    psa_outvec out[] = { room(data, sizeof data) };
    CHECK_EQUAL(crypto(in, COUNT(in), out, COUNT(out)), PSA_SUCCESS);
    CHECK_EQUAL(out[0].len, sizeof AES_KEY);
    CHECK_BYTES(data, AES_KEY, sizeof AES_KEY);

    /* A handle is the id; closing a volatile key destroys it. */
    CHECK_EQUAL(open_key(key, &handle), PSA_SUCCESS);
    CHECK_EQUAL(handle, key);
    CHECK_EQUAL(key_call(CLOSE_KEY, handle), PSA_SUCCESS);
    CHECK_EQUAL(open_key(key, &handle), PSA_ERROR_DOES_NOT_EXIST);
    CHECK_EQUAL(key_call(CLOSE_KEY, key), PSA_ERROR_INVALID_HANDLE);

    /* Closing a persistent key lets it be. */
    attributes.lifetime = PERSISTENT;
    attributes.id = 77;
    CHECK_EQUAL(import_key(&attributes, AES_KEY, sizeof AES_KEY, &key), PSA_SUCCESS);
    CHECK_EQUAL(key, 77);
    CHECK_EQUAL(key_call(CLOSE_KEY, key), PSA_SUCCESS);
    CHECK_EQUAL(open_key(key, &handle), PSA_SUCCESS);
    CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);

    const descriptor_t reset = { .function = RESET_KEY_ATTRIBUTES };
    const psa_invec reset_in[] = { described(&reset) };
    psa_outvec reset_out[] = { room(&read, sizeof read) };
    CHECK_EQUAL(crypto(reset_in, 1, reset_out, 1), PSA_SUCCESS);
    CHECK_EQUAL(read.type, 0);
    CHECK_EQUAL(read.id, 0);
}

static void cipher(void)
{
    uint32_t key = 0;
    uint32_t operation = 0;
    uint8_t output[32] = { 0 };
    size_t length;
    CHECK_EQUAL(import_key(&CBC_ATTRIBUTES, AES_KEY, sizeof AES_KEY, &key), PSA_SUCCESS);
    CHECK_EQUAL(setup(CIPHER_ENCRYPT_SETUP, &operation, key, ALG_CBC), PSA_SUCCESS);
    CHECK(operation != 0);
    CHECK_EQUAL(input(CIPHER_SET_IV, &operation, IV, sizeof IV), PSA_SUCCESS);
    CHECK_EQUAL(update(CIPHER_UPDATE, &operation, PLAIN, sizeof PLAIN, output, sizeof output, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, sizeof CIPHER);
    CHECK_BYTES(output, CIPHER, sizeof CIPHER);
    CHECK(operation != 0);
    /* Some clients send the output buffer along. */
    CHECK_EQUAL(update(CIPHER_FINISH, &operation, output, sizeof output, output, sizeof output, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 0);
    CHECK_EQUAL(operation, 0);

    /* A failure leaves what the client has as it was: the object, and the lengths. */
    uint32_t stale = 4711;
    CHECK_EQUAL(update(CIPHER_UPDATE, &stale, PLAIN, sizeof PLAIN, output, 20, &length), PSA_ERROR_BAD_STATE);
    CHECK_EQUAL(stale, 4711);
    CHECK_EQUAL(length, 20);
    CHECK_EQUAL(input(CIPHER_ABORT, &stale, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(stale, 0);
    CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);
}

static void one_shot_aead(void)
{
    /* McGrew and Viega, test case 2 */
    static const uint8_t zero[16];
    static const uint8_t expected[] = { 0x03, 0x88, 0xda, 0xce, 0x60, 0xb6, 0xa3, 0x92, 0xf3, 0x28, 0xc2,
                                        0xb9, 0x71, 0xb2, 0xfe, 0x78, 0xab, 0x6e, 0x47, 0xd4, 0x2c, 0xec,
                                        0x13, 0xbd, 0xf5, 0x3a, 0x67, 0xb2, 0x12, 0x57, 0xbd, 0xdf };
    uint32_t key = 0;
    uint8_t sealed[64];
    uint8_t opened[64];
    size_t length;
    size_t opened_length;
    CHECK_EQUAL(import_key(&GCM_ATTRIBUTES, zero, 16, &key), PSA_SUCCESS);
    CHECK_EQUAL(aead(AEAD_ENCRYPT, key, ALG_GCM, zero, NULL, 0, zero, 16, sealed, sizeof sealed, &length),
                PSA_SUCCESS);
    CHECK_EQUAL(length, sizeof expected);
    CHECK_BYTES(sealed, expected, sizeof expected);

    CHECK_EQUAL(aead(AEAD_ENCRYPT, key, ALG_GCM, zero, "head", 4, PLAIN, 16, sealed, sizeof sealed, &length),
                PSA_SUCCESS);
    CHECK_EQUAL(aead(AEAD_DECRYPT, key, ALG_GCM, zero, "head", 4, sealed, length, opened, sizeof opened,
                     &opened_length), PSA_SUCCESS);
    CHECK_EQUAL(opened_length, 16);
    CHECK_BYTES(opened, PLAIN, 16);
    CHECK_EQUAL(aead(AEAD_DECRYPT, key, ALG_GCM, zero, "hood", 4, sealed, length, opened, sizeof opened,
                     &opened_length), PSA_ERROR_INVALID_SIGNATURE);
    CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);
}

static void aead_in_parts(void)
{
    static const uint8_t nonce[12];
    uint32_t key = 0;
    uint32_t operation = 0;
    uint8_t expected[32];
    uint8_t output[32];
    uint8_t tag[16];
    size_t length;
    CHECK_EQUAL(import_key(&GCM_ATTRIBUTES, AES_KEY, sizeof AES_KEY, &key), PSA_SUCCESS);
    CHECK_EQUAL(aead(AEAD_ENCRYPT, key, ALG_GCM, nonce, "head", 4, PLAIN, 16, expected, sizeof expected, &length),
                PSA_SUCCESS);
    psa_status_t status = setup(AEAD_ENCRYPT_SETUP, &operation, key, ALG_GCM);
    if (!multi_part_aead) {
        CHECK_EQUAL(status, PSA_ERROR_NOT_SUPPORTED);
        CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);
        return;
    }
    CHECK_EQUAL(status, PSA_SUCCESS);
    const long_descriptor_t lengths = {
        .function = AEAD_SET_LENGTHS, .operation = operation, .ad_length = 4, .plaintext_length = 16
    };
    const psa_invec lengths_in[] = { given(&lengths, sizeof lengths) };
    psa_outvec lengths_out[] = { room(&operation, sizeof operation) };
    CHECK_EQUAL(crypto(lengths_in, 1, lengths_out, 1), PSA_SUCCESS);
    CHECK_EQUAL(input(AEAD_SET_NONCE, &operation, nonce, sizeof nonce), PSA_SUCCESS);
    CHECK_EQUAL(input(AEAD_UPDATE_AD, &operation, "head", 4), PSA_SUCCESS);
    CHECK_EQUAL(update(AEAD_UPDATE, &operation, PLAIN, 16, output, sizeof output, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 16);
    CHECK_BYTES(output, expected, 16);
    CHECK_EQUAL(update(AEAD_FINISH, &operation, NULL, 0, tag, sizeof tag, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 16);
    CHECK_BYTES(tag, expected + 16, 16);
    CHECK_EQUAL(operation, 0);

    /* The lengths have no place in the descriptor without them. */
    CHECK_EQUAL(setup(AEAD_ENCRYPT_SETUP, &operation, key, ALG_GCM), PSA_SUCCESS);
    CHECK_EQUAL(input(AEAD_SET_LENGTHS, &operation, NULL, 0), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(input(AEAD_ABORT, &operation, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);
}

static void signatures(void)
{
    uint8_t hash[32] = { 1, 2, 3 };
    uint8_t signature[72];
    size_t length;
    CHECK_EQUAL(sign_hash(DUA_USER, ALG_ECDSA, hash, sizeof hash, signature, sizeof signature, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 64);
    CHECK_EQUAL(verify_hash(DUA_USER, ALG_ECDSA, hash, sizeof hash, signature, length), PSA_SUCCESS);
    hash[0] ^= 1;
    CHECK_EQUAL(verify_hash(DUA_USER, ALG_ECDSA, hash, sizeof hash, signature, length), PSA_ERROR_INVALID_SIGNATURE);
    CHECK_EQUAL(sign_hash(4711, ALG_ECDSA, hash, sizeof hash, signature, sizeof signature, &length),
                PSA_ERROR_INVALID_HANDLE);
    CHECK_EQUAL(length, sizeof signature);
}

static void hashes(void)
{
    /* FIPS 180-4, "abc" */
    static const uint8_t expected[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                        0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                        0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad };
    uint32_t one = 0;
    uint32_t two = 0;
    uint8_t hash[64];
    size_t length;
    CHECK_EQUAL(setup(HASH_SETUP, &one, 0, ALG_SHA_256), PSA_SUCCESS);
    CHECK_EQUAL(input(HASH_UPDATE, &one, "ab", 2), PSA_SUCCESS);
    CHECK_EQUAL(hash_clone(&one, &two), PSA_SUCCESS);
    CHECK(two != 0 && two != one);
    CHECK_EQUAL(input(HASH_ABORT, &one, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(input(HASH_UPDATE, &two, "c", 1), PSA_SUCCESS);
    CHECK_EQUAL(update(HASH_FINISH, &two, NULL, 0, hash, sizeof hash, &length), PSA_SUCCESS);
    CHECK_EQUAL(length, 32);
    CHECK_BYTES(hash, expected, sizeof expected);
}

/* A step of a derivation: its client is not told the handle again. */
static psa_status_t derive(uint32_t function, uint32_t operation, uint16_t step, uint32_t key, const void *data,
                           size_t length)
{
    const descriptor_t d = { .function = function, .operation = operation, .step = step, .key = key };
    const psa_invec in[] = { described(&d), given(data, length) };
    return crypto(in, COUNT(in), NULL, 0);
}

static void derivation(void)
{
    /* RFC 5869, A.3 */
    static const uint8_t expected[] = { 0x8d, 0xa4, 0xe7, 0x75, 0xa5, 0x63, 0xc1, 0x8f,
                                        0x71, 0x5f, 0x80, 0x2a, 0x06, 0x3c, 0x5a, 0x31 };
    static const attributes_t attributes = { .type = TYPE_DERIVE, .usage = USAGE_DERIVE, .alg = ALG_HKDF };
    uint8_t secret[22];
    uint8_t output[16];
    uint32_t key = 0;
    uint32_t operation = 0;
    size_t capacity = 1;
    memset(secret, 0x0b, sizeof secret);
    CHECK_EQUAL(import_key(&attributes, secret, sizeof secret, &key), PSA_SUCCESS);
    CHECK_EQUAL(setup(DERIVATION_SETUP, &operation, 0, ALG_HKDF), PSA_SUCCESS);
    CHECK_EQUAL(derive(DERIVATION_INPUT_BYTES, operation, STEP_SALT, 0, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(derive(DERIVATION_INPUT_KEY, operation, STEP_SECRET, key, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(derive(DERIVATION_INPUT_BYTES, operation, STEP_INFO, 0, NULL, 0), PSA_SUCCESS);

    const descriptor_t set = { .function = DERIVATION_SET_CAPACITY, .operation = operation, .capacity = 20 };
    const psa_invec set_in[] = { described(&set) };
    CHECK_EQUAL(crypto(set_in, 1, NULL, 0), PSA_SUCCESS);
    const descriptor_t get = { .function = DERIVATION_GET_CAPACITY, .operation = operation };
    const psa_invec get_in[] = { described(&get) };
    psa_outvec get_out[] = { room(&capacity, sizeof capacity) };
    CHECK_EQUAL(crypto(get_in, 1, get_out, 1), PSA_SUCCESS);
    CHECK_EQUAL(capacity, 20);

    const descriptor_t take = { .function = DERIVATION_OUTPUT_BYTES, .operation = operation };
    const psa_invec take_in[] = { described(&take) };
    psa_outvec take_out[] = { room(output, sizeof output) };
    CHECK_EQUAL(crypto(take_in, 1, take_out, 1), PSA_SUCCESS);
    CHECK_BYTES(output, expected, sizeof expected);
    CHECK_EQUAL(input(DERIVATION_ABORT, &operation, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(operation, 0);
    CHECK_EQUAL(key_call(DESTROY_KEY, key), PSA_SUCCESS);
}

static void storage_service(void)
{
    const uint64_t uid = 0x1000000000000102u;
    const uint32_t flags = 0;
    const size_t offset = 2;
    uint8_t data[16];
    struct {
        size_t capacity;
        size_t size;
        uint32_t flags;
    } info = { 0, 0, 99 };
    const psa_invec set[] = { given(&uid, sizeof uid), given("certificate", 11), given(&flags, sizeof flags) };
    CHECK_EQUAL(storage(1001, set, COUNT(set), NULL, 0), PSA_SUCCESS);
    const psa_invec get[] = { given(&uid, sizeof uid), given(&offset, sizeof offset), given(NULL, 0) };
    psa_outvec got[] = { room(data, sizeof data) };
    CHECK_EQUAL(storage(1002, get, COUNT(get), got, COUNT(got)), PSA_SUCCESS);
    CHECK_EQUAL(got[0].len, 9);
    CHECK_BYTES(data, "rtificate", 9);
    psa_outvec told[] = { room(&info, sizeof info) };
    CHECK_EQUAL(storage(1003, set, 1, told, COUNT(told)), PSA_SUCCESS);
    CHECK_EQUAL(info.size, 11);
    CHECK_EQUAL(info.flags, 0);
    CHECK_EQUAL(storage(1004, set, 1, NULL, 0), PSA_SUCCESS);
    CHECK_EQUAL(storage(1002, get, COUNT(get), got, COUNT(got)), PSA_ERROR_DOES_NOT_EXIST);
    CHECK_EQUAL(storage(1005, set, 1, NULL, 0), PSA_ERROR_PROGRAMMER_ERROR);
}

static void attestation_service(void)
{
    static const uint8_t challenge[32];
    static uint8_t token[2048];
    size_t size = sizeof challenge;
    size_t expected = 0;
    const psa_invec ask[] = { given(&size, sizeof size) };
    psa_outvec told[] = { room(&expected, sizeof expected) };
    CHECK_EQUAL(attestation(1002, ask, told), PSA_SUCCESS);
    const psa_invec give[] = { given(challenge, sizeof challenge) };
    psa_outvec got[] = { room(token, sizeof token) };
    CHECK_EQUAL(attestation(1001, give, got), PSA_SUCCESS);
    CHECK_EQUAL(got[0].len, expected);
    /* COSE_Sign1 (RFC 9052): tag 18, an array of four. */
    CHECK_EQUAL(token[0], 0xd2);
    CHECK_EQUAL(token[1], 0x84);
}

static void connections(void)
{
    uint32_t random = 0;
    const descriptor_t d = { .function = GENERATE_RANDOM };
    const psa_invec in[] = { described(&d) };
    psa_outvec out[] = { room(&random, sizeof random) };
    CHECK_EQUAL(psa_framework_version(), 0);
    CHECK_EQUAL(psa_version(PSA_SID_CRYPTO), 0);
    CHECK_EQUAL(psa_call(PSA_NULL_HANDLE, PSA_IPC_CALL, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(psa_call(-1, PSA_IPC_CALL, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(psa_connect(0, 0), board ? 0 : PSA_ERROR_CONNECTION_REFUSED);
    CHECK_EQUAL(psa_connect(99, 0), board ? 0 : PSA_ERROR_CONNECTION_REFUSED);

    psa_handle_t storage_handle = psa_connect(PSA_SID_STORAGE, 0);
    psa_handle_t crypto_handle = psa_connect(PSA_SID_CRYPTO, 0);
    if (board) {
        /* There is one handle, and a call on it goes to whom it was opened for first: not to crypto. */
        CHECK_EQUAL(storage_handle, -1);
        CHECK_EQUAL(crypto_handle, -1);
        CHECK_EQUAL(psa_call(crypto_handle, PSA_IPC_CALL, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
        psa_close(storage_handle);
        CHECK_EQUAL(psa_call(crypto_handle, PSA_IPC_CALL, in, 1, out, 1), PSA_SUCCESS);
        psa_close(crypto_handle);
    } else {
        CHECK(PSA_HANDLE_IS_VALID(storage_handle) && PSA_HANDLE_IS_VALID(crypto_handle));
        CHECK_EQUAL(psa_call(crypto_handle, PSA_IPC_CALL, in, 1, out, 1), PSA_SUCCESS);
        CHECK_EQUAL(psa_call(storage_handle, PSA_IPC_CALL, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
        psa_close(crypto_handle);
        CHECK_EQUAL(psa_call(crypto_handle, PSA_IPC_CALL, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
        psa_close(storage_handle);
    }
    psa_close(PSA_NULL_HANDLE);
}

/* A call that the framework or the service refuses as it stands. */
static void malformed(void)
{
    static uint8_t bytes[60000];
    descriptor_t d = { .function = GENERATE_RANDOM };
    const psa_invec in[] = { described(&d), given("", 0), given("", 0), given("", 0) };
    psa_outvec out[] = { room(bytes, 4), room(bytes, 0), room(bytes, 0) };
    CHECK_EQUAL(crypto(in, 2, out, 2), PSA_SUCCESS);
    CHECK_EQUAL(crypto(in, 3, out, 2), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(crypto(in, 4, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(crypto(in, 5000, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(crypto(NULL, 1, out, 1), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(crypto(in, 1, out, 0), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(crypto(in, 1, NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(tell(PSA_SID_CRYPTO, 0, -1, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(tell(PSA_SID_CRYPTO, 0, 40000, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(tell(PSA_SID_CRYPTO, 0, 1001, in, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);

    const psa_invec nowhere[] = { described(&d), given(NULL, 1) };
    CHECK_EQUAL(crypto(nowhere, 2, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    const psa_invec cut[] = { given(&d, sizeof d - 1) };
    CHECK_EQUAL(crypto(cut, 1, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    const psa_invec more[] = { described(&d), given("more", 4) };
    CHECK_EQUAL(crypto(more, 2, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    d.function = FIRST_UNKNOWN;
    CHECK_EQUAL(crypto(in, 1, out, 1), PSA_ERROR_GENERIC_ERROR);
    d.function = GENERATE_KEY;
    const psa_invec attributes[] = { described(&d), given(&CBC_ATTRIBUTES, sizeof CBC_ATTRIBUTES - 1) };
    CHECK_EQUAL(crypto(attributes, 2, out, 1), PSA_ERROR_PROGRAMMER_ERROR);
    CHECK_EQUAL(tell(PSA_SID_FW_UPG, PSA_SIGNAL_FW_UPG, 1001, in, 1, NULL, 0), PSA_ERROR_NOT_SUPPORTED);

    /* 16 KiB of shared area: a header of 8 bytes, the message of 48, the descriptor of 44. */
    const size_t most = 16384 - 8 - 48 - 44;
    CHECK_EQUAL(generate_random(bytes, most), PSA_SUCCESS);
    CHECK_EQUAL(generate_random(bytes, most + 1), board ? PSA_ERROR_INSUFFICIENT_MEMORY : PSA_SUCCESS);
    CHECK_EQUAL(generate_random(bytes, sizeof bytes), board ? PSA_ERROR_INSUFFICIENT_MEMORY : PSA_SUCCESS);
}

static uint32_t begun;
static uint32_t ended;

void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info)
{
    CHECK_EQUAL(begun++, ended);
    CHECK(info != NULL);
}

void ns_ipc_seq_end(const ns_ipc_seq_info_t *info)
{
    CHECK(info != NULL);
    ended = begun;
}

static void verbosity(void)
{
    uint8_t level = 9;
    CHECK_EQUAL(set_verbosity_level(3), PSA_SUCCESS);
    CHECK_EQUAL(set_verbosity_level(4), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(get_verbosity_level(&level), PSA_SUCCESS);
    CHECK_EQUAL(level, 3);
    CHECK_EQUAL(get_verbosity_level(NULL), PSA_ERROR_INVALID_ARGUMENT);
}

int main(int argc, char **argv)
{
    board = argc > 1 && strcmp(argv[1], "board") == 0;
    multi_part_aead = argc > 2 && strcmp(argv[2], "aead") == 0;
    connections();
    random_numbers();
    CHECK(begun >= 2);
    keys();
    cipher();
    one_shot_aead();
    aead_in_parts();
    signatures();
    hashes();
    derivation();
    storage_service();
    attestation_service();
    malformed();
    verbosity();
    puts("framework: all is well");
    return 0;
}
