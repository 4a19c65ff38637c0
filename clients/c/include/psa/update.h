/* Firmware update: PSA Firmware Update API 0.7 beta, as the board's headers declare it. An emulator has no firmware to
 * update: every function checks its pointers as the board's library does and answers PSA_ERROR_NOT_SUPPORTED.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_UPDATE_H
#define PSA_UPDATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_FWU_API_VERSION_MAJOR 0
#define PSA_FWU_API_VERSION_MINOR 7

#define PSA_SUCCESS_REBOOT             ((psa_status_t)1)
#define PSA_SUCCESS_RESTART            ((psa_status_t)2)
#define PSA_ERROR_WRONG_DEVICE         ((psa_status_t)-155)
#define PSA_ERROR_DEPENDENCY_NEEDED    ((psa_status_t)-156)
#define PSA_ERROR_CURRENTLY_INSTALLING ((psa_status_t)-157)
#define PSA_ERROR_ALREADY_INSTALLED    ((psa_status_t)-158)
#define PSA_ERROR_INSTALL_INTERRUPTED  ((psa_status_t)-159)
#define PSA_ERROR_FLASH_ABUSE          ((psa_status_t)-160)
#define PSA_ERROR_INSUFFICIENT_POWER   ((psa_status_t)-161)
#define PSA_ERROR_DECRYPTION_FAILURE   ((psa_status_t)-162)
#define PSA_ERROR_MISSING_MANIFEST     ((psa_status_t)-163)

/* Bytes in one write, and in a digest. */
#define PSA_FWU_MAX_BLOCK_SIZE  1024
#define PSA_FWU_MAX_DIGEST_SIZE 32U

/* An image id: the slot in bits 7 to 0, the type in bits 15 to 8. */
typedef uint32_t psa_image_id_t;

#define TFM_FWU_INVALID_IMAGE_ID  0
#define PSA_FWU_SLOT_ID_ACTIVE    0x1
#define PSA_FWU_SLOT_ID_DL        0x2
#define PSA_FWU_TYPE_ID_SECURE    0x00
#define PSA_FWU_TYPE_ID_NONSECURE 0x01
#define PSA_FWU_TYPE_ID_MODULE0   0x02
#define PSA_FWU_TYPE_ID_MODULE1   0x03
#define PSA_FWU_TYPE_ID_MODULE2   0x04
#define PSA_FWU_TYPE_ID_MODULE3   0x05
#define PSA_FWU_TYPE_ID_MODULE4   0x06
#define PSA_FWU_TYPE_ID_MODULE5   0x07
#define PSA_FWU_TYPE_ID_MODULE6   0x08
#define PSA_FWU_TYPE_ID_MODULE7   0x09

#define FWU_IMAGE_ID_SLOT_ACTIVE          0x01U
#define FWU_IMAGE_ID_SLOT_STAGE           0x02U
#define FWU_IMAGE_ID_SLOT_POSITION        0U
#define FWU_IMAGE_ID_SLOT_MASK            0x00FFU
#define FWU_IMAGE_ID_TYPE_POSITION        8U
#define FWU_IMAGE_ID_TYPE_MASK            0xFF00U
#define FWU_IMAGE_ID_SPECIFIC_ID_POSITION 16U

#define FWU_CALCULATE_IMAGE_ID(slot, type, specific_id)                                         \
    (((psa_image_id_t)(slot) & FWU_IMAGE_ID_SLOT_MASK) |                                        \
     ((psa_image_id_t)(type) << FWU_IMAGE_ID_TYPE_POSITION) |                                   \
     ((psa_image_id_t)(specific_id) << FWU_IMAGE_ID_SPECIFIC_ID_POSITION))
#define FWU_IMAGE_ID_GET_TYPE(image_id) (((image_id) & FWU_IMAGE_ID_TYPE_MASK) >> FWU_IMAGE_ID_TYPE_POSITION)
#define FWU_IMAGE_ID_GET_SLOT(image_id) ((image_id) & FWU_IMAGE_ID_SLOT_MASK)

#define PSA_IMAGE_UNDEFINED       0U
#define PSA_IMAGE_CANDIDATE       1U
#define PSA_IMAGE_INSTALLED       2U
#define PSA_IMAGE_REJECTED        3U
#define PSA_IMAGE_PENDING_INSTALL 4U
#define PSA_IMAGE_REBOOT_NEEDED   5U

typedef struct {
    uint8_t iv_major;
    uint8_t iv_minor;
    uint16_t iv_revision;
    uint32_t iv_build_num;
} psa_image_version_t;

typedef struct {
    uint8_t value[PSA_FWU_MAX_DIGEST_SIZE];
} psa_hash_t;

typedef struct {
    uint32_t uuid[4];
} psa_uuid_t;

typedef struct {
    uint8_t flags;
    uint8_t metadata_format;
    size_t max_size;
    psa_hash_t key_id;
} psa_staging_info_t;

typedef struct {
    psa_image_id_t image_id;
    psa_uuid_t vendor_id;
    psa_uuid_t class_id;
    psa_image_version_t version;
    uint8_t state;
    psa_staging_info_t staging;
    uint32_t error;
    uint8_t digest[PSA_FWU_MAX_DIGEST_SIZE];
} psa_image_info_t;

typedef uint32_t psa_fwu_iterator_t;

/** PSA_ERROR_INVALID_ARGUMENT without a block. */
psa_status_t psa_fwu_write(psa_image_id_t image_id, size_t block_offset, const void *block, size_t block_size);

/** PSA_ERROR_INVALID_ARGUMENT without a place for either result. */
psa_status_t psa_fwu_install(psa_image_id_t image_id, psa_image_id_t *dependency_uuid,
                             psa_image_version_t *dependency_version);

psa_status_t psa_fwu_abort(psa_image_id_t image_id);

/** PSA_ERROR_INVALID_ARGUMENT without a place for the result. */
psa_status_t psa_fwu_query(psa_image_id_t image_id, psa_image_info_t *info);

psa_status_t psa_fwu_request_reboot(void);

psa_status_t psa_fwu_accept(psa_image_id_t image_id);

/** Declared and nowhere defined, as on the board: a program that calls it does not link. */
psa_status_t psa_fwu_set_manifest(psa_image_id_t image_id, const void *manifest, size_t manifest_size,
                                  psa_hash_t *manifest_dependency);

/* The board's own library refuses these too. */

psa_status_t psa_fwu_request_rollback(uint32_t error);

void psa_fwu_get_image_id_iterator(psa_fwu_iterator_t *iterator);

/** As on the board, where the status becomes a bool: always true. */
bool psa_fwu_get_image_id_next(psa_fwu_iterator_t *iterator);

/** As on the board, where the status becomes a bool: always true. */
bool psa_fwu_get_image_id_valid(psa_fwu_iterator_t *iterator);

psa_status_t psa_fwu_get_image_id(psa_fwu_iterator_t *iterator, psa_image_id_t *image_id);

#ifdef __cplusplus
}
#endif

#endif /* PSA_UPDATE_H */
