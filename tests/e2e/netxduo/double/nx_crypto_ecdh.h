/* The double's NX_CRYPTO_ECDH: only its size matters, and that it is NetX's to fill.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef NX_CRYPTO_ECDH_DOUBLE_H
#define NX_CRYPTO_ECDH_DOUBLE_H

#include "nx_crypto.h"

typedef struct NX_CRYPTO_ECDH_STRUCT {
    UINT opaque[640];
} NX_CRYPTO_ECDH;

#endif
