/* What a test asks of the emulator (h5sm/ctl.h), asked and answered as a test in C does it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <h5sm/ctl.h>
#include <psa/crypto.h>

#include "check.h"

static int hooks;

void ns_ipc_seq_begin(void);
void ns_ipc_seq_end(void);

void ns_ipc_seq_begin(void)
{
    hooks++;
}

void ns_ipc_seq_end(void)
{
}

static size_t open_operations(void)
{
    size_t count = 99;
    CHECK_EQUAL(h5sm_ctl_open_operations(&count), PSA_SUCCESS);
    return count;
}

static size_t volatile_keys(void)
{
    size_t count = 99;
    CHECK_EQUAL(h5sm_ctl_volatile_keys(&count), PSA_SUCCESS);
    return count;
}

static psa_key_id_t generate(void)
{
    psa_key_attributes_t attributes = PSA_KEY_ATTRIBUTES_INIT;
    psa_key_id_t key = 0;
    psa_set_key_type(&attributes, PSA_KEY_TYPE_AES);
    psa_set_key_bits(&attributes, 128);
    CHECK_EQUAL(psa_generate_key(&attributes, &key), PSA_SUCCESS);
    return key;
}

static void device(void)
{
    psa_hash_operation_t hash = PSA_HASH_OPERATION_INIT, copy;
    uint8_t digests[2][32];
    uint32_t snapshot = 0;
    size_t length;
    psa_key_id_t key = generate();

    CHECK_EQUAL(psa_hash_setup(&hash, PSA_ALG_SHA_256), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_update(&hash, (const uint8_t *)"abc", 3), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_snapshot(&snapshot), PSA_SUCCESS);
    CHECK(snapshot != 0);
    copy = hash;
    CHECK_EQUAL(psa_hash_finish(&hash, digests[0], 32, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
    CHECK_EQUAL(open_operations(), 0);
    CHECK_EQUAL(volatile_keys(), 0);

    CHECK_EQUAL(h5sm_ctl_restore(snapshot), PSA_SUCCESS);
    CHECK_EQUAL(open_operations(), 1);
    CHECK_EQUAL(volatile_keys(), 1);
    CHECK_EQUAL(psa_hash_finish(&copy, digests[1], 32, &length), PSA_SUCCESS);
    CHECK_BYTES(digests[0], digests[1], 32);
    CHECK_EQUAL(psa_destroy_key(key), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_drop(snapshot), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_restore(snapshot), PSA_ERROR_DOES_NOT_EXIST);

    (void)generate();
    CHECK_EQUAL(h5sm_ctl_reset(), PSA_SUCCESS);
    CHECK_EQUAL(volatile_keys(), 0);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
}

static void calls(void)
{
    h5sm_ctl_call_t calls[8];
    uint8_t digest[32];
    uint32_t mark;
    size_t count = 0, length;

    CHECK_EQUAL(h5sm_ctl_mark(&mark), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, digest, 5, digest, 32, &length), PSA_SUCCESS);
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, digest, 6, digest, 31, &length), PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(psa_generate_random(digest, 7), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_call_count(mark, H5SM_FN_psa_hash_compute, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 2);
    CHECK_EQUAL(h5sm_ctl_call_count(mark, 0, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 3);
    CHECK_EQUAL(h5sm_ctl_call_count(mark, 0xdead, &count), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(count, 0);

    memset(calls, 0xee, sizeof calls);
    CHECK_EQUAL(h5sm_ctl_calls(mark, calls, 2, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 2);
    CHECK_EQUAL(calls[0].function, H5SM_FN_psa_hash_compute);
    CHECK_EQUAL(calls[0].status, PSA_SUCCESS);
    CHECK_EQUAL(calls[0].alg, PSA_ALG_SHA_256);
    CHECK_EQUAL(calls[0].input_length, 5);
    CHECK_EQUAL(calls[0].output_length, 32);
    CHECK_EQUAL(calls[0].client, -1);
    CHECK_EQUAL(calls[1].status, PSA_ERROR_BUFFER_TOO_SMALL);
    CHECK_EQUAL(calls[1].output_length, 0);
    CHECK(calls[1].seq > calls[0].seq);
    CHECK_EQUAL(calls[2].seq, 0xeeeeeeee);
    CHECK_EQUAL(h5sm_ctl_calls(calls[1].seq, calls, 8, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL(strcmp(h5sm_ctl_function_name(calls[0].function), "psa_generate_random"), 0);
    CHECK_EQUAL(h5sm_ctl_calls(mark, NULL, 0, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 0);
    CHECK_EQUAL(h5sm_ctl_calls(mark, NULL, 1, &count), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(h5sm_ctl_calls(mark, calls, 1, NULL), PSA_ERROR_INVALID_ARGUMENT);

    CHECK_EQUAL(h5sm_ctl_function_id("psa_sign_hash"), H5SM_FN_psa_sign_hash);
    CHECK_EQUAL(h5sm_ctl_function_id("psa_its_get"), H5SM_FN_psa_its_get);
    CHECK_EQUAL(h5sm_ctl_function_id("h5sm_ctl_mark"), 0);
    CHECK_EQUAL(h5sm_ctl_function_id(NULL), 0);
    CHECK_EQUAL(strcmp(h5sm_ctl_function_name(1234567), "(no function)"), 0);
}

static void expectations(void)
{
    char report[2000];
    uint8_t byte;

    CHECK_EQUAL(h5sm_ctl_expect_call(H5SM_FN_psa_generate_random, PSA_SUCCESS, 2), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_expect_call(H5SM_FN_psa_sign_hash, H5SM_CTL_ANY_STATUS, 0), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_expect_call(H5SM_FN_psa_generate_random, H5SM_CTL_ANY_STATUS, H5SM_CTL_ONCE_OR_MORE), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_expect_call(1, PSA_SUCCESS, 0), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_expect_call(0, PSA_SUCCESS, 0), PSA_ERROR_INVALID_ARGUMENT);
    (void)psa_generate_random(&byte, 1);
    (void)psa_generate_random(&byte, 1);
    CHECK_EQUAL(h5sm_ctl_verify(NULL, 0), PSA_SUCCESS);

    CHECK_EQUAL(h5sm_ctl_expect_call(H5SM_FN_psa_generate_random, PSA_ERROR_BAD_STATE, 1), PSA_SUCCESS);
    (void)psa_generate_random(&byte, 1);
    CHECK_EQUAL(h5sm_ctl_verify(report, sizeof report), PSA_ERROR_GENERIC_ERROR);
    fputs(report, stdout);
    CHECK_EQUAL(h5sm_ctl_expect_call(H5SM_FN_psa_generate_random, PSA_ERROR_BAD_STATE, 1), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_verify(report, 8), PSA_ERROR_GENERIC_ERROR);
    CHECK_EQUAL(strcmp(report, "NOT MET"), 0);
    CHECK_EQUAL(h5sm_ctl_verify(report, 1), PSA_SUCCESS);
    CHECK_EQUAL(report[0], 0);
    CHECK_EQUAL(h5sm_ctl_verify(NULL, 1), PSA_ERROR_INVALID_ARGUMENT);
}

static void faults(void)
{
    uint8_t bytes[2];
    uint32_t fault = 7, snapshot;
    size_t count;

    CHECK_EQUAL(h5sm_ctl_snapshot(&snapshot), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_fail(H5SM_FN_psa_generate_random, 2, PSA_ERROR_INSUFFICIENT_ENTROPY), PSA_SUCCESS);
    CHECK_EQUAL(psa_generate_random(bytes, 1), PSA_SUCCESS);
    CHECK_EQUAL(psa_generate_random(bytes, 1), PSA_ERROR_INSUFFICIENT_ENTROPY);
    CHECK_EQUAL(psa_generate_random(bytes, 1), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_fail(H5SM_FN_psa_generate_random, 1, PSA_SUCCESS), PSA_ERROR_INVALID_ARGUMENT);

    CHECK_EQUAL(h5sm_ctl_fault_add("api.psa_generate_random.leave->overwrite(abcd)", &fault), PSA_SUCCESS);
    CHECK_EQUAL(psa_generate_random(bytes, 2), PSA_SUCCESS);
    CHECK_BYTES(bytes, "\xab\xcd", 2);
    CHECK_EQUAL(h5sm_ctl_fault_hits(fault, &count), PSA_SUCCESS);
    CHECK_EQUAL(count, 1);
    CHECK_EQUAL(h5sm_ctl_fault_clear(), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_fault_hits(fault, &count), PSA_ERROR_DOES_NOT_EXIST);

    CHECK_EQUAL(h5sm_ctl_fail(H5SM_FN_psa_generate_random, 0, PSA_ERROR_INSUFFICIENT_ENTROPY), PSA_SUCCESS);
    CHECK_EQUAL(h5sm_ctl_restore(snapshot), PSA_SUCCESS);
    CHECK_EQUAL(psa_generate_random(bytes, 1), PSA_SUCCESS);

    CHECK_EQUAL(h5sm_ctl_fault_add("api.psa_no.enter->count", &fault), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(fault, 0);
    CHECK_EQUAL(h5sm_ctl_fault_add(NULL, &fault), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(h5sm_ctl_fault_add("clock->count", NULL), PSA_ERROR_INVALID_ARGUMENT);
}

int main(void)
{
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    device();
    calls();
    expectations();
    faults();
    /* A hook of the board layer is none of control's. */
    const int before = hooks;
    (void)open_operations();
    CHECK_EQUAL(hooks, before);
    CHECK(before > 0);
    return 0;
}
