/* A TLS client that proves who it is with the internal user key: the private key stays in the device, GnuTLS does the
 * rest. argv: host name, port, file with the server's authority, GnuTLS priority string, one line to send. Prints the
 * version, then the line that comes back. */
#include <psa/crypto.h>
#include <stm32_cert.h>

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"

static void check_tls(int result, const char *what)
{
    if (result < 0) {
        fprintf(stderr, "%s: %s\n", what, gnutls_strerror(result));
        exit(1);
    }
}

/* The hash of an ECDSA signature; PSA_ALG_NONE for what the key cannot do. */
static psa_algorithm_t hash_of(gnutls_sign_algorithm_t algorithm)
{
    switch (algorithm) {
    case GNUTLS_SIGN_ECDSA_SHA256:
    case GNUTLS_SIGN_ECDSA_SECP256R1_SHA256:
        return PSA_ALG_SHA_256;
    case GNUTLS_SIGN_ECDSA_SHA384:
        return PSA_ALG_SHA_384;
    case GNUTLS_SIGN_ECDSA_SHA512:
        return PSA_ALG_SHA_512;
    default:
        return PSA_ALG_NONE;
    }
}

/* PSA gives r || s, TLS wants a SEQUENCE of both. */
static int sign_hash(gnutls_privkey_t key, gnutls_sign_algorithm_t algorithm, void *unused, unsigned flags,
                     const gnutls_datum_t *hash, gnutls_datum_t *signature)
{
    uint8_t raw[64];
    size_t length = 0;
    (void)key;
    (void)unused;
    (void)flags;
    if (hash_of(algorithm) == PSA_ALG_NONE) {
        return GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM;
    }
    psa_status_t status = psa_sign_hash(PSA_KEY_ID_ST_DUA_USER, PSA_ALG_ECDSA(hash_of(algorithm)), hash->data,
                                        hash->size, raw, sizeof raw, &length);
    if (status != PSA_SUCCESS || length != sizeof raw) {
        return GNUTLS_E_PK_SIGN_FAILED;
    }
    gnutls_datum_t r = { raw, 32 };
    gnutls_datum_t s = { raw + 32, 32 };
    return gnutls_encode_rs_value(signature, &r, &s);
}

static int describe(gnutls_privkey_t key, unsigned flags, void *unused)
{
    (void)key;
    (void)unused;
    if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO) != 0) {
        return GNUTLS_PK_ECDSA;
    }
    if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS) != 0) {
        return 256;
    }
    if ((flags & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) != 0) {
        return hash_of(GNUTLS_FLAGS_TO_SIGN_ALGO(flags)) != PSA_ALG_NONE;
    }
    return -1;
}

static void use_user_key(gnutls_certificate_credentials_t credentials)
{
    uint8_t bytes[DUA_PUBLIC_PART_MAX_SIZE_BYTES];
    uint32_t size = 0;
    CHECK_EQUAL(UTIL_CERT_GetCertificateSize(DUA_USER, &size), CERT_OK);
    CHECK_EQUAL(UTIL_CERT_GetCertificate(DUA_USER, bytes), CERT_OK);

    gnutls_datum_t der = { bytes, size };
    static gnutls_pcert_st certificate;
    gnutls_privkey_t key;
    check_tls(gnutls_pcert_import_x509_raw(&certificate, &der, GNUTLS_X509_FMT_DER, 0), "certificate");
    check_tls(gnutls_privkey_init(&key), "private key");
    check_tls(gnutls_privkey_import_ext4(key, NULL, NULL, sign_hash, NULL, NULL, describe, 0), "private key");
    check_tls(gnutls_certificate_set_key(credentials, NULL, 0, &certificate, 1, key), "private key");
}

static int dial(const char *port)
{
    struct sockaddr_in address = { 0 };
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)atoi(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    CHECK_EQUAL(connect(connection, (const struct sockaddr *)&address, sizeof address), 0);
    return connection;
}

static void converse(gnutls_session_t session, const char *line)
{
    char answer[256];
    ssize_t length;
    check_tls((int)gnutls_record_send(session, line, strlen(line)), "send");
    check_tls((int)gnutls_record_send(session, "\n", 1), "send");
    do {
        length = gnutls_record_recv(session, answer, sizeof answer);
    } while (length == GNUTLS_E_AGAIN || length == GNUTLS_E_INTERRUPTED);
    check_tls((int)length, "receive");
    printf("%s %.*s", gnutls_protocol_get_name(gnutls_protocol_get_version(session)), (int)length, answer);
}

int main(int argc, char **argv)
{
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials;
    CHECK_EQUAL(argc, 6);
    CHECK_EQUAL(psa_crypto_init(), PSA_SUCCESS);
    check_tls(gnutls_certificate_allocate_credentials(&credentials), "credentials");
    check_tls(gnutls_certificate_set_x509_trust_file(credentials, argv[3], GNUTLS_X509_FMT_PEM), argv[3]);
    use_user_key(credentials);

    check_tls(gnutls_init(&session, GNUTLS_CLIENT), "session");
    check_tls(gnutls_priority_set_direct(session, argv[4], NULL), argv[4]);
    check_tls(gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials), "credentials");
    check_tls(gnutls_server_name_set(session, GNUTLS_NAME_DNS, argv[1], strlen(argv[1])), argv[1]);
    gnutls_session_set_verify_cert(session, argv[1], 0);
    int connection = dial(argv[2]);
    gnutls_transport_set_int(session, connection);
    check_tls(gnutls_handshake(session), "handshake");
    converse(session, argv[5]);

    gnutls_bye(session, GNUTLS_SHUT_WR);
    gnutls_deinit(session);
    gnutls_certificate_free_credentials(credentials);
    return close(connection);
}
