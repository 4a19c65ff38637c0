/* One psa_* call between its C parameters and the elements of frames (docs/wire.md, "Elements"). */
#include "h5sm_call.h"

#include <string.h>

#include "h5sm_guard.h"
#include "h5sm_protocol.h"
#include "h5sm_report.h"

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
