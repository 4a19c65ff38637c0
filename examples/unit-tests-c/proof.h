/* A message, signed once with a key that nobody has any more.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef PROOF_H
#define PROOF_H

#include <psa/crypto.h>

typedef struct {
    uint8_t public_key[65]; /* P-256: 0x04 || X || Y */
    uint8_t signature[64];  /* ECDSA with SHA-256: r || s */
} proof_t;

/* Makes a key, signs, and destroys the key, whatever happens in between. After a failure `proof` is all zero. */
psa_status_t proof_make(const uint8_t *message, size_t length, proof_t *proof);

/* PSA_ERROR_INVALID_SIGNATURE for another message. */
psa_status_t proof_check(const uint8_t *message, size_t length, const proof_t *proof);

#endif
