/* A board layer's hooks: called around each exchange, in pairs, with signals and cancellation as the program has them. */
#include <psa/crypto.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>

#include "check.h"

static int begun;
static int ended;

static void is_open(void)
{
    sigset_t mask;
    int state;
    CHECK_EQUAL(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
    CHECK_EQUAL(sigismember(&mask, SIGALRM), 0);
    CHECK_EQUAL(pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &state), 0);
    CHECK_EQUAL(state, PTHREAD_CANCEL_ENABLE);
}

typedef struct {
    uint32_t signal;
} info_t;

void ns_ipc_seq_begin(const info_t *info);
void ns_ipc_seq_end(const info_t *info);

void ns_ipc_seq_begin(const info_t *info)
{
    is_open();
    CHECK_EQUAL(info->signal, 0x20);
    errno = EBUSY;
    CHECK_EQUAL(begun++, ended);
}

void ns_ipc_seq_end(const info_t *info)
{
    is_open();
    CHECK_EQUAL(info->signal, 0x20);
    CHECK_EQUAL(++ended, begun);
}

int main(void)
{
    uint8_t hash[32];
    size_t length;
    errno = 4711;
    int succeeded = psa_crypto_init() == PSA_SUCCESS;
    // A call is no system call: what it needed of errno is its own business.
    CHECK_EQUAL(errno, 4711);
    CHECK_EQUAL(begun, 1);
    psa_hash_compute(PSA_ALG_SHA_256, NULL, 0, hash, sizeof hash, &length);
    CHECK_EQUAL(begun, 2);
    // Refused without the other side: nothing to be in sequence with.
    CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, NULL, 1, hash, sizeof hash, &length), PSA_ERROR_INVALID_ARGUMENT);
    CHECK_EQUAL(begun, 2);
    CHECK_EQUAL(ended, 2);
    printf("hooks %d\n", succeeded);
    return 0;
}
