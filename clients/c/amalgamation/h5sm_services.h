/* The services beside Crypto for h5sm: storage, attestation, firmware update, life cycle.
 * Put together from clients/c by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef H5SM_SERVICES_H
#define H5SM_SERVICES_H

/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* Internal Trusted Storage: PSA Certified Secure Storage API 1.0. */

#ifndef PSA_INTERNAL_TRUSTED_STORAGE_H
#define PSA_INTERNAL_TRUSTED_STORAGE_H

#include <stddef.h>
#include <stdint.h>

/* Status codes: PSA Certified Status code API 1.0, shared by every PSA API.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_ERROR_H
#define PSA_ERROR_H

/* Another header that has PSA_SUCCESS has psa_status_t too. */
#ifndef PSA_SUCCESS
typedef int32_t psa_status_t;
#define PSA_SUCCESS ((psa_status_t)0)
#endif

#define PSA_ERROR_PROGRAMMER_ERROR       ((psa_status_t)-129)
#define PSA_ERROR_CONNECTION_REFUSED     ((psa_status_t)-130)
#define PSA_ERROR_CONNECTION_BUSY        ((psa_status_t)-131)
#define PSA_ERROR_GENERIC_ERROR          ((psa_status_t)-132)
#define PSA_ERROR_NOT_PERMITTED          ((psa_status_t)-133)
#define PSA_ERROR_NOT_SUPPORTED          ((psa_status_t)-134)
#define PSA_ERROR_INVALID_ARGUMENT       ((psa_status_t)-135)
#define PSA_ERROR_INVALID_HANDLE         ((psa_status_t)-136)
#define PSA_ERROR_BAD_STATE              ((psa_status_t)-137)
#define PSA_ERROR_BUFFER_TOO_SMALL       ((psa_status_t)-138)
#define PSA_ERROR_ALREADY_EXISTS         ((psa_status_t)-139)
#define PSA_ERROR_DOES_NOT_EXIST         ((psa_status_t)-140)
#define PSA_ERROR_INSUFFICIENT_MEMORY    ((psa_status_t)-141)
#define PSA_ERROR_INSUFFICIENT_STORAGE   ((psa_status_t)-142)
#define PSA_ERROR_INSUFFICIENT_DATA      ((psa_status_t)-143)
#define PSA_ERROR_SERVICE_FAILURE        ((psa_status_t)-144)
#define PSA_ERROR_COMMUNICATION_FAILURE  ((psa_status_t)-145)
#define PSA_ERROR_STORAGE_FAILURE        ((psa_status_t)-146)
#define PSA_ERROR_HARDWARE_FAILURE       ((psa_status_t)-147)
#define PSA_ERROR_INVALID_SIGNATURE      ((psa_status_t)-149)
#define PSA_ERROR_CORRUPTION_DETECTED    ((psa_status_t)-151)
#define PSA_ERROR_DATA_CORRUPT           ((psa_status_t)-152)
#define PSA_ERROR_DATA_INVALID           ((psa_status_t)-153)

/* Of the Crypto API only (PSA Crypto 1.3, 8.1). */
#define PSA_ERROR_INSUFFICIENT_ENTROPY   ((psa_status_t)-148)
#define PSA_ERROR_INVALID_PADDING        ((psa_status_t)-150)

/* Neither success nor error: an interruptible operation has work left. */
#define PSA_OPERATION_INCOMPLETE         ((psa_status_t)-248)

#endif /* PSA_ERROR_H */

/* What the storage APIs share: PSA Certified Secure Storage API 1.0, 5.2.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_STORAGE_COMMON_H
#define PSA_STORAGE_COMMON_H

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t psa_storage_create_flags_t;
typedef uint64_t psa_storage_uid_t;

/* Sizes in bytes. */
struct psa_storage_info_t {
    size_t capacity;
    size_t size;
    psa_storage_create_flags_t flags;
};

#define PSA_STORAGE_FLAG_NONE                 0u
#define PSA_STORAGE_FLAG_WRITE_ONCE           (1u << 0)
#define PSA_STORAGE_FLAG_NO_CONFIDENTIALITY   (1u << 1)
#define PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION (1u << 2)

#define PSA_STORAGE_SUPPORT_SET_EXTENDED (1u << 0)

#ifdef __cplusplus
}
#endif

#endif /* PSA_STORAGE_COMMON_H */

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_ITS_API_VERSION_MAJOR 1
#define PSA_ITS_API_VERSION_MINOR 0

/** Stores data under a uid, in the place of what is there. Since 1.0. */
psa_status_t psa_its_set(psa_storage_uid_t uid, size_t data_length, const void *p_data,
                         psa_storage_create_flags_t create_flags);

/** Gives the data of a uid, from an offset on, as far as there is room. Since 1.0. */
psa_status_t psa_its_get(psa_storage_uid_t uid, size_t data_offset, size_t data_size, void *p_data,
                         size_t *p_data_length);

/** Tells how long the data of a uid are and with which flags they were stored. Since 1.0. */
psa_status_t psa_its_get_info(psa_storage_uid_t uid, struct psa_storage_info_t *p_info);

/** Removes a uid and its data. Since 1.0. */
psa_status_t psa_its_remove(psa_storage_uid_t uid);

#ifdef __cplusplus
}
#endif

#endif /* PSA_INTERNAL_TRUSTED_STORAGE_H */

/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* Initial Attestation: PSA Certified Attestation API 1.0. */

#ifndef PSA_INITIAL_ATTESTATION_H
#define PSA_INITIAL_ATTESTATION_H

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_INITIAL_ATTEST_API_VERSION_MAJOR 1
#define PSA_INITIAL_ATTEST_API_VERSION_MINOR 0

/* Sizes of a challenge, in bytes. There are no others. */
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_32 (32u)
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_48 (48u)
#define PSA_INITIAL_ATTEST_CHALLENGE_SIZE_64 (64u)

/* No token is longer, in bytes. */
#define PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE (700u)

/** Gives a signed token that says what the device is and carries the challenge. Since 1.0. */
psa_status_t psa_initial_attest_get_token(const uint8_t *auth_challenge, size_t challenge_size,
                                          uint8_t *token_buf, size_t token_buf_size, size_t *token_size);

/** Tells how long the token for a challenge of this size will be. Since 1.0. */
psa_status_t psa_initial_attest_get_token_size(size_t challenge_size, size_t *token_size);

#ifdef __cplusplus
}
#endif

#endif /* PSA_INITIAL_ATTESTATION_H */

/* Firmware update: PSA Firmware Update API 0.7 beta, as the board's headers declare it. An emulator has no firmware to
 * update: every function checks its pointers as the board's library does and answers PSA_ERROR_NOT_SUPPORTED.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_UPDATE_H
#define PSA_UPDATE_H

#include <stdbool.h>

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

/* The life cycle of the PSA Root of Trust: PSA Firmware Framework 1.0.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_LIFECYCLE_H
#define PSA_LIFECYCLE_H

#ifdef __cplusplus
extern "C" {
#endif

#define PSA_LIFECYCLE_PSA_STATE_MASK            (0xff00u)
#define PSA_LIFECYCLE_IMP_STATE_MASK            (0x00ffu)
#define PSA_LIFECYCLE_UNKNOWN                   (0x0000u)
#define PSA_LIFECYCLE_ASSEMBLY_AND_TEST         (0x1000u)
#define PSA_LIFECYCLE_PSA_ROT_PROVISIONING      (0x2000u)
#define PSA_LIFECYCLE_SECURED                   (0x3000u)
#define PSA_LIFECYCLE_NON_PSA_ROT_DEBUG         (0x4000u)
#define PSA_LIFECYCLE_RECOVERABLE_PSA_ROT_DEBUG (0x5000u)
#define PSA_LIFECYCLE_DECOMMISSIONED            (0x6000u)

/** As on the board: always PSA_LIFECYCLE_UNKNOWN. The state that tokens carry is in <psa/initial_attestation.h>. */
uint32_t psa_rot_lifecycle_state(void);

#ifdef __cplusplus
}
#endif

#endif /* PSA_LIFECYCLE_H */

#endif /* H5SM_SERVICES_H */
