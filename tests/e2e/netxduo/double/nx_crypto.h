/* A double of NetX Duo's crypto interface for tests: the documented names, values, field orders and types that methods
 * are written against, and nothing else. Types are those of the Linux port of ThreadX.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef NX_CRYPTO_DOUBLE_H
#define NX_CRYPTO_DOUBLE_H

#ifdef NX_INCLUDE_USER_DEFINE_FILE
#include "nx_user.h"
#endif

typedef void VOID;
typedef char CHAR;
typedef unsigned char UCHAR;
typedef int INT;
typedef unsigned int UINT;
typedef unsigned short USHORT;
#ifdef __x86_64__
typedef unsigned int ULONG;
#else
typedef unsigned long ULONG;
#endif
typedef UINT NX_CRYPTO_KEY_SIZE;

typedef struct NX_CRYPTO_METHOD_STRUCT {
    UINT nx_crypto_algorithm;
    NX_CRYPTO_KEY_SIZE nx_crypto_key_size_in_bits;
    USHORT nx_crypto_IV_size_in_bits;
    USHORT nx_crypto_ICV_size_in_bits;
    ULONG nx_crypto_block_size_in_bytes;
    ULONG nx_crypto_metadata_area_size;
    UINT (*nx_crypto_init)(struct NX_CRYPTO_METHOD_STRUCT *, UCHAR *, NX_CRYPTO_KEY_SIZE, VOID **, VOID *, ULONG);
    UINT (*nx_crypto_cleanup)(VOID *);
    UINT (*nx_crypto_operation)(UINT, VOID *, struct NX_CRYPTO_METHOD_STRUCT *, UCHAR *, NX_CRYPTO_KEY_SIZE, UCHAR *,
                                ULONG, UCHAR *, UCHAR *, ULONG, VOID *, ULONG, VOID *, VOID (*)(VOID *, UINT));
} NX_CRYPTO_METHOD;

typedef struct NX_CRYPTO_EXTENDED_OUTPUT_STRUCT {
    UCHAR *nx_crypto_extended_output_data;
    ULONG nx_crypto_extended_output_length_in_byte;
    ULONG nx_crypto_extended_output_actual_size;
} NX_CRYPTO_EXTENDED_OUTPUT;

typedef struct NX_CRYPTO_ROLE_ENTRY_STRUCT {
    UINT nx_crypto_role_cipher_id;
    UINT nx_crypto_role_id;
} NX_CRYPTO_ROLE_ENTRY;

typedef struct NX_CRYPTO_CIPHERSUITE_STRUCT {
    USHORT nx_crypto_ciphersuite_id;
    USHORT nx_crypto_internal_id;
    UINT nx_crypto_symmetric_key_size;
    NX_CRYPTO_ROLE_ENTRY nx_crypto_ciphers[8];
    UINT nx_crypto_version;
} NX_CRYPTO_CIPHERSUITE;

/* Algorithms */
#define NX_CRYPTO_NONE                         0x00000000
#define NX_CRYPTO_ENCRYPTION_AES_CBC           0x0000000C
#define NX_CRYPTO_ENCRYPTION_AES_CCM_8         0x0000000E
#define NX_CRYPTO_ENCRYPTION_AES_CCM_16        0x00000010
#define NX_CRYPTO_ENCRYPTION_AES_GCM_16        0x00000014
#define NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_256 0x0001000C
#define NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_384 0x0001000D
#define NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_512 0x0001000E
#define NX_CRYPTO_AUTHENTICATION_HMAC_SHA2_224 0x0001000F
#define NX_CRYPTO_PRF_HMAC_SHA2_256            0x00020005
#define NX_CRYPTO_PRF_HMAC_SHA2_384            0x00020006
#define NX_CRYPTO_PRF_HMAC_SHA2_512            0x00020007
#define NX_CRYPTO_HKDF_METHOD                  0x00020008
#define NX_CRYPTO_HASH_SHA224                  0x00030004
#define NX_CRYPTO_HASH_SHA256                  0x00030005
#define NX_CRYPTO_HASH_SHA384                  0x00030006
#define NX_CRYPTO_HASH_SHA512                  0x00030007
#define NX_CRYPTO_HASH_HMAC                    0x0003000A
#define NX_CRYPTO_KEY_EXCHANGE_RSA             0x00040002
#define NX_CRYPTO_KEY_EXCHANGE_ECDHE           0x00040006
#define NX_CRYPTO_DIGITAL_SIGNATURE_ECDSA      0x00050003
#define NX_CRYPTO_EC_SECP256R1                 0x00060017
#define NX_CRYPTO_EC_SECP384R1                 0x00060018
#define NX_CRYPTO_EC_SECP521R1                 0x00060019

/* Roles in a suite */
#define NX_CRYPTO_ROLE_NONE             0
#define NX_CRYPTO_ROLE_KEY_EXCHANGE     1
#define NX_CRYPTO_ROLE_SIGNATURE_CRYPTO 2
#define NX_CRYPTO_ROLE_SIGNATURE_HASH   3
#define NX_CRYPTO_ROLE_SYMMETRIC        4
#define NX_CRYPTO_ROLE_MAC_HASH         5
#define NX_CRYPTO_ROLE_PRF              6
#define NX_CRYPTO_ROLE_HMAC             7
#define NX_CRYPTO_ROLE_RAW_HASH         8

/* Operations */
#define NX_CRYPTO_ENCRYPT               1
#define NX_CRYPTO_DECRYPT               2
#define NX_CRYPTO_AUTHENTICATE          3
#define NX_CRYPTO_VERIFY                4
#define NX_CRYPTO_HASH_INITIALIZE       5
#define NX_CRYPTO_HASH_UPDATE           6
#define NX_CRYPTO_HASH_CALCULATE        7
#define NX_CRYPTO_PRF                   8
#define NX_CRYPTO_SET_ADDITIONAL_DATA   11
#define NX_CRYPTO_HKDF_SET_HASH         12
#define NX_CRYPTO_ENCRYPT_INITIALIZE    30
#define NX_CRYPTO_DECRYPT_INITIALIZE    31
#define NX_CRYPTO_ENCRYPT_UPDATE        32
#define NX_CRYPTO_DECRYPT_UPDATE        33
#define NX_CRYPTO_ENCRYPT_CALCULATE     34
#define NX_CRYPTO_DECRYPT_CALCULATE     35
#define NX_CRYPTO_EC_CURVE_GET          40
#define NX_CRYPTO_EC_CURVE_SET          41
#define NX_CRYPTO_DH_SETUP              50
#define NX_CRYPTO_DH_CALCULATE          51
#define NX_CRYPTO_DH_KEY_PAIR_IMPORT    52
#define NX_CRYPTO_DH_PRIVATE_KEY_EXPORT 53
#define NX_CRYPTO_HKDF_EXTRACT          70
#define NX_CRYPTO_HKDF_EXPAND           71
#define NX_CRYPTO_HKDF_SET_PRK          72
#define NX_CRYPTO_HKDF_SET_HMAC         73
#define NX_CRYPTO_HMAC_SET_HASH         74

/* Statuses; the misspelt one is the interface's */
#define NX_CRYPTO_SUCCESS                       0x0
#define NX_CRYPTO_UNSUPPORTED_KEY_SIZE          0x20002
#define NX_CRYPTO_AUTHENTICATION_FAILED         0x20003
#define NX_CRYPTO_INVALID_ALGORITHM             0x20004
#define NX_CRYPTO_INVALID_KEY                   0x20005
#define NX_CRYPTO_INVALID_BUFFER_SIZE           0x20006
#define NX_CRYPTO_PTR_ERROR                     0x20007
#define NX_CRYPTO_SIZE_ERROR                    0x20008
#define NX_CRYPTO_NOT_SUCCESSFUL                0x20009
#define NX_CRYPTO_INVALID_PARAMETER             0x2000A
#define NX_CRYPTO_NO_INSTANCE                   0x2000B
#define NX_CRYPTO_METHOD_INITIALIZATION_FAILURE 0x2000C
#define NX_CRYPTO_METADATA_UNALIGNED            0x2000D
#define NX_CRYTPO_MISSING_ECC_CURVE             0x2000F

#endif
