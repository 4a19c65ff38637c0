/*
 * One call, many times, in a blocking client: prints the median, the 99th percentile and the mean in nanoseconds.
 * `echo PATH` is the floor: 64 bytes to a bare echo server and back.
 */
#define _POSIX_C_SOURCE 200809L
#include <psa/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ECHO_BYTES 64

static uint8_t message[16384];
static uint8_t output[16384 + 64];
static uint8_t signature[512];
static uint8_t peer[65];
static size_t signature_length;
static psa_key_id_t key;
static int echo_socket = -1;

static void check(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "latency: %s failed\n", what);
        exit(1);
    }
}

static psa_key_id_t generate(psa_key_type_t type, size_t bits, psa_key_usage_t usage, psa_algorithm_t alg)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t id = 0;

    psa_set_key_type(&attributes, type);
    psa_set_key_bits(&attributes, bits);
    psa_set_key_usage_flags(&attributes, usage);
    psa_set_key_algorithm(&attributes, alg);
    check(psa_generate_key(&attributes, &id) == PSA_SUCCESS, "psa_generate_key");
    return id;
}

static void echo_setup(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    check(strlen(path) < sizeof address.sun_path, "the path's length");
    strcpy(address.sun_path, path);
    echo_socket = socket(AF_UNIX, SOCK_STREAM, 0);
    check(connect(echo_socket, (struct sockaddr *) &address, sizeof address) == 0, "connect");
}

static int echo_call(void)
{
    ssize_t got = 0;

    if (write(echo_socket, message, ECHO_BYTES) != ECHO_BYTES)
        return 0;
    while (got < ECHO_BYTES) {
        ssize_t n = read(echo_socket, output + got, (size_t) (ECHO_BYTES - got));
        if (n <= 0)
            return 0;
        got += n;
    }
    return 1;
}

static int random_call(void)
{
    return psa_generate_random(output, 32) == PSA_SUCCESS;
}

static int hash_call(void)
{
    size_t length;
    return psa_hash_compute(PSA_ALG_SHA_256, message, 64, output, 32, &length) == PSA_SUCCESS;
}

static const psa_algorithm_t ecdsa = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
static const psa_algorithm_t rsa = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);

static int sign_call(void)
{
    return psa_sign_hash(key, ecdsa, message, 32, signature, sizeof signature, &signature_length) == PSA_SUCCESS;
}

static int verify_call(void)
{
    return psa_verify_hash(key, ecdsa, message, 32, signature, signature_length) == PSA_SUCCESS;
}

static void sign_setup(void)
{
    key = generate(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256,
                   PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH, ecdsa);
    check(sign_call(), "psa_sign_hash");
}

static void ecdh_setup(void)
{
    size_t length;

    key = generate(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
    check(psa_export_public_key(key, peer, sizeof peer, &length) == PSA_SUCCESS, "psa_export_public_key");
    key = generate(PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1), 256, PSA_KEY_USAGE_DERIVE, PSA_ALG_ECDH);
}

static int ecdh_call(void)
{
    size_t length;
    return psa_raw_key_agreement(PSA_ALG_ECDH, key, peer, sizeof peer, output, 32, &length) == PSA_SUCCESS;
}

static void gcm_setup(void)
{
    key = generate(PSA_KEY_TYPE_AES, 128, PSA_KEY_USAGE_ENCRYPT, PSA_ALG_GCM);
}

static int gcm_call(size_t size)
{
    size_t length;
    return psa_aead_encrypt(key, PSA_ALG_GCM, message, 12, NULL, 0, message, size, output, size + 16, &length) ==
           PSA_SUCCESS;
}

static int gcm_1k_call(void)
{
    return gcm_call(1024);
}

static int gcm_16k_call(void)
{
    return gcm_call(16384);
}

static void rsa_setup(void)
{
    key = generate(PSA_KEY_TYPE_RSA_KEY_PAIR, 2048, PSA_KEY_USAGE_SIGN_HASH, rsa);
}

static int rsa_call(void)
{
    return psa_sign_hash(key, rsa, message, 32, signature, sizeof signature, &signature_length) == PSA_SUCCESS;
}

static const struct {
    const char *name;
    void (*setup)(void);
    int (*call)(void);
} subjects[] = {
    {"echo", NULL, echo_call},           {"random", NULL, random_call},      {"hash", NULL, hash_call},
    {"sign", sign_setup, sign_call},     {"verify", sign_setup, verify_call}, {"ecdh", ecdh_setup, ecdh_call},
    {"gcm-1k", gcm_setup, gcm_1k_call},  {"gcm-16k", gcm_setup, gcm_16k_call}, {"rsa-2048", rsa_setup, rsa_call},
};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

int main(int argc, char **argv)
{
    const size_t count = argc > 2 ? (size_t) strtoul(argv[2], NULL, 10) : 0;
    double *times, sum = 0;
    size_t subject = 0;

    while (argc > 1 && subject < sizeof subjects / sizeof *subjects && strcmp(subjects[subject].name, argv[1]) != 0)
        subject++;
    if (count == 0 || subject == sizeof subjects / sizeof *subjects) {
        fprintf(stderr, "usage: latency SUBJECT COUNT [PATH]\n");
        return 2;
    }
    if (subjects[subject].call == echo_call)
        echo_setup(argc > 3 ? argv[3] : "");
    else
        check(psa_crypto_init() == PSA_SUCCESS, "psa_crypto_init");
    if (subjects[subject].setup != NULL)
        subjects[subject].setup();

    for (size_t i = 0; i < count / 4 + 1; i++)
        check(subjects[subject].call(), argv[1]);
    times = malloc(count * sizeof *times);
    check(times != NULL, "malloc");
    for (size_t i = 0; i < count; i++) {
        const double start = now();
        check(subjects[subject].call(), argv[1]);
        times[i] = now() - start;
        sum += times[i];
    }
    qsort(times, count, sizeof *times, ascending);
    printf("%.0f %.0f %.0f\n", times[count / 2], times[count * 99 / 100], sum / (double) count);
    free(times);
    return 0;
}
