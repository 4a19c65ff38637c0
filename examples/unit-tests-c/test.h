/* A test runner in the manner of Unity, as much of it as is needed here: with Unity itself, TEST_ASSERT and its
 * relatives take the place of EXPECT, and setUp and tearDown stay as they are.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TEST_H
#define TEST_H

#include <psa/error.h>

#include <stddef.h>

/* Each ends the test with a line that says where and why. */
#define EXPECT(condition)                                                \
    do {                                                                 \
        if (!test_holds(__FILE__, __LINE__, #condition, (condition))) {  \
            return;                                                      \
        }                                                                \
    } while (0)
#define EXPECT_STATUS(call, expected)                                        \
    do {                                                                     \
        if (!test_answers(__FILE__, __LINE__, #call, (call), (expected))) {  \
            return;                                                          \
        }                                                                    \
    } while (0)

int test_holds(const char *file, int line, const char *text, int holds);
int test_answers(const char *file, int line, const char *text, psa_status_t status, psa_status_t expected);
int test_is_zero(const void *memory, size_t length);

#define RUN_TEST(test) test_run(#test, test)
void test_run(const char *name, void (*test)(void));

/* Of each program: once, and around each test. */
void prepare(void);
void setUp(void);
void tearDown(void);

/* Calls `prepare` and keeps the device as it is then: each test begins with that one. */
void test_begin(void);
/* What main returns. */
int test_end(void);

#endif
