/* Where the emulator is and who calls it: H5SM_ENDPOINT, H5SM_TOKEN, H5SM_CLIENT_ID, H5SM_TIMEOUT_MS. */
#ifndef H5SM_ENDPOINT_H
#define H5SM_ENDPOINT_H

#include "h5sm_internal.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef struct {
    union {
        struct sockaddr any;
        struct sockaddr_un local;
        struct sockaddr_in ip4;
        struct sockaddr_in6 ip6;
    } address;
    socklen_t address_size;
    int family;
    /* As in the environment, for messages. */
    const char *text;
    const char *token;
    int32_t client_id;
    /* 0: none. */
    uint32_t timeout_ms;
} h5sm_endpoint_t;

/* Reads the environment; says on stderr what is wrong with it. */
H5SM_INTERNAL bool h5sm_endpoint(h5sm_endpoint_t *endpoint);

#endif
