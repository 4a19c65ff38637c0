/*
 * A non-secure client of the crypto, storage and attestation services over psa_connect, psa_call and psa_close, as a
 * vendor's client is made: one message for each function, what C passes by value in a descriptor before everything else.
 */
#ifndef NONSECURE_CLIENT_H
#define NONSECURE_CLIENT_H

#include <psa/client.h>

#include <stddef.h>
#include <stdint.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Numbers of the functions of the crypto service. */
enum {
    GET_KEY_ATTRIBUTES = 0,
    RESET_KEY_ATTRIBUTES = 1,
    OPEN_KEY = 2,
    CLOSE_KEY = 3,
    IMPORT_KEY = 4,
    DESTROY_KEY = 5,
    EXPORT_KEY = 6,
    EXPORT_PUBLIC_KEY = 7,
    HASH_SETUP = 12,
    HASH_UPDATE = 13,
    HASH_FINISH = 14,
    HASH_ABORT = 16,
    HASH_CLONE = 17,
    CIPHER_ENCRYPT_SETUP = 28,
    CIPHER_SET_IV = 31,
    CIPHER_UPDATE = 32,
    CIPHER_FINISH = 33,
    CIPHER_ABORT = 34,
    AEAD_ENCRYPT = 35,
    AEAD_DECRYPT = 36,
    AEAD_ENCRYPT_SETUP = 37,
    AEAD_SET_NONCE = 40,
    AEAD_SET_LENGTHS = 41,
    AEAD_UPDATE_AD = 42,
    AEAD_UPDATE = 43,
    AEAD_FINISH = 44,
    AEAD_ABORT = 46,
    SIGN_HASH = 49,
    VERIFY_HASH = 50,
    DERIVATION_SETUP = 53,
    DERIVATION_GET_CAPACITY = 54,
    DERIVATION_SET_CAPACITY = 55,
    DERIVATION_INPUT_BYTES = 56,
    DERIVATION_INPUT_KEY = 57,
    DERIVATION_OUTPUT_BYTES = 59,
    DERIVATION_ABORT = 61,
    GENERATE_RANDOM = 63,
    GENERATE_KEY = 64,
    FIRST_UNKNOWN = 65
};

typedef struct {
    uint32_t function;
    uint16_t step;
    uint32_t key;
    uint32_t alg;
    uint32_t operation;
    size_t capacity;
    uint8_t nonce[16];
    uint32_t nonce_length;
} descriptor_t;

/* With the lengths of multi-part AEAD. */
typedef struct {
    uint32_t function;
    uint16_t step;
    uint32_t key;
    uint32_t alg;
    uint32_t operation;
    size_t capacity;
    size_t ad_length;
    size_t plaintext_length;
    uint8_t nonce[16];
    uint32_t nonce_length;
} long_descriptor_t;

typedef struct {
    uint16_t type;
    uint16_t bits;
    uint32_t lifetime;
    uint32_t id;
    uint32_t usage;
    uint32_t alg;
} attributes_t;

/* One message to a service, on a connection of its own. */
static inline psa_status_t tell(uint32_t sid, uint32_t signal, int32_t type, const psa_invec *in, size_t in_count,
                                psa_outvec *out, size_t out_count)
{
    psa_init_signal(signal);
    psa_handle_t handle = psa_connect(sid, 0);
    psa_status_t status = psa_call(handle, type, in, in_count, out, out_count);
    psa_close(handle);
    return status;
}

static inline psa_status_t crypto(const psa_invec *in, size_t in_count, psa_outvec *out, size_t out_count)
{
    return tell(PSA_SID_CRYPTO, PSA_SIGNAL_CRYPTO, PSA_IPC_CALL, in, in_count, out, out_count);
}

static inline psa_status_t storage(int32_t type, const psa_invec *in, size_t in_count, psa_outvec *out,
                                   size_t out_count)
{
    return tell(PSA_SID_STORAGE, PSA_SIGNAL_STORAGE, type, in, in_count, out, out_count);
}

static inline psa_status_t attestation(int32_t type, const psa_invec *in, psa_outvec *out)
{
    return tell(PSA_SID_ATTESTATION, PSA_SIGNAL_ATTESTATION, type, in, 1, out, 1);
}

static inline psa_invec described(const descriptor_t *descriptor)
{
    const psa_invec vector = { descriptor, sizeof *descriptor };
    return vector;
}

static inline psa_invec given(const void *base, size_t length)
{
    const psa_invec vector = { base, length };
    return vector;
}

static inline psa_outvec room(void *base, size_t length)
{
    const psa_outvec vector = { base, length };
    return vector;
}

static inline psa_status_t generate_random(void *output, size_t size)
{
    const descriptor_t d = { .function = GENERATE_RANDOM };
    const psa_invec in[] = { described(&d) };
    psa_outvec out[] = { room(output, size) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

static inline psa_status_t import_key(const attributes_t *attributes, const void *data, size_t length, uint32_t *key)
{
    const descriptor_t d = { .function = IMPORT_KEY };
    const psa_invec in[] = { described(&d), given(attributes, sizeof *attributes), given(data, length) };
    psa_outvec out[] = { room(key, sizeof *key) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

static inline psa_status_t get_key_attributes(uint32_t key, attributes_t *attributes)
{
    const descriptor_t d = { .function = GET_KEY_ATTRIBUTES, .key = key };
    const psa_invec in[] = { described(&d) };
    psa_outvec out[] = { room(attributes, sizeof *attributes) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

/* A function of a key that gives nothing back. */
static inline psa_status_t key_call(uint32_t function, uint32_t key)
{
    const descriptor_t d = { .function = function, .key = key };
    const psa_invec in[] = { described(&d) };
    return crypto(in, COUNT(in), NULL, 0);
}

static inline psa_status_t open_key(uint32_t id, uint32_t *handle)
{
    const descriptor_t d = { .function = OPEN_KEY };
    const psa_invec in[] = { described(&d), given(&id, sizeof id) };
    psa_outvec out[] = { room(handle, sizeof *handle) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

static inline psa_status_t setup(uint32_t function, uint32_t *operation, uint32_t key, uint32_t alg)
{
    const descriptor_t d = { .function = function, .operation = *operation, .key = key, .alg = alg };
    const psa_invec in[] = { described(&d) };
    psa_outvec out[] = { room(operation, sizeof *operation) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

/* Bytes into an operation; none for its end or abort. */
static inline psa_status_t input(uint32_t function, uint32_t *operation, const void *data, size_t length)
{
    const descriptor_t d = { .function = function, .operation = *operation };
    const psa_invec in[] = { described(&d), given(data, length) };
    psa_outvec out[] = { room(operation, sizeof *operation) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

/* Bytes into an operation and out of it. */
static inline psa_status_t update(uint32_t function, uint32_t *operation, const void *data, size_t length,
                                  void *output, size_t size, size_t *output_length)
{
    const descriptor_t d = { .function = function, .operation = *operation };
    const psa_invec in[] = { described(&d), given(data, length) };
    psa_outvec out[] = { room(operation, sizeof *operation), room(output, size) };
    psa_status_t status = crypto(in, COUNT(in), out, COUNT(out));
    *output_length = out[1].len;
    return status;
}

static inline psa_status_t hash_clone(const uint32_t *source, uint32_t *target)
{
    const descriptor_t d = { .function = HASH_CLONE, .operation = *source };
    const psa_invec in[] = { described(&d) };
    psa_outvec out[] = { room(target, sizeof *target) };
    return crypto(in, COUNT(in), out, COUNT(out));
}

static inline psa_status_t aead(uint32_t function, uint32_t key, uint32_t alg, const uint8_t *nonce,
                                const void *ad, size_t ad_length, const void *data, size_t length, void *output,
                                size_t size, size_t *output_length)
{
    descriptor_t d = { .function = function, .key = key, .alg = alg, .nonce_length = 12 };
    memcpy(d.nonce, nonce, 12);
    const psa_invec in[] = { described(&d), given(data, length), given(ad, ad_length) };
    psa_outvec out[] = { room(output, size) };
    psa_status_t status = crypto(in, ad == NULL ? 2 : 3, out, COUNT(out));
    *output_length = out[0].len;
    return status;
}

static inline psa_status_t sign_hash(uint32_t key, uint32_t alg, const void *hash, size_t length, void *signature,
                                     size_t size, size_t *signature_length)
{
    const descriptor_t d = { .function = SIGN_HASH, .key = key, .alg = alg };
    const psa_invec in[] = { described(&d), given(hash, length) };
    psa_outvec out[] = { room(signature, size) };
    psa_status_t status = crypto(in, COUNT(in), out, COUNT(out));
    *signature_length = out[0].len;
    return status;
}

static inline psa_status_t verify_hash(uint32_t key, uint32_t alg, const void *hash, size_t length,
                                       const void *signature, size_t signature_length)
{
    const descriptor_t d = { .function = VERIFY_HASH, .key = key, .alg = alg };
    const psa_invec in[] = { described(&d), given(hash, length), given(signature, signature_length) };
    return crypto(in, COUNT(in), NULL, 0);
}

#endif
