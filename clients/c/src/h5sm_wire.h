/* MessagePack, as much of it as frames use (docs/wire.md): integers of 32 bits, binary strings, arrays. */
#ifndef H5SM_WIRE_H
#define H5SM_WIRE_H

#include "h5sm_internal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes into memory of the caller; what does not fit is dropped and remembered. */
typedef struct {
    uint8_t *bytes;
    size_t size;
    size_t used;
    bool overflow;
} h5sm_writer_t;

H5SM_INTERNAL void h5sm_put_uint(h5sm_writer_t *writer, uint32_t value);
H5SM_INTERNAL void h5sm_put_int(h5sm_writer_t *writer, int32_t value);
/* Five bytes whatever the value, so that it can be replaced in place. */
H5SM_INTERNAL void h5sm_put_fixed_u32(h5sm_writer_t *writer, uint32_t value);
/* The bytes of the string follow elsewhere. */
H5SM_INTERNAL void h5sm_put_bin_head(h5sm_writer_t *writer, uint32_t length);
/* At most 15 elements. */
H5SM_INTERNAL void h5sm_put_array_head(h5sm_writer_t *writer, unsigned count);
H5SM_INTERNAL void h5sm_put_raw(h5sm_writer_t *writer, const void *bytes, size_t length);

H5SM_INTERNAL void h5sm_store_u32(uint8_t *at, uint32_t value);
H5SM_INTERNAL uint32_t h5sm_load_u32(const uint8_t *at);

typedef enum { H5SM_UINT, H5SM_NEGATIVE, H5SM_BIN, H5SM_ARRAY } h5sm_kind_t;

/* The head of an element: the integer, or the length of a binary string, or the count of an array. */
typedef struct {
    h5sm_kind_t kind;
    uint32_t value;
} h5sm_item_t;

#define H5SM_MAX_HEAD 5u

/* Bytes of the head that begins with `first`; 0 when no element of a frame begins so. */
H5SM_INTERNAL size_t h5sm_head_size(uint8_t first);
/* `bytes` holds h5sm_head_size(bytes[0]) bytes, which is not 0. */
H5SM_INTERNAL h5sm_item_t h5sm_read_head(const uint8_t *bytes);

#endif
