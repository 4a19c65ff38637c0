/*
 * A board layer's hooks around each exchange, as the device's own client calls them around connect, call and close:
 * with the signal of the service that is asked. A program may define its own, and leave the argument out.
 */
#include "h5sm_hooks.h"

#include "h5sm_protocol.h"

#include <stdbool.h>

typedef struct ns_ipc_seq_info {
    uint32_t signal;
} ns_ipc_seq_info_t;

void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info);
void ns_ipc_seq_end(const ns_ipc_seq_info_t *info);

__attribute__((weak, visibility("default"))) void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

__attribute__((weak, visibility("default"))) void ns_ipc_seq_end(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

/* Services have groups of functions of their own (docs/functions.md). */
static ns_ipc_seq_info_t info_of(uint32_t function)
{
    ns_ipc_seq_info_t info = { 0x20 };
    if (function >> 8 == H5SM_PSA_ITS_SET >> 8) {
        info.signal = 0x10;
    } else if (function >> 8 == H5SM_PSA_INITIAL_ATTEST_GET_TOKEN >> 8) {
        info.signal = 0x100;
    }
    return info;
}

/* What a test asks of the emulator is no call of the board's client. */
static bool is_control(uint32_t function)
{
    return function >> 8 == H5SM_H5SM_CTL_CALLS >> 8;
}

void h5sm_sequence_begin(uint32_t function)
{
    if (is_control(function)) {
        return;
    }
    const ns_ipc_seq_info_t info = info_of(function);
    ns_ipc_seq_begin(&info);
}

void h5sm_sequence_end(uint32_t function)
{
    if (is_control(function)) {
        return;
    }
    const ns_ipc_seq_info_t info = info_of(function);
    ns_ipc_seq_end(&info);
}
