/* What the methods share.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_NX_INTERNAL_H
#define H5SM_NX_INTERNAL_H

#include <psa/crypto.h>

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "h5sm_nx_crypto.h"

#define H5SM_NX_AES_BLOCK   16u
#define H5SM_NX_MAX_HASH    64u
#define H5SM_NX_MAX_TAG     16u
#define H5SM_NX_MAX_COORD   66u /* P-521 */

/* Of the shared area, header, message and descriptor of a call take 100 bytes and its operation 4. */
#define H5SM_NX_PIECE_IN    ((size_t)(H5SM_NX_SHARED_AREA) - 256u)             /* input alone */
#define H5SM_NX_PIECE_BOTH  (((size_t)(H5SM_NX_SHARED_AREA) - 128u) / 2u & ~(size_t)15u) /* input and output */

/* ---- A call of NetX, as one value ---- */

typedef struct h5sm_nx_request {
    UINT op;
    const NX_CRYPTO_METHOD *method;
    UCHAR *key;
    size_t key_bits;
    UCHAR *input;
    size_t input_length;
    UCHAR *iv;
    UCHAR *output;
    size_t output_length;
    VOID *metadata;
    size_t metadata_size;
} h5sm_nx_request;

/* Defines the init function `name`, which hands its parameters to `perform`. */
#define H5SM_NX_INIT(name, perform)                                                                          \
    static UINT name(struct NX_CRYPTO_METHOD_STRUCT *method, UCHAR *key, NX_CRYPTO_KEY_SIZE key_bits,        \
                     VOID **handler, VOID *metadata, ULONG metadata_size)                                    \
    {                                                                                                        \
        const h5sm_nx_request request = {0, method, key, key_bits, NULL, 0, NULL, NULL, 0, metadata,         \
                                         metadata_size};                                                     \
        (void)handler;                                                                                       \
        return method == NULL ? NX_CRYPTO_PTR_ERROR : perform(&request);                                     \
    }

/* Defines the operation function `name`, which hands its parameters to `perform`. */
#define H5SM_NX_OPERATION(name, perform)                                                                     \
    static UINT name(UINT op, VOID *handler, struct NX_CRYPTO_METHOD_STRUCT *method, UCHAR *key,             \
                     NX_CRYPTO_KEY_SIZE key_bits, UCHAR *input, ULONG input_length, UCHAR *iv, UCHAR *output, \
                     ULONG output_length, VOID *metadata, ULONG metadata_size, VOID *packet,                 \
                     VOID (*callback)(VOID *, UINT))                                                         \
    {                                                                                                        \
        const h5sm_nx_request request = {op,     method,        key,      key_bits,     input, input_length, \
                                         iv,     output,        output_length, metadata, metadata_size};     \
        (void)handler;                                                                                       \
        (void)packet;                                                                                        \
        (void)callback;                                                                                      \
        return method == NULL ? NX_CRYPTO_PTR_ERROR : perform(&request);                                     \
    }

/* ---- Metadata ----
 * NetX gives slices of one buffer that are aligned to 4 bytes, uses one for several methods in turn, and cleans up
 * only where all goes well. So every method's metadata begins with what it holds in the device. */

typedef enum h5sm_nx_kind {
    H5SM_NX_HASH = 0x6e780001,
    H5SM_NX_HMAC = 0x6e780002,
    H5SM_NX_PRF = 0x6e780003,
    H5SM_NX_HKDF = 0x6e780004,
    H5SM_NX_CBC = 0x6e780005,
    H5SM_NX_AEAD = 0x6e780006,
    H5SM_NX_ECDHE = 0x6e780007,
    H5SM_NX_ECDSA = 0x6e780008,
    H5SM_NX_RSA = 0x6e780009
} h5sm_nx_kind;

typedef enum h5sm_nx_running {
    H5SM_NX_IDLE,
    H5SM_NX_HASHING,
    H5SM_NX_SIGNING,
    H5SM_NX_CIPHERING,
    H5SM_NX_SEALING
} h5sm_nx_running;

typedef struct h5sm_nx_held {
    uint32_t magic;
    uint32_t kind;    /* h5sm_nx_kind */
    uint32_t home;    /* where it was begun: a copy of it elsewhere owns nothing */
    uint32_t running; /* h5sm_nx_running: which member of operation is active */
    psa_key_id_t key;
    psa_key_id_t stream_key; /* of AEAD without multi-part operations: the same key for PSA_ALG_CTR */
    union {
        psa_hash_operation_t hash;
        psa_mac_operation_t mac;
        psa_cipher_operation_t cipher;
        psa_aead_operation_t aead;
    } operation;
} h5sm_nx_held;

/* Makes the slice the metadata of `kind`, `needed` bytes that are zero but for what it holds. What an earlier use left
 * behind in the device ends. */
UINT h5sm_nx_claim(const h5sm_nx_request *request, h5sm_nx_kind kind, size_t needed);

/* Whether the slice is the metadata of `kind`; NX_CRYPTO_SUCCESS, or what is wrong with it. */
UINT h5sm_nx_check(const h5sm_nx_request *request, h5sm_nx_kind kind, size_t needed);

/* Whether memory holds metadata of ours. */
int h5sm_nx_is_ours(const VOID *memory, size_t length);

/* Ends the operation. Returns NX_CRYPTO_SUCCESS, or why it could not. */
UINT h5sm_nx_stop(h5sm_nx_held *held);

/* Ends the operation and destroys the keys. */
UINT h5sm_nx_drop(h5sm_nx_held *held);

/* As h5sm_nx_drop, only for what was begun at this place. */
VOID h5sm_nx_drop_if_at_home(VOID *memory, size_t length);

/* nx_crypto_cleanup of methods that hold something. */
UINT h5sm_nx_cleanup(VOID *metadata);

/* A pointer in memory that is aligned to 4 bytes */
typedef struct h5sm_nx_pointer {
    UCHAR bytes[sizeof(VOID *)];
} h5sm_nx_pointer;

VOID h5sm_nx_point(h5sm_nx_pointer *pointer, const VOID *to);
UCHAR *h5sm_nx_pointed(const h5sm_nx_pointer *pointer);

/* Overwrites with zeros, even if nobody reads them. */
VOID h5sm_nx_wipe(VOID *memory, size_t length);

/* ---- Statuses ---- */

/* The NX_CRYPTO status for a PSA status, which h5sm_nx_psa_status remembers if it is a failure. */
UINT h5sm_nx_status(psa_status_t status);

/* ---- Volatile keys ---- */

UINT h5sm_nx_key_import(psa_key_type_t type, psa_key_usage_t usage, psa_algorithm_t alg, const UCHAR *bytes,
                        size_t length, psa_key_id_t *key);

/* Leaves PSA_KEY_ID_NULL. */
UINT h5sm_nx_key_destroy(psa_key_id_t *key);

/* The first failure of two things that are both done. */
UINT h5sm_nx_both(UINT first, UINT second);

/* ---- Hashes ---- */

/* PSA_ALG_NONE for what is no hash, HMAC or PRF of SHA-2. */
psa_algorithm_t h5sm_nx_hash_of(UINT nx_algorithm);

/* The SHA-2 hash with digests of this length, or PSA_ALG_NONE. */
psa_algorithm_t h5sm_nx_hash_by_length(size_t length);

/* HMAC with a key of any length, 0 included; `mac` has room for the whole of it. */
UINT h5sm_nx_hmac_key(psa_algorithm_t hash, const UCHAR *bytes, size_t length, psa_key_id_t *key);
UINT h5sm_nx_hmac_with(psa_key_id_t key, psa_algorithm_t hash, const UCHAR *input, size_t length, UCHAR *mac);

/* The last digests that methods gave out, for h5sm_nx_method_rsa: `age` 0 is the newest. NULL where there is none. */
VOID h5sm_nx_digest_remember(psa_algorithm_t alg, const UCHAR *digest);
const UCHAR *h5sm_nx_digest_recall(size_t age, psa_algorithm_t *alg);

/* ---- AEAD ---- */

#define H5SM_NX_TAG_LENGTH(alg) PSA_AEAD_TAG_LENGTH(PSA_KEY_TYPE_AES, 128, alg)
#define H5SM_NX_IS_CCM(alg)     (PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg) == PSA_ALG_CCM)

typedef struct h5sm_nx_aead {
    h5sm_nx_held held;
    psa_algorithm_t alg;
    uint32_t decrypting;
    uint32_t total; /* bytes of the record, and how many of them were there already */
    uint32_t done;
    uint32_t turn;   /* in h5sm_nx_aead_whole.c: whose the buffer is */
    uint32_t tagged; /* in h5sm_nx_aead_whole.c: the tag was made before the end */
    uint32_t nonce_length;
    uint32_t additional_length;
    UCHAR nonce[16];
    UCHAR additional[16];
    UCHAR tag[H5SM_NX_MAX_TAG];
    h5sm_nx_pointer additional_pointer; /* of NX_CRYPTO_SET_ADDITIONAL_DATA */
} h5sm_nx_aead;

/* A record: nonce, additional data, total and direction are set; update gives exactly what it takes; one of the last
 * two ends it. */
typedef struct h5sm_nx_aead_way {
    UINT (*begin)(h5sm_nx_aead *aead);
    UINT (*update)(h5sm_nx_aead *aead, const UCHAR *input, size_t length, UCHAR *output);
    UINT (*seal)(h5sm_nx_aead *aead, UCHAR *tag, size_t tag_length);
    UINT (*open)(h5sm_nx_aead *aead, const UCHAR *tag, size_t tag_length);
} h5sm_nx_aead_way;

extern const h5sm_nx_aead_way h5sm_nx_aead_parts; /* by multi-part AEAD */
extern const h5sm_nx_aead_way h5sm_nx_aead_whole; /* by one-shot AEAD, with the stream key */

/* Updates the cipher operation in pieces; `length` bytes come out, or it is a failure. */
UINT h5sm_nx_cipher_update(psa_cipher_operation_t *operation, const UCHAR *input, size_t length, UCHAR *output);

/* ---- Curves ---- */

/* Bits of a SECP_R1 curve, 0 for others. */
size_t h5sm_nx_curve_bits(const NX_CRYPTO_METHOD *curve);

/* ---- Signatures ---- */

/* r || s of `coordinate` bytes each from an ECDSA-Sig-Value (RFC 3279, 2.2.3). NX_CRYPTO_AUTHENTICATION_FAILED for
 * what is none. */
UINT h5sm_nx_signature_raw(const UCHAR *der, size_t length, UCHAR *raw, size_t coordinate);

/* The inverse; the length, or 0 if there is no room. */
size_t h5sm_nx_signature_der(const UCHAR *raw, size_t coordinate, UCHAR *der, size_t room);

#endif /* H5SM_NX_INTERNAL_H */
