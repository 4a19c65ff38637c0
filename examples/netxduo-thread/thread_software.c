/* SHA-256 in software (FIPS 180-4, 6.2), whose context is larger than that of a PSA hash: what a table has in its
 * SHA-256 slot when nobody replaced it.
 * SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "h5sm_nx_internal.h"
#include "thread.h"

typedef struct software_hash {
    uint32_t state[8];
    uint32_t length; /* bytes so far */
    UCHAR block[64];
} software_hash;

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t word, unsigned by)
{
    return word >> by | word << (32 - by);
}

static void compress(software_hash *hash)
{
    uint32_t w[64], v[8];
    unsigned i;

    for (i = 0; i < 64; i++) {
        const UCHAR *at = &hash->block[i % 16 * 4];

        if (i < 16) {
            w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
        } else {
            w[i] = w[i - 16] + (turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 7] +
                   (turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ w[i - 2] >> 10);
        }
    }
    memcpy(v, hash->state, sizeof v);
    for (i = 0; i < 64; i++) {
        const uint32_t one = v[7] + (turned(v[4], 6) ^ turned(v[4], 11) ^ turned(v[4], 25)) +
                             ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + w[i];
        const uint32_t two =
            (turned(v[0], 2) ^ turned(v[0], 13) ^ turned(v[0], 22)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (i = 0; i < 8; i++) {
        hash->state[i] += v[i];
    }
}

static void begin(software_hash *hash)
{
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    memcpy(hash->state, start, sizeof start);
    hash->length = 0;
}

static void update(software_hash *hash, const UCHAR *input, size_t length)
{
    while (length-- > 0) {
        hash->block[hash->length++ % 64] = *input++;
        if (hash->length % 64 == 0) {
            compress(hash);
        }
    }
}

static void calculate(software_hash *hash, UCHAR *output)
{
    static const UCHAR padding[64] = {0x80};
    const uint32_t length = hash->length;
    UCHAR bits[8] = {0};
    unsigned i;

    for (i = 0; i < 4; i++) {
        bits[7 - i] = (UCHAR)(length << 3 >> 8 * i);
    }
    update(hash, padding, 1 + (119 - length % 64) % 64);
    update(hash, bits, sizeof bits);
    for (i = 0; i < 32; i++) {
        output[i] = (UCHAR)(hash->state[i / 4] >> (24 - i % 4 * 8));
    }
    h5sm_nx_digest_remember(PSA_ALG_SHA_256, output); /* for h5sm_nx_method_rsa; NetX's own RSA needs no help */
}

THREAD_INIT(init)
{
    (void)method, (void)key, (void)key_bits, (void)handler, (void)metadata;
    return metadata_size < sizeof(software_hash) ? NX_CRYPTO_PTR_ERROR : NX_CRYPTO_SUCCESS;
}

static UINT cleanup(VOID *metadata)
{
    (void)metadata;
    return NX_CRYPTO_SUCCESS;
}

THREAD_OPERATION(operation)
{
    (void)handler, (void)method, (void)key, (void)key_bits, (void)iv, (void)output_length, (void)packet, (void)callback;
    if (metadata_size < sizeof(software_hash)) {
        return NX_CRYPTO_PTR_ERROR;
    }
    switch (op) {
    case NX_CRYPTO_HASH_INITIALIZE:
        begin(metadata);
        break;
    case NX_CRYPTO_HASH_UPDATE:
        update(metadata, input, input_length);
        break;
    case NX_CRYPTO_HASH_CALCULATE:
        calculate(metadata, output);
        break;
    default: /* all at once */
        begin(metadata);
        update(metadata, input, input_length);
        calculate(metadata, output);
    }
    return NX_CRYPTO_SUCCESS;
}

const NX_CRYPTO_METHOD thread_method_software_sha256 = {
    NX_CRYPTO_HASH_SHA256, 0, 0, 256, 64, sizeof(software_hash), init, cleanup, operation};
