/* NX_RAND and NX_CRYPTO_RBG: psa_generate_random each time, so that no two threads get the same.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#include <limits.h>

/* NX_RAND has no way to say that there are no random numbers, and a handshake must not go on without. */
#ifndef H5SM_NX_RANDOM_FAILED
#include <stdlib.h>
#define H5SM_NX_RANDOM_FAILED() abort()
#endif

int h5sm_nx_rand(void)
{
    unsigned int number = 0;

    if (h5sm_nx_status(psa_generate_random((uint8_t *)&number, sizeof number)) != NX_CRYPTO_SUCCESS) {
        H5SM_NX_RANDOM_FAILED();
    }
    return (int)(number & INT_MAX);
}

unsigned int h5sm_nx_rbg(unsigned int bits, unsigned char *result)
{
    return h5sm_nx_status(psa_generate_random(result, (bits + 7u) / 8u));
}
