/* RSA signatures of PKCS#1 v1.5: verification.
 *
 * NetX asks its RSA method for the bare power of a signature and looks into the padding itself; PSA has no such power,
 * only psa_verify_hash, which wants the digest first. NetX has computed that digest just before, by a hash method of
 * ours, and it and the key are all there is in the padded block (RFC 8017, 9.2). So this verifies the signature over
 * the last digests, newest first, and writes the block for the one that it is of. NetX compares it with its own.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define MAX_MODULUS  512u
#define MAX_EXPONENT 8u
#define MAX_KEY      (4u + 4u + 1u + MAX_MODULUS + 2u + 1u + MAX_EXPONENT)

typedef struct rsa {
    h5sm_nx_held held;
    uint32_t modulus_length;
    h5sm_nx_pointer modulus;
} rsa;

/* An INTEGER of this big-endian number. */
static UCHAR *put_number(UCHAR *at, const UCHAR *number, size_t length)
{
    const size_t sign = number[0] >= 0x80 ? 1 : 0;

    *at++ = 0x02;
    if (length + sign >= 0x80) {
        *at++ = 0x82;
        *at++ = (UCHAR)((length + sign) >> 8);
    }
    *at++ = (UCHAR)(length + sign);
    if (sign != 0) {
        *at++ = 0;
    }
    memcpy(at, number, length);
    return at + length;
}

/* RSAPublicKey (RFC 8017, A.1.1): at least 1024 bits, so its length takes two bytes. */
static size_t put_key(UCHAR *key, const UCHAR *modulus, size_t modulus_length, const UCHAR *exponent,
                      size_t exponent_length)
{
    UCHAR *end = put_number(put_number(key + 4, modulus, modulus_length), exponent, exponent_length);
    const size_t length = (size_t)(end - key) - 4;

    key[0] = 0x30;
    key[1] = 0x82;
    key[2] = (UCHAR)(length >> 8);
    key[3] = (UCHAR)length;
    return (size_t)(end - key);
}

static UINT import(const rsa *state, const h5sm_nx_request *request, psa_algorithm_t alg, psa_key_id_t *key)
{
    UCHAR bytes[MAX_KEY];
    const UCHAR *modulus = h5sm_nx_pointed(&state->modulus);
    const UCHAR *exponent = request->key;
    size_t modulus_length = state->modulus_length;
    size_t exponent_length = request->key_bits / 8;

    for (; modulus_length > 0 && modulus[0] == 0; modulus_length--) {
        modulus++;
    }
    for (; exponent_length > 1 && exponent[0] == 0; exponent_length--) {
        exponent++;
    }
    if (modulus_length < 128 || modulus_length > MAX_MODULUS || exponent_length == 0) {
        return NX_CRYPTO_UNSUPPORTED_KEY_SIZE;
    }
    return h5sm_nx_key_import(PSA_KEY_TYPE_RSA_PUBLIC_KEY, PSA_KEY_USAGE_VERIFY_HASH, alg, bytes,
                              put_key(bytes, modulus, modulus_length, exponent, exponent_length), key);
}

/* EMSA-PKCS1-v1_5 (RFC 8017, 9.2, with its note 1): 00 01 ff..ff 00 DigestInfo. The last byte of the identifiers
 * under 2.16.840.1.101.3.4.2 tells the hashes apart. */
static UINT put_block(psa_algorithm_t hash, const UCHAR *digest, UCHAR *block, size_t length)
{
    UCHAR info[] = {0x30, 0,    0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                    0x65, 0x03, 0x04, 0x02, 0,    0x05, 0,    0x04, 0};
    const size_t digest_length = PSA_HASH_LENGTH(hash);
    const size_t tail = sizeof info + digest_length;

    if (length < 2 + 8 + 1 + tail) {
        return NX_CRYPTO_UNSUPPORTED_KEY_SIZE;
    }
    info[1] = (UCHAR)(tail - 2);
    info[14] = hash == PSA_ALG_SHA_224 ? 4 : hash == PSA_ALG_SHA_256 ? 1 : hash == PSA_ALG_SHA_384 ? 2 : 3;
    info[18] = (UCHAR)digest_length;
    memset(block, 0xff, length);
    block[0] = 0;
    block[1] = 1;
    block[length - tail - 1] = 0;
    memcpy(block + length - tail, info, sizeof info);
    memcpy(block + length - digest_length, digest, digest_length);
    return NX_CRYPTO_SUCCESS;
}

static UINT verify(const rsa *state, const h5sm_nx_request *request, psa_algorithm_t hash, const UCHAR *digest)
{
    psa_key_id_t key = PSA_KEY_ID_NULL;
    UINT status = import(state, request, PSA_ALG_RSA_PKCS1V15_SIGN(hash), &key);

    if (status == NX_CRYPTO_SUCCESS) {
        status = h5sm_nx_status(psa_verify_hash(key, PSA_ALG_RSA_PKCS1V15_SIGN(hash), digest, PSA_HASH_LENGTH(hash),
                                                request->input, request->input_length));
    }
    return h5sm_nx_both(status, h5sm_nx_key_destroy(&key));
}

static UINT recover(const rsa *state, const h5sm_nx_request *request)
{
    UINT status = NX_CRYPTO_AUTHENTICATION_FAILED;
    psa_algorithm_t hash = PSA_ALG_NONE;
    const UCHAR *digest = h5sm_nx_digest_recall(0, &hash);
    size_t age;

    for (age = 1; digest != NULL; age++) {
        status = verify(state, request, hash, digest);
        if (status == NX_CRYPTO_SUCCESS) {
            return put_block(hash, digest, request->output, request->input_length);
        }
        if (status != NX_CRYPTO_AUTHENTICATION_FAILED) {
            return status;
        }
        digest = h5sm_nx_digest_recall(age, &hash);
    }
    return status;
}

static UINT init(const h5sm_nx_request *request)
{
    rsa *state = request->metadata;
    UINT status;

    if (request->key == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    status = h5sm_nx_claim(request, H5SM_NX_RSA, sizeof *state);
    if (status == NX_CRYPTO_SUCCESS) {
        h5sm_nx_point(&state->modulus, request->key);
        state->modulus_length = (uint32_t)(request->key_bits / 8);
    }
    return status;
}

static UINT operate(const h5sm_nx_request *request)
{
    rsa *state = request->metadata;
    const UINT status = h5sm_nx_check(request, H5SM_NX_RSA, sizeof *state);

    if (status != NX_CRYPTO_SUCCESS) {
        return status;
    }
    /* Encryption and private exponents, which are as long as the modulus, are what PSA has nothing for. */
    if (request->op != NX_CRYPTO_DECRYPT || request->key_bits / 8 > MAX_EXPONENT) {
        return NX_CRYPTO_INVALID_ALGORITHM;
    }
    if (request->key == NULL || request->input == NULL || request->output == NULL) {
        return NX_CRYPTO_PTR_ERROR;
    }
    if (request->input_length != state->modulus_length) {
        return NX_CRYPTO_AUTHENTICATION_FAILED; /* RFC 8017, 8.2.2, step 1 */
    }
    if (request->output_length < request->input_length) {
        return NX_CRYPTO_INVALID_BUFFER_SIZE;
    }
    return recover(state, request);
}

H5SM_NX_INIT(rsa_init, init)
H5SM_NX_OPERATION(rsa_operation, operate)

const NX_CRYPTO_METHOD h5sm_nx_method_rsa = {NX_CRYPTO_KEY_EXCHANGE_RSA, 0, 0, 0, 0, sizeof(rsa), rsa_init,
                                             h5sm_nx_cleanup, rsa_operation};
