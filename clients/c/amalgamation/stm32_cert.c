/* The certificate utility for h5sm. Compile it with your program and h5sm_psa.c.
 * Put together from clients/c by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The certificates of the chip: system flash holds what differs from chip to chip, the rest is put together here
 * (RFC 5280, DER). Every length but the signature's is the same for all chips. */
/* The library hides what its header does not have. */
#pragma GCC visibility push(default)
#include "stm32_cert.h"
#pragma GCC visibility pop

#include "h5sm_psa.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define SERIAL_LENGTH     10u
#define COORDINATE_LENGTH 32u
#define VALIDITY_YEARS    30u

/* What stands in the system flash of one certificate. */
typedef struct {
    uint8_t serial[SERIAL_LENGTH];
    uint8_t public_key[2 * COORDINATE_LENGTH];
    uint8_t signature[2 * COORDINATE_LENGTH];
} pack_t;

/* A certificate and where its pack lies. The names end with digits of the serial number. */
typedef struct {
    uint32_t address;
    uint32_t serial_offset;
    uint32_t public_key_offset;
    uint32_t signature_offset;
    const char *authority;
    const char *subject;
} certificate_t;

static const certificate_t initial_attestation = {
    CERT_CHIP_PACK1_ADDR,
    CERT_ST_DUA_INIT_ATTEST_SERIAL_OFFSET,
    CERT_ST_DUA_INIT_ATTEST_PUB_KEY_OFFSET,
    CERT_ST_DUA_INIT_ATTEST_SIGN_OFFSET,
    " for STM32 Initial Attestation",
    "stm32h5xx-initial_attestation-",
};

static const certificate_t user = {
    CERT_CHIP_PACK2_ADDR,
    CERT_ST_DUA_USER_SERIAL_OFFSET,
    CERT_ST_DUA_USER_PUB_KEY_OFFSET,
    CERT_ST_DUA_USER_SIGN_OFFSET,
    " for STM32 User",
    "stm32h5xx-user-",
};

static const certificate_t *find(CERT_Id_t id)
{
    return id == DUA_INITIAL_ATTEST ? &initial_attestation : id == DUA_USER ? &user : NULL;
}

static bool read_flash(uint32_t address, uint8_t *output, size_t length)
{
    return h5sm_read_system_flash(address, output, length) == PSA_SUCCESS;
}

static bool read_pack(const certificate_t *certificate, pack_t *pack)
{
    return read_flash(certificate->address + certificate->serial_offset, pack->serial, sizeof pack->serial) &&
           read_flash(certificate->address + certificate->public_key_offset, pack->public_key,
                      sizeof pack->public_key) &&
           read_flash(certificate->address + certificate->signature_offset, pack->signature, sizeof pack->signature);
}

/* DER is written from its end to its beginning, so that every length is known when its turn comes. */
typedef struct {
    uint8_t bytes[DUA_PUBLIC_PART_MAX_SIZE_BYTES];
    size_t start;
} der_t;

/* Elements of X.509 in their encoded forms. */
static const uint8_t version_3[] = { 0xa0, 0x03, 0x02, 0x01, 0x02 };
static const uint8_t ecdsa_with_sha256[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const uint8_t country[] = { 0x06, 0x03, 0x55, 0x04, 0x06 };
static const uint8_t organization[] = { 0x06, 0x03, 0x55, 0x04, 0x0a };
static const uint8_t common_name[] = { 0x06, 0x03, 0x55, 0x04, 0x03 };
static const uint8_t p256_public_key[] = { 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                                           0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 };
/* Critical basicConstraints: not an authority. */
static const uint8_t no_authority[] = { 0xa3, 0x10, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x03, 0x55,
                                        0x1d, 0x13, 0x01, 0x01, 0xff, 0x04, 0x02, 0x30, 0x00 };

enum {
    INTEGER = 0x02,
    BIT_STRING = 0x03,
    UTF8_STRING = 0x0c,
    PRINTABLE_STRING = 0x13,
    UTC_TIME = 0x17,
    GENERALIZED_TIME = 0x18,
    SEQUENCE = 0x30,
    SET = 0x31
};

static void put(der_t *der, const void *bytes, size_t length)
{
    der->start -= length;
    memcpy(der->bytes + der->start, bytes, length);
}

static void put_byte(der_t *der, size_t byte)
{
    der->bytes[--der->start] = (uint8_t)byte;
}

static void put_text(der_t *der, const char *text)
{
    put(der, text, strlen(text));
}

/* The head of an element whose content begins here and ends at `end`. */
static void close_element(der_t *der, uint8_t tag, size_t end)
{
    size_t length = end - der->start;
    put_byte(der, length);
    if (length > 0xff) {
        put_byte(der, length >> 8);
        put_byte(der, 0x82);
    } else if (length > 0x7f) {
        put_byte(der, 0x81);
    }
    put_byte(der, tag);
}

/* Not negative: leading zeros go, one comes where the first bit is set. */
static void put_integer(der_t *der, const uint8_t *magnitude, size_t length)
{
    size_t end = der->start;
    while (length > 1 && *magnitude == 0) {
        magnitude++;
        length--;
    }
    put(der, magnitude, length);
    if ((*magnitude & 0x80) != 0) {
        put_byte(der, 0);
    }
    close_element(der, INTEGER, end);
}

/* Lower case hexadecimal. */
static void put_hex(der_t *der, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    while (count > 0) {
        uint8_t byte = bytes[--count];
        put_byte(der, (size_t)digits[byte & 0x0f]);
        put_byte(der, (size_t)digits[byte >> 4]);
    }
}

/* One attribute of a name, whose value's content ends at `end`. */
static void close_attribute(der_t *der, const uint8_t *type, uint8_t tag, size_t end)
{
    close_element(der, tag, end);
    put(der, type, sizeof common_name);
    close_element(der, SEQUENCE, end);
    close_element(der, SET, end);
}

static void put_attribute(der_t *der, const uint8_t *type, uint8_t tag, const char *value)
{
    size_t end = der->start;
    put_text(der, value);
    close_attribute(der, type, tag, end);
}

/* The common name's content begins here. */
static void close_name(der_t *der, size_t end)
{
    close_attribute(der, common_name, UTF8_STRING, end);
    put_attribute(der, organization, UTF8_STRING, "STMicroelectronics nv");
    put_attribute(der, country, PRINTABLE_STRING, "NL");
    close_element(der, SEQUENCE, end);
}

static void put_subject(der_t *der, const certificate_t *certificate, const pack_t *pack)
{
    size_t end = der->start;
    put_hex(der, pack->serial, sizeof pack->serial);
    put_text(der, certificate->subject);
    close_name(der, end);
}

/* Its number is the first byte of the serial number. */
static void put_issuer(der_t *der, const certificate_t *certificate, const pack_t *pack)
{
    size_t end = der->start;
    put_text(der, certificate->authority);
    put_hex(der, pack->serial, 1);
    put_text(der, "ST CA ");
    close_name(der, end);
}

/* The first second of a year of this century. */
static void put_new_year(der_t *der, unsigned year)
{
    put_text(der, "0101000000Z");
    put_byte(der, '0' + year % 10);
    put_byte(der, '0' + year / 10 % 10);
}

/* Begins with the year that the second byte of the serial number tells. */
static void put_validity(der_t *der, const pack_t *pack)
{
    size_t end = der->start;
    put_new_year(der, pack->serial[1] + VALIDITY_YEARS);
    put_text(der, "20");
    close_element(der, GENERALIZED_TIME, end);
    size_t begin_end = der->start;
    put_new_year(der, pack->serial[1]);
    close_element(der, UTC_TIME, begin_end);
    close_element(der, SEQUENCE, end);
}

static void put_public_key(der_t *der, const pack_t *pack)
{
    size_t end = der->start;
    put(der, pack->public_key, sizeof pack->public_key);
    put_byte(der, 0x04);
    put_byte(der, 0);
    close_element(der, BIT_STRING, end);
    put(der, p256_public_key, sizeof p256_public_key);
    close_element(der, SEQUENCE, end);
}

static void put_to_be_signed(der_t *der, const certificate_t *certificate, const pack_t *pack)
{
    size_t end = der->start;
    put(der, no_authority, sizeof no_authority);
    put_public_key(der, pack);
    put_subject(der, certificate, pack);
    put_validity(der, pack);
    put_issuer(der, certificate, pack);
    put(der, ecdsa_with_sha256, sizeof ecdsa_with_sha256);
    size_t serial_end = der->start;
    put(der, pack->serial, sizeof pack->serial);
    close_element(der, INTEGER, serial_end);
    put(der, version_3, sizeof version_3);
    close_element(der, SEQUENCE, end);
}

static void put_signature(der_t *der, const pack_t *pack)
{
    size_t end = der->start;
    put_integer(der, pack->signature + COORDINATE_LENGTH, COORDINATE_LENGTH);
    put_integer(der, pack->signature, COORDINATE_LENGTH);
    close_element(der, SEQUENCE, end);
    put_byte(der, 0);
    close_element(der, BIT_STRING, end);
}

static CERT_Status_t build(CERT_Id_t id, der_t *der)
{
    pack_t pack;
    const certificate_t *certificate = find(id);
    if (certificate == NULL) {
        return CERT_ERROR;
    }
    if (!read_pack(certificate, &pack)) {
        return CERT_HW_ERROR;
    }
    der->start = sizeof der->bytes;
    put_signature(der, &pack);
    put(der, ecdsa_with_sha256, sizeof ecdsa_with_sha256);
    put_to_be_signed(der, certificate, &pack);
    close_element(der, SEQUENCE, sizeof der->bytes);
    return CERT_OK;
}

CERT_Status_t UTIL_CERT_GetCertificateSize(const CERT_Id_t certificate_id, uint32_t *p_certificate_size)
{
    der_t der;
    CERT_Status_t status = p_certificate_size == NULL ? CERT_ERROR : build(certificate_id, &der);
    if (status == CERT_OK) {
        *p_certificate_size = (uint32_t)(sizeof der.bytes - der.start);
    }
    return status;
}

CERT_Status_t UTIL_CERT_GetCertificate(const CERT_Id_t certificate_id, uint8_t *p_certificate)
{
    der_t der;
    CERT_Status_t status = p_certificate == NULL ? CERT_ERROR : build(certificate_id, &der);
    if (status == CERT_OK) {
        memcpy(p_certificate, der.bytes + der.start, sizeof der.bytes - der.start);
    }
    return status;
}
