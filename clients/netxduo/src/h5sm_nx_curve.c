/* The curves: names for ECDHE and ECDSA, which take a curve's number and nothing else from its method. So NetX's own
 * curve methods serve as well; these have no parameters, and NetX's software is refused them.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

size_t h5sm_nx_curve_bits(const NX_CRYPTO_METHOD *curve)
{
    switch (curve == NULL ? 0u : curve->nx_crypto_algorithm) {
    case NX_CRYPTO_EC_SECP256R1:
        return 256;
    case NX_CRYPTO_EC_SECP384R1:
        return 384;
    case NX_CRYPTO_EC_SECP521R1:
        return 521;
    default:
        return 0;
    }
}

static UINT refuse(const h5sm_nx_request *request)
{
    (void)request;
    return NX_CRYPTO_INVALID_ALGORITHM;
}

H5SM_NX_OPERATION(curve_operation, refuse)

#define METHOD(name, id, bits) const NX_CRYPTO_METHOD name = {id, bits, 0, 0, 0, 0, NULL, NULL, curve_operation}

METHOD(h5sm_nx_method_ec_secp256r1, NX_CRYPTO_EC_SECP256R1, 256);
METHOD(h5sm_nx_method_ec_secp384r1, NX_CRYPTO_EC_SECP384R1, 384);
METHOD(h5sm_nx_method_ec_secp521r1, NX_CRYPTO_EC_SECP521R1, 521);
