/* The client's side of both handshakes.
 * SPDX-License-Identifier: Apache-2.0 */

#include "session.h"

#include <string.h>

#define STAGE(name) (s->stage = (name))

/* A message under construction */
typedef struct body {
    unsigned char data[6000];
    size_t length;
} body;

static void put(body *b, size_t width, size_t value)
{
    while (width-- > 0) {
        b->data[b->length++] = (unsigned char)(value >> 8 * width);
    }
}

static void put_bytes(body *b, bytes from, size_t length)
{
    memcpy(b->data + b->length, from, length);
    b->length += length;
}

/* ---- ClientHello ---- */

static void put_extensions(const session *s, body *b, bytes point, size_t point_length)
{
    const size_t at = b->length;
    size_t length, hash;

    put(b, 2, 0);
    put(b, 4, 10 << 16 | 8); /* supported_groups */
    put(b, 2, 6);
    put(b, 2, 23);
    put(b, 2, 24);
    put(b, 2, 25);
    put(b, 4, 11 << 16 | 2); /* ec_point_formats: uncompressed */
    put(b, 2, 1 << 8);
    put(b, 4, 13 << 16 | 14); /* signature_algorithms */
    put(b, 2, 12);
    for (hash = 4; hash <= 6; hash++) {
        put(b, 2, hash << 8 | 3);
        put(b, 2, hash << 8 | 1);
    }
    if (s->tls13) {
        put(b, 4, 43 << 16 | 3); /* supported_versions */
        put(b, 3, 2 << 16 | 0x0304);
        put(b, 4, 51 << 16 | (point_length + 6)); /* key_share */
        put(b, 2, point_length + 4);
        put(b, 2, s->group);
        put(b, 2, point_length);
        put_bytes(b, point, point_length);
    }
    length = b->length - at - 2;
    b->data[at] = (unsigned char)(length >> 8);
    b->data[at + 1] = (unsigned char)length;
}

static UINT ecdhe_begin(session *s, slice *at, USHORT group)
{
    const NX_CRYPTO_METHOD *curve = session_curve(s, group);

    *at = s->public_key;
    at->method = s->tls13 ? s->tables->nx_secure_tls_ecdhe_method : s->suite->nx_secure_tls_public_cipher;
    if (curve == NULL) {
        return FAILED_MESSAGE;
    }
    TRY(call_init(*at, NULL, 0));
    return call_in(*at, NX_CRYPTO_EC_CURVE_SET, (bytes)curve, sizeof(void *));
}

static UINT ecdhe(slice at, UINT op, bytes input, size_t length, unsigned char *into, size_t room, size_t *got)
{
    NX_CRYPTO_EXTENDED_OUTPUT out = {into, (ULONG)room, 0};
    const UINT status = call(at, op, NULL, 0, input, length, NULL, &out, sizeof out);

    *got = out.nx_crypto_extended_output_actual_size;
    return status;
}

/* The key share, whose private key leaves the metadata for the session */
static UINT key_share(session *s, unsigned char *point, size_t room, size_t *length)
{
    slice at;

    TRY(ecdhe_begin(s, &at, s->group));
    TRY(ecdhe(at, NX_CRYPTO_DH_SETUP, NULL, 0, point, room, length));
    TRY(ecdhe(at, NX_CRYPTO_DH_PRIVATE_KEY_EXPORT, NULL, 0, s->private_key, sizeof s->private_key,
              &s->private_key_length));
    return call_cleanup(at);
}

static UINT client_hello(session *s)
{
    body b = {{0}, 0};
    unsigned char point[140];
    size_t point_length = 0, i;

    STAGE("ClientHello");
    for (i = 0; i < 32; i++) {
        s->client_random[i] = (unsigned char)(NX_RAND() >> 7);
    }
    if (s->tls13) {
        TRY(key_share(s, point, sizeof point, &point_length));
    }
    put(&b, 2, 0x0303);
    put_bytes(&b, s->client_random, 32);
    put(&b, 1, 0);
    put(&b, 2, 4);
    put(&b, 2, s->suite->nx_secure_tls_ciphersuite);
    put(&b, 2, 0x00ff); /* renegotiation_info */
    put(&b, 2, 1 << 8);
    put_extensions(s, &b, point, point_length);
    TRY(s->tls13 ? 0 : transcript_begin(s));
    return message_send(s, 1, b.data, b.length);
}

UINT handshake(session *s)
{
    bytes at;

    TRY(client_hello(s));
    STAGE("ServerHello");
    TRY(message_receive(s, 2));
    TRY(s->tls13 ? transcript_begin(s) : 0);
    TRY(transcript_add(s, s->message, s->message_length));
    if (s->message_length < 42) {
        return FAILED_MESSAGE;
    }
    memcpy(s->server_random, s->message + 6, 32);
    at = s->message + 38;
    at += 1 + *at;
    if (at + 5 > s->message + s->message_length ||
        (at[0] << 8 | at[1]) != s->suite->nx_secure_tls_ciphersuite) {
        return FAILED_SUITE;
    }
    at += 3;
    return s->tls13 ? handshake_tls13(s, at + 2, (size_t)(s->message + s->message_length - at) - 2)
                    : handshake_tls12(s, at, (size_t)(s->message + s->message_length - at));
}

/* ---- Shared by both versions ---- */

/* The first certificate of the list at `at` */
static UINT take_certificate(session *s, bytes at)
{
    const size_t length = (size_t)at[3] << 16 | (size_t)at[4] << 8 | at[5];

    STAGE("Certificate");
    if (length > sizeof s->server.data || at + 6 + length > s->message + s->message_length) {
        return FAILED_CERTIFICATE;
    }
    memcpy(s->server.data, at + 6, length);
    s->server.length = length;
    TRY(certificate_parse(&s->server));
    return certificate_verify(s, &s->server, &s->authority);
}

static UINT send_certificate(session *s)
{
    body b = {{0}, 0};
    const size_t length = s->own.length;

    STAGE("client Certificate");
    if (s->tls13) {
        put(&b, 1, 0);
    }
    put(&b, 3, length == 0 ? 0 : length + (s->tls13 ? 5u : 3u));
    if (length > 0) {
        put(&b, 3, length);
        put_bytes(&b, s->own.data, length);
        put(&b, s->tls13 ? 2 : 0, 0);
    }
    return message_send(s, 11, b.data, b.length);
}

static UINT send_certificate_verify(session *s, bytes digest)
{
    body b = {{0}, 0};
    size_t length;

    STAGE("client CertificateVerify");
    put(&b, 2, 0x0403);
    TRY(certificate_sign(s, digest, 32, b.data + 4, 200, &length));
    put(&b, 2, length);
    b.length += length;
    return message_send(s, 15, b.data, b.length);
}

/* ---- TLS 1.2 ---- */

static UINT server_key_exchange(session *s)
{
    static unsigned char text[64 + 300];
    bytes at = s->message + 4;
    size_t point, signature;

    STAGE("ServerKeyExchange");
    s->group = (USHORT)(at[1] << 8 | at[2]);
    point = at[3];
    signature = (size_t)at[4 + point + 2] << 8 | at[4 + point + 3];
    if (at[0] != 3 || s->message_length < 4 + 4 + point + 4 + signature) {
        return FAILED_MESSAGE;
    }
    memcpy(text, s->client_random, 32);
    memcpy(text + 32, s->server_random, 32);
    memcpy(text + 64, at, 4 + point);
    return certificate_check(s, (unsigned)at[4 + point] << 8 | at[5 + point], text, 64 + 4 + point, at + 8 + point,
                             signature);
}

/* Both halves of ECDHE in one go, in the same metadata */
static UINT client_key_exchange(session *s, bytes peer, size_t peer_length, body *b)
{
    slice at;
    size_t length;

    STAGE("ClientKeyExchange");
    TRY(ecdhe_begin(s, &at, s->group));
    TRY(ecdhe(at, NX_CRYPTO_DH_SETUP, NULL, 0, b->data + 1, 140, &length));
    TRY(ecdhe(at, NX_CRYPTO_DH_CALCULATE, peer, peer_length, s->premaster, sizeof s->premaster, &s->premaster_length));
    b->data[0] = (unsigned char)length;
    b->length = 1 + length;
    return call_cleanup(at);
}

static UINT finish_tls12(session *s)
{
    unsigned char verify_data[12], type, one;
    size_t length;

    STAGE("client Finished");
    TRY(keys_tls12(s));
    TRY(record_send(s, 20, (bytes) "\1", 1));
    TRY(keys_set(&s->out));
    TRY(keys_finished_tls12(s, "client finished", verify_data));
    TRY(message_send(s, 20, verify_data, sizeof verify_data));
    STAGE("server Finished");
    do { /* NewSessionTicket comes if it was asked for */
        TRY(record_receive(s, &type, s->held, sizeof s->held, &length));
    } while (type == 22);
    one = s->held[0];
    if (type != 20 || length != 1 || one != 1) {
        return FAILED_MESSAGE;
    }
    s->held_length = s->held_at = 0;
    TRY(keys_set(&s->in));
    TRY(keys_finished_tls12(s, "server finished", verify_data));
    TRY(message_receive(s, 20));
    if (s->message_length != 16 || memcmp(s->message + 4, verify_data, 12) != 0) {
        return FAILED_FINISHED;
    }
    return transcript_end(s);
}

UINT handshake_tls12(session *s, bytes rest, size_t length)
{
    body exchange = {{0}, 0};
    unsigned char digest[32];

    (void)rest;
    (void)length;
    TRY(message_receive(s, 11));
    TRY(transcript_add(s, s->message, s->message_length));
    TRY(take_certificate(s, s->message + 4));
    TRY(message_receive(s, 12));
    TRY(transcript_add(s, s->message, s->message_length));
    TRY(server_key_exchange(s));
    TRY(client_key_exchange(s, s->message + 8, s->message[7], &exchange));
    TRY(message_receive(s, 0));
    TRY(transcript_add(s, s->message, s->message_length));
    if (s->message[0] == 13) {
        s->certificate_wanted = 1;
        TRY(message_receive(s, 14));
        TRY(transcript_add(s, s->message, s->message_length));
    }
    if (s->certificate_wanted) {
        TRY(send_certificate(s));
    }
    TRY(message_send(s, 16, exchange.data, exchange.length));
    TRY(keys_master_secret(s));
    if (s->certificate_wanted && s->own.length > 0) {
        TRY(transcript_digest(s, digest));
        TRY(send_certificate_verify(s, digest));
    }
    return finish_tls12(s);
}

/* ---- TLS 1.3 ---- */

/* Imports the private key from the session, in metadata that served others since */
static UINT shared_secret(session *s, bytes extensions, size_t length)
{
    slice at;

    while (length >= 4) {
        const unsigned type = (unsigned)extensions[0] << 8 | extensions[1];
        const size_t size = (size_t)extensions[2] << 8 | extensions[3];

        if (type == 51 && size >= 4 && (extensions[4] << 8 | extensions[5]) == s->group) {
            TRY(ecdhe_begin(s, &at, s->group));
            TRY(call_key(at, NX_CRYPTO_DH_KEY_PAIR_IMPORT, s->private_key, s->private_key_length));
            TRY(ecdhe(at, NX_CRYPTO_DH_CALCULATE, extensions + 8, size - 4, s->premaster, sizeof s->premaster,
                      &s->premaster_length));
            return call_cleanup(at);
        }
        if (4 + size > length) {
            break;
        }
        extensions += 4 + size;
        length -= 4 + size;
    }
    return FAILED_MESSAGE;
}

/* RFC 8446, 4.4.3 */
static size_t signed_text(const char *context, bytes digest, unsigned char *text)
{
    memset(text, ' ', 64);
    memcpy(text + 64, context, 34);
    memcpy(text + 98, digest, 32);
    return 130;
}

static UINT server_certificate_verify(session *s)
{
    unsigned char text[130];
    bytes at = s->message + 4;
    const size_t length = (size_t)at[2] << 8 | at[3];

    STAGE("CertificateVerify");
    if (s->message_length != 8 + length) {
        return FAILED_MESSAGE;
    }
    signed_text("TLS 1.3, server CertificateVerify", s->digests[1], text);
    return certificate_check(s, (unsigned)at[0] << 8 | at[1], text, sizeof text, at + 4, length);
}

static UINT server_finished(session *s)
{
    unsigned char expected[32], digest[32];

    STAGE("server Finished");
    TRY(transcript_digest(s, digest));
    TRY(message_receive(s, 20));
    TRY(keys_finished_tls13(s, s->server_traffic, digest, expected));
    if (s->message_length != 36 || memcmp(s->message + 4, expected, 32) != 0) {
        return FAILED_FINISHED;
    }
    TRY(transcript_add(s, s->message, s->message_length));
    return transcript_digest(s, s->digests[2]);
}

static UINT client_certificate(session *s)
{
    unsigned char text[130], digest[32];
    slice hash = s->scratch;

    TRY(send_certificate(s));
    if (s->own.length == 0) {
        return 0;
    }
    TRY(transcript_digest(s, digest));
    signed_text("TLS 1.3, client CertificateVerify", digest, text);
    hash.method = s->suite->nx_secure_tls_hash;
    TRY(call_hash(hash, text, sizeof text, digest, 32));
    return send_certificate_verify(s, digest);
}

UINT handshake_tls13(session *s, bytes extensions, size_t length)
{
    unsigned char verify_data[32], digest[32], client_secret[32];

    STAGE("key schedule");
    TRY(shared_secret(s, extensions, length));
    TRY(transcript_digest(s, s->digests[0]));
    TRY(keys_handshake_tls13(s));
    TRY(keys_set(&s->out));
    TRY(keys_set(&s->in));
    STAGE("EncryptedExtensions");
    TRY(message_receive(s, 8));
    TRY(transcript_add(s, s->message, s->message_length));
    TRY(message_receive(s, 0));
    TRY(transcript_add(s, s->message, s->message_length));
    if (s->message[0] == 13) {
        s->certificate_wanted = 1;
        TRY(message_receive(s, 11));
        TRY(transcript_add(s, s->message, s->message_length));
    }
    TRY(transcript_digest(s, s->digests[1]));
    TRY(take_certificate(s, s->message + 5));
    TRY(message_receive(s, 15));
    TRY(server_certificate_verify(s));
    TRY(transcript_add(s, s->message, s->message_length));
    TRY(server_finished(s));
    STAGE("client Finished");
    memcpy(client_secret, s->client_traffic, 32);
    if (s->certificate_wanted) {
        TRY(client_certificate(s));
    }
    TRY(transcript_digest(s, digest));
    TRY(keys_finished_tls13(s, client_secret, digest, verify_data));
    TRY(message_send(s, 20, verify_data, sizeof verify_data));
    TRY(keys_application_tls13(s));
    TRY(keys_set(&s->out));
    TRY(keys_set(&s->in));
    return transcript_end(s);
}
