/* Tests of proof.c: no key may outlive its proof, however it fails.
 * SPDX-License-Identifier: Apache-2.0 */
#include "proof.h"
#include "test.h"

#include <h5sm/ctl.h>
#include <string.h>

#define MESSAGE ((const uint8_t *)"boot count 41")
enum { LENGTH = 13 };

static proof_t proof;

void prepare(void)
{
}

void setUp(void)
{
    memset(&proof, 0xee, sizeof proof);
}

void tearDown(void)
{
    size_t keys = 1;

    EXPECT_STATUS(h5sm_ctl_volatile_keys(&keys), PSA_SUCCESS);
    EXPECT(keys == 0);
}

static void test_proves_the_message_and_no_other(void)
{
    EXPECT_STATUS(proof_make(MESSAGE, LENGTH, &proof), PSA_SUCCESS);
    EXPECT_STATUS(proof_check(MESSAGE, LENGTH, &proof), PSA_SUCCESS);
    EXPECT_STATUS(proof_check(MESSAGE, LENGTH - 1, &proof), PSA_ERROR_INVALID_SIGNATURE);
    proof.signature[0] ^= 1;
    EXPECT_STATUS(proof_check(MESSAGE, LENGTH, &proof), PSA_ERROR_INVALID_SIGNATURE);
}

static void test_never_uses_a_key_twice(void)
{
    h5sm_ctl_call_t calls[16];
    uint32_t mark;
    size_t count, made = 0, i;
    proof_t first;

    EXPECT_STATUS(proof_make(MESSAGE, LENGTH, &first), PSA_SUCCESS);
    EXPECT_STATUS(h5sm_ctl_mark(&mark), PSA_SUCCESS);
    EXPECT_STATUS(proof_make(MESSAGE, LENGTH, &proof), PSA_SUCCESS);
    EXPECT(memcmp(first.public_key, proof.public_key, sizeof proof.public_key) != 0);
    EXPECT_STATUS(h5sm_ctl_calls(mark, calls, 16, &count), PSA_SUCCESS);
    for (i = 0; i < count; i++) {
        made += calls[i].made != 0;
        EXPECT(calls[i].function != H5SM_FN_psa_sign_message || calls[i].input_length == LENGTH);
    }
    EXPECT(made == 1);
}

static void test_leaves_no_key_at_any_call_that_fails(void)
{
    static const uint32_t making[] = { H5SM_FN_psa_generate_key, H5SM_FN_psa_export_public_key,
                                       H5SM_FN_psa_sign_message };
    size_t i, keys = 1;

    for (i = 0; i < sizeof making / sizeof making[0]; i++) {
        EXPECT_STATUS(h5sm_ctl_fail(making[i], 1, PSA_ERROR_INSUFFICIENT_MEMORY), PSA_SUCCESS);
        EXPECT_STATUS(proof_make(MESSAGE, LENGTH, &proof), PSA_ERROR_INSUFFICIENT_MEMORY);
        EXPECT(test_is_zero(&proof, sizeof proof));
        EXPECT_STATUS(h5sm_ctl_volatile_keys(&keys), PSA_SUCCESS);
        EXPECT(keys == 0);
    }
}

static void test_says_so_if_the_key_could_not_be_destroyed(void)
{
    static const char undestroyed[] = "api.psa_destroy_key.leave:nth=1->return(PSA_ERROR_STORAGE_FAILURE)";
    uint32_t fault;

    EXPECT_STATUS(h5sm_ctl_fault_add(undestroyed, &fault), PSA_SUCCESS);
    EXPECT_STATUS(proof_make(MESSAGE, LENGTH, &proof), PSA_ERROR_STORAGE_FAILURE);
    EXPECT(test_is_zero(&proof, sizeof proof));
}

int main(void)
{
    test_begin();
    RUN_TEST(test_proves_the_message_and_no_other);
    RUN_TEST(test_never_uses_a_key_twice);
    RUN_TEST(test_leaves_no_key_at_any_call_that_fails);
    RUN_TEST(test_says_so_if_the_key_could_not_be_destroyed);
    return test_end();
}
