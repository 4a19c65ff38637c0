/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* One call each (h5sm_call.h). */
#include "h5sm_storage.h"

psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4001);
    h5sm_u64(&call, uid);
    h5sm_bytes(&call, p_data, data_length);
    h5sm_uint(&call, create_flags);
    return h5sm_end(&call);
}

psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4002);
    h5sm_u64(&call, uid);
    h5sm_size(&call, data_offset);
    h5sm_memory(&call, p_data, data_size, p_data_length);
    return h5sm_end(&call);
}

psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4003);
    h5sm_u64(&call, uid);
    h5sm_storage_info_out(&call, p_info);
    return h5sm_end(&call);
}

psa_status_t psa_its_remove(psa_storage_uid_t uid)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x4004);
    h5sm_u64(&call, uid);
    return h5sm_end(&call);
}
