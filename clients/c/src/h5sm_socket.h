/* A stream of bytes to and from the emulator, with a deadline for each call and nothing else to know. */
#ifndef H5SM_SOCKET_H
#define H5SM_SOCKET_H

#include "h5sm_internal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "h5sm_endpoint.h"

typedef enum { H5SM_DONE, H5SM_CLOSED, H5SM_LATE } h5sm_io_t;

/* 0, or the errno that says why not. The clock of the first call starts here. */
H5SM_INTERNAL int h5sm_socket_open(const h5sm_endpoint_t *endpoint);
/* Leaves the connection of a parent process alone. */
H5SM_INTERNAL void h5sm_socket_close(void);
H5SM_INTERNAL bool h5sm_socket_is_open(void);
/* Between calls: the other side has ended the connection, as far as that can be seen without sending. */
H5SM_INTERNAL bool h5sm_socket_has_ended(void);
H5SM_INTERNAL void h5sm_socket_start_clock(void);

/* Sends all of it; the pieces are used up. */
H5SM_INTERNAL h5sm_io_t h5sm_socket_send(struct iovec *pieces, unsigned count);
/* Receives at least one byte and at most `size`. */
H5SM_INTERNAL h5sm_io_t h5sm_socket_receive(uint8_t *to, size_t size, size_t *received);

#endif
