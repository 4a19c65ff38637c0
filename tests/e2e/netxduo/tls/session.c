/* The session's memory, transcript and messages.
 * SPDX-License-Identifier: Apache-2.0 */

#include "session.h"

#include <string.h>

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static slice cut(unsigned char **from, const NX_CRYPTO_METHOD *method, size_t size)
{
    const size_t rounded = (size + 3) / 4 * 4;
    const slice made = {method, *from, (ULONG)rounded};

    *from += rounded;
    return made;
}

static size_t area(const NX_CRYPTO_METHOD *method)
{
    return method->nx_crypto_metadata_area_size;
}

UINT session_create(session *s, const NX_SECURE_TLS_CRYPTO *tables, USHORT suite, void *metadata, size_t size)
{
    size_t public_key = 0, cipher = 0, mac = 0, prf = area(tables->nx_secure_tls_prf_sha256_method);
    size_t scratch = area(tables->nx_secure_tls_handshake_hash_sha256_method);
    unsigned char *at = metadata;
    USHORT i;

    s->tables = tables;
    for (i = 0; i < tables->nx_secure_tls_ciphersuite_lookup_table_size; i++) {
        const NX_SECURE_TLS_CIPHERSUITE_INFO *row = &tables->nx_secure_tls_ciphersuite_lookup_table[i];

        public_key = most(public_key, area(row->nx_secure_tls_public_cipher));
        public_key = most(public_key, area(row->nx_secure_tls_public_auth));
        cipher = most(cipher, area(row->nx_secure_tls_session_cipher));
        mac = most(mac, area(row->nx_secure_tls_hash));
        prf = most(prf, area(row->nx_secure_tls_prf));
        if (row->nx_secure_tls_ciphersuite == suite) {
            s->suite = row;
        }
    }
    for (i = 0; i < tables->nx_secure_tls_x509_cipher_table_size; i++) {
        const NX_SECURE_X509_CRYPTO *row = &tables->nx_secure_tls_x509_cipher_table[i];

        public_key = most(public_key, area(row->nx_secure_x509_public_cipher_method));
        mac = most(mac, area(row->nx_secure_x509_hash_method));
        scratch = most(scratch, area(row->nx_secure_x509_hash_method));
    }
    scratch += area(tables->nx_secure_tls_hmac_method);
    prf = most(prf, area(tables->nx_secure_tls_hkdf_method));
    if (s->suite == NULL) {
        return FAILED_SUITE;
    }
    /* The transcript has the size of the table's slot, whatever hash the suite's row names. */
    s->transcript = cut(&at, tables->nx_secure_tls_handshake_hash_sha256_method,
                        area(tables->nx_secure_tls_handshake_hash_sha256_method));
    s->scratch = cut(&at, NULL, scratch);
    s->out.cipher = cut(&at, s->suite->nx_secure_tls_session_cipher, cipher);
    s->in.cipher = cut(&at, s->suite->nx_secure_tls_session_cipher, cipher);
    s->public_key = cut(&at, NULL, public_key);
    s->mac = cut(&at, s->suite->nx_secure_tls_hash, mac);
    s->prf = cut(&at, s->suite->nx_secure_tls_prf, prf);
    s->tls13 = suite >> 8 == 0x13;
    return (size_t)(at - (unsigned char *)metadata) > size ? FAILED_MESSAGE : 0;
}

void session_delete(session *s)
{
    /* A session that ends before the server's Finished keeps its key for sending (nx_secure_tls_session_reset.c). */
    if (s->in.active) {
        (void)call_cleanup(s->out.cipher);
        (void)call_cleanup(s->in.cipher);
    }
}

const NX_CRYPTO_METHOD *session_curve(const session *s, USHORT group)
{
    size_t i;

    for (i = 0; i < s->curve_count; i++) {
        if ((s->curves[i]->nx_crypto_algorithm & 0xffffu) == group) {
            return s->curves[i];
        }
    }
    return NULL;
}

/* ---- Transcript ---- */

/* In TLS 1.3 the suite says which hash it is, so the ClientHello waits for the ServerHello. Its digest alone is taken
 * too, although only a session with a PSK would need it. */
UINT transcript_begin(session *s)
{
    unsigned char digest[32];

    if (s->tls13) {
        s->transcript.method = s->suite->nx_secure_tls_hash;
    }
    TRY(call_init(s->transcript, NULL, 0));
    TRY(call_op(s->transcript, NX_CRYPTO_HASH_INITIALIZE));
    s->hashing = 1;
    if (s->hello_length == 0) {
        return 0;
    }
    TRY(transcript_add(s, s->hello, s->hello_length));
    return transcript_digest(s, digest);
}

UINT transcript_add(session *s, bytes message, size_t length)
{
    if (!s->hashing) {
        if (length > sizeof s->hello) {
            return FAILED_MESSAGE;
        }
        memcpy(s->hello, message, length);
        s->hello_length = length;
        return 0;
    }
    return call_in(s->transcript, NX_CRYPTO_HASH_UPDATE, message, length);
}

UINT transcript_digest(session *s, unsigned char *digest)
{
    const slice scratch = {s->transcript.method, s->scratch.metadata, s->transcript.size};
    UINT status;

    NX_SECURE_HASH_METADATA_CLONE(scratch.metadata, s->transcript.metadata, s->transcript.size);
    status = call_out(scratch, NX_CRYPTO_HASH_CALCULATE, digest, 32);
    NX_SECURE_HASH_CLONE_CLEANUP(scratch.metadata, s->transcript.size);
    return status;
}

UINT transcript_end(session *s)
{
    return call_cleanup(s->transcript);
}

/* ---- Messages ---- */

UINT message_send(session *s, unsigned char type, bytes body, size_t length)
{
    static unsigned char message[8192];

    if (length > sizeof message - 4) {
        return FAILED_MESSAGE;
    }
    message[0] = type;
    message[1] = 0;
    message[2] = (unsigned char)(length >> 8);
    message[3] = (unsigned char)length;
    memcpy(message + 4, body, length);
    TRY(transcript_add(s, message, length + 4));
    return record_send(s, 22, message, length + 4);
}

static UINT more(session *s)
{
    unsigned char type;
    size_t length;

    memmove(s->held, s->held + s->held_at, s->held_length - s->held_at);
    s->held_length -= s->held_at;
    s->held_at = 0;
    do {
        TRY(record_receive(s, &type, s->held + s->held_length, sizeof s->held - s->held_length, &length));
    } while (type == 20 && s->tls13); /* change_cipher_spec for middleboxes (RFC 8446, D.4) */
    s->held_length += length;
    return type == 22 ? 0 : FAILED_MESSAGE;
}

/* Length of the message that is held, 0 if not all of it is */
static size_t whole_message(const session *s)
{
    const size_t there = s->held_length - s->held_at;
    bytes at = s->held + s->held_at;
    const size_t length = there < 4 ? 0 : 4u + ((size_t)at[2] << 8) + at[3];

    return length <= there ? length : 0;
}

UINT message_receive(session *s, unsigned char type)
{
    while (whole_message(s) == 0) {
        TRY(more(s));
    }
    s->message_length = whole_message(s);
    memcpy(s->message, s->held + s->held_at, s->message_length);
    s->held_at += s->message_length;
    return type == 0 || s->message[0] == type ? 0 : FAILED_MESSAGE;
}
