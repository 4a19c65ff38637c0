/*
 * The connection to the emulator: one frame out, one frame back. Every function needs the guard of h5sm_guard.h, and
 * every `false` means: the connection is gone, the reason has been told.
 */
#ifndef H5SM_TRANSPORT_H
#define H5SM_TRANSPORT_H

#include "h5sm_internal.h"

#include <psa/error.h>

#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>

#include "h5sm_wire.h"

/* Every request begins with these bytes; length and seq are filled in when it is sent. */
#define H5SM_LENGTH_AT 0u
#define H5SM_ARRAY_AT 4u
#define H5SM_SEQ_AT 6u
H5SM_INTERNAL void h5sm_open_request(h5sm_writer_t *writer);
/* `count` elements, seq among them, and `length` bytes of frame, head excluded. */
H5SM_INTERNAL void h5sm_close_request(h5sm_writer_t *writer, unsigned count, uint32_t length);

/* Pieces of one frame; the first begins with the head of h5sm_open_request. */
#define H5SM_MAX_PIECES 17u
typedef struct {
    struct iovec pieces[H5SM_MAX_PIECES];
    unsigned count;
} h5sm_frame_t;

/* `bytes` are only read: iovec knows no const. */
H5SM_INTERNAL void h5sm_add_piece(h5sm_frame_t *frame, const void *bytes, size_t length);

/* Sends the frame, over a new connection where there is none or the old one has died. */
H5SM_INTERNAL bool h5sm_send(const h5sm_frame_t *frame);

/* What an answer begins with: [seq, status, ...]. `outputs` counts what follows. */
typedef struct {
    psa_status_t status;
    uint32_t outputs;
} h5sm_answer_t;

H5SM_INTERNAL bool h5sm_receive(h5sm_answer_t *answer);
/* The elements after the status: a head, and for a binary string its bytes by copy and skip. */
H5SM_INTERNAL bool h5sm_next(h5sm_item_t *item);
H5SM_INTERNAL bool h5sm_copy(uint8_t *to, uint32_t count);
H5SM_INTERNAL bool h5sm_skip(uint32_t count);
H5SM_INTERNAL bool h5sm_finish(void);
/* The third element of a failure was a text: the other side has refused the frame and closes. */
H5SM_INTERNAL bool h5sm_refused(uint32_t length);
/* The answer is not what the request asks for. */
H5SM_INTERNAL bool h5sm_garbled(const char *what);

/* What the device's own client does (H5SM_LENGTHS_ON_ERROR and so on): of the last hello, and after connecting. */
H5SM_INTERNAL uint32_t h5sm_quirks(void);
H5SM_INTERNAL uint32_t h5sm_ask_quirks(void);
/* So that a device started anew does not give out a handle that an old object still holds. */
H5SM_INTERNAL void h5sm_saw_handle(uint32_t handle);
/* psa_crypto_init has succeeded: connections that follow begin with it. */
H5SM_INTERNAL void h5sm_saw_init(void);

#endif
