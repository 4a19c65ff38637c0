/* A storm of timer signals during calls: none is interrupted, none of the signals arrives inside of one. */
#include <psa/crypto.h>

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "check.h"

static volatile sig_atomic_t arrived;
static double arrived_at;

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000.0 + (double)now.tv_nsec / 1e6;
}

static void on_alarm(int signal)
{
    (void)signal;
    arrived++;
    arrived_at = milliseconds();
}

static void every(long first_us, long then_us)
{
    struct itimerval timer = { { 0, then_us }, { 0, first_us } };
    CHECK_EQUAL(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static void same_mask(const sigset_t *expected)
{
    sigset_t mask;
    CHECK_EQUAL(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
    for (int signal = 1; signal < SIGRTMAX; signal++) {
        CHECK_EQUAL(sigismember(&mask, signal), sigismember(expected, signal));
    }
}

/* The server of the test answers hash_setup after 100 ms. */
static void waits_for_the_call(void)
{
    psa_hash_operation_t operation = PSA_HASH_OPERATION_INIT;
    arrived = 0;
    every(20000, 0);
    double begin = milliseconds();
    CHECK_EQUAL(psa_hash_setup(&operation, PSA_ALG_SHA_256), PSA_SUCCESS);
    // It was pending from 20 ms on, and came as soon as signals were open again.
    CHECK_EQUAL(arrived, 1);
    CHECK(arrived_at - begin > 90);
}

int main(int count, char **arguments)
{
    sigset_t mask;
    struct sigaction action;
    uint8_t input[5000];
    uint8_t output[64];
    size_t length;
    int calls = count > 1 ? atoi(arguments[1]) : 0;
    memset(&action, 0, sizeof action);
    memset(input, 1, sizeof input);
    action.sa_handler = on_alarm; // and no SA_RESTART
    CHECK_EQUAL(sigaction(SIGALRM, &action, NULL), 0);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    CHECK_EQUAL(pthread_sigmask(SIG_SETMASK, &mask, NULL), 0);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    if (calls == 0) {
        waits_for_the_call();
    } else {
        every(100, 100);
        for (int i = 0; i < calls; i++) {
            CHECK_EQUAL(psa_hash_compute(PSA_ALG_SHA_256, input, sizeof input, output, sizeof output, &length), PSA_SUCCESS);
        }
        every(0, 0);
        CHECK(arrived > 0);
    }
    same_mask(&mask);
    printf("signals %d\n", (int)arrived);
    return 0;
}
