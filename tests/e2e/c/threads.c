/* Threads that call at the same time, threads that are cancelled while they call, and children forked meanwhile. */
#include <psa/crypto.h>

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

enum { THREADS = 4, CALLS = 150, CANCELLED = 25, CHILDREN = 8 };

static atomic_int stop;

/* Every thread hashes its own input, in one call and in parts: an answer to another thread would not fit. */
static void hash_once(uint8_t seed)
{
    uint8_t input[700];
    uint8_t whole[32];
    uint8_t parts[32];
    size_t length;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    memset(input, seed, sizeof input);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, input, sizeof input, whole, sizeof whole, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_update(&operation, input, sizeof input), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_finish(&operation, parts, sizeof parts, &length), PSA_SUCCESS);
    CHECK_BYTES(whole, parts, 32);
}

static void *hash_many(void *seed)
{
    for (int i = 0; i < CALLS; i++) {
        hash_once((uint8_t)(*(int *)seed + i));
    }
    return NULL;
}

static void *hash_until_stopped(void *seed)
{
    while (!stop) {
        hash_once((uint8_t)*(int *)seed);
    }
    return NULL;
}

static void *hash_until_cancelled(void *unused)
{
    uint8_t hash[32];
    size_t length;
    (void)unused;
    for (;;) {
        psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, hash, sizeof hash, &length);
        pthread_testcancel();
    }
    return NULL;
}

static void together(void)
{
    pthread_t threads[THREADS];
    int seeds[THREADS];
    for (int i = 0; i < THREADS; i++) {
        seeds[i] = i * 50;
        CHECK_EQUAL(pthread_create(&threads[i], NULL, hash_many, &seeds[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQUAL(pthread_join(threads[i], NULL), 0);
    }
}

static void cancelled(void)
{
    for (int i = 0; i < CANCELLED; i++) {
        pthread_t thread;
        void *result;
        struct timespec moment = { 0, 300000 + i * 70000 };
        CHECK_EQUAL(pthread_create(&thread, NULL, hash_until_cancelled, NULL), 0);
        nanosleep(&moment, NULL);
        CHECK_EQUAL(pthread_cancel(thread), 0);
        CHECK_EQUAL(pthread_join(thread, &result), 0);
        CHECK(result == PTHREAD_CANCELED);
        // Neither the lock nor half an answer was left behind.
        hash_once((uint8_t)i);
    }
}

/* On a connection of its own: what it made ends with it, what its parent made does not. */
static void child(psa_key_id_t parents)
{
    uint8_t bytes[16];
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    hash_once(9);
    CHECK_EQUAL(psa_generate_random(bytes, sizeof bytes), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    // The same client of the device as its parent.
    CHECK_EQUAL(psa_get_key_attributes(parents, &attributes), PSA_SUCCESS);
    _exit(0);
}

static void forked(void)
{
    static int seed = 77;
    uint8_t hash[32];
    size_t length;
    pthread_t thread;
    psa_key_id_t key = 0;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_RAW_DATA);
    psa_set_key_bits(&attributes, 64);
    CHECK_EQUAL(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    CHECK_EQUAL(pthread_create(&thread, NULL, hash_until_stopped, &seed), 0);
    for (int i = 0; i < CHILDREN; i++) {
        int status = -1;
        pid_t pid = fork();
        CHECK(pid >= 0);
        if (pid == 0) {
            child(key);
        }
        CHECK_EQUAL(waitpid(pid, &status, 0), pid);
        CHECK_EQUAL(status, 0);
    }
    stop = 1;
    CHECK_EQUAL(pthread_join(thread, NULL), 0);
    // The parent's connection, operation and key have seen nothing of it.
    CHECK_EQUAL(psa_hash_finish(&operation, hash, sizeof hash, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    together();
    cancelled();
    forked();
    puts("threads: all is well");
    return 0;
}
