/* One call at a time, undisturbed: the lock, signals, cancellation, and the hooks of an RTOS. */
#ifndef H5SM_GUARD_H
#define H5SM_GUARD_H

#include "h5sm_internal.h"

#include <signal.h>
#include <stdint.h>

typedef struct {
    sigset_t signals;
    int cancellation;
    int error;
    uint32_t function;
} h5sm_guard_t;

H5SM_INTERNAL void h5sm_enter(h5sm_guard_t *guard, uint32_t function);
H5SM_INTERNAL void h5sm_leave(const h5sm_guard_t *guard);
/* In a forked child, which has one thread: whoever held the lock is not here. */
H5SM_INTERNAL void h5sm_unlock_child(void);

#endif
