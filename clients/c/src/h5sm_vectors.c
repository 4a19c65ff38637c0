/* The vectors of a psa_call as elements of frames (docs/wire.md, "Elements"). */
#include "h5sm_vectors.h"

#include "h5sm_protocol.h"

/* Memory that cannot be there is no memory reference (PSA Firmware Framework-M 1.0, psa_call). */
static bool is_memory(h5sm_call_t *call, const void *base, size_t length)
{
    if (base == NULL && length != 0) {
        h5sm_refuse(call, PSA_ERROR_PROGRAMMER_ERROR);
        return false;
    }
    return true;
}

/* Each vector behind its length, in one binary string. */
void h5sm_vectors(h5sm_call_t *call, const psa_invec *vectors, size_t count)
{
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_memory(call, vectors[i].base, vectors[i].len)) {
            return;
        }
        total += 4 + (uint64_t)vectors[i].len;
    }
    if (total > H5SM_MAX_FRAME) {
        h5sm_refuse(call, PSA_ERROR_INSUFFICIENT_MEMORY);
        return;
    }
    h5sm_bytes_head(call, (uint32_t)total);
    for (size_t i = 0; i < count; i++) {
        uint8_t length[4];
        h5sm_store_u32(length, (uint32_t)vectors[i].len);
        h5sm_put_raw(&call->writer, length, sizeof length);
        h5sm_bytes_piece(call, vectors[i].base, vectors[i].len);
    }
}

static bool is_other(void)
{
    return h5sm_garbled("holds other vectors than were asked for");
}

static bool read_vector(const psa_outvec *vector, uint32_t *length, uint32_t *left)
{
    uint8_t head[4];
    if (*left < sizeof head) {
        return is_other();
    }
    if (!h5sm_copy(head, sizeof head)) {
        return false;
    }
    *left -= (uint32_t)sizeof head;
    *length = h5sm_load_u32(head);
    if (*length > *left || *length > vector->len) {
        return is_other();
    }
    *left -= *length;
    return h5sm_copy(vector->base, *length);
}

static bool read_vectors(void *object)
{
    h5sm_answered_t *answered = object;
    h5sm_item_t item;
    if (!h5sm_next(&item)) {
        return false;
    }
    if (item.kind != H5SM_BIN) {
        return is_other();
    }
    uint32_t left = item.value;
    for (size_t i = 0; i < answered->count; i++) {
        if (!read_vector(&answered->vectors[i], &answered->lengths[i], &left)) {
            return false;
        }
    }
    return left == 0 || is_other();
}

/* Their room as an array of integers. */
void h5sm_vectors_out(h5sm_call_t *call, h5sm_answered_t *answered, const psa_outvec *vectors, size_t count)
{
    uint32_t sizes[H5SM_MAX_VECTORS];
    answered->vectors = vectors;
    answered->count = count;
    for (size_t i = 0; i < count; i++) {
        if (!is_memory(call, vectors[i].base, vectors[i].len)) {
            return;
        }
        sizes[i] = vectors[i].len < UINT32_MAX ? (uint32_t)vectors[i].len : UINT32_MAX;
    }
    h5sm_integers(call, sizes, (unsigned)count);
    h5sm_read_out(call, answered, read_vectors);
}
