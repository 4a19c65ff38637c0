/* The vectors of a psa_call as elements of frames (docs/wire.md, "Elements"). */
#ifndef H5SM_VECTORS_H
#define H5SM_VECTORS_H

#include "h5sm_call.h"

#pragma GCC visibility push(default)
#include <psa/client.h>
#pragma GCC visibility pop

/* How many one call may have, input and output together; the device allows fewer. */
#define H5SM_MAX_VECTORS 8u

/* Where the vectors of an answer go, and how long they are. */
typedef struct {
    const psa_outvec *vectors;
    size_t count;
    uint32_t lengths[H5SM_MAX_VECTORS];
} h5sm_answered_t;

H5SM_INTERNAL void h5sm_vectors(h5sm_call_t *call, const psa_invec *vectors, size_t count);
H5SM_INTERNAL void h5sm_vectors_out(h5sm_call_t *call, h5sm_answered_t *answered, const psa_outvec *vectors,
                                    size_t count);

#endif
