/* Lines on stderr for people: one for each cause, without stdio and without a heap. */
#ifndef H5SM_REPORT_H
#define H5SM_REPORT_H

#include "h5sm_internal.h"

typedef enum {
    H5SM_BAD_ENVIRONMENT,
    H5SM_UNREACHABLE_ENDPOINT,
    H5SM_REFUSED_FRAME,
    H5SM_LOST_CONNECTION,
    H5SM_LATE_ANSWER,
    H5SM_GARBLED_ANSWER
} h5sm_cause_t;

/* Says "h5sm: " and the parts, unless this cause has been told since the last h5sm_all_is_well. The last part is NULL. */
H5SM_INTERNAL void h5sm_report(h5sm_cause_t cause, const char *const *parts);
#define H5SM_REPORT(cause, ...) h5sm_report(cause, (const char *const[]){ __VA_ARGS__, NULL })

/* A call was answered: what goes wrong after this is news again. */
H5SM_INTERNAL void h5sm_all_is_well(void);

#endif
