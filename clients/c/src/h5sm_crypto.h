/* The structures of <psa/crypto.h> as parameters of a call. */
#ifndef H5SM_CRYPTO_H
#define H5SM_CRYPTO_H

#include "h5sm_call.h"

/* The library's own functions are hidden, these are not. */
#pragma GCC visibility push(default)
#include <psa/crypto.h>
#include <h5sm/system_flash.h>
#pragma GCC visibility pop

H5SM_INTERNAL void h5sm_attributes(h5sm_call_t *call, const psa_key_attributes_t *attributes);
H5SM_INTERNAL void h5sm_cipher_suite(h5sm_call_t *call, const psa_pake_cipher_suite_t *suite);
H5SM_INTERNAL void h5sm_custom(h5sm_call_t *call, const psa_custom_key_parameters_t *custom);
H5SM_INTERNAL void h5sm_attributes_out(h5sm_call_t *call, psa_key_attributes_t *attributes);

#endif
