/* The framework calls: one frame each (docs/wire.md, "Framework calls"). */
#include "h5sm_call.h"

#pragma GCC visibility push(default)
#include <psa/client.h>
#pragma GCC visibility pop

#include "h5sm_hooks.h"
#include "h5sm_protocol.h"
#include "h5sm_vectors.h"

/* Every connection of the non-secure world has this handle. */
#define NON_SECURE_HANDLE (-1)

uint32_t psa_framework_version(void)
{
    return 0;
}

uint32_t psa_version(uint32_t sid)
{
    (void)sid;
    return 0;
}

psa_handle_t psa_connect(uint32_t sid, uint32_t version)
{
    uint32_t handle;
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_CONNECT);
    h5sm_uint(&call, sid);
    h5sm_uint(&call, version);
    h5sm_id_out(&call, &handle);
    return h5sm_end(&call) == PSA_SUCCESS ? (psa_handle_t)handle : PSA_NULL_HANDLE;
}

psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len, psa_outvec *out_vec,
                      size_t out_len)
{
    h5sm_answered_t answered;
    h5sm_call_t call;
    if ((handle <= 0 && handle != NON_SECURE_HANDLE) || type < 0 || type > INT16_MAX || in_len > H5SM_MAX_VECTORS ||
        out_len > H5SM_MAX_VECTORS || in_len + out_len > H5SM_MAX_VECTORS) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    if ((in_len == 0) != (in_vec == NULL) || (out_len == 0) != (out_vec == NULL)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    h5sm_begin(&call, H5SM_PSA_CALL);
    h5sm_uint(&call, (uint32_t)handle);
    h5sm_uint(&call, (uint32_t)type);
    h5sm_vectors(&call, in_vec, in_len);
    h5sm_vectors_out(&call, &answered, out_vec, out_len);
    psa_status_t status = h5sm_end(&call);
    for (size_t i = 0; status == PSA_SUCCESS && i < out_len; i++) {
        out_vec[i].len = answered.lengths[i];
    }
    return status;
}

/* What an application sees of a sequence. */

static uint32_t current_signal;

__attribute__((weak, visibility("default"))) void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

__attribute__((weak, visibility("default"))) void ns_ipc_seq_end(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

void psa_init_signal(uint32_t signal)
{
    const ns_ipc_seq_info_t info = { signal };
    ns_ipc_seq_begin(&info);
    current_signal = signal;
}

void psa_close(psa_handle_t handle)
{
    const ns_ipc_seq_info_t info = { current_signal };
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_CLOSE);
    h5sm_uint(&call, (uint32_t)handle);
    (void)h5sm_end(&call);
    ns_ipc_seq_end(&info);
}

/* The sequence is the application's: no frame has one of its own. */

void h5sm_sequence_begin(uint32_t function)
{
    (void)function;
}

void h5sm_sequence_end(uint32_t function)
{
    (void)function;
}

/* Logging of the services, of which there is none. */

static uint8_t verbosity;

psa_status_t set_verbosity_level(uint8_t level_log)
{
    if (level_log > 3) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    verbosity = level_log;
    return PSA_SUCCESS;
}

psa_status_t get_verbosity_level(uint8_t *level_log)
{
    if (level_log == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *level_log = verbosity;
    return PSA_SUCCESS;
}
