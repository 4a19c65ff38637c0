/* What the tests of methods share.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef TESTS_H
#define TESTS_H

#include <psa/crypto.h>

#include "calls.h"
#include "check.h"
#include "h5sm_nx_crypto.h"

#define OK NX_CRYPTO_SUCCESS

/* Slices as NetX cuts them: aligned to 4 bytes and no more, none longer than the method asks for. */
slice place(size_t number, const NX_CRYPTO_METHOD *method);

/* Fails if bytes beside a slice were written. */
void check_places(void);

/* A slice elsewhere with the same content */
slice move(slice from, size_t number);

/* Bytes from hexadecimal digits, spaces left out; the number of them. */
size_t unhex(const char *text, unsigned char *into, size_t room);

/* Bytes that are easy to tell apart */
void pattern(unsigned char *into, size_t length, unsigned seed);

/* Fails if operations or volatile keys are left in a device that counts them (OPERATIONS and KEYS in the environment
 * say how many it has). */
void check_nothing_left(void);

/* The same for operations alone: between the records of a session there are keys, and no operations. */
void check_no_operations(void);

/* Takes all operations of a device that counts them; how many. Given back by give_operations. */
size_t take_operations(void);
void give_operations(size_t count);

#define CHECK_HEX(actual, text)                                              \
    do {                                                                     \
        unsigned char expected_[1024];                                       \
        const size_t length_ = unhex((text), expected_, sizeof expected_);   \
        CHECK_BYTES((actual), expected_, length_);                           \
    } while (0)

#endif
