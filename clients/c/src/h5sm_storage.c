/* Memory and metadata of storage as elements of frames (docs/wire.md, "Elements"). */
#include "h5sm_storage.h"

/* PSA Secure Storage 1.0, 5.3: a caller that cannot access all of [p_data, p_data + data_size - 1] gets
 * PSA_ERROR_INVALID_ARGUMENT. No object of a 32-bit device is longer than this. */
#define LARGEST_OBJECT ((size_t)INT32_MAX)

void h5sm_memory(h5sm_call_t *call, void *memory, size_t size, size_t *length)
{
    h5sm_require(call, size <= LARGEST_OBJECT);
    h5sm_room(call, memory, size, length);
}

/* [capacity, size, flags] */
static void make_info(void *object, const uint32_t *v)
{
    static const struct psa_storage_info_t none;
    struct psa_storage_info_t *info = object;
    *info = none;
    if (v != NULL) {
        info->capacity = v[0];
        info->size = v[1];
        info->flags = v[2];
    }
}

void h5sm_storage_info_out(h5sm_call_t *call, struct psa_storage_info_t *info)
{
    h5sm_object_out(call, info, 3, make_info);
}
