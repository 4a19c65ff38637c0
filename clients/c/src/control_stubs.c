/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* One call each (h5sm_call.h). */
#include "h5sm_control.h"

psa_status_t h5sm_ctl_reset(void)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5101);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_snapshot(uint32_t *snapshot)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5102);
    h5sm_id_out(&call, snapshot);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_restore(uint32_t snapshot)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5103);
    h5sm_uint(&call, snapshot);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_drop(uint32_t snapshot)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5104);
    h5sm_uint(&call, snapshot);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_mark(uint32_t *mark)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5105);
    h5sm_id_out(&call, mark);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_call_count(uint32_t mark, uint32_t function, size_t *count)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x5106);
    h5sm_uint(&call, mark);
    h5sm_uint(&call, function);
    h5sm_size_out(&call, count);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_open_operations(size_t *count)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x510a);
    h5sm_size_out(&call, count);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_volatile_keys(size_t *count)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x510b);
    h5sm_size_out(&call, count);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_fault_clear(void)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x510d);
    return h5sm_end(&call);
}

psa_status_t h5sm_ctl_fault_hits(uint32_t fault, size_t *count)
{
    h5sm_call_t call;
    h5sm_begin(&call, 0x510e);
    h5sm_uint(&call, fault);
    h5sm_size_out(&call, count);
    return h5sm_end(&call);
}
