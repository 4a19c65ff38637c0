/* The method that does nothing: AEAD suites have it for their MAC.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_crypto.h"

#include <stddef.h>

const NX_CRYPTO_METHOD h5sm_nx_method_none = {NX_CRYPTO_NONE, 0, 0, 0, 0, 0, NULL, NULL, NULL};
