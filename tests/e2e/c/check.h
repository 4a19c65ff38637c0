/* Checks of the C programs: the first that fails says where and ends the program with 1. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK_EQUAL(value, expected) check_equal((long long)(value), (long long)(expected), #value, __FILE__, __LINE__)
#define CHECK(condition) check_equal(!(condition), 0, "!(" #condition ")", __FILE__, __LINE__)
#define CHECK_BYTES(bytes, expected, length) CHECK_EQUAL(memcmp((bytes), (expected), (length)), 0)

static inline void check_equal(long long value, long long expected, const char *text, const char *file, int line)
{
    if (value != expected) {
        fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", file, line, text, value, expected);
        exit(1);
    }
}

#endif
