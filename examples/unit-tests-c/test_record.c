/* Tests of record.c: what it calls, what it answers, and what it leaves behind when a call fails.
 * SPDX-License-Identifier: Apache-2.0 */
#include "record.h"
#include "test.h"

#include <h5sm/ctl.h>
#include <stdio.h>
#include <string.h>

#define TEXT   ((const uint8_t *)"attack at dawn")
#define HEADER ((const uint8_t *)"to: bob")
enum { LENGTH = 14, HEADER_LENGTH = 7, RECORD = LENGTH + RECORD_OVERHEAD };

static psa_key_id_t key;
static uint8_t record[RECORD], text[LENGTH];

void prepare(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;

    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 256);
    psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT);
    psa_set_key_algorithm(&attributes, PSA_ALG_GCM);
    EXPECT_STATUS(psa_generate_key(&attributes, &key), PSA_SUCCESS);
}

void setUp(void)
{
    memset(record, 0xee, sizeof record);
    memset(text, 0xee, sizeof text);
}

/* Whatever a test does, nothing may be left open. */
void tearDown(void)
{
    size_t open = 1;

    EXPECT_STATUS(h5sm_ctl_open_operations(&open), PSA_SUCCESS);
    EXPECT(open == 0);
}

static psa_status_t seal(void)
{
    return record_seal(key, HEADER, HEADER_LENGTH, TEXT, LENGTH, record);
}

static psa_status_t open_record(void)
{
    return record_open(key, HEADER, HEADER_LENGTH, record, RECORD, text);
}

static void test_opens_what_it_has_sealed(void)
{
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    EXPECT(memcmp(record + RECORD_NONCE, TEXT, LENGTH) != 0);
    EXPECT_STATUS(open_record(), PSA_SUCCESS);
    EXPECT(memcmp(text, TEXT, LENGTH) == 0);
}

static void test_seals_with_a_nonce_of_the_device(void)
{
    char report[4000];

    EXPECT_STATUS(h5sm_ctl_expect_call(H5SM_FN_psa_aead_generate_nonce, PSA_SUCCESS, 1), PSA_SUCCESS);
    EXPECT_STATUS(h5sm_ctl_expect_call(H5SM_FN_psa_aead_set_nonce, H5SM_CTL_ANY_STATUS, 0), PSA_SUCCESS);
    EXPECT_STATUS(h5sm_ctl_expect_call(H5SM_FN_psa_aead_finish, PSA_SUCCESS, 1), PSA_SUCCESS);
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    if (h5sm_ctl_verify(report, sizeof report) != PSA_SUCCESS) {
        fputs(report, stdout);
        EXPECT(!"called as expected");
    }
}

static void test_opens_nothing_that_was_changed(void)
{
    int i;

    EXPECT_STATUS(seal(), PSA_SUCCESS);
    for (i = 0; i < RECORD; i++) {
        record[i] ^= 1;
        EXPECT_STATUS(open_record(), PSA_ERROR_INVALID_SIGNATURE);
        EXPECT(test_is_zero(text, sizeof text));
        record[i] ^= 1;
    }
    EXPECT_STATUS(record_open(key, HEADER, HEADER_LENGTH - 1, record, RECORD, text), PSA_ERROR_INVALID_SIGNATURE);
    EXPECT_STATUS(record_open(key, HEADER, HEADER_LENGTH, record, RECORD_OVERHEAD - 1, text),
                  PSA_ERROR_INVALID_ARGUMENT);
    EXPECT_STATUS(open_record(), PSA_SUCCESS);
}

/* Each call of the function under test fails once: its status comes back, nothing else does. */
static void test_gives_up_at_each_call_that_fails(void)
{
    static const uint32_t sealing[] = { H5SM_FN_psa_aead_encrypt_setup, H5SM_FN_psa_aead_generate_nonce,
                                        H5SM_FN_psa_aead_update_ad, H5SM_FN_psa_aead_update, H5SM_FN_psa_aead_finish };
    static const uint32_t opening[] = { H5SM_FN_psa_aead_decrypt_setup, H5SM_FN_psa_aead_set_nonce,
                                        H5SM_FN_psa_aead_update_ad, H5SM_FN_psa_aead_update, H5SM_FN_psa_aead_verify };
    size_t i, open = 1;

    for (i = 0; i < sizeof sealing / sizeof sealing[0]; i++) {
        EXPECT_STATUS(h5sm_ctl_fail(sealing[i], 1, PSA_ERROR_INSUFFICIENT_MEMORY), PSA_SUCCESS);
        EXPECT_STATUS(seal(), PSA_ERROR_INSUFFICIENT_MEMORY);
        EXPECT(test_is_zero(record, sizeof record));
        EXPECT_STATUS(h5sm_ctl_open_operations(&open), PSA_SUCCESS);
        EXPECT(open == 0);
    }
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    for (i = 0; i < sizeof opening / sizeof opening[0]; i++) {
        EXPECT_STATUS(h5sm_ctl_fail(opening[i], 1, PSA_ERROR_INSUFFICIENT_MEMORY), PSA_SUCCESS);
        EXPECT_STATUS(open_record(), PSA_ERROR_INSUFFICIENT_MEMORY);
        EXPECT(test_is_zero(text, sizeof text));
        EXPECT_STATUS(h5sm_ctl_open_operations(&open), PSA_SUCCESS);
        EXPECT(open == 0);
    }
}

static void test_goes_on_after_a_record_that_failed(void)
{
    EXPECT_STATUS(h5sm_ctl_fail(H5SM_FN_psa_aead_update, 3, PSA_ERROR_INSUFFICIENT_MEMORY), PSA_SUCCESS);
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    EXPECT_STATUS(open_record(), PSA_SUCCESS);
    EXPECT_STATUS(seal(), PSA_ERROR_INSUFFICIENT_MEMORY);
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    EXPECT_STATUS(open_record(), PSA_SUCCESS);
}

/* What the device would do with a fault in its tag: the record is no good, and the opener says so. */
static void test_notices_a_tag_that_the_device_got_wrong(void)
{
    uint32_t fault;
    size_t hits = 0;

    EXPECT_STATUS(h5sm_ctl_fault_add("api.psa_aead_finish.leave:param=tag->flip(3)", &fault), PSA_SUCCESS);
    EXPECT_STATUS(seal(), PSA_SUCCESS);
    EXPECT_STATUS(h5sm_ctl_fault_hits(fault, &hits), PSA_SUCCESS);
    EXPECT(hits == 1);
    EXPECT_STATUS(open_record(), PSA_ERROR_INVALID_SIGNATURE);
}

int main(void)
{
    test_begin();
    RUN_TEST(test_opens_what_it_has_sealed);
    RUN_TEST(test_seals_with_a_nonce_of_the_device);
    RUN_TEST(test_opens_nothing_that_was_changed);
    RUN_TEST(test_gives_up_at_each_call_that_fails);
    RUN_TEST(test_goes_on_after_a_record_that_failed);
    RUN_TEST(test_notices_a_tag_that_the_device_got_wrong);
    return test_end();
}
