/* One psa_* call between its C parameters and the elements of frames (docs/wire.md, "Elements"). */
#include "h5sm_call.h"

#include <string.h>

#include "h5sm_guard.h"
#include "h5sm_protocol.h"
#include "h5sm_report.h"

/* Stands for SIZE_MAX; what else does not fit is sent as the largest number that does. */
#define SIZE_UNBOUNDED UINT32_MAX

/* The first refusal stays. */
static void refuse(h5sm_call_t *call, psa_status_t status)
{
    if (call->refusal == PSA_SUCCESS) {
        call->refusal = status;
    }
}

static bool require(h5sm_call_t *call, bool valid)
{
    if (!valid) {
        refuse(call, PSA_ERROR_INVALID_ARGUMENT);
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

void h5sm_bytes(h5sm_call_t *call, const uint8_t *bytes, size_t length)
{
    if (!require(call, bytes != NULL || length == 0)) {
        return;
    }
    if (length > H5SM_MAX_FRAME) {
        refuse(call, PSA_ERROR_INSUFFICIENT_MEMORY);
        return;
    }
    if (call->input == NULL) {
        call->input = bytes;
        call->input_length = length;
    }
    h5sm_put_bin_head(&call->writer, (uint32_t)length);
    close_piece(call);
    h5sm_add_piece(&call->frame, bytes, length);
    call->total += length;
    call->elements++;
}

/* An array of integers is one element. */
static void put_integers(h5sm_call_t *call, const uint32_t *values, unsigned count)
{
    h5sm_put_array_head(&call->writer, count);
    for (unsigned i = 0; i < count; i++) {
        h5sm_put_uint(&call->writer, values[i]);
    }
    call->elements++;
}

void h5sm_attributes(h5sm_call_t *call, const psa_key_attributes_t *attributes)
{
    if (require(call, attributes != NULL)) {
        const uint32_t values[] = { psa_get_key_type(attributes),     (uint32_t)psa_get_key_bits(attributes),
                                    psa_get_key_lifetime(attributes), psa_get_key_usage_flags(attributes),
                                    psa_get_key_algorithm(attributes), psa_get_key_id(attributes) };
        put_integers(call, values, 6);
    }
}

void h5sm_cipher_suite(h5sm_call_t *call, const psa_pake_cipher_suite_t *suite)
{
    if (require(call, suite != NULL)) {
        psa_pake_primitive_t primitive = psa_pake_cs_get_primitive(suite);
        const uint32_t values[] = { psa_pake_cs_get_algorithm(suite), primitive >> 24, primitive >> 16 & 0xff,
                                    primitive & 0xffff, psa_pake_cs_get_key_confirmation(suite) };
        put_integers(call, values, 5);
    }
}

void h5sm_custom(h5sm_call_t *call, const psa_custom_key_parameters_t *custom)
{
    if (require(call, custom != NULL)) {
        put_integers(call, &custom->flags, 1);
    }
}

void h5sm_source(h5sm_call_t *call, const uint32_t *handle)
{
    if (require(call, handle != NULL)) {
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
    require(call, length != NULL && (bytes != NULL || size == 0));
    h5sm_size(call, size);
}

void h5sm_fill(h5sm_call_t *call, uint8_t *bytes, size_t size)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_FILL;
    output->to.bytes = bytes;
    output->size = size;
    require(call, bytes != NULL || size == 0);
    h5sm_size(call, size);
}

void h5sm_id_out(h5sm_call_t *call, psa_key_id_t *id)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_ID;
    output->to.id = id;
    require(call, id != NULL);
}

void h5sm_size_out(h5sm_call_t *call, size_t *value)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_SIZE;
    output->length = value;
    require(call, value != NULL);
}

void h5sm_attributes_out(h5sm_call_t *call, psa_key_attributes_t *attributes)
{
    h5sm_output_t *output = add_output(call);
    output->kind = H5SM_ATTRIBUTES;
    output->to.attributes = attributes;
    require(call, attributes != NULL);
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

/* [type, bits, lifetime, usage, alg, id] */
static bool read_attributes(psa_key_attributes_t *attributes)
{
    uint32_t count;
    uint32_t v[6];
    if (!next_of(H5SM_ARRAY, &count) || (count != 6 && !h5sm_garbled("holds attributes of another length"))) {
        return false;
    }
    for (unsigned i = 0; i < 6; i++) {
        if (!next_of(H5SM_UINT, &v[i])) {
            return false;
        }
    }
    // As the device says it: the setters would tie the id to the lifetime.
    attributes->type = (psa_key_type_t)v[0];
    attributes->bits = (uint16_t)v[1];
    attributes->lifetime = v[2];
    attributes->policy.usage = v[3];
    attributes->policy.alg = v[4];
    attributes->id = v[5];
    return true;
}

static bool read_output(h5sm_output_t *output, psa_status_t *status)
{
    switch (output->kind) {
    case H5SM_ROOM:
    case H5SM_FILL:
        return read_bytes(output, status);
    case H5SM_ATTRIBUTES:
        return read_attributes(&output->read);
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
    h5sm_enter(&guard);
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

static uint32_t ask_quirks(void)
{
    h5sm_guard_t guard;
    h5sm_enter(&guard);
    uint32_t quirks = h5sm_ask_quirks();
    h5sm_leave(&guard);
    return quirks;
}

static void fill_output(const h5sm_call_t *call)
{
    const h5sm_output_t *output = &call->outputs[0];
    if (output->size != 0 && !overlap(call, output) && (ask_quirks() & H5SM_OUTPUTS_FILLED) != 0) {
        // Whatever becomes of it, the call itself follows.
        (void)psa_generate_random(output->to.bytes, output->size);
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
            *output->to.id = success ? output->value : PSA_KEY_ID_NULL;
        }
        break;
    case H5SM_ATTRIBUTES:
        if (output->to.attributes != NULL) {
            *output->to.attributes = success ? output->read : psa_key_attributes_init();
        }
        break;
    case H5SM_FILL:
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
