/*
 * The connection to the emulator. No heap: requests are sent from where their parts lie, answers come through one
 * static buffer, long outputs straight into the caller's memory.
 */
#include "h5sm_transport.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "h5sm_guard.h"
#include "h5sm_protocol.h"
#include "h5sm_report.h"
#include "h5sm_socket.h"

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
