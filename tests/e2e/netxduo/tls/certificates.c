/* Just enough of X.509 to take a certificate apart, and signatures as NetX has them verified and made.
 * SPDX-License-Identifier: Apache-2.0 */

#include "session.h"

#include <string.h>

typedef struct span {
    bytes at;
    size_t left;
} span;

/* The next element: its content, and all of it. 0 if there is none of this tag. */
static int take(span *from, unsigned char tag, span *content, span *whole)
{
    size_t head = 2, length, i;

    if (from->left < 2 || from->at[0] != tag) {
        return 0;
    }
    length = from->at[1];
    if (length >= 0x80) {
        const size_t more = length & 0x7f;

        if (more > 2 || from->left < 2 + more) {
            return 0;
        }
        for (length = 0, i = 0; i < more; i++) {
            length = length << 8 | from->at[2 + i];
        }
        head += more;
    }
    if (length > from->left - head) {
        return 0;
    }
    if (whole != NULL) {
        whole->at = from->at;
        whole->left = head + length;
    }
    content->at = from->at + head;
    content->left = length;
    from->at += head + length;
    from->left -= head + length;
    return 1;
}

static int is(span what, const char *text, size_t length)
{
    return what.left == length && memcmp(what.at, text, length) == 0;
}

static USHORT signature_type(span oid)
{
    if (oid.left == 8 && memcmp(oid.at, "\x2a\x86\x48\xce\x3d\x04\x03", 7) == 0) {
        return (USHORT)(NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_224 + oid.at[7] - 1);
    }
    if (oid.left == 9 && memcmp(oid.at, "\x2a\x86\x48\x86\xf7\x0d\x01\x01", 8) == 0 && oid.at[8] >= 11) {
        return (USHORT)(NX_SECURE_TLS_X509_TYPE_RSA_SHA_256 + oid.at[8] - 11);
    }
    return 0;
}

static UINT parse_key(certificate *c, span info)
{
    span algorithm, oid, curve, key, numbers, number;

    if (!take(&info, 0x30, &algorithm, NULL) || !take(&algorithm, 6, &oid, NULL) || !take(&info, 3, &key, NULL) ||
        key.left < 2) {
        return FAILED_CERTIFICATE;
    }
    key.at++;
    key.left--;
    if (is(oid, "\x2a\x86\x48\xce\x3d\x02\x01", 7) && take(&algorithm, 6, &curve, NULL)) {
        c->curve = is(curve, "\x2a\x86\x48\xce\x3d\x03\x01\x07", 8) ? 23
                   : is(curve, "\x2b\x81\x04\x00\x22", 5)           ? 24
                                                                    : 25;
        c->key = key.at;
        c->key_length = key.left;
        return 0;
    }
    if (!take(&key, 0x30, &numbers, NULL) || !take(&numbers, 2, &number, NULL)) {
        return FAILED_CERTIFICATE;
    }
    c->key = number.at[0] == 0 ? number.at + 1 : number.at;
    c->key_length = number.at[0] == 0 ? number.left - 1 : number.left;
    if (!take(&numbers, 2, &number, NULL)) {
        return FAILED_CERTIFICATE;
    }
    c->exponent = number.at;
    c->exponent_length = number.left;
    return 0;
}

UINT certificate_parse(certificate *c)
{
    span all = {c->data, c->length}, parts, body, whole, part, algorithm, oid, bits;
    int i;

    if (!take(&all, 0x30, &parts, NULL) || !take(&parts, 0x30, &body, &whole) ||
        !take(&parts, 0x30, &algorithm, NULL) || !take(&algorithm, 6, &oid, NULL) ||
        !take(&parts, 3, &bits, NULL) || bits.left < 2) {
        return FAILED_CERTIFICATE;
    }
    c->signed_part = whole.at;
    c->signed_length = whole.left;
    c->signature_type = signature_type(oid);
    c->signature = bits.at + 1;
    c->signature_length = bits.left - 1;
    (void)take(&body, 0xa0, &part, NULL);
    /* Serial number, signature, issuer, validity, subject */
    if (!take(&body, 2, &part, NULL)) {
        return FAILED_CERTIFICATE;
    }
    for (i = 0; i < 5; i++) {
        if (!take(&body, 0x30, &part, NULL)) {
            return FAILED_CERTIFICATE;
        }
    }
    return parse_key(c, part);
}

static const NX_SECURE_X509_CRYPTO *methods_of(const session *s, USHORT type)
{
    USHORT i;

    for (i = 0; i < s->tables->nx_secure_tls_x509_cipher_table_size; i++) {
        if (s->tables->nx_secure_tls_x509_cipher_table[i].nx_secure_x509_crypto_identifier == type) {
            return &s->tables->nx_secure_tls_x509_cipher_table[i];
        }
    }
    return NULL;
}

/* DigestInfo's digest at the end of a padded block (RFC 8017, 9.2), the way NetX looks into it */
static UINT compare_block(bytes block, size_t length, bytes digest, size_t digest_length)
{
    size_t i = 2;

    if (block[0] != 0 || block[1] != 1) {
        return FAILED_CERTIFICATE;
    }
    while (i < length && block[i] == 0xff) {
        i++;
    }
    return i + 1 + 19 + digest_length == length && block[i] == 0 && block[i + 1] == 0x30 &&
                   memcmp(block + length - digest_length, digest, digest_length) == 0
               ? 0
               : FAILED_CERTIFICATE;
}

static UINT verify(session *s, const NX_CRYPTO_METHOD *method, const certificate *signer, bytes digest,
                   size_t digest_length, bytes signature, size_t length)
{
    const slice at = {method, s->public_key.metadata, s->public_key.size};
    unsigned char block[512];

    if ((signer->curve == 0) != (method->nx_crypto_algorithm == NX_CRYPTO_KEY_EXCHANGE_RSA)) {
        return FAILED_CERTIFICATE;
    }
    if (signer->curve == 0) {
        TRY(call_init(at, signer->key, signer->key_length));
        TRY(call(at, NX_CRYPTO_DECRYPT, signer->exponent, signer->exponent_length * 8, signature, length, NULL, block,
                 sizeof block));
        TRY(call_cleanup(at));
        return compare_block(block, length, digest, digest_length);
    }
    TRY(call_init(at, signer->key, signer->key_length));
    TRY(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)session_curve(s, signer->curve), sizeof(void *)));
    TRY(call(at, NX_CRYPTO_VERIFY, signer->key, signer->key_length * 8, digest, digest_length, NULL,
             (void *)(uintptr_t)signature, length));
    return call_cleanup(at);
}

/* The hash in one call, in the metadata area for MACs */
UINT certificate_verify(session *s, const certificate *c, const certificate *issuer)
{
    const NX_SECURE_X509_CRYPTO *methods = methods_of(s, c->signature_type);
    slice hash = s->mac;
    unsigned char digest[64];

    if (methods == NULL) {
        return FAILED_CERTIFICATE;
    }
    hash.method = methods->nx_secure_x509_hash_method;
    TRY(call_init(hash, NULL, 0));
    TRY(call(hash, NX_CRYPTO_VERIFY, NULL, 0, c->signed_part, c->signed_length, NULL, digest, sizeof digest));
    TRY(call_cleanup(hash));
    return verify(s, methods->nx_secure_x509_public_cipher_method, issuer, digest,
                  hash.method->nx_crypto_ICV_size_in_bits / 8u, c->signature, c->signature_length);
}

/* The hash in steps, in the scratch area; the suite's method for the signature */
UINT certificate_check(session *s, unsigned scheme, bytes input, size_t length, bytes signature,
                       size_t signature_length)
{
    const USHORT base = scheme % 256 == 1 ? NX_SECURE_TLS_X509_TYPE_RSA_SHA_256 : NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256;
    const NX_SECURE_X509_CRYPTO *methods = methods_of(s, (USHORT)(base + scheme / 256 - 4));
    slice hash = s->scratch;
    unsigned char digest[64];
    size_t digest_length;

    if (scheme / 256 < 4 || methods == NULL) {
        return FAILED_MESSAGE;
    }
    hash.method = methods->nx_secure_x509_hash_method;
    digest_length = hash.method->nx_crypto_ICV_size_in_bits / 8u;
    TRY(call_hash(hash, input, length, digest, digest_length));
    return verify(s, s->suite->nx_secure_tls_public_auth, &s->server, digest, digest_length, signature,
                  signature_length);
}

UINT certificate_sign(session *s, bytes digest, size_t length, unsigned char *signature, size_t room,
                      size_t *signature_length)
{
    const slice at = {methods_of(s, NX_SECURE_TLS_X509_TYPE_ECDSA_SHA_256)->nx_secure_x509_public_cipher_method,
                      s->public_key.metadata, s->public_key.size};
    NX_CRYPTO_EXTENDED_OUTPUT out = {signature, (ULONG)room, 0};

    TRY(call_init(at, s->own.key, s->own.key_length));
    TRY(call_in(at, NX_CRYPTO_EC_CURVE_SET, (bytes)session_curve(s, s->own.curve), sizeof(void *)));
    TRY(call(at, NX_CRYPTO_AUTHENTICATE, s->own_key, 32, digest, length, NULL, &out, sizeof out));
    *signature_length = out.nx_crypto_extended_output_actual_size;
    return call_cleanup(at);
}
