/* Integer types of the PSA Crypto API 1.5; the clause of each is beside it.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_TYPES_H
#define PSA_CRYPTO_TYPES_H

#include <stddef.h>
#include <stdint.h>

#include <psa/error.h>

/* Keys. */
typedef uint16_t psa_key_type_t;            /* 9.2 */
typedef uint8_t psa_ecc_family_t;           /* 9.2 */
typedef uint8_t psa_dh_family_t;            /* 9.2 */
typedef uint8_t psa_slh_dsa_family_t;       /* 9.2, since 1.4 */
typedef uint32_t psa_key_lifetime_t;        /* 9.3 */
typedef uint8_t psa_key_persistence_t;      /* 9.3 */
typedef uint32_t psa_key_location_t;        /* 9.3 */
typedef uint32_t psa_key_id_t;              /* 9.4 */
typedef uint32_t psa_key_usage_t;           /* 9.5 */

/* As before 1.0, when a key was a handle; here as on the board it is the identifier. */
typedef psa_key_id_t psa_key_handle_t;

/* Operations. */
typedef uint32_t psa_algorithm_t;           /* 10.1 */
typedef uint16_t psa_key_derivation_step_t; /* 10.6 */
typedef uint32_t psa_pake_primitive_t;      /* 10.11 */
typedef uint8_t psa_pake_primitive_type_t;  /* 10.11 */
typedef uint8_t psa_pake_family_t;          /* 10.11 */
typedef uint8_t psa_pake_role_t;            /* 10.11 */
typedef uint8_t psa_pake_step_t;            /* 10.11 */

#endif /* PSA_CRYPTO_TYPES_H */
