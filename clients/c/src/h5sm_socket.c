/* A stream of bytes with deadlines. Called with the guard of h5sm_guard.h. */
#include "h5sm_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* Where it is missing, SO_NOSIGPIPE does the same. */
#endif

/* A wait is cut into slices of at most this length; only between them is the clock looked at. */
#define SLICE_MS 1000u

static int fd = -1;
static bool over_tcp;
/* 0: a call may last as long as it likes. */
static uint32_t timeout_ms;
static uint64_t deadline;

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

static bool too_late(void)
{
    return timeout_ms != 0 && now_ms() >= deadline;
}

void h5sm_socket_start_clock(void)
{
    deadline = timeout_ms == 0 ? 0 : now_ms() + timeout_ms;
}

bool h5sm_socket_is_open(void)
{
    return fd >= 0;
}

void h5sm_socket_close(void)
{
    if (fd >= 0) {
        close(fd);
    }
    fd = -1;
}

/* Each of these makes a connection better, none is needed for a correct one. */
static void set_option(int level, int name, const void *value, size_t size)
{
    int ignored = setsockopt(fd, level, name, value, (socklen_t)size);
    (void)ignored;
}

static void set_slices(void)
{
    if (timeout_ms == 0) {
        return;
    }
    // Equal slices, so that the last one ends at the deadline.
    uint32_t slices = (timeout_ms - 1) / SLICE_MS + 1;
    uint32_t slice = (timeout_ms - 1) / slices + 1;
    struct timeval wait;
    memset(&wait, 0, sizeof wait);
    wait.tv_sec = (time_t)(slice / 1000);
    wait.tv_usec = (suseconds_t)(slice % 1000 * 1000);
    set_option(SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    set_option(SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
}

static void set_options(void)
{
    int on = 1;
    set_slices();
#ifdef SO_NOSIGPIPE
    set_option(SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
    if (over_tcp) {
        set_option(IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
}

static int new_socket(int family)
{
#ifdef SOCK_CLOEXEC
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
#else
    int made = socket(family, SOCK_STREAM, 0);
    if (made >= 0) {
        fcntl(made, F_SETFD, FD_CLOEXEC);
    }
    return made;
#endif
}

/* A wait that was cut off (SO_SNDTIMEO) is taken up again by another connect(). */
static int connect_to(const h5sm_endpoint_t *endpoint)
{
    while (connect(fd, &endpoint->address.any, endpoint->address_size) != 0) {
        if (errno == EISCONN) {
            return 0;
        }
        if (errno != EINTR && errno != EAGAIN && errno != EINPROGRESS && errno != EALREADY) {
            return errno;
        }
        if (too_late()) {
            return ETIMEDOUT;
        }
    }
    return 0;
}

int h5sm_socket_open(const h5sm_endpoint_t *endpoint)
{
    timeout_ms = endpoint->timeout_ms;
    over_tcp = endpoint->family != AF_UNIX;
    h5sm_socket_start_clock();
    fd = new_socket(endpoint->family);
    if (fd < 0) {
        return errno;
    }
    set_options();
    return connect_to(endpoint);
}

/*
 * Between calls nothing may arrive: whatever there is to read is an end. A UNIX socket tells of it when something is
 * sent; a TCP socket would take the request and lose it.
 */
bool h5sm_socket_has_ended(void)
{
    uint8_t byte;
    if (!over_tcp) {
        return false;
    }
    ssize_t seen = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return seen >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

/* Drops `sent` bytes from the front of what is to be sent. */
static void advance(struct msghdr *message, size_t sent)
{
    while (message->msg_iovlen != 0 && sent >= message->msg_iov->iov_len) {
        sent -= message->msg_iov->iov_len;
        message->msg_iov++;
        message->msg_iovlen--;
    }
    if (sent != 0) {
        message->msg_iov->iov_base = (uint8_t *)message->msg_iov->iov_base + sent;
        message->msg_iov->iov_len -= sent;
    }
}

h5sm_io_t h5sm_socket_send(struct iovec *pieces, unsigned count)
{
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = pieces;
    message.msg_iovlen = count;
    while (message.msg_iovlen != 0) {
        ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
        if (sent >= 0) {
            advance(&message, (size_t)sent);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (too_late()) {
                return H5SM_LATE;
            }
        } else if (errno != EINTR) {
            return H5SM_CLOSED;
        }
    }
    return H5SM_DONE;
}

h5sm_io_t h5sm_socket_receive(uint8_t *to, size_t size, size_t *received)
{
    int flags = 0;
    for (;;) {
        ssize_t some = recv(fd, to, size, flags);
        if (some > 0) {
            *received = (size_t)some;
            return H5SM_DONE;
        }
        if (some == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) {
            return H5SM_CLOSED;
        }
        if (flags != 0) {
            return H5SM_LATE;
        }
        // A process that was stopped for long finds its answer waiting: look once more before giving up.
        flags = errno != EINTR && too_late() ? MSG_DONTWAIT : 0;
    }
}
