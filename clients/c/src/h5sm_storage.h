/* What is peculiar to the parameters of <psa/internal_trusted_storage.h>. */
#ifndef H5SM_STORAGE_H
#define H5SM_STORAGE_H

#include "h5sm_call.h"

#pragma GCC visibility push(default)
#include <psa/internal_trusted_storage.h>
#pragma GCC visibility pop

/* A room in memory that the caller has to be able to write to as a whole. */
H5SM_INTERNAL void h5sm_memory(h5sm_call_t *call, void *memory, size_t size, size_t *length);
H5SM_INTERNAL void h5sm_storage_info_out(h5sm_call_t *call, struct psa_storage_info_t *info);

#endif
