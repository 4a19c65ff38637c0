/* A client for openssl s_server -rev; with TEST_ECHO, for a server that answers lines as they are.
 *
 *     client <port> <suite> <authority.der>,... <rounds> <length of a line> <packet payload> [<own.der>]
 *
 * Each round trusts the next authority of the list, the last one from then on.
 * Prints "ok", or from the first round that fails on where and with which status each did; ends with 0 if all went well.
 * The private key of <own.der> is the device's: PSA_KEY_ID_ST_DUA_USER.
 * SPDX-License-Identifier: Apache-2.0 */

#include <psa/crypto.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "h5sm_nx_tls.h"
#include "session.h"

/* Another layer of methods is another pair of these. */
#ifndef TEST_CIPHERS
#define TEST_CIPHERS h5sm_nx_tls_ciphers
#define TEST_CURVES  h5sm_nx_ecc_curves
#endif

#ifdef TEST_ECHO
#define ANSWERED(i, length) (i)
#else
#define ANSWERED(i, length) ((length) -2 - (i))
#endif

static session the_session;

/* As NetX gives it: 4 bytes behind a multiple of 8 */
static union {
    uint64_t aligned[2048];
    unsigned char raw[16384];
} metadata;

static UINT load(const char *file, certificate *c)
{
    FILE *from = fopen(file, "rb");

    if (from == NULL) {
        return FAILED_CERTIFICATE;
    }
    c->length = fread(c->data, 1, sizeof c->data, from);
    fclose(from);
    return certificate_parse(c);
}

/* Of a list with commas, the one at `place`, or the last */
static UINT load_authority(const char *list, unsigned long place, certificate *c)
{
    char file[4096];
    const char *comma = strchr(list, ',');

    for (; place > 0 && comma != NULL; place--) {
        list = comma + 1;
        comma = strchr(list, ',');
    }
    snprintf(file, sizeof file, "%.*s", (int)(comma == NULL ? strlen(list) : (size_t)(comma - list)), list);
    return load(file, c);
}

static int dial(unsigned port)
{
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to;

    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((uint16_t)port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(connection, (struct sockaddr *)&to, sizeof to) == 0 ? connection : -1;
}

/* A line out, the answer back; it may come in several records, and tickets of TLS 1.3 in between. */
static UINT echo(session *s, size_t length)
{
    static unsigned char line[16384], back[20000];
    size_t got = 0, i;

    s->stage = "data";
    for (i = 0; i + 1 < length; i++) {
        line[i] = (unsigned char)('a' + i * 7 % 26);
    }
    line[length - 1] = '\n';
    TRY(record_send(s, 23, line, length));
    while (got < length) {
        unsigned char type;
        size_t more;

        TRY(record_receive(s, &type, back + got, sizeof back - got, &more));
        got += type == 23 ? more : 0;
    }
    for (i = 0; i + 1 < length; i++) {
        if (back[i] != line[ANSWERED(i, length)]) {
            return FAILED_MESSAGE;
        }
    }
    return 0;
}

static UINT converse(session *s, const char *const *arguments, unsigned long round)
{
    const size_t length = strtoul(arguments[5], NULL, 10);
    int i;

    s->stage = "start";
    s->curves = TEST_CURVES;
    s->curve_count = h5sm_nx_ecc_supported_groups_size;
    s->group = 23;
    s->chunk = strtoul(arguments[6], NULL, 10);
    TRY(session_create(s, &TEST_CIPHERS, (USHORT)strtoul(arguments[2], NULL, 16), metadata.raw + 4,
                       sizeof metadata - 4));
    TRY(load_authority(arguments[3], round, &s->authority));
    if (arguments[7] != NULL) {
        static const psa_key_id_t id = PSA_KEY_ID_ST_DUA_USER;

        TRY(load(arguments[7], &s->own));
        s->own_key = (const unsigned char *)&id;
    }
    s->socket = dial((unsigned)strtoul(arguments[1], NULL, 10));
    TRY(s->socket < 0 ? FAILED_SOCKET : 0);
    TRY(handshake(s));
    for (i = 0; i < 3; i++) {
        TRY(echo(s, length));
    }
    return record_send(s, 21, (bytes) "\1\0", 2);
}

int main(int count, char **arguments)
{
    unsigned long rounds, i;
    int failed = 0;

    if (count < 7 || psa_crypto_init() != PSA_SUCCESS) {
        fprintf(stderr, "client: see the source for the arguments\n");
        return 2;
    }
    rounds = strtoul(arguments[4], NULL, 10);
    for (i = 0; i < rounds; i++) {
        UINT status;

        memset(&the_session, 0, sizeof the_session);
        status = converse(&the_session, (const char *const *)arguments, i);
        if (status != 0) {
            record_alert(&the_session, status);
        }
        if (status == FAILED_ALERT) {
            printf("failed at %s: alert %u\n", the_session.stage, the_session.alert);
        } else if (status != 0) {
            printf("failed at %s: 0x%x\n", the_session.stage, status);
        } else if (failed) {
            printf("ok\n");
        }
        failed |= status != 0;
        session_delete(&the_session);
        if (the_session.socket > 0) {
            close(the_session.socket);
        }
    }
    h5sm_nx_metadata_release(metadata.raw, sizeof metadata);
    printf("%s\n", failed ? "not well" : "ok");
    return failed;
}
