/* The last digests that the hash methods gave out: h5sm_nx_rsa.c says what for. A digest is no secret.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define REMEMBERED 4u

static struct digest {
    psa_algorithm_t alg;
    UCHAR bytes[H5SM_NX_MAX_HASH];
} digests[REMEMBERED];

static size_t next;

VOID h5sm_nx_digest_remember(psa_algorithm_t alg, const UCHAR *digest)
{
    digests[next].alg = alg;
    memcpy(digests[next].bytes, digest, PSA_HASH_LENGTH(alg));
    next = (next + 1) % REMEMBERED;
}

const UCHAR *h5sm_nx_digest_recall(size_t age, psa_algorithm_t *alg)
{
    const struct digest *found = &digests[(next + REMEMBERED - 1 - age % REMEMBERED) % REMEMBERED];

    *alg = found->alg;
    return age >= REMEMBERED || found->alg == PSA_ALG_NONE ? NULL : found->bytes;
}
