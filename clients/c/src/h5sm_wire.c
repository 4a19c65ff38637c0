/* MessagePack, as much of it as frames use (docs/wire.md). */
#include "h5sm_wire.h"

#include <string.h>

enum {
    FIXARRAY = 0x90,
    BIN8 = 0xc4,
    BIN16 = 0xc5,
    BIN32 = 0xc6,
    UINT8 = 0xcc,
    UINT16 = 0xcd,
    UINT32 = 0xce,
    INT8 = 0xd0,
    INT16 = 0xd1,
    INT32 = 0xd2,
    ARRAY16 = 0xdc,
    ARRAY32 = 0xdd,
    NEGATIVE_FIXINT = 0xe0
};

void h5sm_put_raw(h5sm_writer_t *writer, const void *bytes, size_t length)
{
    if (length > writer->size - writer->used) {
        writer->overflow = true;
        return;
    }
    memcpy(writer->bytes + writer->used, bytes, length);
    writer->used += length;
}

void h5sm_store_u32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

uint32_t h5sm_load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* A tag and the low `width` bytes of a value, most significant first. */
static void put_tagged(h5sm_writer_t *writer, uint8_t tag, uint32_t value, size_t width)
{
    uint8_t bytes[H5SM_MAX_HEAD];
    h5sm_store_u32(bytes + 1, value);
    bytes[4 - width] = tag;
    h5sm_put_raw(writer, bytes + 4 - width, width + 1);
}

void h5sm_put_fixed_u32(h5sm_writer_t *writer, uint32_t value)
{
    put_tagged(writer, UINT32, value, 4);
}

void h5sm_put_uint(h5sm_writer_t *writer, uint32_t value)
{
    if (value <= 0x7f) {
        put_tagged(writer, (uint8_t)value, 0, 0);
    } else if (value <= 0xff) {
        put_tagged(writer, UINT8, value, 1);
    } else if (value <= 0xffff) {
        put_tagged(writer, UINT16, value, 2);
    } else {
        put_tagged(writer, UINT32, value, 4);
    }
}

void h5sm_put_int(h5sm_writer_t *writer, int32_t value)
{
    if (value >= 0) {
        h5sm_put_uint(writer, (uint32_t)value);
    } else if (value >= -32) {
        put_tagged(writer, (uint8_t)value, 0, 0);
    } else {
        put_tagged(writer, INT32, (uint32_t)value, 4);
    }
}

void h5sm_put_bin_head(h5sm_writer_t *writer, uint32_t length)
{
    if (length <= 0xff) {
        put_tagged(writer, BIN8, length, 1);
    } else if (length <= 0xffff) {
        put_tagged(writer, BIN16, length, 2);
    } else {
        put_tagged(writer, BIN32, length, 4);
    }
}

void h5sm_put_array_head(h5sm_writer_t *writer, unsigned count)
{
    put_tagged(writer, (uint8_t)(FIXARRAY | (count & 0x0f)), 0, 0);
}

size_t h5sm_head_size(uint8_t first)
{
    if (first <= 0x7f || first >= NEGATIVE_FIXINT || (first & 0xf0) == FIXARRAY) {
        return 1;
    }
    switch (first) {
    case UINT8:
    case INT8:
    case BIN8:
        return 2;
    case UINT16:
    case INT16:
    case BIN16:
    case ARRAY16:
        return 3;
    case UINT32:
    case INT32:
    case BIN32:
    case ARRAY32:
        return 5;
    default:
        return 0;
    }
}

/* Big-endian bytes, the first of them carrying the sign. */
static uint32_t signed_value(const uint8_t *bytes, size_t width)
{
    uint32_t value = (bytes[0] & 0x80) != 0 ? UINT32_MAX : 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static uint32_t unsigned_value(const uint8_t *bytes, size_t width)
{
    uint32_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static h5sm_item_t item(h5sm_kind_t kind, uint32_t value)
{
    h5sm_item_t result = { kind, value };
    return result;
}

static h5sm_item_t signed_item(const uint8_t *bytes, size_t width)
{
    return item((bytes[0] & 0x80) != 0 ? H5SM_NEGATIVE : H5SM_UINT, signed_value(bytes, width));
}

h5sm_item_t h5sm_read_head(const uint8_t *bytes)
{
    uint8_t first = bytes[0];
    size_t width = h5sm_head_size(first) - 1;
    if (first <= 0x7f) {
        return item(H5SM_UINT, first);
    }
    if (first >= NEGATIVE_FIXINT) {
        return signed_item(bytes, 1);
    }
    if ((first & 0xf0) == FIXARRAY) {
        return item(H5SM_ARRAY, first & 0x0f);
    }
    switch (first) {
    case BIN8:
    case BIN16:
    case BIN32:
        return item(H5SM_BIN, unsigned_value(bytes + 1, width));
    case ARRAY16:
    case ARRAY32:
        return item(H5SM_ARRAY, unsigned_value(bytes + 1, width));
    case INT8:
    case INT16:
    case INT32:
        return signed_item(bytes + 1, width);
    default:
        return item(H5SM_UINT, unsigned_value(bytes + 1, width));
    }
}
