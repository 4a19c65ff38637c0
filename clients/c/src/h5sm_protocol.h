/* Generated from psa-api/functions.ts by `npm run generate`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */

/* The constants of the wire (docs/wire.md) that hand-written code needs. */
#ifndef H5SM_PROTOCOL_H
#define H5SM_PROTOCOL_H

#define H5SM_PROTOCOL_VERSION 1u
#define H5SM_MAX_FRAME 16777216u
#define H5SM_HELLO 0u

/* What the device's own client does, as the answer to the hello asks for it. */
#define H5SM_LENGTHS_ON_ERROR 1u
#define H5SM_OUTPUTS_FILLED 2u

#define H5SM_PSA_CRYPTO_INIT 0x0001u
#define H5SM_PSA_GENERATE_RANDOM 0x0d01u
#define H5SM_PSA_ITS_SET 0x4001u
#define H5SM_PSA_INITIAL_ATTEST_GET_TOKEN 0x4101u
#define H5SM_PSA_CONNECT 0x4403u
#define H5SM_PSA_CALL 0x4404u
#define H5SM_PSA_CLOSE 0x4405u
#define H5SM_H5SM_CTL_CALLS 0x5107u
#define H5SM_H5SM_CTL_EXPECT_CALL 0x5108u
#define H5SM_H5SM_CTL_VERIFY 0x5109u
#define H5SM_H5SM_CTL_FAULT_ADD 0x510cu
#define H5SM_H5SM_CTL_FAIL 0x510fu

#endif
