/* Calls one by one: each line of stdin names one, each line of stdout tells what came of it. Tests hold the other end. */
#include <psa/crypto.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t input[18 * 1024 * 1024];
static uint8_t output[10 * 1024 * 1024];
static psa_hash_operation_t hash;
static psa_hash_operation_t old;

/* The status, the length, up to 8 of the bytes, and how many bytes behind them are not what they were before. */
static void show_output(psa_status_t status, size_t length)
{
    const uint8_t *rest = output + length;
    size_t size = sizeof output - length;
    size_t touched = 0;
    printf("%d %zu ", (int)status, length);
    for (size_t i = 0; i < length && i < 8; i++) {
        printf("%02x", (unsigned)output[i]);
    }
    // All the same as the first one, which is right: most often, and fast.
    if (*rest != 0xee || memcmp(rest, rest + 1, size - 1) != 0) {
        for (size_t i = 0; i < size; i++) {
            touched += rest[i] != 0xee;
        }
    }
    printf(" touched %zu", touched);
}

static void command(const char *name, unsigned long n, unsigned long m)
{
    size_t length = 99;
    if (strcmp(name, "init") == 0) {
        printf("%d", (int)psa_crypto_init());
    } else if (strcmp(name, "random") == 0) {
        psa_status_t status = psa_generate_random(output, n);
        show_output(status, status == PSA_SUCCESS ? n : 0);
    } else if (strcmp(name, "compute") == 0) {
        psa_status_t status = psa_hash_compute(PSA_ALG_SHA_256, input, n, output, m, &length);
        show_output(status, length);
    } else if (strcmp(name, "setup") == 0) {
        psa_status_t status = psa_hash_setup(&hash, PSA_ALG_SHA_256);
        printf("%d %lu", (int)status, (unsigned long)hash.handle);
        old = hash;
    } else if (strcmp(name, "update") == 0) {
        psa_status_t status = psa_hash_update(&hash, input, n);
        printf("%d %lu", (int)status, (unsigned long)hash.handle);
    } else if (strcmp(name, "update-null") == 0) {
        psa_status_t status = psa_hash_update(&hash, NULL, n);
        printf("%d %lu", (int)status, (unsigned long)hash.handle);
    } else if (strcmp(name, "update-old") == 0) {
        psa_status_t status = psa_hash_update(&old, input, n);
        printf("%d %lu", (int)status, (unsigned long)old.handle);
    } else if (strcmp(name, "finish") == 0) {
        psa_status_t status = psa_hash_finish(&hash, output, n, &length);
        show_output(status, length);
        printf(" handle %lu", (unsigned long)hash.handle);
    } else if (strcmp(name, "destroy") == 0) {
        printf("%d", (int)psa_destroy_key((psa_key_id_t)n));
    } else if (strcmp(name, "generate") == 0) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        psa_key_id_t key = 99;
        psa_status_t status = psa_generate_key(&attributes, &key);
        printf("%d %lu", (int)status, (unsigned long)key);
    } else if (strcmp(name, "attributes") == 0) {
        psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
        attributes.bits = 99;
        psa_status_t status = psa_get_key_attributes((psa_key_id_t)n, &attributes);
        printf("%d %u %u %lu", (int)status, (unsigned)attributes.type, (unsigned)attributes.bits,
               (unsigned long)attributes.id);
    } else if (strcmp(name, "capacity") == 0) {
        psa_key_derivation_operation_t operation = { 1 };
        psa_status_t status = psa_key_derivation_get_capacity(&operation, &length);
        printf("%d %s", (int)status, length == SIZE_MAX ? "SIZE_MAX" : length == 0 ? "0" : "other");
    } else if (strcmp(name, "setenv") == 0) {
        printf("%d", setenv("H5SM_ENDPOINT", getenv("OTHER_ENDPOINT"), 1));
    } else {
        printf("no command %s", name);
    }
}

int main(void)
{
    char line[128];
    char name[32];
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin) != NULL) {
        unsigned long n = 0;
        unsigned long m = 0;
        if (sscanf(line, "%31s %lu %lu", name, &n, &m) >= 1) {
            memset(input, 0xaa, n < sizeof input ? n : 0);
            memset(output, 0xee, sizeof output);
            command(name, n, m);
            putchar('\n');
        }
    }
    return 0;
}
