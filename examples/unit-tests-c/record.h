/* Records as a protocol of ours has them: a header that everybody may read, and a text that only the key opens.
 *
 *     nonce, 12 bytes | ciphertext, as long as the text | tag, 16 bytes
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORD_H
#define RECORD_H

#include <psa/crypto.h>

#define RECORD_NONCE    12u
#define RECORD_TAG      16u
#define RECORD_OVERHEAD (RECORD_NONCE + RECORD_TAG)

/* Seals `length` bytes of text into `record`, which has room for `length + RECORD_OVERHEAD`. `key`: AES, for
 * PSA_ALG_GCM. Nothing is open afterwards, whatever the status; after a failure `record` is all zero. */
psa_status_t record_seal(psa_key_id_t key, const uint8_t *header, size_t header_length, const uint8_t *text,
                         size_t length, uint8_t *record);

/* Opens a record of `length` bytes into `text`, which has room for `length - RECORD_OVERHEAD`.
 * PSA_ERROR_INVALID_SIGNATURE if it is not what was sealed, PSA_ERROR_INVALID_ARGUMENT if it cannot be a record.
 * After a failure `text` is all zero: nothing of it may be used. */
psa_status_t record_open(psa_key_id_t key, const uint8_t *header, size_t header_length, const uint8_t *record,
                         size_t length, uint8_t *text);

#endif
