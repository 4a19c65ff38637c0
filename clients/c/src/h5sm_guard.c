/*
 * One call at a time, undisturbed.
 *
 * RTOS ports on a host stop a thread by a signal whose handler waits until the scheduler lets the thread go on. A
 * thread stopped so inside of a call would hold the lock and half an answer. Signals are therefore blocked for the
 * length of a call, as interrupts are while the secure side of the chip is entered, and a cancellation waits.
 */
#include "h5sm_guard.h"

#include <errno.h>
#include <pthread.h>

#include "h5sm_hooks.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void h5sm_enter(h5sm_guard_t *guard, uint32_t function)
{
    sigset_t all;
    guard->error = errno;
    guard->function = function;
    // Before anything else and with signals open, so that a program can use its RTOS in its hooks.
    h5sm_sequence_begin(function);
    // Between the hook and here is no cancellation point: begin and end stay paired.
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &guard->cancellation);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &guard->signals);
    pthread_mutex_lock(&lock);
}

void h5sm_leave(const h5sm_guard_t *guard)
{
    int ignored;
    pthread_mutex_unlock(&lock);
    pthread_sigmask(SIG_SETMASK, &guard->signals, NULL);
    pthread_setcancelstate(guard->cancellation, &ignored);
    h5sm_sequence_end(guard->function);
    errno = guard->error;
}

void h5sm_unlock_child(void)
{
    static const pthread_mutex_t unlocked = PTHREAD_MUTEX_INITIALIZER;
    lock = unlocked;
}
