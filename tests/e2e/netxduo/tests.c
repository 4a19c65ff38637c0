/* See tests.h.
 * SPDX-License-Identifier: Apache-2.0 */

#include "tests.h"

#define PLACES 32u
#define PLACE  3072u
#define FENCE  0xa5

/* Each place begins 4 bytes behind a multiple of 8. */
static union {
    uint64_t aligned[PLACES * PLACE / 8];
    unsigned char raw[PLACES * PLACE];
} memory;
static size_t taken[PLACES];

static unsigned char *at(size_t number)
{
    return memory.raw + number * PLACE + 4;
}

slice place(size_t number, const NX_CRYPTO_METHOD *method)
{
    const slice made = {method, at(number), method->nx_crypto_metadata_area_size};

    CHECK(number < PLACES && made.size + 8 <= PLACE);
    if (taken[number] != made.size) {
        taken[number] = made.size;
        memset(at(number) + made.size, FENCE, PLACE - 4 - made.size);
    }
    return made;
}

void check_places(void)
{
    size_t number, i;

    for (number = 0; number < PLACES; number++) {
        for (i = taken[number]; taken[number] != 0 && i < PLACE - 4; i++) {
            CHECK_EQUAL(at(number)[i], FENCE);
        }
    }
}

slice move(slice from, size_t number)
{
    const slice to = place(number, from.method);

    memcpy(to.metadata, from.metadata, from.size);
    memset(from.metadata, 0, from.size);
    return to;
}

size_t unhex(const char *text, unsigned char *into, size_t room)
{
    size_t length = 0;
    unsigned value;

    while (*text != '\0') {
        if (*text == ' ') {
            text++;
            continue;
        }
        CHECK_EQUAL(sscanf(text, "%2x", &value), 1);
        CHECK(length < room);
        into[length++] = (unsigned char)value;
        text += 2;
    }
    return length;
}

void pattern(unsigned char *into, size_t length, unsigned seed)
{
    size_t i;

    for (i = 0; i < length; i++) {
        seed = seed * 1664525u + 1013904223u;
        into[i] = (unsigned char)(seed >> 24);
    }
}

static size_t limit(const char *name)
{
    const char *text = getenv(name);

    return text == NULL ? 0 : (size_t)strtoul(text, NULL, 10);
}

static psa_hash_operation_t operations[64];

size_t take_operations(void)
{
    size_t count = 0;

    CHECK(limit("OPERATIONS") < 64);
    while (count < limit("OPERATIONS") && psa_hash_setup(&operations[count], PSA_ALG_SHA_256) == PSA_SUCCESS) {
        count++;
    }
    return count;
}

void give_operations(size_t count)
{
    while (count > 0) {
        CHECK_EQUAL(psa_hash_abort(&operations[--count]), PSA_SUCCESS);
    }
}

static size_t free_keys(void)
{
    static const uint8_t one[16] = {1};
    psa_key_id_t keys[64];
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    size_t count = 0, i;

    CHECK(limit("KEYS") < 64);
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    while (count < limit("KEYS") && psa_import_key(&attributes, one, sizeof one, &keys[count]) == PSA_SUCCESS) {
        count++;
    }
    for (i = 0; i < count; i++) {
        CHECK_EQUAL(psa_destroy_key(keys[i]), PSA_SUCCESS);
    }
    return count;
}

void check_no_operations(void)
{
    const size_t free_operations = take_operations();

    give_operations(free_operations);
    CHECK_EQUAL(free_operations, limit("OPERATIONS"));
}

void check_nothing_left(void)
{
    check_no_operations();
    CHECK_EQUAL(free_keys(), limit("KEYS"));
    check_places();
}
