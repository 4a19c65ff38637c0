/* The environment of a client, read without a resolver and without a heap. */
#include "h5sm_endpoint.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "h5sm_report.h"

#define DEFAULT_TIMEOUT_MS 300000u
#define DEFAULT_CLIENT_ID (-1)

#define MEND "; start the emulator with \"h5sm start\" and export the endpoint it prints, " \
             "or run the program under \"h5sm exec -- ...\""

static bool malformed(const char *variable, const char *value, const char *why)
{
    H5SM_REPORT(H5SM_BAD_ENVIRONMENT, variable, "=", value, " ", why);
    return false;
}

/* Decimal digits up to the end of the text, at most `limit`. */
static bool parse_number(const char *text, uint64_t limit, uint64_t *value)
{
    *value = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        *value = *value * 10 + (uint64_t)(*text - '0');
        if (*value > limit) {
            return false;
        }
    }
    return *text == '\0';
}

static bool parse_local(h5sm_endpoint_t *endpoint, const char *path)
{
    struct sockaddr_un *local = &endpoint->address.local;
    size_t length = strlen(path);
    if (length == 0) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "has no path after unix:");
    }
    if (length >= sizeof local->sun_path) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "is longer than the path of a UNIX socket may be");
    }
    endpoint->family = AF_UNIX;
    endpoint->address_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
    local->sun_family = AF_UNIX;
    memcpy(local->sun_path, path, length + 1);
    return true;
}

static bool parse_ip4(h5sm_endpoint_t *endpoint, const char *host, uint16_t port)
{
    struct sockaddr_in *ip4 = &endpoint->address.ip4;
    const char *numeric = strcmp(host, "localhost") == 0 ? "127.0.0.1" : host;
    // Loopback is 127.0.0.0/8; anything else would carry keys and the token over a network.
    if (inet_pton(AF_INET, numeric, &ip4->sin_addr) != 1 || ntohl(ip4->sin_addr.s_addr) >> 24 != 127) {
        return false;
    }
    endpoint->family = AF_INET;
    endpoint->address_size = sizeof *ip4;
    ip4->sin_family = AF_INET;
    ip4->sin_port = htons(port);
    return true;
}

static bool parse_ip6(h5sm_endpoint_t *endpoint, const char *host, uint16_t port)
{
    struct sockaddr_in6 *ip6 = &endpoint->address.ip6;
    if (inet_pton(AF_INET6, host, &ip6->sin6_addr) != 1 || !IN6_IS_ADDR_LOOPBACK(&ip6->sin6_addr)) {
        return false;
    }
    endpoint->family = AF_INET6;
    endpoint->address_size = sizeof *ip6;
    ip6->sin6_family = AF_INET6;
    ip6->sin6_port = htons(port);
    return true;
}

/* `[::1]` without its brackets, any other host as it is. */
static bool copy_host(char *host, size_t size, const char *from, size_t length)
{
    if (length >= 2 && from[0] == '[' && from[length - 1] == ']') {
        from++;
        length -= 2;
    }
    if (length == 0 || length >= size) {
        return false;
    }
    memcpy(host, from, length);
    host[length] = '\0';
    return true;
}

static bool parse_tcp(h5sm_endpoint_t *endpoint, const char *authority)
{
    char host[INET6_ADDRSTRLEN];
    uint64_t port;
    const char *colon = strrchr(authority, ':');
    if (colon == NULL || !parse_number(colon + 1, UINT16_MAX, &port) || port == 0) {
        return malformed("H5SM_ENDPOINT", endpoint->text, "has no port; expected tcp://127.0.0.1:<port>");
    }
    if (copy_host(host, sizeof host, authority, (size_t)(colon - authority))
        && (parse_ip4(endpoint, host, (uint16_t)port) || parse_ip6(endpoint, host, (uint16_t)port))) {
        return true;
    }
    return malformed("H5SM_ENDPOINT", endpoint->text,
                     "is not a loopback address; expected 127.0.0.1, [::1] or localhost");
}

static bool parse_endpoint(h5sm_endpoint_t *endpoint)
{
    endpoint->text = getenv("H5SM_ENDPOINT");
    if (endpoint->text == NULL || endpoint->text[0] == '\0') {
        H5SM_REPORT(H5SM_BAD_ENVIRONMENT, "H5SM_ENDPOINT is not set" MEND);
        return false;
    }
    if (strncmp(endpoint->text, "unix:", 5) == 0) {
        // unix:///path is the same path as a URL.
        return parse_local(endpoint, endpoint->text + (strncmp(endpoint->text, "unix:///", 8) == 0 ? 7 : 5));
    }
    if (endpoint->text[0] == '/') {
        return parse_local(endpoint, endpoint->text);
    }
    if (strncmp(endpoint->text, "tcp://", 6) == 0) {
        return parse_tcp(endpoint, endpoint->text + 6);
    }
    return malformed("H5SM_ENDPOINT", endpoint->text, "is neither unix:/path nor tcp://127.0.0.1:<port>");
}

static bool parse_client_id(h5sm_endpoint_t *endpoint)
{
    const char *text = getenv("H5SM_CLIENT_ID");
    uint64_t magnitude;
    endpoint->client_id = DEFAULT_CLIENT_ID;
    if (text == NULL || text[0] == '\0') {
        return true;
    }
    bool negative = text[0] == '-';
    if (!parse_number(negative ? text + 1 : text, INT32_MAX, &magnitude)) {
        return malformed("H5SM_CLIENT_ID", text, "is not a client id; expected a number such as -1");
    }
    endpoint->client_id = negative ? -(int32_t)magnitude : (int32_t)magnitude;
    return true;
}

static bool parse_timeout(h5sm_endpoint_t *endpoint)
{
    const char *text = getenv("H5SM_TIMEOUT_MS");
    uint64_t timeout = DEFAULT_TIMEOUT_MS;
    if (text != NULL && text[0] != '\0' && !parse_number(text, UINT32_MAX, &timeout)) {
        return malformed("H5SM_TIMEOUT_MS", text, "is not a number of milliseconds (0 means no limit)");
    }
    endpoint->timeout_ms = (uint32_t)timeout;
    return true;
}

bool h5sm_endpoint(h5sm_endpoint_t *endpoint)
{
    memset(endpoint, 0, sizeof *endpoint);
    if (!parse_endpoint(endpoint) || !parse_client_id(endpoint) || !parse_timeout(endpoint)) {
        return false;
    }
    // A UNIX socket is guarded by its file's permissions and asks for none.
    const char *token = endpoint->family == AF_UNIX ? NULL : getenv("H5SM_TOKEN");
    endpoint->token = token == NULL ? "" : token;
    return true;
}
