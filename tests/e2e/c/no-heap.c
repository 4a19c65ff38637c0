/* The library never allocates: here every allocation ends the program. */
#include <psa/crypto.h>

#include <errno.h>
#include <unistd.h>

#include "check.h"

static volatile int calling;

static void *refuse(void)
{
    static const char words[] = "a heap function was called\n";
    if (calling && write(STDERR_FILENO, words, sizeof words - 1) >= 0) {
        _exit(2);
    }
    errno = ENOMEM;
    return NULL;
}

/* These take the place of the C library's own, for its own calls as well. */
void *malloc(size_t size)
{
    (void)size;
    return refuse();
}

void *calloc(size_t count, size_t size)
{
    (void)count;
    (void)size;
    return refuse();
}

void *realloc(void *memory, size_t size)
{
    (void)memory;
    (void)size;
    return refuse();
}

void free(void *memory)
{
    if (memory != NULL) {
        refuse();
    }
}

int main(void)
{
    static uint8_t bytes[100000];
    uint8_t hash[32];
    size_t length = 0;
    psa_key_id_t key = 0;
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT);
    calling = 1;
    psa_status_t init = psa_crypto_init();
    psa_status_t compute = psa_hash_compute(PSA_ALG_SHA_256, bytes, sizeof bytes, hash, sizeof hash, &length);
    psa_status_t setup = psa_hash_setup(&operation, PSA_ALG_SHA_256);
    psa_status_t update = psa_hash_update(&operation, bytes, 1);
    psa_status_t finish = psa_hash_finish(&operation, hash, sizeof hash, &length);
    psa_status_t generate = psa_generate_key(&attributes, &key);
    psa_status_t encrypt = psa_aead_encrypt(key, PSA_ALG_GCM, hash, 12, NULL, 0, bytes, 90000, bytes, sizeof bytes, &length);
    psa_status_t random = psa_generate_random(bytes, sizeof bytes);
    psa_status_t destroy = psa_destroy_key(key);
    calling = 0;
    CHECK_EQUAL(init, getenv("EXPECT_FAILURE") == NULL ? PSA_SUCCESS : PSA_ERROR_COMMUNICATION_FAILURE);
    if (init == PSA_SUCCESS) {
        CHECK_EQUAL(compute | setup | update | finish | generate | encrypt | random | destroy, PSA_SUCCESS);
        CHECK_EQUAL(length, 90016);
    }
    return 0;
}
