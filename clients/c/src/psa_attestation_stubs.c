/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* One call each (h5sm_call.h). */
#include "h5sm_call.h"

/* The library's own functions are hidden, these are not. */
#pragma GCC visibility push(default)
#include <psa/initial_attestation.h>
#pragma GCC visibility pop

psa_status_t psa_initial_attest_get_token(const uint8_t *auth_challenge, size_t challenge_size,
                                          uint8_t *token_buf, size_t token_buf_size, size_t *token_size)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4101);
    h5sm_habits(&call, H5SM_LEAVES_LENGTH);
    h5sm_bytes(&call, auth_challenge, challenge_size);
    h5sm_room(&call, token_buf, token_buf_size, token_size);
    return h5sm_end(&call);
}

psa_status_t psa_initial_attest_get_token_size(size_t challenge_size, size_t *token_size)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4102);
    h5sm_size(&call, challenge_size);
    h5sm_size_out(&call, token_size);
    return h5sm_end(&call);
}
