#include "test.h"

#include <h5sm/ctl.h>
#include <psa/crypto.h>
#include <stdio.h>

static int failures, failed_here;
static uint32_t prepared;

static void fail(const char *file, int line, const char *text)
{
    printf("%s:%d: %s", file, line, text);
    failed_here = 1;
}

int test_holds(const char *file, int line, const char *text, int holds)
{
    if (!holds) {
        fail(file, line, text);
        printf(" does not hold\n");
    }
    return holds;
}

int test_answers(const char *file, int line, const char *text, psa_status_t status, psa_status_t expected)
{
    if (status != expected) {
        fail(file, line, text);
        printf(" is %d, expected %d\n", (int)status, (int)expected);
    }
    return status == expected;
}

int test_is_zero(const void *memory, size_t length)
{
    const unsigned char *bytes = memory;

    while (length > 0 && bytes[length - 1] == 0) {
        length--;
    }
    return length == 0;
}

void test_run(const char *name, void (*test)(void))
{
    failed_here = 0;
    if (h5sm_ctl_restore(prepared) != PSA_SUCCESS) {
        fail(__FILE__, __LINE__, "no device to begin with\n");
    } else {
        setUp();
        test();
        tearDown();
    }
    failures += failed_here;
    printf("%s: %s\n", name, failed_here ? "FAIL" : "PASS");
}

void test_begin(void)
{
    if (psa_crypto_init() != PSA_SUCCESS) {
        printf("no device: run this as h5sm exec -- program\n");
        failures++;
        return;
    }
    prepare();
    failures += failed_here;
    if (h5sm_ctl_snapshot(&prepared) != PSA_SUCCESS) {
        failures++;
    }
}

int test_end(void)
{
    printf("%s\n", failures == 0 ? "OK" : "FAIL");
    return failures != 0;
}
