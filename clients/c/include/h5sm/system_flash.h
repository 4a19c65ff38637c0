/* The read-only system flash of the board, as far as firmware reads it for its certificates.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef H5SM_SYSTEM_FLASH_H
#define H5SM_SYSTEM_FLASH_H

#include <psa/error.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What is emulated: two packs of 512 bytes. Bytes that belong to no certificate read 0xff. */
#define H5SM_SYSTEM_FLASH_ADDRESS 0x0BF9FC00u
#define H5SM_SYSTEM_FLASH_SIZE    0x400u

/** Reads `output_length` bytes at an address of the board. PSA_ERROR_INVALID_ARGUMENT outside of what is emulated;
 *  PSA_ERROR_COMMUNICATION_FAILURE without an emulator. Needs no psa_crypto_init. */
psa_status_t h5sm_read_system_flash(uint32_t address, uint8_t *output, size_t output_length);

/** Puts a copy, for reading only, at the address that it has on the board: firmware that reads flash through pointers
 *  then runs as it is. Call it once, before the first read and before there are threads; another call does nothing.
 *  PSA_ERROR_INSUFFICIENT_MEMORY if the process has something else there; other errors as above. */
psa_status_t h5sm_map_system_flash(void);

#ifdef __cplusplus
}
#endif

#endif
