/* The certificates of the chip, by the names of the board's certificate utility.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef STM32_CERT_H
#define STM32_CERT_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* No certificate is longer. */
#define DUA_PUBLIC_PART_MAX_SIZE_BYTES (512U)

/* Where the board has what differs from chip to chip (on the board: from the device's header), for firmware that reads
 * it by itself: see <h5sm/system_flash.h>. */
#ifndef CERT_CHIP_PACK1_ADDR
#define CERT_CHIP_PACK1_ADDR                   (0x0BF9FE00UL)
#define CERT_CHIP_PACK2_ADDR                   (0x0BF9FC00UL)
#define CERT_ST_DUA_INIT_ATTEST_PUB_KEY_OFFSET (152U)
#define CERT_ST_DUA_INIT_ATTEST_SIGN_OFFSET    (216U)
#define CERT_ST_DUA_INIT_ATTEST_SERIAL_OFFSET  (484U)
#define CERT_ST_DUA_USER_PUB_KEY_OFFSET        (12U)
#define CERT_ST_DUA_USER_SIGN_OFFSET           (76U)
#define CERT_ST_DUA_USER_SERIAL_OFFSET         (140U)
#endif

typedef enum { DUA_INITIAL_ATTEST = 1U, DUA_USER = 2U } CERT_Id_t;

/* CERT_ERROR: an id that is none, or NULL. CERT_HW_ERROR: no emulator answers; stderr says why. */
typedef enum { CERT_OK = 1U, CERT_ERROR = 2U, CERT_HW_ERROR = 3U } CERT_Status_t;

/** The length of a certificate in bytes. */
CERT_Status_t UTIL_CERT_GetCertificateSize(const CERT_Id_t certificate_id, uint32_t *p_certificate_size);

/** The certificate: X.509, DER. Writes as many bytes as UTIL_CERT_GetCertificateSize tells. */
CERT_Status_t UTIL_CERT_GetCertificate(const CERT_Id_t certificate_id, uint8_t *p_certificate);

#ifdef __cplusplus
}
#endif

#endif
