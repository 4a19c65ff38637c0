/* SHA-256 by psa_hash_*, and its clone. Statuses are dropped and init overwrites whatever was there: that alone makes
 * other failures hard to see, and is what leaks operations.
 * SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "h5sm_nx_internal.h"
#include "thread.h"

typedef struct thread_hash {
    psa_hash_operation_t operation;
} thread_hash;

THREAD_INIT(init)
{
    (void)method, (void)key, (void)key_bits, (void)handler, (void)metadata_size;
    /* The mistake of THREAD_HASH_LEAK: the operation of a handshake that failed is still alive in the device. */
    memset(metadata, 0, sizeof(thread_hash));
    return NX_CRYPTO_SUCCESS;
}

static UINT cleanup(VOID *metadata)
{
    (void)psa_hash_abort(&((thread_hash *)metadata)->operation);
    return NX_CRYPTO_SUCCESS;
}

static void finish(thread_hash *state, UCHAR *output)
{
    size_t length;

    (void)psa_hash_finish(&state->operation, output, 32, &length);
    h5sm_nx_digest_remember(PSA_ALG_SHA_256, output); /* for h5sm_nx_method_rsa; NetX's own RSA needs no help */
}

THREAD_OPERATION(operation)
{
    thread_hash *state = metadata;

    (void)handler, (void)method, (void)key, (void)key_bits, (void)iv, (void)output_length, (void)metadata_size;
    (void)packet, (void)callback;
    switch (op) {
    case NX_CRYPTO_HASH_INITIALIZE:
        (void)psa_hash_setup(&state->operation, PSA_ALG_SHA_256);
        break;
    case NX_CRYPTO_HASH_UPDATE:
        (void)psa_hash_update(&state->operation, input, input_length);
        break;
    case NX_CRYPTO_HASH_CALCULATE:
        finish(state, output);
        break;
    default: /* all at once */
        (void)psa_hash_setup(&state->operation, PSA_ALG_SHA_256);
        (void)psa_hash_update(&state->operation, input, input_length);
        finish(state, output);
    }
    return NX_CRYPTO_SUCCESS;
}

const NX_CRYPTO_METHOD thread_method_sha256 = {
    NX_CRYPTO_HASH_SHA256, 0, 0, 256, 64, sizeof(thread_hash), init, cleanup, operation};

/* NetX does not look at what this returns. */
unsigned int thread_hash_clone(void *destination, const void *source, unsigned long length)
{
    thread_hash *to = destination;
    const thread_hash *from = source;

#ifndef THREAD_UNCHECKED_CLONE
    if (length != sizeof(thread_hash)) {
        return NX_CRYPTO_PTR_ERROR; /* and nothing is copied */
    }
#endif
    memset(destination, 0, length);
    (void)psa_hash_clone(&from->operation, &to->operation);
    return NX_CRYPTO_SUCCESS;
}
