/* Calling NX_CRYPTO_METHODs as NetX does: three functions through pointers, metadata in a slice.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef CALLS_H
#define CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "nx_crypto.h"

/* A method and its metadata area */
typedef struct slice {
    const NX_CRYPTO_METHOD *method;
    void *metadata;
    ULONG size;
} slice;

typedef const unsigned char *bytes;

UINT call_init(slice at, bytes key, size_t key_length);
UINT call_cleanup(slice at);

/* nx_crypto_operation with everything there is; the others leave out what they do not need. */
UINT call(slice at, UINT op, bytes key, size_t key_bits, bytes input, size_t input_length, bytes iv, void *output,
          size_t output_length);
UINT call_op(slice at, UINT op);
UINT call_key(slice at, UINT op, bytes key, size_t key_length);
UINT call_in(slice at, UINT op, bytes input, size_t input_length);
UINT call_out(slice at, UINT op, void *output, size_t output_length);

/* The operation of `other` in this metadata: HMAC_SET_HASH, HKDF_SET_HASH and HKDF_SET_HMAC name a method so. */
UINT call_with(slice at, UINT op, const NX_CRYPTO_METHOD *other);

/* init, HASH_INITIALIZE, HASH_UPDATE, HASH_CALCULATE, cleanup */
UINT call_hash(slice at, bytes input, size_t length, unsigned char *digest, size_t room);

/* ENCRYPT_UPDATE or DECRYPT_UPDATE in chunks, the way NetX goes through packets: all but the last are `chunk` bytes. */
UINT call_update(slice at, UINT op, bytes input, size_t length, unsigned char *output, size_t chunk);

/* INITIALIZE with additional data, the nonce behind its length, and the length of the record */
UINT call_aead_begin(slice at, UINT op, bytes additional, size_t additional_length, bytes nonce, size_t total);

#endif
