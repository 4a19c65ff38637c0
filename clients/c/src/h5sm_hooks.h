/* A board layer's hooks around each exchange: h5sm_hooks.c calls them, and psa_client.c leaves them to the program. */
#ifndef H5SM_HOOKS_H
#define H5SM_HOOKS_H

#include "h5sm_internal.h"

#include <stdint.h>

H5SM_INTERNAL void h5sm_sequence_begin(uint32_t function);
H5SM_INTERNAL void h5sm_sequence_end(uint32_t function);

#endif
