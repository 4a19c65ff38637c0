/* From the shared secret to the keys of records.
 * SPDX-License-Identifier: Apache-2.0 */

#include "session.h"

#include <string.h>

/* ---- TLS 1.2: lengths of secret and label are bytes where the parameter says bits ---- */

static UINT prf(session *s, unsigned char *secret, size_t secret_length, const char *label, bytes seed,
                size_t seed_length, unsigned char *output, size_t length)
{
    const NX_CRYPTO_METHOD *method = s->suite->nx_secure_tls_prf;

    s->prf.method = method;
    TRY(method->nx_crypto_init((NX_CRYPTO_METHOD *)(uintptr_t)method, secret, (NX_CRYPTO_KEY_SIZE)secret_length, NULL,
                               s->prf.metadata, s->prf.size));
    TRY(call(s->prf, NX_CRYPTO_PRF, (bytes)label, strlen(label), seed, seed_length, NULL, output, length));
    return call_cleanup(s->prf);
}

UINT keys_master_secret(session *s)
{
    unsigned char seed[64];

    memcpy(seed, s->client_random, 32);
    memcpy(seed + 32, s->server_random, 32);
    return prf(s, s->premaster, s->premaster_length, "master secret", seed, sizeof seed, s->master_secret, 48);
}

UINT keys_set(direction *d)
{
    if (d->active) {
        TRY(call_cleanup(d->cipher));
    }
    d->active = 1;
    memset(d->sequence, 0, sizeof d->sequence);
    return call_init(d->cipher, d->key, d->cipher.method->nx_crypto_key_size_in_bits / 8);
}

/* The key block is cut by what the methods say of themselves. */
UINT keys_tls12(session *s)
{
    const NX_CRYPTO_METHOD *cipher = s->suite->nx_secure_tls_session_cipher;
    const size_t mac = s->suite->nx_secure_tls_hash_size;
    const size_t key = cipher->nx_crypto_key_size_in_bits / 8;
    const size_t iv = cipher->nx_crypto_IV_size_in_bits / 8u;
    unsigned char seed[64], block[160];
    bytes at = block;

    memcpy(seed, s->server_random, 32);
    memcpy(seed + 32, s->client_random, 32);
    TRY(prf(s, s->master_secret, 48, "key expansion", seed, sizeof seed, block, 2 * (mac + key + iv)));
    memcpy(s->out.mac_key, at, mac);
    memcpy(s->in.mac_key, at += mac, mac);
    memcpy(s->out.key, at += mac, key);
    memcpy(s->in.key, at += key, key);
    memcpy(s->out.iv, at += key, iv);
    memcpy(s->in.iv, at + iv, iv);
    return 0;
}

UINT keys_finished_tls12(session *s, const char *label, unsigned char *verify_data)
{
    unsigned char digest[32];

    TRY(transcript_digest(s, digest));
    return prf(s, s->master_secret, 48, label, digest, sizeof digest, verify_data, 12);
}

/* ---- TLS 1.3 (RFC 8446, 7.1) ---- */

static UINT hkdf(session *s)
{
    s->prf.method = s->tables->nx_secure_tls_hkdf_method;
    TRY(call_init(s->prf, NULL, 0));
    TRY(call_with(s->prf, NX_CRYPTO_HKDF_SET_HMAC, s->tables->nx_secure_tls_hmac_method));
    return call_with(s->prf, NX_CRYPTO_HKDF_SET_HASH, s->suite->nx_secure_tls_hash);
}

static UINT extract(session *s, bytes salt, bytes input, size_t length, unsigned char *output)
{
    TRY(hkdf(s));
    return call(s->prf, NX_CRYPTO_HKDF_EXTRACT, salt, 32 * 8, input, length, NULL, output, 32);
}

/* `room` is what NetX gives as length of the output: all the room there is. */
static UINT expand_label(session *s, bytes secret, const char *label, bytes context, size_t context_length,
                         size_t length, unsigned char *output, size_t room)
{
    unsigned char info[100] = {
        0, (unsigned char)length, (unsigned char)(6 + strlen(label)), 't', 'l', 's', '1', '3', ' '};
    unsigned char *at = info + 9;

    memcpy(at, label, strlen(label));
    at += strlen(label);
    *at++ = (unsigned char)context_length;
    if (context_length > 0) {
        memcpy(at, context, context_length);
    }
    at += context_length;
    TRY(hkdf(s));
    TRY(call_key(s->prf, NX_CRYPTO_HKDF_SET_PRK, secret, 32));
    return call(s->prf, NX_CRYPTO_HKDF_EXPAND, info, (size_t)(at - info) * 8, NULL, 0, NULL, output, room);
}

/* Derive-Secret; without messages NetX hashes none, in the scratch area. */
static UINT derive(session *s, bytes secret, const char *label, bytes digest, unsigned char *output)
{
    const slice scratch = {s->suite->nx_secure_tls_hash, s->scratch.metadata, s->scratch.size};
    unsigned char empty[32];

    if (digest == NULL) {
        TRY(call_init(scratch, NULL, 0));
        TRY(call_op(scratch, NX_CRYPTO_HASH_INITIALIZE));
        TRY(call_in(scratch, NX_CRYPTO_HASH_UPDATE, (bytes) "", 0));
        TRY(call_out(scratch, NX_CRYPTO_HASH_CALCULATE, empty, 32));
        digest = empty;
    }
    return expand_label(s, secret, label, digest, 32, 32, output, 32);
}

/* Keys and IVs of both directions; NetX has 200 bytes for them and says so each time. */
static UINT traffic_keys(session *s)
{
    const size_t key = s->suite->nx_secure_tls_session_cipher->nx_crypto_key_size_in_bits / 8;
    unsigned char block[400];

    TRY(expand_label(s, s->client_traffic, "key", NULL, 0, key, block, 200));
    memcpy(s->out.key, block, key);
    TRY(expand_label(s, s->client_traffic, "iv", NULL, 0, 12, block, 200 - key));
    memcpy(s->out.iv, block, 12);
    TRY(expand_label(s, s->server_traffic, "key", NULL, 0, key, block, 200 - key - 12));
    memcpy(s->in.key, block, key);
    TRY(expand_label(s, s->server_traffic, "iv", NULL, 0, 12, block, 200 - 2 * key - 12));
    memcpy(s->in.iv, block, 12);
    return 0;
}

UINT keys_handshake_tls13(session *s)
{
    static const unsigned char zeros[32];
    unsigned char early[32], derived[32];

    TRY(extract(s, zeros, zeros, 32, early));
    TRY(derive(s, early, "derived", NULL, derived));
    TRY(extract(s, derived, s->premaster, s->premaster_length, s->handshake_secret));
    TRY(derive(s, s->handshake_secret, "c hs traffic", s->digests[0], s->client_traffic));
    TRY(derive(s, s->handshake_secret, "s hs traffic", s->digests[0], s->server_traffic));
    return traffic_keys(s);
}

UINT keys_application_tls13(session *s)
{
    static const unsigned char zeros[32];
    unsigned char derived[32], master[32];

    TRY(derive(s, s->handshake_secret, "derived", NULL, derived));
    TRY(extract(s, derived, zeros, 32, master));
    TRY(derive(s, master, "c ap traffic", s->digests[2], s->client_traffic));
    TRY(derive(s, master, "s ap traffic", s->digests[2], s->server_traffic));
    return traffic_keys(s);
}

/* HMAC in the scratch area, without a cleanup after it */
UINT keys_finished_tls13(session *s, bytes traffic_secret, bytes digest, unsigned char *verify_data)
{
    const slice scratch = {s->tables->nx_secure_tls_hmac_method, s->scratch.metadata, s->scratch.size};
    unsigned char key[32];

    TRY(expand_label(s, traffic_secret, "finished", NULL, 0, 32, key, 32));
    TRY(call_init(scratch, key, sizeof key));
    TRY(call_with(scratch, NX_CRYPTO_HMAC_SET_HASH, s->suite->nx_secure_tls_hash));
    TRY(call_key(scratch, NX_CRYPTO_HASH_INITIALIZE, key, sizeof key));
    TRY(call_in(scratch, NX_CRYPTO_HASH_UPDATE, digest, 32));
    return call_out(scratch, NX_CRYPTO_HASH_CALCULATE, verify_data, 32);
}
