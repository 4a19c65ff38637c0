/* For unit tests: what a test asks of the emulator beside the device. The board has nothing of this.
 *
 * These are no calls of the device: no trace shows them, they take no handle, key id or random number, and they need no
 * psa_crypto_init. Snapshots, expectations and faults belong to the program and end with it; a child after fork has its
 * own.
 * The device is shared by all that know its endpoint: a test that resets it needs one to itself (`h5sm exec`).
 *
 * Every function answers PSA_SUCCESS, PSA_ERROR_COMMUNICATION_FAILURE without an emulator,
 * PSA_ERROR_INVALID_ARGUMENT for a null pointer, or what is said beside it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef H5SM_CTL_H
#define H5SM_CTL_H

#include <psa/error.h>

#include <stddef.h>
#include <stdint.h>

/* H5SM_FN_psa_sign_hash and so on */
#include <h5sm/functions.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The device as a whole ---- */

/** Resets the device: operations and volatile keys are gone, persistent keys stay. psa_crypto_init
 *  is due again in profiles that insist on it. */
psa_status_t h5sm_ctl_reset(void);

/** Keeps all that the device holds, open operations included, in the emulator. PSA_ERROR_INSUFFICIENT_MEMORY beyond 64;
 *  PSA_ERROR_BAD_STATE while a long call of another client runs, or for an operation that was given more than 1 MiB. */
psa_status_t h5sm_ctl_snapshot(uint32_t *snapshot);

/** Becomes the device of a snapshot, as often as one likes: keys, handles and random numbers are as they were then.
 *  Faults of this program and expectations that were not verified are gone, so that a test can begin with it.
 *  PSA_ERROR_DOES_NOT_EXIST for no snapshot of this program. */
psa_status_t h5sm_ctl_restore(uint32_t snapshot);

/** Forgets a snapshot. PSA_ERROR_DOES_NOT_EXIST as above. */
psa_status_t h5sm_ctl_drop(uint32_t snapshot);

/** Operations that have been set up and neither finished nor aborted, by any client; also those that have failed and
 *  hold their place until they are aborted, as on the board. */
psa_status_t h5sm_ctl_open_operations(size_t *count);

/** Volatile keys that are there, of any client. */
psa_status_t h5sm_ctl_volatile_keys(size_t *count);

/* ---- What was called ---- */

/* Calls of all clients are kept from the first h5sm_ctl_mark or h5sm_ctl_expect_call on, the last 20000 at least. Who
 * asks for older ones is told PSA_ERROR_INSUFFICIENT_MEMORY. */

/** Now, for the functions below. */
psa_status_t h5sm_ctl_mark(uint32_t *mark);

/** How often a function was called since a mark, whatever came of it; 0 for any function. PSA_ERROR_INVALID_ARGUMENT for
 *  a number that no function has. */
psa_status_t h5sm_ctl_call_count(uint32_t mark, uint32_t function, size_t *count);

/** One call. */
typedef struct h5sm_ctl_call {
    /** Its number in the trace. Numbers go up; other events have some of them. It is a mark, too. */
    uint32_t seq;
    /** H5SM_FN_... */
    uint32_t function;
    psa_status_t status;
    /** Id of the key that was named, or that the operation has; of the one that was made. 0 for none. */
    uint32_t key;
    uint32_t made;
    /** psa_algorithm_t that was named, or that the operation has; 0 for none. */
    uint32_t alg;
    /** Of the operation object, before the call and after it; 0 for none, or an inactive one. */
    uint32_t handle;
    uint32_t handle_after;
    /** Bytes of all inputs together, and of all outputs that were given. */
    uint32_t input_length;
    uint32_t output_length;
    /** Who called: -1 is the non-secure application. */
    int32_t client;
    uint32_t connection;
} h5sm_ctl_call_t;

/** The calls since a mark, oldest first, as many as there is room for; the rest begins at the last one's `seq`. */
psa_status_t h5sm_ctl_calls(uint32_t mark, h5sm_ctl_call_t *calls, size_t capacity, size_t *count);

/** `psa_sign_hash`; a text that says so where there is no such function. */
const char *h5sm_ctl_function_name(uint32_t function);

/** H5SM_FN_... by name; 0 where there is no such function. */
uint32_t h5sm_ctl_function_id(const char *name);

/* ---- What is expected ---- */

#define H5SM_CTL_ANY_STATUS    INT32_MIN
#define H5SM_CTL_ONCE_OR_MORE  UINT32_MAX

/** From now on, until it is verified, the function is to be called with this status exactly so often; 0: never.
 *  PSA_ERROR_INVALID_ARGUMENT for a number that no function has, PSA_ERROR_INSUFFICIENT_MEMORY beyond 256. */
psa_status_t h5sm_ctl_expect_call(uint32_t function, psa_status_t status, uint32_t times);

/** PSA_ERROR_GENERIC_ERROR unless all came as expected. The report says what was expected and what came, in lines of
 *  text that end with 0, cut to `size` bytes; NULL and 0 for none. What was expected is forgotten. */
psa_status_t h5sm_ctl_verify(char *report, size_t size);

/* ---- Faults ---- */

/** Lets a call of the function fail: the nth from now, 1 for the next; 0: every one. The device does nothing, and the
 *  operation stays as it is. PSA_ERROR_INVALID_ARGUMENT for what is no function or no error. */
psa_status_t h5sm_ctl_fail(uint32_t function, uint32_t nth, psa_status_t status);

/** Sets a fault of any kind, in one line as on the command line (docs/faults.md):
 *  "api.psa_sign_hash.leave:nth=3->flip(0)". PSA_ERROR_INVALID_ARGUMENT for one that cannot be; stderr says why. */
psa_status_t h5sm_ctl_fault_add(const char *line, uint32_t *fault);

/** Takes away the faults that this program has set. */
psa_status_t h5sm_ctl_fault_clear(void);

/** How often a fault has struck. PSA_ERROR_DOES_NOT_EXIST for none of this program. */
psa_status_t h5sm_ctl_fault_hits(uint32_t fault, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
