/* psa_connect, psa_call, psa_close for h5sm: every source in one. Compile it with your program, with -pthread.
 * Put together from clients/c by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

#define H5SM_INTERNAL static __attribute__((unused))

/* ---- h5sm_wire.c ---- */

/* MessagePack, as much of it as frames use (docs/wire.md). */
/* MessagePack, as much of it as frames use (docs/wire.md): integers of 32 bits, binary strings, arrays. */
#ifndef H5SM_WIRE_H
#define H5SM_WIRE_H

/* First in every file of the library: which system it asks for, and that what its files share stays inside it. */
#ifndef H5SM_INTERNAL_H
#define H5SM_INTERNAL_H

/* Sockets, threads, signals and clocks, and memory that is no file's, in strict C11 too. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#ifndef _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE
#endif

/* Hidden in the libraries, static in the single file. */
#ifndef H5SM_INTERNAL
#define H5SM_INTERNAL __attribute__((visibility("hidden")))
#endif

#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes into memory of the caller; what does not fit is dropped and remembered. */
typedef struct {
    uint8_t *bytes;
    size_t size;
    size_t used;
    bool overflow;
} h5sm_writer_t;

H5SM_INTERNAL void h5sm_put_uint(h5sm_writer_t *writer, uint32_t value);
H5SM_INTERNAL void h5sm_put_int(h5sm_writer_t *writer, int32_t value);
/* Five bytes whatever the value, so that it can be replaced in place. */
H5SM_INTERNAL void h5sm_put_fixed_u32(h5sm_writer_t *writer, uint32_t value);
/* The bytes of the string follow elsewhere. */
H5SM_INTERNAL void h5sm_put_bin_head(h5sm_writer_t *writer, uint32_t length);
/* At most 15 elements. */
H5SM_INTERNAL void h5sm_put_array_head(h5sm_writer_t *writer, unsigned count);
H5SM_INTERNAL void h5sm_put_raw(h5sm_writer_t *writer, const void *bytes, size_t length);

H5SM_INTERNAL void h5sm_store_u32(uint8_t *at, uint32_t value);
H5SM_INTERNAL uint32_t h5sm_load_u32(const uint8_t *at);

typedef enum { H5SM_UINT, H5SM_NEGATIVE, H5SM_BIN, H5SM_ARRAY } h5sm_kind_t;

/* The head of an element: the integer, or the length of a binary string, or the count of an array. */
typedef struct {
    h5sm_kind_t kind;
    uint32_t value;
} h5sm_item_t;

#define H5SM_MAX_HEAD 5u

/* Bytes of the head that begins with `first`; 0 when no element of a frame begins so. */
H5SM_INTERNAL size_t h5sm_head_size(uint8_t first);
/* `bytes` holds h5sm_head_size(bytes[0]) bytes, which is not 0. */
H5SM_INTERNAL h5sm_item_t h5sm_read_head(const uint8_t *bytes);

#endif

#include <string.h>

enum {
    FIXARRAY = 0x90,
    BIN8 = 0xc4,
    BIN16 = 0xc5,
    BIN32 = 0xc6,
    UINT8 = 0xcc,
    UINT16 = 0xcd,
    UINT32 = 0xce,
    INT8 = 0xd0,
    INT16 = 0xd1,
    INT32 = 0xd2,
    ARRAY16 = 0xdc,
    ARRAY32 = 0xdd,
    NEGATIVE_FIXINT = 0xe0
};

void h5sm_put_raw(h5sm_writer_t *writer, const void *bytes, size_t length)
{
    if (length > writer->size - writer->used) {
        writer->overflow = true;
        return;
    }
    memcpy(writer->bytes + writer->used, bytes, length);
    writer->used += length;
}

void h5sm_store_u32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)(value >> 16);
    at[2] = (uint8_t)(value >> 8);
    at[3] = (uint8_t)value;
}

uint32_t h5sm_load_u32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

/* A tag and the low `width` bytes of a value, most significant first. */
static void put_tagged(h5sm_writer_t *writer, uint8_t tag, uint32_t value, size_t width)
{
    uint8_t bytes[H5SM_MAX_HEAD];
    h5sm_store_u32(bytes + 1, value);
    bytes[4 - width] = tag;
    h5sm_put_raw(writer, bytes + 4 - width, width + 1);
}

void h5sm_put_fixed_u32(h5sm_writer_t *writer, uint32_t value)
{
    put_tagged(writer, UINT32, value, 4);
}

void h5sm_put_uint(h5sm_writer_t *writer, uint32_t value)
{
    if (value <= 0x7f) {
        put_tagged(writer, (uint8_t)value, 0, 0);
    } else if (value <= 0xff) {
        put_tagged(writer, UINT8, value, 1);
    } else if (value <= 0xffff) {
        put_tagged(writer, UINT16, value, 2);
    } else {
        put_tagged(writer, UINT32, value, 4);
    }
}

void h5sm_put_int(h5sm_writer_t *writer, int32_t value)
{
    if (value >= 0) {
        h5sm_put_uint(writer, (uint32_t)value);
    } else if (value >= -32) {
        put_tagged(writer, (uint8_t)value, 0, 0);
    } else {
        put_tagged(writer, INT32, (uint32_t)value, 4);
    }
}

void h5sm_put_bin_head(h5sm_writer_t *writer, uint32_t length)
{
    if (length <= 0xff) {
        put_tagged(writer, BIN8, length, 1);
    } else if (length <= 0xffff) {
        put_tagged(writer, BIN16, length, 2);
    } else {
        put_tagged(writer, BIN32, length, 4);
    }
}

void h5sm_put_array_head(h5sm_writer_t *writer, unsigned count)
{
    put_tagged(writer, (uint8_t)(FIXARRAY | (count & 0x0f)), 0, 0);
}

size_t h5sm_head_size(uint8_t first)
{
    if (first <= 0x7f || first >= NEGATIVE_FIXINT || (first & 0xf0) == FIXARRAY) {
        return 1;
    }
    switch (first) {
    case UINT8:
    case INT8:
    case BIN8:
        return 2;
    case UINT16:
    case INT16:
    case BIN16:
    case ARRAY16:
        return 3;
    case UINT32:
    case INT32:
    case BIN32:
    case ARRAY32:
        return 5;
    default:
        return 0;
    }
}

/* Big-endian bytes, the first of them carrying the sign. */
static uint32_t signed_value(const uint8_t *bytes, size_t width)
{
    uint32_t value = (bytes[0] & 0x80) != 0 ? UINT32_MAX : 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static uint32_t unsigned_value(const uint8_t *bytes, size_t width)
{
    uint32_t value = 0;
    for (size_t i = 0; i < width; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static h5sm_item_t item(h5sm_kind_t kind, uint32_t value)
{
    h5sm_item_t result = { kind, value };
    return result;
}

static h5sm_item_t signed_item(const uint8_t *bytes, size_t width)
{
    return item((bytes[0] & 0x80) != 0 ? H5SM_NEGATIVE : H5SM_UINT, signed_value(bytes, width));
}

h5sm_item_t h5sm_read_head(const uint8_t *bytes)
{
    uint8_t first = bytes[0];
    size_t width = h5sm_head_size(first) - 1;
    if (first <= 0x7f) {
        return item(H5SM_UINT, first);
    }
    if (first >= NEGATIVE_FIXINT) {
        return signed_item(bytes, 1);
    }
    if ((first & 0xf0) == FIXARRAY) {
        return item(H5SM_ARRAY, first & 0x0f);
    }
    switch (first) {
    case BIN8:
    case BIN16:
    case BIN32:
        return item(H5SM_BIN, unsigned_value(bytes + 1, width));
    case ARRAY16:
    case ARRAY32:
        return item(H5SM_ARRAY, unsigned_value(bytes + 1, width));
    case INT8:
    case INT16:
    case INT32:
        return signed_item(bytes + 1, width);
    default:
        return item(H5SM_UINT, unsigned_value(bytes + 1, width));
    }
}

/* ---- h5sm_report.c ---- */

/* Lines on stderr for people. Called with the transport's lock held. */
/* Lines on stderr for people: one for each cause, without stdio and without a heap. */
#ifndef H5SM_REPORT_H
#define H5SM_REPORT_H

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

#include <unistd.h>

static unsigned told;

/* Text from the environment or from the other side must not drive a terminal. */
static char printable(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
}

/* Appends what fits and keeps room for the newline. */
static size_t append(char *line, size_t size, size_t used, const char *text)
{
    for (; *text != '\0' && used + 1 < size; text++) {
        line[used++] = printable(*text);
    }
    return used;
}

void h5sm_report(h5sm_cause_t cause, const char *const *parts)
{
    static char line[640];
    if ((told & 1u << cause) != 0) {
        return;
    }
    told |= 1u << cause;
    size_t used = append(line, sizeof line, 0, "h5sm: ");
    for (; *parts != NULL; parts++) {
        used = append(line, sizeof line, used, *parts);
    }
    line[used++] = '\n';
    // One write, so that lines of several threads or processes stay whole; a closed stderr is nobody's error.
    ssize_t written = write(STDERR_FILENO, line, used);
    (void)written;
}

void h5sm_all_is_well(void)
{
    told = 0;
}

/* ---- h5sm_guard.c ---- */

/*
 * One call at a time, undisturbed.
 *
 * RTOS ports on a host stop a thread by a signal whose handler waits until the scheduler lets the thread go on. A
 * thread stopped so inside of a call would hold the lock and half an answer. Signals are therefore blocked for the
 * length of a call, as interrupts are while the secure side of the chip is entered, and a cancellation waits.
 */
/* One call at a time, undisturbed: the lock, signals, cancellation, and the hooks of an RTOS. */
#ifndef H5SM_GUARD_H
#define H5SM_GUARD_H

#include <signal.h>

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

#include <errno.h>
#include <pthread.h>

/* A board layer's hooks around each exchange: h5sm_hooks.c calls them, and psa_client.c leaves them to the program. */
#ifndef H5SM_HOOKS_H
#define H5SM_HOOKS_H

H5SM_INTERNAL void h5sm_sequence_begin(uint32_t function);
H5SM_INTERNAL void h5sm_sequence_end(uint32_t function);

#endif

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

/* ---- h5sm_endpoint.c ---- */

/* The environment of a client, read without a resolver and without a heap. */
/* Where the emulator is and who calls it: H5SM_ENDPOINT, H5SM_TOKEN, H5SM_CLIENT_ID, H5SM_TIMEOUT_MS. */
#ifndef H5SM_ENDPOINT_H
#define H5SM_ENDPOINT_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef struct {
    union {
        struct sockaddr any;
        struct sockaddr_un local;
        struct sockaddr_in ip4;
        struct sockaddr_in6 ip6;
    } address;
    socklen_t address_size;
    int family;
    /* As in the environment, for messages. */
    const char *text;
    const char *token;
    int32_t client_id;
    /* 0: none. */
    uint32_t timeout_ms;
} h5sm_endpoint_t;

/* Reads the environment; says on stderr what is wrong with it. */
H5SM_INTERNAL bool h5sm_endpoint(h5sm_endpoint_t *endpoint);

#endif

#include <arpa/inet.h>
#include <stdlib.h>

#define DEFAULT_TIMEOUT_MS 300000u
#define DEFAULT_CLIENT_ID (-1)

#define MEND "; start the emulator with \"h5sm start\" and export the endpoint it prints, " \
             "or run the program under \"h5sm exec -- ...\""

static bool malformed(const char *variable, const char *value, const char *why)
{
    H5SM_REPORT(H5SM_BAD_ENVIRONMENT, variable, "=", value, " ", why);
    return false;
}

/* Decimal digits up to the end of the text, at most `limit`. */
static bool parse_number(const char *text, uint64_t limit, uint64_t *value)
{
    *value = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        *value = *value * 10 + (uint64_t)(*text - '0');
        if (*value > limit) {
            return false;
        }
    }
    return *text == '\0';
}

static bool parse_local(h5sm_endpoint_t *endpoint, const char *path)
{
    struct sockaddr_un *local = &endpoint->address.local;
    size_t length = strlen(path);
    if (length == 0) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "has no path after unix:");
    }
    if (length >= sizeof local->sun_path) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "is longer than the path of a UNIX socket may be");
    }
    endpoint->family = AF_UNIX;
    endpoint->address_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path, length + 1);
    return true;
}

static bool parse_ip4(h5sm_endpoint_t *endpoint, const char *host, uint16_t port)
{
    struct sockaddr_in *ip4 = &endpoint->address.ip4;
    const char *numeric = strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
    // Loopback is 127.0.0.0/8; anything else would carry keys and the token over a network.
    if (inet_pton(AF_INET, numeric, &ip4->sin_addr) != 1 || ntohl(ip4->sin_addr.s_addr) >> 24 != 127) {
        return false;
    }
    endpoint->family = AF_INET;
    endpoint->address_size = sizeof *ip4;
    ip4->sin_family = AF_INET;
    ip4->sin_port = htons(port);
    return true;
}

static bool parse_ip6(h5sm_endpoint_t *endpoint, const char *host, uint16_t port)
{
    struct sockaddr_in6 *ip6 = &endpoint->address.ip6;
    if (inet_pton(AF_INET6, host, &ip6->sin6_addr) != 1 || !IN6_IS_ADDR_LOOPBACK(&ip6->sin6_addr)) {
        return false;
    }
    endpoint->family = AF_INET6;
    endpoint->address_size = sizeof *ip6;
    ip6->sin6_family = AF_INET6;
    ip6->sin6_port = htons(port);
    return true;
}

/* `[::1]` without its brackets, any other host as it is. */
static bool copy_host(char *host, size_t size, const char *from, size_t length)
{
    if (length >= 2 && from[0] == '[' && from[length - 1] == ']') {
        from++;
        length -= 2;
    }
    if (length == 0 || length >= size) {
        return false;
    }
    memcpy(host, from, length);
    host[length] = '\0';
    return true;
}

static bool parse_tcp(h5sm_endpoint_t *endpoint, const char *authority)
{
    char host[INET6_ADDRSTRLEN];
    uint64_t port;
    const char *colon = strrchr(authority, ':');
    if (colon == NULL || !parse_number(colon + 1, UINT16_MAX, &port) || port == 0) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "has no port; expected tcp://127.0.0.1:<port>");
    }
    if (copy_host(host, sizeof host, authority, (size_t)(colon - authority))
        && (parse_ip4(endpoint, host, (uint16_t)port) || parse_ip6(endpoint, host, (uint16_t)port))) {
        return true;
    }
    return malformed("H5SM_ENDPOINT", endpoint->text,
                     "is not a loopback address; expected 127.0.0.1, [::1] or localhost");
}

static bool parse_endpoint(h5sm_endpoint_t *endpoint)
{
    endpoint->text = getenv("H5SM_ENDPOINT");
    if (endpoint->text == NULL || endpoint->text[0] == '\0') {
        H5SM_REPORT(H5SM_BAD_ENVIRONMENT, "H5SM_ENDPOINT is not set" MEND);
        return false;
    }
    if (strncmp(endpoint->text, "unix:", 5) == 0) {
        // unix:///path is the same path as a URL.
        return parse_local(endpoint, endpoint->text + (strncmp(endpoint->text, "unix:///", 8) == 0 ? 7 : 5));
    }
    if (endpoint->text[0] == '/') {
        return parse_local(endpoint, endpoint->text);
    }
    if (strncmp(endpoint->text, "tcp://", 6) == 0) {
        return parse_tcp(endpoint, endpoint->text + 6);
    }
    return malformed("H5SM_ENDPOINT", endpoint->text, "is neither unix:/path nor tcp://127.0.0.1:<port>");
}

static bool parse_client_id(h5sm_endpoint_t *endpoint)
{
    const char *text = getenv("H5SM_CLIENT_ID");
    uint64_t magnitude;
    endpoint->client_id = DEFAULT_CLIENT_ID;
    if (text == NULL || text[0] == '\0') {
        return true;
    }
    bool negative = text[0] == '-';
    if (!parse_number(negative ? text + 1 : text, INT32_MAX, &magnitude)) {
        return malformed("H5SM_CLIENT_ID", text, "is not a client id; expected a number such as -1");
    }
    endpoint->client_id = negative ? -(int32_t)magnitude : (int32_t)magnitude;
    return true;
}

static bool parse_timeout(h5sm_endpoint_t *endpoint)
{
    const char *text = getenv("H5SM_TIMEOUT_MS");
    uint64_t timeout = DEFAULT_TIMEOUT_MS;
    if (text != NULL && text[0] != '\0' && !parse_number(text, UINT32_MAX, &timeout)) {
        return malformed("H5SM_TIMEOUT_MS", text, "is not a number of milliseconds (0 means no limit)");
    }
    endpoint->timeout_ms = (uint32_t)timeout;
    return true;
}

bool h5sm_endpoint(h5sm_endpoint_t *endpoint)
{
    memset(endpoint, 0, sizeof *endpoint);
    if (!parse_endpoint(endpoint) || !parse_client_id(endpoint) || !parse_timeout(endpoint)) {
        return false;
    }
    // A UNIX socket is guarded by its file's permissions and asks for none.
    const char *token = endpoint->family == AF_UNIX ? NULL : getenv("H5SM_TOKEN");
    endpoint->token = token == NULL ? "" : token;
    return true;
}

/* ---- h5sm_socket.c ---- */

/* A stream of bytes with deadlines. Called with the guard of h5sm_guard.h. */
/* A stream of bytes to and from the emulator, with a deadline for each call and nothing else to know. */
#ifndef H5SM_SOCKET_H
#define H5SM_SOCKET_H

#include <sys/uio.h>

typedef enum { H5SM_DONE, H5SM_CLOSED, H5SM_LATE } h5sm_io_t;

/* 0, or the errno that says why not. The clock of the first call starts here. */
H5SM_INTERNAL int h5sm_socket_open(const h5sm_endpoint_t *endpoint);
/* Leaves the connection of a parent process alone. */
H5SM_INTERNAL void h5sm_socket_close(void);
H5SM_INTERNAL bool h5sm_socket_is_open(void);
/* Between calls: the other side has ended the connection, as far as that can be seen without sending. */
H5SM_INTERNAL bool h5sm_socket_has_ended(void);
H5SM_INTERNAL void h5sm_socket_start_clock(void);

/* Sends all of it; the pieces are used up. */
H5SM_INTERNAL h5sm_io_t h5sm_socket_send(struct iovec *pieces, unsigned count);
/* Receives at least one byte and at most `size`. */
H5SM_INTERNAL h5sm_io_t h5sm_socket_receive(uint8_t *to, size_t size, size_t *received);

#endif

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/time.h>
#include <time.h>

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

/* ---- h5sm_transport.c ---- */

/*
 * The connection to the emulator. No heap: requests are sent from where their parts lie, answers come through one
 * static buffer, long outputs straight into the caller's memory.
 */
/*
 * The connection to the emulator: one frame out, one frame back. Every function needs the guard of h5sm_guard.h, and
 * every `false` means: the connection is gone, the reason has been told.
 */
#ifndef H5SM_TRANSPORT_H
#define H5SM_TRANSPORT_H

/* Status codes: PSA Certified Status code API 1.0, shared by every PSA API.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_ERROR_H
#define PSA_ERROR_H

/* Another header that has PSA_SUCCESS has psa_status_t too. */
#ifndef PSA_SUCCESS
typedef int32_t psa_status_t;
#define PSA_SUCCESS ((psa_status_t)0)
#endif

#define PSA_ERROR_PROGRAMMER_ERROR       ((psa_status_t)-129)
#define PSA_ERROR_CONNECTION_REFUSED     ((psa_status_t)-130)
#define PSA_ERROR_CONNECTION_BUSY        ((psa_status_t)-131)
#define PSA_ERROR_GENERIC_ERROR          ((psa_status_t)-132)
#define PSA_ERROR_NOT_PERMITTED          ((psa_status_t)-133)
#define PSA_ERROR_NOT_SUPPORTED          ((psa_status_t)-134)
#define PSA_ERROR_INVALID_ARGUMENT       ((psa_status_t)-135)
#define PSA_ERROR_INVALID_HANDLE         ((psa_status_t)-136)
#define PSA_ERROR_BAD_STATE              ((psa_status_t)-137)
#define PSA_ERROR_BUFFER_TOO_SMALL       ((psa_status_t)-138)
#define PSA_ERROR_ALREADY_EXISTS         ((psa_status_t)-139)
#define PSA_ERROR_DOES_NOT_EXIST         ((psa_status_t)-140)
#define PSA_ERROR_INSUFFICIENT_MEMORY    ((psa_status_t)-141)
#define PSA_ERROR_INSUFFICIENT_STORAGE   ((psa_status_t)-142)
#define PSA_ERROR_INSUFFICIENT_DATA      ((psa_status_t)-143)
#define PSA_ERROR_SERVICE_FAILURE        ((psa_status_t)-144)
#define PSA_ERROR_COMMUNICATION_FAILURE  ((psa_status_t)-145)
#define PSA_ERROR_STORAGE_FAILURE        ((psa_status_t)-146)
#define PSA_ERROR_HARDWARE_FAILURE       ((psa_status_t)-147)
#define PSA_ERROR_INVALID_SIGNATURE      ((psa_status_t)-149)
#define PSA_ERROR_CORRUPTION_DETECTED    ((psa_status_t)-151)
#define PSA_ERROR_DATA_CORRUPT           ((psa_status_t)-152)
#define PSA_ERROR_DATA_INVALID           ((psa_status_t)-153)

/* Of the Crypto API only (PSA Crypto 1.3, 8.1). */
#define PSA_ERROR_INSUFFICIENT_ENTROPY   ((psa_status_t)-148)
#define PSA_ERROR_INVALID_PADDING        ((psa_status_t)-150)

/* Neither success nor error: an interruptible operation has work left. */
#define PSA_OPERATION_INCOMPLETE         ((psa_status_t)-248)

#endif /* PSA_ERROR_H */

/* Every request begins with these bytes; length and seq are filled in when it is sent. */
#define H5SM_LENGTH_AT 0u
#define H5SM_ARRAY_AT 4u
#define H5SM_SEQ_AT 6u
H5SM_INTERNAL void h5sm_open_request(h5sm_writer_t *writer);
/* `count` elements, seq among them, and `length` bytes of frame, head excluded. */
H5SM_INTERNAL void h5sm_close_request(h5sm_writer_t *writer, unsigned count, uint32_t length);

/* Pieces of one frame; the first begins with the head of h5sm_open_request. */
#define H5SM_MAX_PIECES 17u
typedef struct {
    struct iovec pieces[H5SM_MAX_PIECES];
    unsigned count;
} h5sm_frame_t;

/* `bytes` are only read: iovec knows no const. */
H5SM_INTERNAL void h5sm_add_piece(h5sm_frame_t *frame, const void *bytes, size_t length);

/* Sends the frame, over a new connection where there is none or the old one has died. */
H5SM_INTERNAL bool h5sm_send(const h5sm_frame_t *frame);

/* What an answer begins with: [seq, status, ...]. `outputs` counts what follows. */
typedef struct {
    psa_status_t status;
    uint32_t outputs;
} h5sm_answer_t;

H5SM_INTERNAL bool h5sm_receive(h5sm_answer_t *answer);
/* The elements after the status: a head, and for a binary string its bytes by copy and skip. */
H5SM_INTERNAL bool h5sm_next(h5sm_item_t *item);
H5SM_INTERNAL bool h5sm_copy(uint8_t *to, uint32_t count);
H5SM_INTERNAL bool h5sm_skip(uint32_t count);
H5SM_INTERNAL bool h5sm_finish(void);
/* The third element of a failure was a text: the other side has refused the frame and closes. */
H5SM_INTERNAL bool h5sm_refused(uint32_t length);
/* The answer is not what the request asks for. */
H5SM_INTERNAL bool h5sm_garbled(const char *what);

/* What the device's own client does (H5SM_LENGTHS_ON_ERROR and so on): of the last hello, and after connecting. */
H5SM_INTERNAL uint32_t h5sm_quirks(void);
H5SM_INTERNAL uint32_t h5sm_ask_quirks(void);
/* So that a device started anew does not give out a handle that an old object still holds. */
H5SM_INTERNAL void h5sm_saw_handle(uint32_t handle);
/* psa_crypto_init has succeeded: connections that follow begin with it. */
H5SM_INTERNAL void h5sm_saw_init(void);

#endif

/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The constants of the wire (docs/wire.md) that hand-written code needs. */
#ifndef H5SM_PROTOCOL_H
#define H5SM_PROTOCOL_H

#define H5SM_PROTOCOL_VERSION 1u
#define H5SM_MAX_FRAME 16777216u
#define H5SM_HELLO 0u

/* What the device's own client does, as the answer to the hello asks for it. */
#define H5SM_LENGTHS_ON_ERROR 1u
#define H5SM_OUTPUTS_FILLED 2u

#define H5SM_PSA_CRYPTO_INIT 0x0001u
#define H5SM_PSA_GENERATE_RANDOM 0x0d01u
#define H5SM_PSA_ITS_SET 0x4001u
#define H5SM_PSA_INITIAL_ATTEST_GET_TOKEN 0x4101u
#define H5SM_PSA_CONNECT 0x4403u
#define H5SM_PSA_CALL 0x4404u
#define H5SM_PSA_CLOSE 0x4405u
#define H5SM_H5SM_CTL_CALLS 0x5107u
#define H5SM_H5SM_CTL_EXPECT_CALL 0x5108u
#define H5SM_H5SM_CTL_VERIFY 0x5109u
#define H5SM_H5SM_CTL_FAULT_ADD 0x510cu
#define H5SM_H5SM_CTL_FAIL 0x510fu

#endif

#define RESTART "; the next call connects anew"

static struct {
    uint32_t seq;
    uint32_t last_handle;
    /* psa_crypto_init has succeeded: a device knows that for each connection, a program once for all. */
    bool initialized;
    /* The hello has been answered: what is lost from now on is a call. */
    bool greeted;
    /* What the device's own client does, as it has told us. */
    uint32_t quirks;
    /* Received and not yet read: buffer[start..end). */
    size_t start;
    size_t end;
    /* Bytes of the current answer that have not been read. */
    uint32_t left;
    uint8_t buffer[4096];
    char endpoint[128];
} peer;

static void hang_up(void)
{
    h5sm_socket_close();
    peer.start = peer.end = 0;
    peer.left = 0;
    peer.greeted = false;
}

static bool lost(void)
{
    const char *what = peer.greeted
        ? " ended before the answer came, and the call may or may not have been carried out" RESTART
        : " was closed before the hello was answered; is an h5sm listening there?";
    hang_up();
    H5SM_REPORT(H5SM_LOST_CONNECTION, "the connection to ", peer.endpoint, what);
    return false;
}

static bool late(void)
{
    hang_up();
    H5SM_REPORT(H5SM_LATE_ANSWER, "no answer from ", peer.endpoint, " within H5SM_TIMEOUT_MS" RESTART);
    return false;
}

bool h5sm_garbled(const char *what)
{
    hang_up();
    H5SM_REPORT(H5SM_GARBLED_ANSWER, "the answer from ", peer.endpoint, " ", what,
                "; is an h5sm of this version listening there?");
    return false;
}

/* A child of fork() shares the parent's socket: it must neither speak on it nor shut it down. */
static void after_fork(void)
{
    h5sm_unlock_child();
    hang_up();
}

/* Frames. */

void h5sm_open_request(h5sm_writer_t *writer)
{
    static const uint8_t unknown_length[4];
    h5sm_put_raw(writer, unknown_length, sizeof unknown_length);
    h5sm_put_array_head(writer, 0);
    h5sm_put_fixed_u32(writer, 0);
}

void h5sm_close_request(h5sm_writer_t *writer, unsigned count, uint32_t length)
{
    h5sm_writer_t array = { writer->bytes + H5SM_ARRAY_AT, 1, 0, false };
    h5sm_store_u32(writer->bytes + H5SM_LENGTH_AT, length);
    h5sm_put_array_head(&array, count);
}

void h5sm_add_piece(h5sm_frame_t *frame, const void *bytes, size_t length)
{
    if (length != 0 && frame->count < H5SM_MAX_PIECES) {
        frame->pieces[frame->count].iov_base = (void *)(uintptr_t)bytes;
        frame->pieces[frame->count].iov_len = length;
        frame->count++;
    }
}

static h5sm_io_t send_frame(h5sm_frame_t frame)
{
    h5sm_store_u32((uint8_t *)frame.pieces[0].iov_base + H5SM_SEQ_AT, ++peer.seq);
    return h5sm_socket_send(frame.pieces, frame.count);
}

/* Connecting. */

static const char *why_unreachable(int error)
{
    switch (error) {
    case ENOENT:
        return ": there is no such socket";
    case ECONNREFUSED:
        return ": nothing listens there";
    case EACCES:
    case EPERM:
        return ": permission denied";
    case EMFILE:
    case ENFILE:
        return ": too many open files";
    case EFAULT:
        return ": an argument points to memory that cannot be read";
    case ETIMEDOUT:
        return ": no answer within H5SM_TIMEOUT_MS";
    default:
        return ": the connection failed";
    }
}

static bool unreachable(int error)
{
    hang_up();
    H5SM_REPORT(H5SM_UNREACHABLE_ENDPOINT, "cannot reach the emulator at ", peer.endpoint, why_unreachable(error),
                "; is it running? (\"h5sm start\", or run the program under \"h5sm exec -- ...\")");
    return false;
}

static void remember_endpoint(const h5sm_endpoint_t *endpoint)
{
    size_t length = strlen(endpoint->text);
    if (length >= sizeof peer.endpoint) {
        length = sizeof peer.endpoint - 1;
    }
    memcpy(peer.endpoint, endpoint->text, length);
    peer.endpoint[length] = '\0';
}

/* A request of the connection itself. */
static bool ask(h5sm_frame_t frame, h5sm_answer_t *answer)
{
    switch (send_frame(frame)) {
    case H5SM_DONE:
        return h5sm_receive(answer);
    case H5SM_LATE:
        return late();
    default:
        return unreachable(errno);
    }
}

static bool read_welcome(const h5sm_answer_t *answer)
{
    h5sm_item_t version;
    h5sm_item_t quirks;
    if (answer->outputs == 0 || !h5sm_next(&version)) {
        return h5sm_socket_is_open() && h5sm_garbled("to the hello is malformed");
    }
    if (answer->status != PSA_SUCCESS && version.kind == H5SM_BIN) {
        return h5sm_refused(version.value);
    }
    if (answer->status != PSA_SUCCESS || version.kind != H5SM_UINT || version.value != H5SM_PROTOCOL_VERSION) {
        return h5sm_garbled("to the hello names another version of the protocol");
    }
    if (answer->outputs != 2 || !h5sm_next(&quirks) || quirks.kind != H5SM_UINT) {
        return h5sm_socket_is_open() && h5sm_garbled("to the hello is malformed");
    }
    peer.quirks = quirks.value;
    return h5sm_finish();
}

/* [seq, 0, 1, client id, token, last handle] -> [seq, 0, 1, quirks] */
static bool say_hello(const h5sm_endpoint_t *endpoint)
{
    uint8_t bytes[48];
    h5sm_writer_t writer = { bytes, sizeof bytes, 0, false };
    h5sm_frame_t frame = { .count = 0 };
    h5sm_answer_t answer;
    size_t token = strlen(endpoint->token);
    h5sm_open_request(&writer);
    h5sm_put_uint(&writer, H5SM_HELLO);
    h5sm_put_uint(&writer, H5SM_PROTOCOL_VERSION);
    h5sm_put_int(&writer, endpoint->client_id);
    h5sm_put_bin_head(&writer, (uint32_t)token);
    size_t before = writer.used;
    h5sm_put_uint(&writer, peer.last_handle);
    h5sm_close_request(&writer, 6, (uint32_t)(writer.used + token - H5SM_ARRAY_AT));
    h5sm_add_piece(&frame, bytes, before);
    h5sm_add_piece(&frame, endpoint->token, token);
    h5sm_add_piece(&frame, bytes + before, writer.used - before);
    return ask(frame, &answer) && read_welcome(&answer);
}

/* [seq, 1] -> [seq, status]. What the device says to it, it will say again to the call that comes next. */
static bool initialize_again(void)
{
    uint8_t bytes[16];
    h5sm_writer_t writer = { bytes, sizeof bytes, 0, false };
    h5sm_frame_t frame = { .count = 0 };
    h5sm_answer_t answer;
    h5sm_open_request(&writer);
    h5sm_put_uint(&writer, H5SM_PSA_CRYPTO_INIT);
    h5sm_close_request(&writer, 2, (uint32_t)(writer.used - H5SM_ARRAY_AT));
    h5sm_add_piece(&frame, bytes, writer.used);
    return ask(frame, &answer) && h5sm_finish();
}

static bool introduce(const h5sm_endpoint_t *endpoint)
{
    peer.greeted = say_hello(endpoint) && (!peer.initialized || initialize_again());
    return peer.greeted;
}

static bool open_connection(void)
{
    static bool fork_handled;
    h5sm_endpoint_t endpoint;
    if (!h5sm_endpoint(&endpoint)) {
        return false;
    }
    remember_endpoint(&endpoint);
    if (!fork_handled) {
        fork_handled = pthread_atfork(NULL, NULL, after_fork) == 0;
    }
    int error = h5sm_socket_open(&endpoint);
    return error == 0 ? introduce(&endpoint) : unreachable(error);
}

static bool connected(void)
{
    if (h5sm_socket_is_open()) {
        h5sm_socket_start_clock();
        return true;
    }
    return open_connection();
}

bool h5sm_send(const h5sm_frame_t *frame)
{
    if (h5sm_socket_is_open() && h5sm_socket_has_ended()) {
        hang_up();
    }
    int error = 0;
    // A frame of which a part was not accepted has not been carried out: it may be sent once more.
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!connected()) {
            return false;
        }
        switch (send_frame(*frame)) {
        case H5SM_DONE:
            return true;
        case H5SM_LATE:
            return late();
        case H5SM_CLOSED:
            error = errno;
            hang_up();
            break;
        }
    }
    return unreachable(error);
}

/* Answers. */

/* 0 is failure. */
static size_t receive_some(uint8_t *to, size_t size)
{
    size_t received = 0;
    switch (h5sm_socket_receive(to, size, &received)) {
    case H5SM_LATE:
        late();
        break;
    case H5SM_CLOSED:
        lost();
        break;
    case H5SM_DONE:
        break;
    }
    return received;
}

/* Makes buffer[start..start + count) readable; count is at most a head. */
static bool fill(size_t count)
{
    if (peer.end - peer.start < count && peer.start != 0) {
        memmove(peer.buffer, peer.buffer + peer.start, peer.end - peer.start);
        peer.end -= peer.start;
        peer.start = 0;
    }
    while (peer.end - peer.start < count) {
        size_t received = receive_some(peer.buffer + peer.end, sizeof peer.buffer - peer.end);
        if (received == 0) {
            return false;
        }
        peer.end += received;
    }
    return true;
}

/* `count` bytes of the answer in the buffer, or the answer is too short for them. */
static bool need(size_t count)
{
    return count <= peer.left ? fill(count) : h5sm_garbled("ends in the middle of an element");
}

static void consume(size_t count)
{
    peer.start += count;
    peer.left -= (uint32_t)count;
}

bool h5sm_next(h5sm_item_t *item)
{
    if (!need(1)) {
        return false;
    }
    size_t size = h5sm_head_size(peer.buffer[peer.start]);
    if (size == 0) {
        return h5sm_garbled("holds an element of an unknown kind");
    }
    if (!need(size)) {
        return false;
    }
    *item = h5sm_read_head(peer.buffer + peer.start);
    consume(size);
    if (item->kind == H5SM_BIN && item->value > peer.left) {
        return h5sm_garbled("ends in the middle of an element");
    }
    return true;
}

/* What the buffer holds of the next `count` bytes. */
static size_t buffered(uint32_t count)
{
    size_t available = peer.end - peer.start;
    return available < count ? available : count;
}

bool h5sm_copy(uint8_t *to, uint32_t count)
{
    size_t at = buffered(count);
    if (at != 0) {
        memcpy(to, peer.buffer + peer.start, at);
        consume(at);
    }
    while (at < count) {
        size_t received = receive_some(to + at, count - at);
        if (received == 0) {
            return false;
        }
        at += received;
        peer.left -= (uint32_t)received;
    }
    return true;
}

bool h5sm_skip(uint32_t count)
{
    while (count != 0) {
        if (!need(1)) {
            return false;
        }
        size_t some = buffered(count);
        consume(some);
        count -= (uint32_t)some;
    }
    return true;
}

bool h5sm_receive(h5sm_answer_t *answer)
{
    h5sm_item_t array;
    h5sm_item_t seq;
    h5sm_item_t status;
    if (!fill(4)) {
        return false;
    }
    peer.left = h5sm_load_u32(peer.buffer + peer.start);
    peer.start += 4;
    if (peer.left > H5SM_MAX_FRAME) {
        return h5sm_garbled("is longer than a frame may be");
    }
    if (!h5sm_next(&array) || array.kind != H5SM_ARRAY || array.value < 2) {
        return h5sm_socket_is_open() && h5sm_garbled("is not an array");
    }
    if (!h5sm_next(&seq) || !h5sm_next(&status)) {
        return false;
    }
    bool is_status = status.kind == H5SM_NEGATIVE || (status.kind == H5SM_UINT && status.value <= INT32_MAX);
    // A refusal of bytes that could not be read has no seq to answer to.
    bool is_mine = seq.value == peer.seq || (seq.value == 0 && status.kind == H5SM_NEGATIVE);
    if (!is_status || seq.kind != H5SM_UINT || !is_mine) {
        return h5sm_garbled("belongs to no request");
    }
    answer->status = (psa_status_t)status.value;
    answer->outputs = array.value - 2;
    return true;
}

bool h5sm_finish(void)
{
    if (peer.left != 0 || peer.start != peer.end) {
        return h5sm_garbled("is longer than it should be");
    }
    return true;
}

bool h5sm_refused(uint32_t length)
{
    char text[256];
    uint32_t shown = length < sizeof text ? length : (uint32_t)sizeof text - 1;
    if (h5sm_copy((uint8_t *)text, shown)) {
        text[shown] = '\0';
        hang_up();
        H5SM_REPORT(H5SM_REFUSED_FRAME, peer.endpoint, " refused: ", text);
    }
    return false;
}

uint32_t h5sm_quirks(void)
{
    return peer.quirks;
}

uint32_t h5sm_ask_quirks(void)
{
    return connected() ? peer.quirks : 0;
}

void h5sm_saw_handle(uint32_t handle)
{
    if (handle > peer.last_handle) {
        peer.last_handle = handle;
    }
}

void h5sm_saw_init(void)
{
    peer.initialized = true;
}

/* ---- h5sm_call.c ---- */

/* One psa_* call between its C parameters and the elements of frames (docs/wire.md, "Elements"). */
/* One psa_* call: its parameters in C order, then h5sm_end, which sends them and brings back the outputs. */
#ifndef H5SM_CALL_H
#define H5SM_CALL_H

#define H5SM_MAX_OUTPUTS 2u

/* Makes an object of the integers that stand for it; of NULL, that of a failure. */
typedef void h5sm_make_t(void *object, const uint32_t *integers);
#define H5SM_MAX_INTEGERS 6u

/* Reads an element of the answer by itself (h5sm_transport.h); `false` means that the connection is gone. */
typedef bool h5sm_read_t(void *object);

/* Where an output goes. Nothing but produced bytes is written before the whole answer has been read. */
typedef struct {
    enum { H5SM_ROOM, H5SM_FILL, H5SM_ID, H5SM_SIZE, H5SM_OBJECT, H5SM_READ } kind;
    union {
        uint8_t *bytes;
        uint32_t *id;
        void *object;
    } to;
    /* Of memory in bytes, of an object in integers. */
    size_t size;
    /* Of a room, and the size_t that the function writes. */
    size_t *length;
    h5sm_make_t *make;
    h5sm_read_t *read;
    /* The answer, until it is known to be whole. */
    uint32_t value;
    uint32_t integers[H5SM_MAX_INTEGERS];
} h5sm_output_t;

typedef struct {
    uint32_t function;
    h5sm_writer_t writer;
    /* Everything but the bytes of binary strings; the largest request needs 67. */
    uint8_t bytes[80];
    size_t piece_start;
    h5sm_frame_t frame;
    unsigned elements;
    uint64_t total;
    /* The operation object that the function changes, NULL if none, and the function that ends it. */
    uint32_t *handle;
    uint32_t new_handle;
    uint32_t abort;
    h5sm_output_t outputs[H5SM_MAX_OUTPUTS];
    unsigned output_count;
    /* What the device's own client does for this function. */
    unsigned habits;
    /* The first input, which an output may overlap. */
    const uint8_t *input;
    size_t input_length;
    /* An argument that needs no emulator to be refused. */
    psa_status_t refusal;
} h5sm_call_t;

H5SM_INTERNAL void h5sm_begin(h5sm_call_t *call, uint32_t function);

/* The device's own client fills the output with random bytes first; does not touch the length after an error. */
#define H5SM_FILLS_OUTPUT 1u
#define H5SM_LEAVES_LENGTH 2u
H5SM_INTERNAL void h5sm_habits(h5sm_call_t *call, unsigned habits);

H5SM_INTERNAL void h5sm_uint(h5sm_call_t *call, uint32_t value);
H5SM_INTERNAL void h5sm_size(h5sm_call_t *call, size_t value);
H5SM_INTERNAL void h5sm_u64(h5sm_call_t *call, uint64_t value);
H5SM_INTERNAL void h5sm_bytes(h5sm_call_t *call, const uint8_t *bytes, size_t length);
/* An array of integers is one element. */
H5SM_INTERNAL void h5sm_integers(h5sm_call_t *call, const uint32_t *values, unsigned count);
/* A binary string in pieces: its whole length, then each piece, behind what the writer has put before it. */
H5SM_INTERNAL void h5sm_bytes_head(h5sm_call_t *call, uint32_t length);
H5SM_INTERNAL void h5sm_bytes_piece(h5sm_call_t *call, const void *bytes, size_t length);
/* An argument that needs no emulator to be refused; the first refusal stays. */
H5SM_INTERNAL void h5sm_refuse(h5sm_call_t *call, psa_status_t status);
/* An argument that is refused with PSA_ERROR_INVALID_ARGUMENT where it is not `valid`. */
H5SM_INTERNAL bool h5sm_require(h5sm_call_t *call, bool valid);

/* An operation object: its handle, read only; or read and written, with the function that aborts its family. */
H5SM_INTERNAL void h5sm_source(h5sm_call_t *call, const uint32_t *handle);
H5SM_INTERNAL void h5sm_operation(h5sm_call_t *call, uint32_t *handle, uint32_t abort);
#define H5SM_HANDLE(operation) ((operation) == NULL ? NULL : &(operation)->handle)

H5SM_INTERNAL void h5sm_room(h5sm_call_t *call, uint8_t *bytes, size_t size, size_t *length);
H5SM_INTERNAL void h5sm_fill(h5sm_call_t *call, uint8_t *bytes, size_t size);
H5SM_INTERNAL void h5sm_id_out(h5sm_call_t *call, uint32_t *id);
H5SM_INTERNAL void h5sm_size_out(h5sm_call_t *call, size_t *value);
H5SM_INTERNAL void h5sm_object_out(h5sm_call_t *call, void *object, unsigned integers, h5sm_make_t *make);

H5SM_INTERNAL void h5sm_read_out(h5sm_call_t *call, void *object, h5sm_read_t *read);

H5SM_INTERNAL psa_status_t h5sm_end(h5sm_call_t *call);

/* psa_generate_random, which the device's own client calls for other functions too. */
H5SM_INTERNAL psa_status_t h5sm_generate_random(uint8_t *output, size_t size);

#endif

/* Stands for SIZE_MAX; what else does not fit is sent as the largest number that does. */
#define SIZE_UNBOUNDED UINT32_MAX

void h5sm_refuse(h5sm_call_t *call, psa_status_t status)
{
    if (call->refusal == PSA_SUCCESS) {
        call->refusal = status;
    }
}

bool h5sm_require(h5sm_call_t *call, bool valid)
{
    if (!valid) {
        h5sm_refuse(call, PSA_ERROR_INVALID_ARGUMENT);
    }
    return valid;
}

void h5sm_begin(h5sm_call_t *call, uint32_t function)
{
    memset(call, 0, sizeof *call);
    call->writer.bytes = call->bytes;
    call->writer.size = sizeof call->bytes;
    h5sm_open_request(&call->writer);
    call->elements = 1;
    call->function = function;
    h5sm_uint(call, function);
}

void h5sm_habits(h5sm_call_t *call, unsigned habits)
{
    call->habits = habits;
}

/* Inputs. */

void h5sm_uint(h5sm_call_t *call, uint32_t value)
{
    h5sm_put_uint(&call->writer, value);
    call->elements++;
}

void h5sm_size(h5sm_call_t *call, size_t value)
{
    if (value == SIZE_MAX) {
        h5sm_uint(call, SIZE_UNBOUNDED);
    } else {
        h5sm_uint(call, value < SIZE_UNBOUNDED ? (uint32_t)value : SIZE_UNBOUNDED - 1);
    }
}

void h5sm_u64(h5sm_call_t *call, uint64_t value)
{
    uint8_t bytes[8];
    h5sm_store_u32(bytes, (uint32_t)(value >> 32));
    h5sm_store_u32(bytes + 4, (uint32_t)value);
    h5sm_put_bin_head(&call->writer, sizeof bytes);
    h5sm_put_raw(&call->writer, bytes, sizeof bytes);
    call->elements++;
}

/* What has been written since the last piece becomes one. */
static void close_piece(h5sm_call_t *call)
{
    size_t length = call->writer.used - call->piece_start;
    h5sm_add_piece(&call->frame, call->bytes + call->piece_start, length);
    call->total += length;
    call->piece_start = call->writer.used;
}

void h5sm_bytes_head(h5sm_call_t *call, uint32_t length)
{
    h5sm_put_bin_head(&call->writer, length);
    call->elements++;
}

void h5sm_bytes_piece(h5sm_call_t *call, const void *bytes, size_t length)
{
    close_piece(call);
    h5sm_add_piece(&call->frame, bytes, length);
    call->total += length;
}

void h5sm_bytes(h5sm_call_t *call, const uint8_t *bytes, size_t length)
{
    if (!h5sm_require(call, bytes != NULL || length == 0)) {
        return;
    }
    if (length > H5SM_MAX_FRAME) {
        h5sm_refuse(call, PSA_ERROR_INSUFFICIENT_MEMORY);
        return;
    }
    if (call->input == NULL) {
        call->input = bytes;
        call->input_length = length;
    }
    h5sm_bytes_head(call, (uint32_t)length);
    h5sm_bytes_piece(call, bytes, length);
}

void h5sm_integers(h5sm_call_t *call, const uint32_t *values, unsigned count)
{
    h5sm_put_array_head(&call->writer, count);
    for (unsigned i = 0; i < count; i++) {
        h5sm_put_uint(&call->writer, values[i]);
    }
    call->elements++;
}

void h5sm_source(h5sm_call_t *call, const uint32_t *handle)
{
    if (h5sm_require(call, handle != NULL)) {
        h5sm_uint(call, *handle);
    }
}

void h5sm_operation(h5sm_call_t *call, uint32_t *handle, uint32_t abort)
{
    h5sm_source(call, handle);
    call->handle = handle;
    call->abort = abort;
}

/* Outputs. */

static h5sm_output_t *add_output(h5sm_call_t *call)
{
    return &call->outputs[call->output_count++];
}

void h5sm_room(h5sm_call_t *call, uint8_t *bytes, size_t size, size_t *length)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_ROOM;
    output->to.bytes = bytes;
    output->size = size;
    output->length = length;
    h5sm_require(call, length != NULL && (bytes != NULL || size == 0));
    h5sm_size(call, size);
}

void h5sm_fill(h5sm_call_t *call, uint8_t *bytes, size_t size)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_FILL;
    output->to.bytes = bytes;
    output->size = size;
    h5sm_require(call, bytes != NULL || size == 0);
    h5sm_size(call, size);
}

void h5sm_id_out(h5sm_call_t *call, uint32_t *id)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_ID;
    output->to.id = id;
    h5sm_require(call, id != NULL);
}

void h5sm_size_out(h5sm_call_t *call, size_t *value)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_SIZE;
    output->length = value;
    h5sm_require(call, value != NULL);
}

void h5sm_object_out(h5sm_call_t *call, void *object, unsigned integers, h5sm_make_t *make)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_OBJECT;
    output->to.object = object;
    output->size = integers;
    output->make = make;
    h5sm_require(call, object != NULL);
}

void h5sm_read_out(h5sm_call_t *call, void *object, h5sm_read_t *read)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_READ;
    output->to.object = object;
    output->read = read;
}

/* Answers: `false` as in h5sm_transport.h. */

static bool next_of(h5sm_kind_t kind, uint32_t *value)
{
    h5sm_item_t item;
    if (!h5sm_next(&item)) {
        return false;
    }
    *value = item.value;
    return item.kind == kind || h5sm_garbled("holds an element of another kind than the function gives");
}

/* Only what was produced is written, and nothing where it does not fit. */
static bool read_bytes(h5sm_output_t *output, psa_status_t *status)
{
    if (!next_of(H5SM_BIN, &output->value)) {
        return false;
    }
    if (output->value > output->size) {
        *status = PSA_ERROR_BUFFER_TOO_SMALL;
        return h5sm_skip(output->value);
    }
    if (output->kind == H5SM_FILL && output->value != output->size) {
        return h5sm_garbled("holds fewer bytes than were asked for");
    }
    return h5sm_copy(output->to.bytes, output->value);
}

static bool read_integers(h5sm_output_t *output)
{
    uint32_t count;
    if (!next_of(H5SM_ARRAY, &count)) {
        return false;
    }
    if (count != output->size) {
        return h5sm_garbled("holds an array of another length than the function gives");
    }
    for (unsigned i = 0; i < count; i++) {
        if (!next_of(H5SM_UINT, &output->integers[i])) {
            return false;
        }
    }
    return true;
}

static bool read_output(h5sm_output_t *output, psa_status_t *status)
{
    switch (output->kind) {
    case H5SM_ROOM:
    case H5SM_FILL:
        return read_bytes(output, status);
    case H5SM_OBJECT:
        return read_integers(output);
    case H5SM_READ:
        return output->read(output->to.object);
    default:
        return next_of(H5SM_UINT, &output->value);
    }
}

static bool read_handle(h5sm_call_t *call)
{
    if (!next_of(H5SM_UINT, &call->new_handle)) {
        return false;
    }
    h5sm_saw_handle(call->new_handle);
    return true;
}

static bool read_success(h5sm_call_t *call, uint32_t outputs, psa_status_t *status)
{
    unsigned expected = call->output_count + (call->handle != NULL);
    if (outputs != expected) {
        return h5sm_garbled("has another number of outputs than the function");
    }
    if (call->handle != NULL && !read_handle(call)) {
        return false;
    }
    for (unsigned i = 0; i < call->output_count; i++) {
        if (!read_output(&call->outputs[i], status)) {
            return false;
        }
    }
    return true;
}

/* [seq, status], or with the handle of the operation, or with the text of a refusal. */
static bool read_failure(h5sm_call_t *call, uint32_t outputs)
{
    h5sm_item_t item;
    if (outputs == 0) {
        return true;
    }
    if (!h5sm_next(&item)) {
        return false;
    }
    if (item.kind == H5SM_BIN) {
        return h5sm_refused(item.value);
    }
    if (outputs != 1 || item.kind != H5SM_UINT || call->handle == NULL) {
        return h5sm_garbled("to a failed call is malformed");
    }
    call->new_handle = item.value;
    h5sm_saw_handle(item.value);
    return true;
}

static psa_status_t read_answer(h5sm_call_t *call)
{
    h5sm_answer_t answer;
    if (!h5sm_receive(&answer)) {
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    psa_status_t status = answer.status;
    bool whole = status == PSA_SUCCESS ? read_success(call, answer.outputs, &status) : read_failure(call, answer.outputs);
    if (!whole || !h5sm_finish()) {
        call->new_handle = 0;
        return PSA_ERROR_COMMUNICATION_FAILURE;
    }
    if (status == PSA_SUCCESS && call->function == H5SM_PSA_CRYPTO_INIT) {
        h5sm_saw_init();
    }
    h5sm_all_is_well();
    return status;
}

static psa_status_t exchange(h5sm_call_t *call)
{
    h5sm_guard_t guard;
    h5sm_enter(&guard, call->function);
    psa_status_t status = h5sm_send(&call->frame) ? read_answer(call) : PSA_ERROR_COMMUNICATION_FAILURE;
    h5sm_leave(&guard);
    return status;
}

/* The device's own client fills an output that does not overlap the input, by a call of its own. */

static bool overlap(const h5sm_call_t *call, const h5sm_output_t *output)
{
    uintptr_t input = (uintptr_t)call->input;
    uintptr_t room = (uintptr_t)output->to.bytes;
    return call->input_length != 0 && input < room + output->size && room < input + call->input_length;
}

static uint32_t ask_quirks(const h5sm_call_t *call)
{
    h5sm_guard_t guard;
    h5sm_enter(&guard, call->function);
    uint32_t quirks = h5sm_ask_quirks();
    h5sm_leave(&guard);
    return quirks;
}

static void fill_output(const h5sm_call_t *call)
{
    const h5sm_output_t *output = &call->outputs[0];
    if (output->size != 0 && !overlap(call, output) && (ask_quirks(call) & H5SM_OUTPUTS_FILLED) != 0) {
        // Whatever becomes of it, the call itself follows.
        (void)h5sm_generate_random(output->to.bytes, output->size);
    }
}

/* Outputs. A failure leaves no length, no key and no attributes behind, where the device's client does neither. */

static void give_length_of_failure(const h5sm_call_t *call, const h5sm_output_t *output)
{
    if ((h5sm_quirks() & H5SM_LENGTHS_ON_ERROR) == 0) {
        *output->length = 0;
    } else if ((call->habits & H5SM_LEAVES_LENGTH) == 0) {
        *output->length = output->size;
    }
}

static void give(const h5sm_call_t *call, const h5sm_output_t *output, bool success)
{
    switch (output->kind) {
    case H5SM_ROOM:
        if (output->length != NULL && success) {
            *output->length = output->value;
        } else if (output->length != NULL) {
            give_length_of_failure(call, output);
        }
        break;
    case H5SM_SIZE:
        if (output->length != NULL) {
            *output->length = !success ? 0 : output->value == SIZE_UNBOUNDED ? SIZE_MAX : output->value;
        }
        break;
    case H5SM_ID:
        if (output->to.id != NULL) {
            *output->to.id = success ? output->value : 0;
        }
        break;
    case H5SM_OBJECT:
        if (output->to.object != NULL) {
            output->make(output->to.object, success ? output->integers : NULL);
        }
        break;
    case H5SM_FILL:
    case H5SM_READ:
        break;
    }
}

static psa_status_t close_request(h5sm_call_t *call)
{
    close_piece(call);
    uint64_t length = call->total - H5SM_ARRAY_AT;
    if (call->refusal == PSA_SUCCESS && length > H5SM_MAX_FRAME) {
        return PSA_ERROR_INSUFFICIENT_MEMORY;
    }
    if (call->writer.overflow) {
        return PSA_ERROR_CORRUPTION_DETECTED;
    }
    h5sm_close_request(&call->writer, call->elements, (uint32_t)length);
    return call->refusal;
}

/* An operation ends with any failure (PSA Crypto 1.3, 3.3.3), also with one that the device has not seen. */
static void abort_operation(h5sm_call_t *call)
{
    h5sm_call_t aborting;
    uint32_t handle = call->handle == NULL ? 0 : *call->handle;
    if (handle != 0) {
        h5sm_begin(&aborting, call->abort);
        h5sm_operation(&aborting, &handle, call->abort);
        close_request(&aborting);
        exchange(&aborting);
    }
}

psa_status_t h5sm_end(h5sm_call_t *call)
{
    psa_status_t status = close_request(call);
    if (status == PSA_SUCCESS) {
        if ((call->habits & H5SM_FILLS_OUTPUT) != 0) {
            fill_output(call);
        }
        status = exchange(call);
    } else {
        abort_operation(call);
    }
    for (unsigned i = 0; i < call->output_count; i++) {
        give(call, &call->outputs[i], status == PSA_SUCCESS);
    }
    if (call->handle != NULL) {
        *call->handle = call->new_handle;
    }
    return status;
}

/* Random bytes: any number, in calls whose answers fit into a frame. */

#define CHUNK ((size_t)1 << 20)

static psa_status_t generate_chunk(uint8_t *output, size_t size)
{
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_GENERATE_RANDOM);
    h5sm_fill(&call, output, size);
    return h5sm_end(&call);
}

psa_status_t h5sm_generate_random(uint8_t *output, size_t size)
{
    // None are asked for too: before psa_crypto_init that is an error like any other call.
    psa_status_t status = generate_chunk(output, size < CHUNK ? size : CHUNK);
    for (size_t done = CHUNK; status == PSA_SUCCESS && done < size; done += CHUNK) {
        size_t left = size - done;
        status = generate_chunk(output + done, left < CHUNK ? left : CHUNK);
    }
    return status;
}

/* ---- h5sm_vectors.c ---- */

/* The vectors of a psa_call as elements of frames (docs/wire.md, "Elements"). */
/* The vectors of a psa_call as elements of frames (docs/wire.md, "Elements"). */
#ifndef H5SM_VECTORS_H
#define H5SM_VECTORS_H

#pragma GCC visibility push(default)
/* The framework calls of PSA Firmware Framework-M 1.0 as a non-secure client makes them, and what the Secure Manager's
 * own client has beside them. A program links libh5sm_ipc and the psa_* functions of its vendor's client sources, which
 * bring a header of this name themselves: compile them with theirs.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CLIENT_H
#define PSA_CLIENT_H

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_FRAMEWORK_VERSION 0x0101u
#define PSA_VERSION_NONE      0u

#define PSA_NULL_HANDLE             ((psa_handle_t)0)
#define PSA_HANDLE_IS_VALID(handle) ((psa_handle_t)(handle) > 0)
#define PSA_HANDLE_TO_ERROR(handle) ((psa_status_t)(handle))

/* Vectors of one call, input and output together */
#define PSA_MAX_IOVEC 4u

/* The type of a request that has no other; types are 0 to 32767 */
#define PSA_IPC_CALL 0

typedef int32_t psa_handle_t;

typedef struct psa_invec {
    const void *base;
    size_t len;
} psa_invec;

typedef struct psa_outvec {
    void *base;
    size_t len;
} psa_outvec;

/** 0, as the device's client answers. */
uint32_t psa_framework_version(void);

/** 0 for every service, as the device's client answers. */
uint32_t psa_version(uint32_t sid);

/**
 * Opens a connection to a service. On the device's profiles the handle is -1 for every connection, so that only one
 * should be open at a time, and 0 says that there is none; elsewhere handles are positive and errors are statuses.
 */
psa_handle_t psa_connect(uint32_t sid, uint32_t version);

/**
 * One request, and its answer in the output vectors: their lengths become those of what was produced. A failure leaves
 * them as they were.
 *
 * PSA_ERROR_PROGRAMMER_ERROR: no connection, a type below 0, too many vectors, or a message that the service does not
 * know. PSA_ERROR_INVALID_ARGUMENT: NULL with a count of vectors, or vectors with a count of 0.
 * PSA_ERROR_INSUFFICIENT_MEMORY: more bytes than the area between the two worlds has.
 */
psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len, psa_outvec *out_vec,
                      size_t out_len);

/** On the device's profiles this closes the connection that was opened first. */
void psa_close(psa_handle_t handle);

/* ---- Beside the framework: the Secure Manager's client ---- */

#define PSA_SID_STORAGE     0x2u
#define PSA_SID_CRYPTO      0x3u
#define PSA_SID_FW_UPG      0x4u
#define PSA_SID_ATTESTATION 0x5u

#define PSA_SIGNAL_STORAGE     0x00000010u
#define PSA_SIGNAL_CRYPTO      0x00000020u
#define PSA_SIGNAL_FW_UPG      0x00000080u
#define PSA_SIGNAL_ATTESTATION 0x00000100u

typedef struct ns_ipc_seq_info {
    uint32_t signal;
} ns_ipc_seq_info_t;

/* A program may define both, to keep the calls of one sequence together: begin is called by psa_init_signal, end by
 * psa_close. */
void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info);
void ns_ipc_seq_end(const ns_ipc_seq_info_t *info);

/** Begins a sequence of connect, call and close with the service of this signal. */
void psa_init_signal(uint32_t signal);

/** How much a service logs, 0 (nothing) to 3; PSA_ERROR_INVALID_ARGUMENT beyond. The emulator's services log nothing. */
psa_status_t set_verbosity_level(uint8_t level_log);
psa_status_t get_verbosity_level(uint8_t *level_log);

#ifdef __cplusplus
}
#endif

#endif

#pragma GCC visibility pop

/* How many one call may have, input and output together; the device allows fewer. */
#define H5SM_MAX_VECTORS 8u

/* Where the vectors of an answer go, and how long they are. */
typedef struct {
    const psa_outvec *vectors;
    size_t count;
    uint32_t lengths[H5SM_MAX_VECTORS];
} h5sm_answered_t;

H5SM_INTERNAL void h5sm_vectors(h5sm_call_t *call, const psa_invec *vectors, size_t count);
H5SM_INTERNAL void h5sm_vectors_out(h5sm_call_t *call, h5sm_answered_t *answered, const psa_outvec *vectors,
                                    size_t count);

#endif

/* Memory that cannot be there is no memory reference (PSA Firmware Framework-M 1.0, psa_call). */
static bool is_memory(h5sm_call_t *call, const void *base, size_t length)
{
    if (base == NULL && length != 0) {
        h5sm_refuse(call, PSA_ERROR_PROGRAMMER_ERROR);
        return false;
    }
    return true;
}

/* Each vector behind its length, in one binary string. */
void h5sm_vectors(h5sm_call_t *call, const psa_invec *vectors, size_t count)
{
    uint64_t total = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_memory(call, vectors[i].base, vectors[i].len)) {
            return;
        }
        total += 4 + (uint64_t)vectors[i].len;
    }
    if (total > H5SM_MAX_FRAME) {
        h5sm_refuse(call, PSA_ERROR_INSUFFICIENT_MEMORY);
        return;
    }
    h5sm_bytes_head(call, (uint32_t)total);
    for (size_t i = 0; i < count; i++) {
        uint8_t length[4];
        h5sm_store_u32(length, (uint32_t)vectors[i].len);
        h5sm_put_raw(&call->writer, length, sizeof length);
        h5sm_bytes_piece(call, vectors[i].base, vectors[i].len);
    }
}

static bool is_other(void)
{
    return h5sm_garbled("holds other vectors than were asked for");
}

static bool read_vector(const psa_outvec *vector, uint32_t *length, uint32_t *left)
{
    uint8_t head[4];
    if (*left < sizeof head) {
        return is_other();
    }
    if (!h5sm_copy(head, sizeof head)) {
        return false;
    }
    *left -= (uint32_t)sizeof head;
    *length = h5sm_load_u32(head);
    if (*length > *left || *length > vector->len) {
        return is_other();
    }
    *left -= *length;
    return h5sm_copy(vector->base, *length);
}

static bool read_vectors(void *object)
{
    h5sm_answered_t *answered = object;
    h5sm_item_t item;
    if (!h5sm_next(&item)) {
        return false;
    }
    if (item.kind != H5SM_BIN) {
        return is_other();
    }
    uint32_t left = item.value;
    for (size_t i = 0; i < answered->count; i++) {
        if (!read_vector(&answered->vectors[i], &answered->lengths[i], &left)) {
            return false;
        }
    }
    return left == 0 || is_other();
}

/* Their room as an array of integers. */
void h5sm_vectors_out(h5sm_call_t *call, h5sm_answered_t *answered, const psa_outvec *vectors, size_t count)
{
    uint32_t sizes[H5SM_MAX_VECTORS];
    answered->vectors = vectors;
    answered->count = count;
    for (size_t i = 0; i < count; i++) {
        if (!is_memory(call, vectors[i].base, vectors[i].len)) {
            return;
        }
        sizes[i] = vectors[i].len < UINT32_MAX ? (uint32_t)vectors[i].len : UINT32_MAX;
    }
    h5sm_integers(call, sizes, (unsigned)count);
    h5sm_read_out(call, answered, read_vectors);
}

/* ---- psa_client.c ---- */

/* The framework calls: one frame each (docs/wire.md, "Framework calls"). */

#pragma GCC visibility push(default)
#pragma GCC visibility pop

/* Every connection of the non-secure world has this handle. */
#define NON_SECURE_HANDLE (-1)

uint32_t psa_framework_version(void)
{
    return 0;
}

uint32_t psa_version(uint32_t sid)
{
    (void)sid;
    return 0;
}

psa_handle_t psa_connect(uint32_t sid, uint32_t version)
{
    uint32_t handle;
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_CONNECT);
    h5sm_uint(&call, sid);
    h5sm_uint(&call, version);
    h5sm_id_out(&call, &handle);
    return h5sm_end(&call) == PSA_SUCCESS ? (psa_handle_t)handle : PSA_NULL_HANDLE;
}

psa_status_t psa_call(psa_handle_t handle, int32_t type, const psa_invec *in_vec, size_t in_len, psa_outvec *out_vec,
                      size_t out_len)
{
    h5sm_answered_t answered;
    h5sm_call_t call;
    if ((handle <= 0 && handle != NON_SECURE_HANDLE) || type < 0 || type > INT16_MAX || in_len > H5SM_MAX_VECTORS ||
        out_len > H5SM_MAX_VECTORS || in_len + out_len > H5SM_MAX_VECTORS) {
        return PSA_ERROR_PROGRAMMER_ERROR;
    }
    if ((in_len == 0) != (in_vec == NULL) || (out_len == 0) != (out_vec == NULL)) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    h5sm_begin(&call, H5SM_PSA_CALL);
    h5sm_uint(&call, (uint32_t)handle);
    h5sm_uint(&call, (uint32_t)type);
    h5sm_vectors(&call, in_vec, in_len);
    h5sm_vectors_out(&call, &answered, out_vec, out_len);
    psa_status_t status = h5sm_end(&call);
    for (size_t i = 0; status == PSA_SUCCESS && i < out_len; i++) {
        out_vec[i].len = answered.lengths[i];
    }
    return status;
}

/* What an application sees of a sequence. */

static uint32_t current_signal;

__attribute__((weak, visibility("default"))) void ns_ipc_seq_begin(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

__attribute__((weak, visibility("default"))) void ns_ipc_seq_end(const ns_ipc_seq_info_t *info)
{
    (void)info;
}

void psa_init_signal(uint32_t signal)
{
    const ns_ipc_seq_info_t info = { signal };
    ns_ipc_seq_begin(&info);
    current_signal = signal;
}

void psa_close(psa_handle_t handle)
{
    const ns_ipc_seq_info_t info = { current_signal };
    h5sm_call_t call;
    h5sm_begin(&call, H5SM_PSA_CLOSE);
    h5sm_uint(&call, (uint32_t)handle);
    (void)h5sm_end(&call);
    ns_ipc_seq_end(&info);
}

/* The sequence is the application's: no frame has one of its own. */

void h5sm_sequence_begin(uint32_t function)
{
    (void)function;
}

void h5sm_sequence_end(uint32_t function)
{
    (void)function;
}

/* Logging of the services, of which there is none. */

static uint8_t verbosity;

psa_status_t set_verbosity_level(uint8_t level_log)
{
    if (level_log > 3) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    verbosity = level_log;
    return PSA_SUCCESS;
}

psa_status_t get_verbosity_level(uint8_t *level_log)
{
    if (level_log == NULL) {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    *level_log = verbosity;
    return PSA_SUCCESS;
}
