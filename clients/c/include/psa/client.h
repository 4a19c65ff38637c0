/* The framework calls of PSA Firmware Framework-M 1.0 as a non-secure client makes them, and what the Secure Manager's
 * own client has beside them. A program links libh5sm_ipc and the psa_* functions of its vendor's client sources, which
 * bring a header of this name themselves: compile them with theirs.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CLIENT_H
#define PSA_CLIENT_H

#include <psa/error.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_FRAMEWORK_VERSION 0x0101u
#define PSA_VERSION_NONE      0u

#define PSA_NULL_HANDLE             ((psa_handle_t)0)
#define PSA_HANDLE_IS_VALID(handle) ((psa_handle_t)(handle) > 0)
#define PSA_HANDLE_TO_ERROR(handle) ((psa_status_t)(handle))

/* Vectors of one call, input and output together */
#define PSA_MAX_IOVEC 4u

/* The type of a request that has no other; types are 0 to 32767 */
#define PSA_IPC_CALL 0

typedef int32_t psa_handle_t;

typedef struct psa_invec {
    const void *base;
    size_t len;
} psa_invec;

typedef struct psa_outvec {
    void *base;
    size_t len;
} psa_outvec;

/** 0, as the device's client answers. */
uint32_t psa_framework_version(void);

/** 0 for every service, as the device's client answers. */
uint32_t psa_version(uint32_t sid);

/**
 * Opens a connection to a service. On the device's profiles the handle is -1 for every connection, so that only one
 * should be open at a time, and 0 says that there is none; elsewhere handles are positive and errors are statuses.
 */
psa_handle_t psa_connect(uint32_t sid, uint32_t version);

/**
 * One request, and its answer in the output vectors: their lengths become those of what was produced. A failure leaves
 * them as they were.
 *
 * PSA_ERROR_PROGRAMMER_ERROR: no connection, a type below 0, too many vectors, or a message that the service does not
 * know. PSA_ERROR_INVALID_ARGUMENT: NULL with a count of vectors, or vectors with a count of 0.
 * PSA_ERROR_INSUFFICIENT_MEMORY: more bytes than the area between the two worlds has.
 */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len, psa_outvec *out_vec,
                      size_t out_len);

/** On the device's profiles this closes the connection that was opened first. */
void psa_close(psa_handle_t handle);

/* ---- Beside the framework: the Secure Manager's client ---- */

#define PSA_SID_STORAGE     0x2u
#define PSA_SID_CRYPTO      0x3u
#define PSA_SID_FW_UPG      0x4u
#define PSA_SID_ATTESTATION 0x5u

#define PSA_SIGNAL_STORAGE     0x00000010u
#define PSA_SIGNAL_CRYPTO      0x00000020u
#define PSA_SIGNAL_FW_UPG      0x00000080u
#define PSA_SIGNAL_ATTESTATION 0x00000100u

typedef struct ns_ipc_seq_info {
    uint32_t signal;
} ns_ipc_seq_info_t;

/* A program may define both, to keep the calls of one sequence together: begin is called by psa_init_signal, end by
 * psa_close. */
void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info);
void ns_ipc_seq_end(const ns_ipc_seq_info_t *info);

/** Begins a sequence of connect, call and close with the service of this signal. */
void psa_init_signal(uint32_t signal);

/** How much a service logs, 0 (nothing) to 3; PSA_ERROR_INVALID_ARGUMENT beyond. The emulator's services log nothing. */
psa_status_t set_verbosity_level(uint8_t level_log);
psa_status_t get_verbosity_level(uint8_t *level_log);

#ifdef __cplusplus
}
#endif

#endif
