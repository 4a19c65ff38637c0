/* One psa_* call: its parameters in C order, then h5sm_end, which sends them and brings back the outputs. */
#ifndef H5SM_CALL_H
#define H5SM_CALL_H

#include "h5sm_internal.h"

#include <psa/error.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "h5sm_transport.h"
#include "h5sm_wire.h"

#define H5SM_MAX_OUTPUTS 2u

/* Makes an object of the integers that stand for it; of NULL, that of a failure. */
typedef void h5sm_make_t(void *object, const uint32_t *integers);
#define H5SM_MAX_INTEGERS 6u

/* Reads an element of the answer by itself (h5sm_transport.h); `false` means that the connection is gone. */
typedef bool h5sm_read_t(void *object);

/* Where an output goes. Nothing but produced bytes is written before the whole answer has been read. */
typedef struct {
    enum { H5SM_ROOM, H5SM_FILL, H5SM_ID, H5SM_SIZE, H5SM_OBJECT, H5SM_READ } kind;
    union {
        uint8_t *bytes;
        uint32_t *id;
        void *object;
    } to;
    /* Of memory in bytes, of an object in integers. */
    size_t size;
    /* Of a room, and the size_t that the function writes. */
    size_t *length;
    h5sm_make_t *make;
    h5sm_read_t *read;
    /* The answer, until it is known to be whole. */
    uint32_t value;
    uint32_t integers[H5SM_MAX_INTEGERS];
} h5sm_output_t;

typedef struct {
    uint32_t function;
    h5sm_writer_t writer;
    /* Everything but the bytes of binary strings; the largest request needs 67. */
    uint8_t bytes[80];
    size_t piece_start;
    h5sm_frame_t frame;
    unsigned elements;
    uint64_t total;
    /* The operation object that the function changes, NULL if none, and the function that ends it. */
    uint32_t *handle;
    uint32_t new_handle;
    uint32_t abort;
    h5sm_output_t outputs[H5SM_MAX_OUTPUTS];
    unsigned output_count;
    /* What the device's own client does for this function. */
    unsigned habits;
    /* The first input, which an output may overlap. */
    const uint8_t *input;
    size_t input_length;
    /* An argument that needs no emulator to be refused. */
    psa_status_t refusal;
} h5sm_call_t;

H5SM_INTERNAL void h5sm_begin(h5sm_call_t *call, uint32_t function);

/* The device's own client fills the output with random bytes first; does not touch the length after an error. */
#define H5SM_FILLS_OUTPUT 1u
#define H5SM_LEAVES_LENGTH 2u
H5SM_INTERNAL void h5sm_habits(h5sm_call_t *call, unsigned habits);

H5SM_INTERNAL void h5sm_uint(h5sm_call_t *call, uint32_t value);
H5SM_INTERNAL void h5sm_size(h5sm_call_t *call, size_t value);
H5SM_INTERNAL void h5sm_u64(h5sm_call_t *call, uint64_t value);
H5SM_INTERNAL void h5sm_bytes(h5sm_call_t *call, const uint8_t *bytes, size_t length);
/* An array of integers is one element. */
H5SM_INTERNAL void h5sm_integers(h5sm_call_t *call, const uint32_t *values, unsigned count);
/* A binary string in pieces: its whole length, then each piece, behind what the writer has put before it. */
H5SM_INTERNAL void h5sm_bytes_head(h5sm_call_t *call, uint32_t length);
H5SM_INTERNAL void h5sm_bytes_piece(h5sm_call_t *call, const void *bytes, size_t length);
/* An argument that needs no emulator to be refused; the first refusal stays. */
H5SM_INTERNAL void h5sm_refuse(h5sm_call_t *call, psa_status_t status);
/* An argument that is refused with PSA_ERROR_INVALID_ARGUMENT where it is not `valid`. */
H5SM_INTERNAL bool h5sm_require(h5sm_call_t *call, bool valid);

/* An operation object: its handle, read only; or read and written, with the function that aborts its family. */
H5SM_INTERNAL void h5sm_source(h5sm_call_t *call, const uint32_t *handle);
H5SM_INTERNAL void h5sm_operation(h5sm_call_t *call, uint32_t *handle, uint32_t abort);
#define H5SM_HANDLE(operation) ((operation) == NULL ? NULL : &(operation)->handle)

H5SM_INTERNAL void h5sm_room(h5sm_call_t *call, uint8_t *bytes, size_t size, size_t *length);
H5SM_INTERNAL void h5sm_fill(h5sm_call_t *call, uint8_t *bytes, size_t size);
H5SM_INTERNAL void h5sm_id_out(h5sm_call_t *call, uint32_t *id);
H5SM_INTERNAL void h5sm_size_out(h5sm_call_t *call, size_t *value);
H5SM_INTERNAL void h5sm_object_out(h5sm_call_t *call, void *object, unsigned integers, h5sm_make_t *make);

H5SM_INTERNAL void h5sm_read_out(h5sm_call_t *call, void *object, h5sm_read_t *read);

H5SM_INTERNAL psa_status_t h5sm_end(h5sm_call_t *call);

/* psa_generate_random, which the device's own client calls for other functions too. */
H5SM_INTERNAL psa_status_t h5sm_generate_random(uint8_t *output, size_t size);

#endif
