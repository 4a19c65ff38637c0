/* A TLS client for tests that calls NX_CRYPTO_METHODs as NetX Secure does: the same calls, in the same order, with
 * metadata in the same places. Whatever answers an error ends the handshake with it. The tables are a parameter, and
 * the hooks for running hashes are those of nx_user.h, so that any layer of methods can be put to it.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef SESSION_H
#define SESSION_H

#include "../calls.h"
#include "nx_secure_tls_api.h"

#ifndef NX_SECURE_HASH_METADATA_CLONE
#include <string.h>
#define NX_SECURE_HASH_METADATA_CLONE memcpy
#endif
#ifndef NX_SECURE_HASH_CLONE_CLEANUP
#define NX_SECURE_HASH_CLONE_CLEANUP(metadata, size)
#endif

/* Beside the statuses of NX_CRYPTO, which begin at 0x20001 */
enum {
    FAILED_SOCKET = 1,
    FAILED_ALERT,
    FAILED_MESSAGE,
    FAILED_SUITE,
    FAILED_CERTIFICATE,
    FAILED_FINISHED,
    FAILED_PADDING,
    FAILED_MAC
};

#define TRY(call)                         \
    do {                                  \
        const UINT tried_ = (UINT)(call); \
        if (tried_ != 0) {                \
            return tried_;                \
        }                                 \
    } while (0)

typedef struct certificate {
    unsigned char data[4096];
    size_t length;
    bytes signed_part; /* tbsCertificate */
    size_t signed_length;
    USHORT signature_type; /* NX_SECURE_TLS_X509_TYPE_... */
    bytes signature;
    size_t signature_length;
    USHORT curve; /* of the key: a named group, or 0 for RSA */
    bytes key;    /* the point, or the modulus */
    size_t key_length;
    bytes exponent;
    size_t exponent_length;
} certificate;

typedef struct direction {
    slice cipher;
    unsigned char sequence[8];
    unsigned char mac_key[32];
    unsigned char key[32];
    unsigned char iv[16];
    int active;
} direction;

typedef struct session {
    int socket;
    const NX_SECURE_TLS_CRYPTO *tables;
    const NX_CRYPTO_METHOD **curves;
    size_t curve_count;
    const NX_SECURE_TLS_CIPHERSUITE_INFO *suite;
    int tls13;
    size_t chunk; /* payload of a packet: records go through ciphers in chunks of this */

    slice transcript, scratch, public_key, mac, prf;
    direction out, in;

    unsigned char hello[600]; /* the ClientHello, until there is a hash for it */
    size_t hello_length;
    int hashing;

    unsigned char client_random[32], server_random[32];
    unsigned char master_secret[48];
    unsigned char digests[4][32]; /* of the transcript, TLS 1.3: after ServerHello, Certificate, Finished twice */
    unsigned char handshake_secret[32], client_traffic[32], server_traffic[32];

    USHORT group;
    unsigned char private_key[68];
    size_t private_key_length;
    unsigned char premaster[68];
    size_t premaster_length;

    certificate authority, server, own;
    const unsigned char *own_key; /* 4 bytes of key id, as NX_SECURE_X509_KEY_TYPE_HARDWARE has it */
    int certificate_wanted;

    unsigned char message[20000]; /* the handshake message at hand, its head of 4 bytes included */
    size_t message_length;
    unsigned char held[20000]; /* handshake bytes that came and are not read yet */
    size_t held_length, held_at;
    unsigned alert;          /* description that came */
    const char *stage;       /* where it is, for whoever reads the outcome */
    unsigned char random_counter;
} session;

/* Cuts a metadata buffer into slices as nx_secure_tls_session_create does. 0, or FAILED_MESSAGE if it is too small. */
UINT session_create(session *s, const NX_SECURE_TLS_CRYPTO *tables, USHORT suite, void *metadata, size_t size);

/* What nx_secure_tls_session_reset and _delete clean up: the ciphers, and nothing else. */
void session_delete(session *s);

const NX_CRYPTO_METHOD *session_curve(const session *s, USHORT group);

/* ---- Transcript ---- */

UINT transcript_begin(session *s);
UINT transcript_add(session *s, bytes message, size_t length);
UINT transcript_digest(session *s, unsigned char *digest);
UINT transcript_end(session *s);

/* ---- Keys ---- */

UINT keys_master_secret(session *s);
UINT keys_tls12(session *s);
UINT keys_finished_tls12(session *s, const char *label, unsigned char *verify_data);
UINT keys_handshake_tls13(session *s);
UINT keys_application_tls13(session *s);
UINT keys_finished_tls13(session *s, bytes traffic_secret, bytes digest, unsigned char *verify_data);

/* init of a direction's cipher, after the cleanup of what it was before */
UINT keys_set(direction *d);

/* ---- Records ---- */

UINT record_send(session *s, unsigned char type, bytes data, size_t length);
/* The alert for what went wrong at s->stage, unless that was an alert. It may fail like any record. */
void record_alert(session *s, UINT status);
/* The next record, decrypted. Alerts are FAILED_ALERT. */
UINT record_receive(session *s, unsigned char *type, unsigned char *data, size_t room, size_t *length);

/* ---- Certificates ---- */

UINT certificate_parse(certificate *c);
UINT certificate_verify(session *s, const certificate *c, const certificate *issuer);
/* A signature of TLS with the server's key: `scheme` as in SignatureScheme. */
UINT certificate_check(session *s, unsigned scheme, bytes input, size_t length, bytes signature,
                       size_t signature_length);
UINT certificate_sign(session *s, bytes digest, size_t length, unsigned char *signature, size_t room,
                      size_t *signature_length);

/* ---- Handshakes ---- */

UINT handshake(session *s);
UINT handshake_tls12(session *s, bytes server_hello_rest, size_t length);
UINT handshake_tls13(session *s, bytes extensions, size_t length);

UINT message_send(session *s, unsigned char type, bytes body, size_t length);
/* The next handshake message in s->message, not yet in the transcript; FAILED_MESSAGE unless it is of this type (0:
 * any). */
UINT message_receive(session *s, unsigned char type);

#endif
