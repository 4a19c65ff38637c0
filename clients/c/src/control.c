/* Of <h5sm/ctl.h> what is more than one call with its parameters. */
#include "h5sm_control.h"

#include <string.h>
#include <unistd.h>

#include "h5sm_protocol.h"

#define WORDS (sizeof(h5sm_ctl_call_t) / sizeof(uint32_t))
/* What one answer carries is less than 16 MiB. */
#define MOST 65536u

/* A record takes the place of its own bytes. */
_Static_assert(sizeof(h5sm_ctl_call_t) == 48, "records are as on the wire");

static void decode(h5sm_ctl_call_t *call)
{
    uint32_t words[WORDS];
    for (size_t i = 0; i < WORDS; i++) {
        words[i] = h5sm_load_u32((const uint8_t *)call + i * sizeof words[0]);
    }
    memcpy(call, words, sizeof words);
}

psa_status_t h5sm_ctl_calls(uint32_t mark, h5sm_ctl_call_t *calls, size_t capacity, size_t *count)
{
    h5sm_call_t call;
    size_t length = 0;
    h5sm_begin(&call, H5SM_H5SM_CTL_CALLS);
    h5sm_uint(&call, mark);
    h5sm_room(&call, (uint8_t *)calls, (capacity < MOST ? capacity : MOST) * sizeof *calls, &length);
    h5sm_require(&call, count != NULL);
    psa_status_t status = h5sm_end(&call);
    size_t given = status == PSA_SUCCESS ? length / sizeof *calls : 0;
    for (size_t i = 0; i < given; i++) {
        decode(&calls[i]);
    }
    if (count != NULL) {
        *count = given;
    }
    return status;
}

psa_status_t h5sm_ctl_expect_call(uint32_t function, psa_status_t status, uint32_t times)
{
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_H5SM_CTL_EXPECT_CALL);
    h5sm_uint(&call, function);
    h5sm_uint(&call, (uint32_t)status);
    h5sm_uint(&call, times);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_verify(char *report, size_t size)
{
    h5sm_call_t call;
    size_t length = 0;
    uint32_t unmet = 0;
    h5sm_begin(&call, H5SM_H5SM_CTL_VERIFY);
    h5sm_id_out(&call, &unmet);
    h5sm_room(&call, (uint8_t *)report, size == 0 ? 0 : size - 1, &length);
    h5sm_require(&call, report != NULL || size == 0);
    psa_status_t status = h5sm_end(&call);
    if (report != NULL && size != 0) {
        report[status == PSA_SUCCESS ? length : 0] = '\0';
    }
    return status == PSA_SUCCESS && unmet != 0 ? PSA_ERROR_GENERIC_ERROR : status;
}

psa_status_t h5sm_ctl_fail(uint32_t function, uint32_t nth, psa_status_t status)
{
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_H5SM_CTL_FAIL);
    h5sm_uint(&call, function);
    h5sm_uint(&call, nth);
    h5sm_uint(&call, (uint32_t)status);
    return h5sm_end(&call);
}

/* Without stdio, as the library's other lines for people. */
static void say(const char *text, size_t length)
{
    ssize_t ignored = write(STDERR_FILENO, text, length);
    (void)ignored;
}

psa_status_t h5sm_ctl_fault_add(const char *line, uint32_t *fault)
{
    static const char head[] = "h5sm: fault: ";
    char reason[1024];
    h5sm_call_t call;
    size_t length = 0;
    h5sm_begin(&call, H5SM_H5SM_CTL_FAULT_ADD);
    h5sm_bytes(&call, (const uint8_t *)line, line == NULL ? 1 : strlen(line));
    h5sm_id_out(&call, fault);
    h5sm_room(&call, (uint8_t *)reason, sizeof reason - 1, &length);
    psa_status_t status = h5sm_end(&call);
    if (status != PSA_SUCCESS || *fault != 0) {
        return status;
    }
    reason[length] = '\n';
    say(head, sizeof head - 1);
    say(reason, length + 1);
    return PSA_ERROR_INVALID_ARGUMENT;
}
