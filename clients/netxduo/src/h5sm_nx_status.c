/* From PSA statuses to NX_CRYPTO statuses.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

static volatile psa_status_t last_failure = PSA_SUCCESS;

UINT h5sm_nx_status(psa_status_t status)
{
    if (status != PSA_SUCCESS) {
        last_failure = status;
    }
    switch (status) {
    case PSA_SUCCESS:
        return NX_CRYPTO_SUCCESS;
    case PSA_ERROR_INVALID_SIGNATURE:
        return NX_CRYPTO_AUTHENTICATION_FAILED;
    case PSA_ERROR_NOT_SUPPORTED:
        return NX_CRYPTO_INVALID_ALGORITHM;
    case PSA_ERROR_INVALID_HANDLE:
    case PSA_ERROR_DOES_NOT_EXIST:
        return NX_CRYPTO_INVALID_KEY;
    case PSA_ERROR_INVALID_ARGUMENT:
        return NX_CRYPTO_INVALID_PARAMETER;
    case PSA_ERROR_BUFFER_TOO_SMALL:
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    case PSA_ERROR_BAD_STATE:
        return NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
    case PSA_ERROR_INSUFFICIENT_MEMORY:
    case PSA_ERROR_INSUFFICIENT_STORAGE:
        return NX_CRYPTO_NO_INSTANCE;
    default:
        return NX_CRYPTO_NOT_SUCCESSFUL;
    }
}

INT h5sm_nx_psa_status(VOID)
{
    return (INT)last_failure;
}

UINT h5sm_nx_both(UINT first, UINT second)
{
    return first != NX_CRYPTO_SUCCESS ? first : second;
}
