/* See calls.h.
 * SPDX-License-Identifier: Apache-2.0 */

#include "calls.h"

#include <string.h>

/* NetX's interface has no const. */
static UCHAR *loose(const void *memory)
{
    return (UCHAR *)(uintptr_t)memory;
}

UINT call_init(slice at, bytes key, size_t key_length)
{
    VOID *handler = NULL;

    return at.method->nx_crypto_init((NX_CRYPTO_METHOD *)(uintptr_t)at.method, loose(key),
                                     (NX_CRYPTO_KEY_SIZE)(key_length * 8), &handler, at.metadata, at.size);
}

UINT call_cleanup(slice at)
{
    return at.method->nx_crypto_cleanup(at.metadata);
}

static UINT operation(slice at, UINT op, const NX_CRYPTO_METHOD *method, bytes key, size_t key_bits, bytes input,
                      size_t input_length, bytes iv, void *output, size_t output_length)
{
    return at.method->nx_crypto_operation(op, NULL, (NX_CRYPTO_METHOD *)(uintptr_t)method, loose(key),
                                          (NX_CRYPTO_KEY_SIZE)key_bits, loose(input), (ULONG)input_length, loose(iv),
                                          output, (ULONG)output_length, at.metadata, at.size, NULL, NULL);
}

UINT call(slice at, UINT op, bytes key, size_t key_bits, bytes input, size_t input_length, bytes iv, void *output,
          size_t output_length)
{
    return operation(at, op, at.method, key, key_bits, input, input_length, iv, output, output_length);
}

UINT call_op(slice at, UINT op)
{
    return call(at, op, NULL, 0, NULL, 0, NULL, NULL, 0);
}

UINT call_key(slice at, UINT op, bytes key, size_t key_length)
{
    return call(at, op, key, key_length * 8, NULL, 0, NULL, NULL, 0);
}

UINT call_in(slice at, UINT op, bytes input, size_t input_length)
{
    return call(at, op, NULL, 0, input, input_length, NULL, NULL, 0);
}

UINT call_out(slice at, UINT op, void *output, size_t output_length)
{
    return call(at, op, NULL, 0, NULL, 0, NULL, output, output_length);
}

UINT call_with(slice at, UINT op, const NX_CRYPTO_METHOD *other)
{
    return operation(at, op, other, NULL, 0, NULL, 0, NULL, NULL, 0);
}

UINT call_hash(slice at, bytes input, size_t length, unsigned char *digest, size_t room)
{
    UINT status = call_init(at, NULL, 0);

    if (status == NX_CRYPTO_SUCCESS) {
        status = call_op(at, NX_CRYPTO_HASH_INITIALIZE);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        status = call_in(at, NX_CRYPTO_HASH_UPDATE, input, length);
    }
    if (status == NX_CRYPTO_SUCCESS) {
        status = call_out(at, NX_CRYPTO_HASH_CALCULATE, digest, room);
    }
    return status == NX_CRYPTO_SUCCESS ? call_cleanup(at) : status;
}

UINT call_update(slice at, UINT op, bytes input, size_t length, unsigned char *output, size_t chunk)
{
    UINT status = NX_CRYPTO_SUCCESS;
    size_t done;

    for (done = 0; done < length && status == NX_CRYPTO_SUCCESS; done += chunk) {
        const size_t part = length - done < chunk ? length - done : chunk;

        status = call(at, op, NULL, 0, input + done, part, NULL, output + done, part);
    }
    return status;
}

UINT call_aead_begin(slice at, UINT op, bytes additional, size_t additional_length, bytes nonce, size_t total)
{
    /* NetX's has 13 bytes. Three more are for layers that take it for an IV of 16, which read on. */
    unsigned char counted[16] = {12};

    memcpy(counted + 1, nonce, 12);
    return call(at, op, NULL, 0, additional, additional_length, counted, NULL, total);
}
