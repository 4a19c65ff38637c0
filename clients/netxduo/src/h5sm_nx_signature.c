/* ECDSA signatures: r || s, as PSA has them (10.7), and ECDSA-Sig-Value in DER, as TLS and X.509 have them.
 * SPDX-License-Identifier: Apache-2.0 */

#include "h5sm_nx_internal.h"

#define SEQUENCE 0x30u
#define INTEGER  0x02u

typedef struct span {
    const UCHAR *at;
    size_t left;
} span;

/* The content of the next element, which has to have this tag; its length in one byte, or two if it needs two (X.690,
 * 10.1). Longer ones are no signature of a curve here. */
static int take(span *from, UCHAR tag, span *content)
{
    size_t head = 2;
    size_t length;

    if (from->left < 2 || from->at[0] != tag) {
        return 0;
    }
    length = from->at[1];
    if (length == 0x81 && from->left >= 3 && from->at[2] >= 0x80) {
        head = 3;
        length = from->at[2];
    } else if (length >= 0x80) {
        return 0;
    }
    if (length > from->left - head) {
        return 0;
    }
    content->at = from->at + head;
    content->left = length;
    from->at += head + length;
    from->left -= head + length;
    return 1;
}

/* A positive number in the fewest bytes (X.690, 8.3.2), right-aligned in `coordinate` bytes. */
static int take_number(span *from, UCHAR *raw, size_t coordinate)
{
    span number;

    if (!take(from, INTEGER, &number) || number.left == 0 || number.at[0] >= 0x80) {
        return 0;
    }
    if (number.at[0] == 0 && number.left > 1) {
        if (number.at[1] < 0x80) {
            return 0;
        }
        number.at++;
        number.left--;
    }
    if (number.left > coordinate) {
        return 0;
    }
    memset(raw, 0, coordinate - number.left);
    memcpy(raw + coordinate - number.left, number.at, number.left);
    return 1;
}

UINT h5sm_nx_signature_raw(const UCHAR *der, size_t length, UCHAR *raw, size_t coordinate)
{
    span all = {der, length};
    span numbers;

    return take(&all, SEQUENCE, &numbers) && all.left == 0 && take_number(&numbers, raw, coordinate) &&
                   take_number(&numbers, raw + coordinate, coordinate) && numbers.left == 0
               ? NX_CRYPTO_SUCCESS
               : NX_CRYPTO_AUTHENTICATION_FAILED;
}

/* Bytes of the content of an INTEGER: without leading zeros, but for the one that keeps it positive */
static size_t number_length(const UCHAR *number, size_t coordinate)
{
    size_t zeros = 0;

    while (zeros + 1 < coordinate && number[zeros] == 0) {
        zeros++;
    }
    return coordinate - zeros + (number[zeros] >= 0x80 ? 1 : 0);
}

static UCHAR *put_number(UCHAR *at, const UCHAR *number, size_t coordinate)
{
    const size_t length = number_length(number, coordinate);
    size_t i;

    *at++ = INTEGER;
    *at++ = (UCHAR)length;
    for (i = length; i > 0; i--) {
        *at++ = i > coordinate ? 0 : number[coordinate - i];
    }
    return at;
}

size_t h5sm_nx_signature_der(const UCHAR *raw, size_t coordinate, UCHAR *der, size_t room)
{
    const size_t numbers =
        2 + number_length(raw, coordinate) + 2 + number_length(raw + coordinate, coordinate);
    const size_t head = numbers < 0x80 ? 2 : 3;
    UCHAR *at = der;

    if (head + numbers > room) {
        return 0;
    }
    *at++ = SEQUENCE;
    if (head == 3) {
        *at++ = 0x81;
    }
    *at++ = (UCHAR)numbers;
    at = put_number(at, raw, coordinate);
    at = put_number(at, raw + coordinate, coordinate);
    return (size_t)(at - der);
}
