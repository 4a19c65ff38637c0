/* What a test asks of the h5sm emulator.
 * Put together from clients/c by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */
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

/* Status codes: PSA Certified Status code API 1.0, shared by every PSA API.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_ERROR_H
#define PSA_ERROR_H

#include <stddef.h>
#include <stdint.h>

/* Another header that has PSA_SUCCESS has psa_status_t too. */
#ifndef PSA_SUCCESS
typedef int32_t psa_status_t;
#define PSA_SUCCESS ((psa_status_t)0)
#endif

#define PSA_ERROR_PROGRAMMER_ERROR       ((psa_status_t)-129)
#define PSA_ERROR_CONNECTION_REFUSED     ((psa_status_t)-130)
#define PSA_ERROR_CONNECTION_BUSY        ((psa_status_t)-131)
#define PSA_ERROR_GENERIC_ERROR          ((psa_status_t)-132)
#define PSA_ERROR_NOT_PERMITTED          ((psa_status_t)-133)
#define PSA_ERROR_NOT_SUPPORTED          ((psa_status_t)-134)
#define PSA_ERROR_INVALID_ARGUMENT       ((psa_status_t)-135)
#define PSA_ERROR_INVALID_HANDLE         ((psa_status_t)-136)
#define PSA_ERROR_BAD_STATE              ((psa_status_t)-137)
#define PSA_ERROR_BUFFER_TOO_SMALL       ((psa_status_t)-138)
#define PSA_ERROR_ALREADY_EXISTS         ((psa_status_t)-139)
#define PSA_ERROR_DOES_NOT_EXIST         ((psa_status_t)-140)
#define PSA_ERROR_INSUFFICIENT_MEMORY    ((psa_status_t)-141)
#define PSA_ERROR_INSUFFICIENT_STORAGE   ((psa_status_t)-142)
#define PSA_ERROR_INSUFFICIENT_DATA      ((psa_status_t)-143)
#define PSA_ERROR_SERVICE_FAILURE        ((psa_status_t)-144)
#define PSA_ERROR_COMMUNICATION_FAILURE  ((psa_status_t)-145)
#define PSA_ERROR_STORAGE_FAILURE        ((psa_status_t)-146)
#define PSA_ERROR_HARDWARE_FAILURE       ((psa_status_t)-147)
#define PSA_ERROR_INVALID_SIGNATURE      ((psa_status_t)-149)
#define PSA_ERROR_CORRUPTION_DETECTED    ((psa_status_t)-151)
#define PSA_ERROR_DATA_CORRUPT           ((psa_status_t)-152)
#define PSA_ERROR_DATA_INVALID           ((psa_status_t)-153)

/* Of the Crypto API only (PSA Crypto 1.3, 8.1). */
#define PSA_ERROR_INSUFFICIENT_ENTROPY   ((psa_status_t)-148)
#define PSA_ERROR_INVALID_PADDING        ((psa_status_t)-150)

/* Neither success nor error: an interruptible operation has work left. */
#define PSA_OPERATION_INCOMPLETE         ((psa_status_t)-248)

#endif /* PSA_ERROR_H */

/* H5SM_FN_psa_sign_hash and so on */
/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The functions of the device by number, as records of calls name them. A number never changes. */

#ifndef H5SM_FUNCTIONS_H
#define H5SM_FUNCTIONS_H

#define H5SM_FN_psa_crypto_init 0x0001u
#define H5SM_FN_psa_get_key_attributes 0x0101u
#define H5SM_FN_psa_import_key 0x0201u
#define H5SM_FN_psa_generate_key 0x0202u
#define H5SM_FN_psa_copy_key 0x0203u
#define H5SM_FN_psa_destroy_key 0x0204u
#define H5SM_FN_psa_purge_key 0x0205u
#define H5SM_FN_psa_export_key 0x0206u
#define H5SM_FN_psa_export_public_key 0x0207u
#define H5SM_FN_psa_generate_key_custom 0x0208u
#define H5SM_FN_psa_attach_key 0x0209u
#define H5SM_FN_psa_check_key_usage 0x020au
#define H5SM_FN_psa_hash_compute 0x0301u
#define H5SM_FN_psa_hash_compare 0x0302u
#define H5SM_FN_psa_hash_setup 0x0304u
#define H5SM_FN_psa_hash_update 0x0305u
#define H5SM_FN_psa_hash_finish 0x0306u
#define H5SM_FN_psa_hash_verify 0x0307u
#define H5SM_FN_psa_hash_abort 0x0308u
#define H5SM_FN_psa_hash_suspend 0x0309u
#define H5SM_FN_psa_hash_resume 0x030au
#define H5SM_FN_psa_hash_clone 0x030bu
#define H5SM_FN_psa_mac_compute 0x0401u
#define H5SM_FN_psa_mac_verify 0x0402u
#define H5SM_FN_psa_mac_sign_setup 0x0404u
#define H5SM_FN_psa_mac_verify_setup 0x0405u
#define H5SM_FN_psa_mac_update 0x0406u
#define H5SM_FN_psa_mac_sign_finish 0x0407u
#define H5SM_FN_psa_mac_verify_finish 0x0408u
#define H5SM_FN_psa_mac_abort 0x0409u
#define H5SM_FN_psa_cipher_encrypt 0x0501u
#define H5SM_FN_psa_cipher_decrypt 0x0502u
#define H5SM_FN_psa_cipher_encrypt_setup 0x0504u
#define H5SM_FN_psa_cipher_decrypt_setup 0x0505u
#define H5SM_FN_psa_cipher_generate_iv 0x0506u
#define H5SM_FN_psa_cipher_set_iv 0x0507u
#define H5SM_FN_psa_cipher_update 0x0508u
#define H5SM_FN_psa_cipher_finish 0x0509u
#define H5SM_FN_psa_cipher_abort 0x050au
#define H5SM_FN_psa_aead_encrypt 0x0601u
#define H5SM_FN_psa_aead_decrypt 0x0602u
#define H5SM_FN_psa_aead_encrypt_setup 0x0604u
#define H5SM_FN_psa_aead_decrypt_setup 0x0605u
#define H5SM_FN_psa_aead_set_lengths 0x0606u
#define H5SM_FN_psa_aead_generate_nonce 0x0607u
#define H5SM_FN_psa_aead_set_nonce 0x0608u
#define H5SM_FN_psa_aead_update_ad 0x0609u
#define H5SM_FN_psa_aead_update 0x060au
#define H5SM_FN_psa_aead_finish 0x060bu
#define H5SM_FN_psa_aead_verify 0x060cu
#define H5SM_FN_psa_aead_abort 0x060du
#define H5SM_FN_psa_key_derivation_setup 0x0702u
#define H5SM_FN_psa_key_derivation_get_capacity 0x0703u
#define H5SM_FN_psa_key_derivation_set_capacity 0x0704u
#define H5SM_FN_psa_key_derivation_input_bytes 0x0705u
#define H5SM_FN_psa_key_derivation_input_integer 0x0706u
#define H5SM_FN_psa_key_derivation_input_key 0x0707u
#define H5SM_FN_psa_key_derivation_output_bytes 0x0708u
#define H5SM_FN_psa_key_derivation_output_key 0x0709u
#define H5SM_FN_psa_key_derivation_output_key_custom 0x070au
#define H5SM_FN_psa_key_derivation_verify_bytes 0x070bu
#define H5SM_FN_psa_key_derivation_verify_key 0x070cu
#define H5SM_FN_psa_key_derivation_abort 0x070du
#define H5SM_FN_psa_sign_message 0x0801u
#define H5SM_FN_psa_verify_message 0x0802u
#define H5SM_FN_psa_sign_hash 0x0803u
#define H5SM_FN_psa_verify_hash 0x0804u
#define H5SM_FN_psa_sign_message_with_context 0x0805u
#define H5SM_FN_psa_verify_message_with_context 0x0806u
#define H5SM_FN_psa_sign_hash_with_context 0x0807u
#define H5SM_FN_psa_verify_hash_with_context 0x0808u
#define H5SM_FN_psa_sign_setup 0x080au
#define H5SM_FN_psa_sign_set_context 0x080bu
#define H5SM_FN_psa_sign_update 0x080cu
#define H5SM_FN_psa_sign_finish 0x080du
#define H5SM_FN_psa_sign_abort 0x080eu
#define H5SM_FN_psa_verify_setup 0x0810u
#define H5SM_FN_psa_verify_set_context 0x0811u
#define H5SM_FN_psa_verify_update 0x0812u
#define H5SM_FN_psa_verify_finish 0x0813u
#define H5SM_FN_psa_verify_abort 0x0814u
#define H5SM_FN_psa_asymmetric_encrypt 0x0901u
#define H5SM_FN_psa_asymmetric_decrypt 0x0902u
#define H5SM_FN_psa_raw_key_agreement 0x0a01u
#define H5SM_FN_psa_key_derivation_key_agreement 0x0a02u
#define H5SM_FN_psa_key_agreement 0x0a03u
#define H5SM_FN_psa_encapsulate 0x0b01u
#define H5SM_FN_psa_decapsulate 0x0b02u
#define H5SM_FN_psa_pake_setup 0x0c09u
#define H5SM_FN_psa_pake_set_role 0x0c0au
#define H5SM_FN_psa_pake_set_user 0x0c0bu
#define H5SM_FN_psa_pake_set_peer 0x0c0cu
#define H5SM_FN_psa_pake_set_context 0x0c0du
#define H5SM_FN_psa_pake_output 0x0c0eu
#define H5SM_FN_psa_pake_input 0x0c0fu
#define H5SM_FN_psa_pake_get_shared_key 0x0c10u
#define H5SM_FN_psa_pake_abort 0x0c11u
#define H5SM_FN_psa_generate_random 0x0d01u
#define H5SM_FN_psa_xof_setup 0x0e02u
#define H5SM_FN_psa_xof_set_context 0x0e03u
#define H5SM_FN_psa_xof_update 0x0e04u
#define H5SM_FN_psa_xof_output 0x0e05u
#define H5SM_FN_psa_xof_abort 0x0e06u
#define H5SM_FN_psa_wrap_key 0x0f01u
#define H5SM_FN_psa_unwrap_key 0x0f02u
#define H5SM_FN_psa_its_set 0x4001u
#define H5SM_FN_psa_its_get 0x4002u
#define H5SM_FN_psa_its_get_info 0x4003u
#define H5SM_FN_psa_its_remove 0x4004u
#define H5SM_FN_psa_initial_attest_get_token 0x4101u
#define H5SM_FN_psa_initial_attest_get_token_size 0x4102u
#define H5SM_FN_h5sm_read_system_flash 0x5001u
#define H5SM_FN_psa_connect 0x4403u
#define H5SM_FN_psa_call 0x4404u
#define H5SM_FN_psa_close 0x4405u
#define H5SM_FN_psa_open_key 0x4501u
#define H5SM_FN_psa_close_key 0x4502u

#endif /* H5SM_FUNCTIONS_H */

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
