/* Metadata areas, and what they hold in the device.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define MAGIC 0x6d733568u

static uint32_t home_of(const VOID *memory)
{
    return (uint32_t)(uintptr_t)memory;
}

static int is_aligned(const VOID *memory)
{
    return ((uintptr_t)memory & 3u) == 0;
}

static UINT check_memory(const h5sm_nx_request *request, size_t needed)
{
    if (request->metadata == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (!is_aligned(request->metadata)) {
        return NX_CRYPTO_METADATA_UNALIGNED;
    }
    return request->metadata_size < needed ? NX_CRYPTO_INVALID_BUFFER_SIZE : NX_CRYPTO_SUCCESS;
}

int h5sm_nx_is_ours(const VOID *memory, size_t length)
{
    const h5sm_nx_held *held = memory;

    return memory != NULL && is_aligned(memory) && length >= sizeof *held && held->magic == MAGIC &&
           held->kind >= H5SM_NX_HASH && held->kind <= H5SM_NX_RSA;
}

UINT h5sm_nx_claim(const h5sm_nx_request *request, h5sm_nx_kind kind, size_t needed)
{
    const UINT status = check_memory(request, needed);
    h5sm_nx_held *held = request->metadata;

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    h5sm_nx_drop_if_at_home(held, needed);
    memset(held, 0, needed);
    held->magic = MAGIC;
    held->kind = (uint32_t)kind;
    held->home = home_of(held);
    return NX_CRYPTO_SUCCESS;
}

UINT h5sm_nx_check(const h5sm_nx_request *request, h5sm_nx_kind kind, size_t needed)
{
    const UINT status = check_memory(request, needed);
    const h5sm_nx_held *held = request->metadata;

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    return h5sm_nx_is_ours(held, needed) && held->kind == (uint32_t)kind ? NX_CRYPTO_SUCCESS
                                                                         : NX_CRYPTO_METHOD_INITIALIZATION_FAILURE;
}

UINT h5sm_nx_stop(h5sm_nx_held *held)
{
    const uint32_t running = held->running;

    held->running = H5SM_NX_IDLE;
    switch (running) {
    case H5SM_NX_HASHING:
        return h5sm_nx_status(psa_hash_abort(&held->operation.hash));
    case H5SM_NX_SIGNING:
        return h5sm_nx_status(psa_mac_abort(&held->operation.mac));
    case H5SM_NX_CIPHERING:
        return h5sm_nx_status(psa_cipher_abort(&held->operation.cipher));
    case H5SM_NX_SEALING:
        return h5sm_nx_status(psa_aead_abort(&held->operation.aead));
    default:
        return NX_CRYPTO_SUCCESS;
    }
}

UINT h5sm_nx_drop(h5sm_nx_held *held)
{
    const UINT stopped = h5sm_nx_stop(held);
    const UINT destroyed = h5sm_nx_key_destroy(&held->key);

    return h5sm_nx_both(h5sm_nx_both(stopped, destroyed), h5sm_nx_key_destroy(&held->stream_key));
}

VOID h5sm_nx_drop_if_at_home(VOID *memory, size_t length)
{
    h5sm_nx_held *held = memory;

    if (h5sm_nx_is_ours(memory, length) && held->home == home_of(memory)) {
        (void)h5sm_nx_drop(held);
    }
}

UINT h5sm_nx_cleanup(VOID *metadata)
{
    h5sm_nx_held *held = metadata;
    UINT status;

    if (!h5sm_nx_is_ours(metadata, sizeof *held)) {
        return NX_CRYPTO_SUCCESS;
    }
    status = h5sm_nx_drop(held);
    h5sm_nx_wipe(held, sizeof *held);
    return status;
}

VOID h5sm_nx_metadata_release(VOID *buffer, ULONG length)
{
    UCHAR *at = buffer;
    size_t left = length;

    while (left >= sizeof(h5sm_nx_held)) {
        const size_t step = is_aligned(at) ? 4 : 1;
        h5sm_nx_held *held = (VOID *)at;

        h5sm_nx_drop_if_at_home(held, left);
        if (h5sm_nx_is_ours(held, left)) {
            h5sm_nx_wipe(held, sizeof *held);
        }
        at += step;
        left -= step;
    }
}

VOID h5sm_nx_point(h5sm_nx_pointer *pointer, const VOID *to)
{
    memcpy(pointer->bytes, &to, sizeof to);
}

UCHAR *h5sm_nx_pointed(const h5sm_nx_pointer *pointer)
{
    UCHAR *to;

    memcpy(&to, pointer->bytes, sizeof to);
    return to;
}

VOID h5sm_nx_wipe(VOID *memory, size_t length)
{
    volatile UCHAR *at = memory;

    while (length-- > 0) {
        *at++ = 0;
    }
}
