/* Records: AEAD of TLS 1.2 and 1.3, CBC with HMAC of TLS 1.2, and none before there are keys.
 * SPDX-License-Identifier: Apache-2.0 */

#include "session.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 18432u

static unsigned char wire[MOST + 5];

static UINT read_all(session *s, unsigned char *into, size_t length)
{
    while (length > 0) {
        const ssize_t got = recv(s->socket, into, length, 0);

        if (got <= 0) {
            return FAILED_SOCKET;
        }
        into += got;
        length -= (size_t)got;
    }
    return 0;
}

static UINT write_all(session *s, const unsigned char *from, size_t length)
{
    while (length > 0) {
        const ssize_t put = send(s->socket, from, length, MSG_NOSIGNAL);

        if (put <= 0) {
            return FAILED_SOCKET;
        }
        from += put;
        length -= (size_t)put;
    }
    return 0;
}

static void head(unsigned char *at, unsigned char type, size_t length)
{
    at[0] = type;
    at[1] = 3;
    at[2] = 3;
    at[3] = (unsigned char)(length >> 8);
    at[4] = (unsigned char)length;
}

static void count(direction *d)
{
    int i = 8;

    while (i > 0 && ++d->sequence[--i] == 0) {
    }
}

static int is_aead(const direction *d)
{
    return d->cipher.method->nx_crypto_ICV_size_in_bits > 0;
}

static size_t tag_of(const direction *d)
{
    return d->cipher.method->nx_crypto_ICV_size_in_bits / 8u;
}

/* ---- AEAD ---- */

/* The nonce of RFC 5288, whose explicit part NetX makes the sequence number, or of RFC 8446, 5.3 */
static void nonce_of(const session *s, const direction *d, bytes explicit_part, unsigned char *nonce)
{
    int i;

    memcpy(nonce, d->iv, 12);
    for (i = 0; i < 8; i++) {
        nonce[4 + i] = s->tls13 ? nonce[4 + i] ^ d->sequence[i] : explicit_part[i];
    }
}

static size_t additional_of(const session *s, const direction *d, unsigned char type, size_t length,
                            unsigned char *into)
{
    if (s->tls13) {
        head(into, type, length + tag_of(d));
        return 5;
    }
    memcpy(into, d->sequence, 8);
    head(into + 8, type, length);
    return 13;
}

/* Encrypts in place, `length` bytes at `at`, and puts the tag behind them. */
static UINT seal(session *s, unsigned char type, bytes explicit_part, unsigned char *at, size_t length)
{
    unsigned char nonce[12], additional[13];
    const size_t additional_length = additional_of(s, &s->out, type, length, additional);

    nonce_of(s, &s->out, explicit_part, nonce);
    TRY(call_aead_begin(s->out.cipher, NX_CRYPTO_ENCRYPT_INITIALIZE, additional, additional_length, nonce, length));
    TRY(call_update(s->out.cipher, NX_CRYPTO_ENCRYPT_UPDATE, at, length, at, s->chunk));
    return call_out(s->out.cipher, NX_CRYPTO_ENCRYPT_CALCULATE, at + length, tag_of(&s->out));
}

/* Decrypts out of place, as NetX does from packet to packet. */
static UINT open(session *s, unsigned char type, bytes explicit_part, bytes from, size_t length, unsigned char *into)
{
    unsigned char nonce[12], additional[13];
    const size_t additional_length = additional_of(s, &s->in, type, length, additional);

    nonce_of(s, &s->in, explicit_part, nonce);
    memset(into, 0, length); /* packets hold anything, which is the outcome where a method writes nothing */
    TRY(call_aead_begin(s->in.cipher, NX_CRYPTO_DECRYPT_INITIALIZE, additional, additional_length, nonce, length));
    TRY(call_update(s->in.cipher, NX_CRYPTO_DECRYPT_UPDATE, from, length, into, s->chunk));
    return call_in(s->in.cipher, NX_CRYPTO_DECRYPT_CALCULATE, from + length, tag_of(&s->in));
}

/* ---- CBC with HMAC ---- */

static UINT mac(session *s, const direction *d, unsigned char type, bytes data, size_t length, unsigned char *into)
{
    const size_t key = s->suite->nx_secure_tls_hash_size;
    unsigned char start[5];

    head(start, type, length);
    TRY(call_init(s->mac, d->mac_key, key));
    TRY(call_key(s->mac, NX_CRYPTO_HASH_INITIALIZE, d->mac_key, key));
    TRY(call_in(s->mac, NX_CRYPTO_HASH_UPDATE, d->sequence, 8));
    TRY(call_in(s->mac, NX_CRYPTO_HASH_UPDATE, start, 5));
    TRY(call_in(s->mac, NX_CRYPTO_HASH_UPDATE, data, length));
    TRY(call_out(s->mac, NX_CRYPTO_HASH_CALCULATE, into, 32));
    return call_cleanup(s->mac);
}

static UINT cbc(direction *d, int decrypts, bytes from, size_t length, unsigned char *into, size_t chunk)
{
    TRY(call(d->cipher, decrypts ? NX_CRYPTO_DECRYPT_INITIALIZE : NX_CRYPTO_ENCRYPT_INITIALIZE, NULL, 0, NULL, 0, d->iv,
             NULL, 0));
    TRY(call_update(d->cipher, decrypts ? NX_CRYPTO_DECRYPT_UPDATE : NX_CRYPTO_ENCRYPT_UPDATE, from, length, into,
                    chunk));
    return call_op(d->cipher, decrypts ? NX_CRYPTO_DECRYPT_CALCULATE : NX_CRYPTO_ENCRYPT_CALCULATE);
}

static UINT seal_cbc(session *s, unsigned char type, unsigned char *at, size_t *length)
{
    const size_t padding = 16 - (*length + 32) % 16;
    const size_t all = *length + 32 + padding;

    TRY(mac(s, &s->out, type, at, *length, at + *length));
    memset(at + *length + 32, (int)padding - 1, padding);
    TRY(cbc(&s->out, 0, at, all, at, s->chunk));
    memcpy(s->out.iv, at + all - 16, 16); /* NetX's next IV is the last block */
    *length = all;
    return 0;
}

static UINT open_cbc(session *s, unsigned char type, bytes from, size_t length, unsigned char *into, size_t *got)
{
    unsigned char expected[32];
    size_t padding, i;

    if (length < 64 || length % 16 != 0) {
        return FAILED_MESSAGE;
    }
    memcpy(s->in.iv, from, 16);
    TRY(cbc(&s->in, 1, from + 16, length - 16, into, s->chunk));
    length -= 16;
    padding = into[length - 1] + 1u;
    if (padding + 32 > length) {
        return FAILED_PADDING;
    }
    for (i = 0; i < padding; i++) {
        if (into[length - 1 - i] != padding - 1) {
            return FAILED_PADDING;
        }
    }
    *got = length - padding - 32;
    TRY(mac(s, &s->in, type, into, *got, expected));
    return memcmp(expected, into + *got, 32) == 0 ? 0 : FAILED_MAC;
}

/* ---- Both ---- */

UINT record_send(session *s, unsigned char type, bytes data, size_t length)
{
    unsigned char *at = wire + 5;
    size_t all = length;

    if (length > 16384) {
        return FAILED_MESSAGE;
    }
    if (!s->out.active) {
        memcpy(at, data, length);
    } else if (s->tls13) {
        memcpy(at, data, length);
        at[length] = type;
        type = 23;
        TRY(seal(s, type, NULL, at, length + 1));
        all = length + 1 + tag_of(&s->out);
    } else if (is_aead(&s->out)) {
        memcpy(at, s->out.sequence, 8);
        memcpy(at + 8, data, length);
        TRY(seal(s, type, at, at + 8, length));
        all = 8 + length + tag_of(&s->out);
    } else {
        memcpy(at, s->out.iv, 16);
        memcpy(at + 16, data, length);
        TRY(seal_cbc(s, type, at + 16, &all));
        all += 16;
    }
    if (s->out.active) {
        count(&s->out);
    }
    head(wire, type, all);
    return write_all(s, wire, 5 + all);
}

/* Alerts as NetX chooses them (RFC 8446, 6.2). It has a status of its own for a certificate that does not verify, but
 * hands on that of the method for RSA, and has no alert for it. */
static unsigned char alert_for(const session *s, UINT status)
{
    if (strcmp(s->stage, "Certificate") == 0) {
        return status == FAILED_CERTIFICATE || s->authority.curve != 0 ? 42 /* bad_certificate */
                                                                       : 80 /* internal_error */;
    }
    switch (status) {
    case FAILED_MESSAGE:
        return 10; /* unexpected_message */
    case FAILED_MAC:
    case FAILED_PADDING:
    case NX_CRYPTO_AUTHENTICATION_FAILED:
        return 20; /* bad_record_mac */
    case FAILED_FINISHED:
        return 51; /* decrypt_error */
    default:
        return 80; /* internal_error */
    }
}

void record_alert(session *s, UINT status)
{
    const unsigned char alert[2] = {2, alert_for(s, status)};

    if (s->socket > 0 && status != FAILED_SOCKET && status != FAILED_ALERT) {
        (void)record_send(s, 21, alert, sizeof alert);
    }
}

static UINT decrypt(session *s, unsigned char *type, size_t all, unsigned char *data, size_t *length)
{
    const size_t tag = tag_of(&s->in);

    if (s->tls13) {
        TRY(all < tag + 1 ? FAILED_MESSAGE : open(s, *type, NULL, wire, all - tag, data));
        *length = all - tag;
        while (*length > 0 && data[*length - 1] == 0) {
            --*length;
        }
        TRY(*length == 0 ? FAILED_MESSAGE : 0);
        *type = data[--*length];
        return 0;
    }
    if (is_aead(&s->in)) {
        TRY(all < tag + 8 ? FAILED_MESSAGE : open(s, *type, wire, wire + 8, all - tag - 8, data));
        *length = all - tag - 8;
        return 0;
    }
    return open_cbc(s, *type, wire, all, data, length);
}

UINT record_receive(session *s, unsigned char *type, unsigned char *data, size_t room, size_t *length)
{
    unsigned char start[5];
    size_t all;

    TRY(read_all(s, start, sizeof start));
    *type = start[0];
    all = (size_t)start[3] << 8 | start[4];
    if (all > MOST || all > room) {
        return FAILED_MESSAGE;
    }
    TRY(read_all(s, wire, all));
    if (!s->in.active || (s->tls13 && *type == 20)) {
        memcpy(data, wire, all);
        *length = all;
    } else {
        TRY(decrypt(s, type, all, data, length));
        count(&s->in);
    }
    if (*type == 21) {
        s->alert = *length == 2 ? data[1] : 255;
        return FAILED_ALERT;
    }
    return 0;
}
