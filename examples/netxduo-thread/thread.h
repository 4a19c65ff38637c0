/* The mistakes of the thread, one at a time: at most one of these is defined when the files of this folder, and NetX,
 * are compiled. README.md says what each is.
 *
 *     THREAD_GCM_AS_CBC       the GCM method is the code for CBC
 *     THREAD_SOFTWARE_HASH    SHA-256 is software, the clone is that of PSA and refuses lengths that are not its own
 *     THREAD_SOFTWARE_SLOT    the same in the table's SHA-256 slot alone: the row of TLS 1.3 is PSA
 *     THREAD_SOFTWARE_ROW     the other way round: the slot is PSA, the row of TLS 1.3 is software
 *     THREAD_UNCHECKED_CLONE  SHA-256 is software, the clone is that of PSA and takes whatever it is given
 *     THREAD_MEMCPY_CLONE     SHA-256 is PSA, and NX_SECURE_HASH_METADATA_CLONE is NetX's own, memcpy
 *     THREAD_HASH_LEAK        SHA-256 is PSA, and a failed handshake leaves its transcript behind
 *     THREAD_ECDSA_AS_AES     public keys are imported as AES keys, under an id of their own
 *
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef THREAD_H
#define THREAD_H

#include "h5sm_nx_tls.h"

/* For nx_secure_tls_session_create */
extern const NX_SECURE_TLS_CRYPTO thread_ciphers;

/* thread_hash.c, thread_software.c, thread_cbc.c, thread_ecdsa.c */
extern const NX_CRYPTO_METHOD thread_method_sha256;
extern const NX_CRYPTO_METHOD thread_method_software_sha256;
extern const NX_CRYPTO_METHOD thread_method_aes_cbc_128;
extern const NX_CRYPTO_METHOD thread_method_aes_128_gcm_16;
extern const NX_CRYPTO_METHOD thread_method_ecdsa;

/* Parameters of nx_crypto_init and nx_crypto_operation, of which each method needs a few */
#define THREAD_INIT(name)                                                                                  \
    static UINT name(struct NX_CRYPTO_METHOD_STRUCT *method, UCHAR *key, NX_CRYPTO_KEY_SIZE key_bits,      \
                     VOID **handler, VOID *metadata, ULONG metadata_size)
#define THREAD_OPERATION(name)                                                                             \
    static UINT name(UINT op, VOID *handler, struct NX_CRYPTO_METHOD_STRUCT *method, UCHAR *key,           \
                     NX_CRYPTO_KEY_SIZE key_bits, UCHAR *input, ULONG input_length, UCHAR *iv, UCHAR *output, \
                     ULONG output_length, VOID *metadata, ULONG metadata_size, VOID *packet,               \
                     VOID (*callback)(VOID *, UINT))

#endif
