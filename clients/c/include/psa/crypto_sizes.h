/* Lengths and sufficient buffer sizes in bytes, of type size_t: the "support macros" of PSA Crypto 1.3. 0 stands for
 * "not recognised" and for arguments that do not go together. Every macro is a constant expression when its arguments
 * are; the arguments may be evaluated more than once.
 * SPDX-License-Identifier: Apache-2.0 */

#ifndef PSA_CRYPTO_SIZES_H
#define PSA_CRYPTO_SIZES_H

#include <psa/crypto_values.h>

/* Largest keys of the implementation, in bits: outside the specification, named as in Mbed TLS */
#define PSA_VENDOR_RSA_MAX_KEY_BITS   ((size_t)4096)
#define PSA_VENDOR_ECC_MAX_CURVE_BITS ((size_t)521)
#define PSA_VENDOR_FFDH_MAX_KEY_BITS  ((size_t)8192)

#define H5SM_SIZE(n)                ((size_t)(n))
#define H5SM_NONE                   H5SM_SIZE(0)
#define H5SM_BYTES(bits)            ((H5SM_SIZE(bits) + 7u) / 8u)
#define H5SM_ROUND_UP(unit, length) ((H5SM_SIZE(length) + (unit) - 1u) / (unit) * (unit))
/* 0, and an argument that the size does not depend on counts as used */
#define H5SM_UNUSED(argument)       (H5SM_SIZE(0) * sizeof(argument))
#define H5SM_ALG_EQ(alg, other)     ((psa_algorithm_t)(alg) == (other))
/* LEN[21:16] of a MAC or AEAD */
#define H5SM_ALG_LENGTH(alg)        H5SM_SIZE(((psa_algorithm_t)(alg) >> 16) & 0x3fu)

/* Outside the specification, as the board's header and TF-M's have them */
#define PSA_BITS_TO_BYTES(bits)  H5SM_BYTES(bits)
#define PSA_BYTES_TO_BITS(bytes) (H5SM_SIZE(bytes) * 8u)

/* ---- 10.2.4 Hashes; also of the hash in any composite algorithm ---- */

#define H5SM_HASH_IS(alg, hash) (((psa_algorithm_t)(alg) & 0xffu) == ((hash) & 0xffu))

#define PSA_HASH_LENGTH(alg) \
    (H5SM_HASH_IS(alg, PSA_ALG_SHA_256)          ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_384)          ? H5SM_SIZE(48) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_1)            ? H5SM_SIZE(20) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_224)          ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_224)      ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_256)      ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_256_192)      ? H5SM_SIZE(24) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_224)         ? H5SM_SIZE(28) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_256)         ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_384)         ? H5SM_SIZE(48) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_512)         ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SM3)              ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_512)     ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE128_256)     ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_192)     ? H5SM_SIZE(24) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_256)     ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_ASCON_HASH256)    ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2S_HASH256)  ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2SP_HASH256) ? H5SM_SIZE(32) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2B_HASH512)  ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2BP_HASH512) ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD2)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD4)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD5)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_RIPEMD160)        ? H5SM_SIZE(20) : \
     H5SM_HASH_IS(alg, PSA_ALG_AES_MMO_ZIGBEE)   ? H5SM_SIZE(16) : \
     H5SM_NONE)

#define PSA_HASH_BLOCK_LENGTH(alg) \
    (H5SM_HASH_IS(alg, PSA_ALG_SHA_256)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_384)          ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512)          ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_1)            ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_224)          ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_224)      ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_512_256)      ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA_256_192)      ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_224)         ? H5SM_SIZE(144) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_256)         ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_384)         ? H5SM_SIZE(104) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHA3_512)         ? H5SM_SIZE(72) : \
     H5SM_HASH_IS(alg, PSA_ALG_SM3)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_512)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE128_256)     ? H5SM_SIZE(168) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_192)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_SHAKE256_256)     ? H5SM_SIZE(136) : \
     H5SM_HASH_IS(alg, PSA_ALG_ASCON_HASH256)    ? H5SM_SIZE(8) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2S_HASH256)  ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2SP_HASH256) ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2B_HASH512)  ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_BLAKE2BP_HASH512) ? H5SM_SIZE(128) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD2)              ? H5SM_SIZE(16) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD4)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_MD5)              ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_RIPEMD160)        ? H5SM_SIZE(64) : \
     H5SM_HASH_IS(alg, PSA_ALG_AES_MMO_ZIGBEE)   ? H5SM_SIZE(16) : \
     H5SM_NONE)

#define PSA_HASH_MAX_SIZE H5SM_SIZE(64)

/* 10.2.5 Suspend state, of a hash itself: algorithm, input length, state, and at most a block less one byte of input */
#define PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH H5SM_SIZE(4)
#define PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_MD2)         ? H5SM_SIZE(1) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD4)         ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD5)         ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_RIPEMD160)   ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_1)       ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_224)     ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_256)     ? H5SM_SIZE(8) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_384)     ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512)     ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_224) ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_256) ? H5SM_SIZE(16) : \
     H5SM_NONE)
#define PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_MD2)         ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD4)         ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_MD5)         ? H5SM_SIZE(16) : \
     H5SM_ALG_EQ(alg, PSA_ALG_RIPEMD160)   ? H5SM_SIZE(20) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_1)       ? H5SM_SIZE(20) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_224)     ? H5SM_SIZE(32) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_256)     ? H5SM_SIZE(32) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_384)     ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512)     ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_224) ? H5SM_SIZE(64) : \
     H5SM_ALG_EQ(alg, PSA_ALG_SHA_512_256) ? H5SM_SIZE(64) : \
     H5SM_NONE)
#define PSA_HASH_SUSPEND_OUTPUT_SIZE(alg) \
    (PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) == 0u ? H5SM_NONE : \
     PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH + PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH(alg) + \
     PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH(alg) + PSA_HASH_BLOCK_LENGTH(alg) - 1u)
/* SHA-512: 4 + 16 + 64 + 127 */
#define PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE H5SM_SIZE(211)

/* ---- 10.4.4 Block ciphers ---- */

/* 1 for a stream cipher, 0 for a key that is no cipher key */
#define PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) \
    (H5SM_TYPE_CATEGORY(type) == 0x2000u ? H5SM_SIZE(1) << (((unsigned)(type) >> 8) & 7u) : H5SM_NONE)
#define PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE H5SM_SIZE(16)

/* 0 for a key of no block cipher; 1 instead where it divides */
#define H5SM_BLOCK(type)      (((unsigned)(type) & 0x0700u) != 0u ? PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) : H5SM_NONE)
#define H5SM_BLOCK_OR_1(type) (H5SM_SIZE(1) << (((unsigned)(type) >> 8) & 7u))

/* ---- 10.3.4 MAC ---- */

/* Outside the specification: the length that the identifier asks for, 0 for the full length */
#define PSA_MAC_TRUNCATED_LENGTH(alg) H5SM_ALG_LENGTH(alg)
#define PSA_MAC_LENGTH(key_type, key_bits, alg) \
    (!PSA_ALG_IS_MAC(alg) ? H5SM_NONE : \
     H5SM_ALG_LENGTH(alg) != 0u ? H5SM_ALG_LENGTH(alg) : \
     PSA_ALG_IS_HMAC(alg) || PSA_ALG_IS_BLAKE2_MAC(alg) ? PSA_HASH_LENGTH(alg) : \
     PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) ? H5SM_BLOCK(key_type) + H5SM_UNUSED(key_bits) : H5SM_NONE)
#define PSA_MAC_MAX_SIZE PSA_HASH_MAX_SIZE

/* ---- 10.4.4 Ciphers ---- */

/* The block, 1 for a stream key, 0 when key and algorithm do not match */
#define H5SM_CIPHER_UNIT(key_type, alg) \
    (!PSA_ALG_IS_CIPHER(alg) ? H5SM_NONE : \
     !H5SM_ALG_EQ(alg, PSA_ALG_STREAM_CIPHER) ? H5SM_BLOCK(key_type) : \
     (key_type) != PSA_KEY_TYPE_ASCON && PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) == 1u ? H5SM_SIZE(1) : H5SM_NONE)

#define PSA_CIPHER_IV_LENGTH(key_type, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_CTR) || H5SM_ALG_EQ(alg, PSA_ALG_CFB) || \
     H5SM_ALG_EQ(alg, PSA_ALG_OFB) || H5SM_ALG_EQ(alg, PSA_ALG_XTS) || \
     H5SM_ALG_EQ(alg, PSA_ALG_CBC_NO_PADDING) || H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? H5SM_BLOCK(key_type) : \
     H5SM_ALG_EQ(alg, PSA_ALG_CCM_STAR_NO_TAG) ? (H5SM_BLOCK(key_type) == 16u ? H5SM_SIZE(13) : H5SM_NONE) : \
     !H5SM_ALG_EQ(alg, PSA_ALG_STREAM_CIPHER) ? H5SM_NONE : \
     (key_type) == PSA_KEY_TYPE_CHACHA20 ? H5SM_SIZE(12) : \
     (key_type) == PSA_KEY_TYPE_XCHACHA20 ? H5SM_SIZE(24) : H5SM_NONE)
/* XChaCha20 */
#define PSA_CIPHER_IV_MAX_SIZE H5SM_SIZE(24)

/* IV and ciphertext; PKCS#7 always pads */
#define PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     PSA_CIPHER_IV_LENGTH(key_type, alg) + \
         (H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? \
              (H5SM_SIZE(input_length) / H5SM_BLOCK_OR_1(key_type) + 1u) * H5SM_BLOCK_OR_1(key_type) : \
              H5SM_SIZE(input_length)))
#define PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(input_length) \
    (PSA_CIPHER_IV_MAX_SIZE + H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, H5SM_SIZE(input_length) + 1u))

#define PSA_CIPHER_DECRYPT_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_SIZE(input_length))
#define PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(input_length) H5SM_SIZE(input_length)

/* The modes that work on whole blocks may give back, with this input, the rest of an earlier one */
#define PSA_CIPHER_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_CIPHER_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     PSA_ALG_IS_STREAM_CIPHER(alg) ? H5SM_SIZE(input_length) : \
     H5SM_ROUND_UP(H5SM_BLOCK_OR_1(key_type), input_length))
#define PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input_length) \
    H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)

/* PKCS#7 keeps a block back, XTS with its stolen ciphertext nearly two */
#define PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_XTS)       ? H5SM_BLOCK(key_type) * 2u : \
     H5SM_ALG_EQ(alg, PSA_ALG_CBC_PKCS7) ? H5SM_BLOCK(key_type) : H5SM_NONE)
#define PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE H5SM_SIZE(32)

/* ---- 10.5.4 AEAD ---- */

#define H5SM_AEAD_ON_BLOCK(aead) (H5SM_AEAD_IS(aead, PSA_ALG_CCM) || H5SM_AEAD_IS(aead, PSA_ALG_GCM))

/* Output comes in units of this many bytes; 0 when key and algorithm do not match */
#define H5SM_AEAD_UNIT(key_type, alg) \
    (H5SM_AEAD_ON_BLOCK(alg) ? (H5SM_BLOCK(key_type) == 16u ? H5SM_SIZE(16) : H5SM_NONE) : \
     (key_type) == PSA_KEY_TYPE_CHACHA20  ? H5SM_SIZE(H5SM_AEAD_IS(alg, PSA_ALG_CHACHA20_POLY1305)) : \
     (key_type) == PSA_KEY_TYPE_XCHACHA20 ? H5SM_SIZE(H5SM_AEAD_IS(alg, PSA_ALG_XCHACHA20_POLY1305)) : \
     (key_type) == PSA_KEY_TYPE_ASCON && H5SM_AEAD_IS(alg, PSA_ALG_ASCON_AEAD128) ? H5SM_SIZE(16) : H5SM_NONE)

#define PSA_AEAD_NONCE_LENGTH(key_type, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : \
     H5SM_AEAD_IS(alg, PSA_ALG_CCM)                ? H5SM_SIZE(13) : \
     H5SM_AEAD_IS(alg, PSA_ALG_XCHACHA20_POLY1305) ? H5SM_SIZE(24) : \
     H5SM_AEAD_IS(alg, PSA_ALG_ASCON_AEAD128)      ? H5SM_SIZE(16) : H5SM_SIZE(12))
/* XChaCha20-Poly1305 */
#define PSA_AEAD_NONCE_MAX_SIZE H5SM_SIZE(24)

#define PSA_AEAD_TAG_LENGTH(key_type, key_bits, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_ALG_LENGTH(alg) + H5SM_UNUSED(key_bits))
#define PSA_AEAD_TAG_MAX_SIZE H5SM_SIZE(16)

#define PSA_AEAD_ENCRYPT_OUTPUT_SIZE(key_type, alg, plaintext_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u ? H5SM_NONE : H5SM_SIZE(plaintext_length) + H5SM_ALG_LENGTH(alg))
#define PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(plaintext_length) (H5SM_SIZE(plaintext_length) + PSA_AEAD_TAG_MAX_SIZE)

#define PSA_AEAD_DECRYPT_OUTPUT_SIZE(key_type, alg, ciphertext_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u || H5SM_SIZE(ciphertext_length) < H5SM_ALG_LENGTH(alg) ? H5SM_NONE : \
     H5SM_SIZE(ciphertext_length) - H5SM_ALG_LENGTH(alg))
#define PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(ciphertext_length) H5SM_SIZE(ciphertext_length)

#define PSA_AEAD_UPDATE_OUTPUT_SIZE(key_type, alg, input_length) \
    (H5SM_AEAD_UNIT(key_type, alg) == 0u  ? H5SM_NONE : \
     H5SM_AEAD_UNIT(key_type, alg) == 1u  ? H5SM_SIZE(input_length) : H5SM_ROUND_UP(16u, input_length))
#define PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(input_length) H5SM_ROUND_UP(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)

#define PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg) \
    (H5SM_AEAD_UNIT(key_type, alg) > 1u ? H5SM_AEAD_UNIT(key_type, alg) : H5SM_NONE)
#define PSA_AEAD_FINISH_OUTPUT_MAX_SIZE H5SM_SIZE(16)
#define PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type, alg) PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg)
#define PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE H5SM_SIZE(16)

/* ---- 9.2 Key formats ---- */

#define H5SM_IS_EDWARDS(family)    ((family) == PSA_ECC_FAMILY_TWISTED_EDWARDS)
#define H5SM_IS_MONTGOMERY(family) ((family) == PSA_ECC_FAMILY_MONTGOMERY)

/* Edwards encodings hold one bit more than the field, for the sign */
#define H5SM_SCALAR(family, bits) (H5SM_IS_EDWARDS(family) ? H5SM_SIZE(bits) / 8u + 1u : H5SM_BYTES(bits))
#define H5SM_POINT(family, bits) \
    (H5SM_IS_EDWARDS(family) || H5SM_IS_MONTGOMERY(family) ? H5SM_SCALAR(family, bits) : H5SM_BYTES(bits) * 2u + 1u)

/* RSA in DER: a header of 4, for each integer a header of 4 and a leading zero; a public exponent below 2^64 */
#define H5SM_DER_INTEGER(bits) (H5SM_SIZE(bits) / 8u + 5u)
#define H5SM_RSA_EXPONENT      11u
#define H5SM_RSA_PUBLIC(bits)  (4u + H5SM_DER_INTEGER(bits) + H5SM_RSA_EXPONENT)
/* version, n, e, d, and five numbers of half the size */
#define H5SM_RSA_PAIR(bits) \
    (4u + 3u + 2u * H5SM_DER_INTEGER(bits) + H5SM_RSA_EXPONENT + 5u * H5SM_DER_INTEGER((H5SM_SIZE(bits) + 1u) / 2u))

/* The size that goes with the first, second or third parameter set of a post-quantum scheme */
#define H5SM_BY_SET(bits, bits1, size1, bits2, size2, bits3, size3) \
    (H5SM_SAME(bits, bits1) ? H5SM_SIZE(size1) : H5SM_SAME(bits, bits2) ? H5SM_SIZE(size2) : \
     H5SM_SAME(bits, bits3) ? H5SM_SIZE(size3) : H5SM_NONE)
/* Equality, without a warning where a narrow type cannot hold the number */
#define H5SM_SAME(bits, number) ((H5SM_SIZE(bits) ^ (number)) == 0u)

/* LMS: u32 type, u32 one-time type, 16 bytes of identifier, root. RFC 8554, 5.3. The type is that of a public key */
#define H5SM_PUBLIC(type, bits) \
    (PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(type)     ? H5SM_POINT(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(type)      ? H5SM_BYTES(bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P_PUBLIC_KEY(type) ? H5SM_SCALAR(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) + \
                                                H5SM_POINT(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_SLH_DSA_PUBLIC_KEY(type) ? H5SM_BYTES(bits) * 2u : \
     (type) == PSA_KEY_TYPE_RSA_PUBLIC_KEY    ? H5SM_RSA_PUBLIC(bits) : \
     (type) == PSA_KEY_TYPE_ML_DSA_PUBLIC_KEY ? H5SM_BY_SET(bits, 128u, 1312, 192u, 1952, 256u, 2592) : \
     (type) == PSA_KEY_TYPE_ML_KEM_PUBLIC_KEY ? H5SM_BY_SET(bits, 512u, 800, 768u, 1184, 1024u, 1568) : \
     (type) == PSA_KEY_TYPE_LMS_PUBLIC_KEY    ? H5SM_BYTES(bits) + 24u : \
     (type) == PSA_KEY_TYPE_HSS_PUBLIC_KEY    ? H5SM_BYTES(bits) + 28u : \
     (type) == PSA_KEY_TYPE_XMSS_PUBLIC_KEY || (type) == PSA_KEY_TYPE_XMSS_MT_PUBLIC_KEY ? \
                                                H5SM_BYTES(bits) * 2u + 4u : H5SM_NONE)

#define H5SM_PAIR(type, bits) \
    (PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)     ? H5SM_SCALAR(PSA_KEY_TYPE_ECC_GET_FAMILY(type), bits) : \
     PSA_KEY_TYPE_IS_DH_KEY_PAIR(type)      ? H5SM_BYTES(bits) : \
     PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(type) ? H5SM_SCALAR(PSA_KEY_TYPE_SPAKE2P_GET_FAMILY(type), bits) * 2u : \
     PSA_KEY_TYPE_IS_SLH_DSA_KEY_PAIR(type) ? H5SM_BYTES(bits) * 4u : \
     (type) == PSA_KEY_TYPE_RSA_KEY_PAIR    ? H5SM_RSA_PAIR(bits) : \
     (type) == PSA_KEY_TYPE_ML_DSA_KEY_PAIR ? H5SM_SIZE(32) : \
     (type) == PSA_KEY_TYPE_ML_KEM_KEY_PAIR ? H5SM_SIZE(64) : H5SM_NONE)

/* ---- 9.6 Export ---- */

#define PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type) ? H5SM_BYTES(key_bits) : \
     PSA_KEY_TYPE_IS_WPA3_SAE_ECC(key_type) ? H5SM_BYTES(key_bits) * 2u : \
     PSA_KEY_TYPE_IS_WPA3_SAE_DH(key_type)  ? H5SM_BYTES(key_bits) : \
     PSA_KEY_TYPE_IS_KEY_PAIR(key_type)     ? H5SM_PAIR(key_type, key_bits) : H5SM_PUBLIC(key_type, key_bits))
#define PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_ASYMMETRIC(key_type) ? \
         H5SM_PUBLIC(PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type), key_bits) : H5SM_NONE)

/* The largest of RSA, elliptic curves and finite field Diffie-Hellman: these become buffers on small stacks */
#define PSA_EXPORT_KEY_PAIR_MAX_SIZE       H5SM_RSA_PAIR(PSA_VENDOR_RSA_MAX_KEY_BITS)
#define PSA_EXPORT_PUBLIC_KEY_MAX_SIZE     H5SM_BYTES(PSA_VENDOR_FFDH_MAX_KEY_BITS)
#define PSA_EXPORT_ASYMMETRIC_KEY_MAX_SIZE PSA_EXPORT_KEY_PAIR_MAX_SIZE

/* ---- 10.6.4 Key derivation ---- */

#define PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE     H5SM_SIZE(128)
#define PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE H5SM_SIZE(32)

/* ---- 10.7.5 Signatures ---- */

#define H5SM_ALG_IS_EDDSA(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_PURE_EDDSA) || H5SM_ALG_EQ(alg, PSA_ALG_EDDSA_CTX) || \
     PSA_ALG_IS_HASH_EDDSA(alg))
#define H5SM_ECC_SIGNATURE(family, bits, alg) \
    (H5SM_IS_EDWARDS(family) ? (H5SM_ALG_IS_EDDSA(alg) ? H5SM_SCALAR(family, bits) * 2u : H5SM_NONE) : \
     H5SM_IS_MONTGOMERY(family) || !PSA_ALG_IS_ECDSA(alg) ? H5SM_NONE : H5SM_BYTES(bits) * 2u)
#define H5SM_SLH_DSA_SIGNATURE(family, bits) \
    ((family) == PSA_SLH_DSA_FAMILY_SHA2_F || (family) == PSA_SLH_DSA_FAMILY_SHAKE_F ? \
         H5SM_BY_SET(bits, 128u, 17088, 192u, 35664, 256u, 49856) : \
         H5SM_BY_SET(bits, 128u, 7856, 192u, 16224, 256u, 29792))

#define PSA_SIGN_OUTPUT_SIZE(key_type, key_bits, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) ? \
         (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg) ? H5SM_BYTES(key_bits) : H5SM_NONE) : \
     PSA_KEY_TYPE_IS_ECC(key_type) ? \
         H5SM_ECC_SIGNATURE(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits, alg) : \
     PSA_KEY_TYPE_IS_ML_DSA(key_type) ? \
         (PSA_ALG_IS_ML_DSA(alg) || PSA_ALG_IS_HASH_ML_DSA(alg) ? \
              H5SM_BY_SET(key_bits, 128u, 2420, 192u, 3309, 256u, 4627) : H5SM_NONE) : \
     PSA_KEY_TYPE_IS_SLH_DSA(key_type) && (PSA_ALG_IS_SLH_DSA(alg) || PSA_ALG_IS_HASH_SLH_DSA(alg)) ? \
         H5SM_SLH_DSA_SIGNATURE(PSA_KEY_TYPE_SLH_DSA_GET_FAMILY(key_type), key_bits) : H5SM_NONE)
#define PSA_SIGNATURE_MAX_SIZE H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)

/* ---- 10.8.3 Asymmetric encryption ---- */

/* Smallest padding: PKCS#1 v1.5 takes 11 bytes, OAEP two hashes and 2 */
#define H5SM_RSA_PADDING(alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_RSA_PKCS1V15_CRYPT) ? H5SM_SIZE(11) : \
     PSA_ALG_IS_RSA_OAEP(alg) ? PSA_HASH_LENGTH(alg) * 2u + 2u : H5SM_NONE)
#define H5SM_IS_RSA_CRYPT(key_type, alg) \
    (PSA_KEY_TYPE_IS_RSA(key_type) && \
     (H5SM_ALG_EQ(alg, PSA_ALG_RSA_PKCS1V15_CRYPT) || PSA_ALG_IS_RSA_OAEP(alg)))

#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (H5SM_IS_RSA_CRYPT(key_type, alg) ? H5SM_BYTES(key_bits) : H5SM_NONE)
#define PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS)

#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type, key_bits, alg) \
    (H5SM_IS_RSA_CRYPT(key_type, alg) && H5SM_BYTES(key_bits) > H5SM_RSA_PADDING(alg) ? \
         H5SM_BYTES(key_bits) - H5SM_RSA_PADDING(alg) : H5SM_NONE)
#define PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS) - 11u)

/* ---- 10.9.4 Key agreement: the x coordinate, or the finite field element ---- */

#define PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type, key_bits) \
    (PSA_KEY_TYPE_IS_DH(key_type) || \
     (PSA_KEY_TYPE_IS_ECC(key_type) && !H5SM_IS_EDWARDS(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type))) ? \
         H5SM_BYTES(key_bits) : H5SM_NONE)
#define PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE H5SM_BYTES(PSA_VENDOR_FFDH_MAX_KEY_BITS)

/* ---- 10.10 Key encapsulation: ECIES sends an ephemeral public key ---- */

#define PSA_ENCAPSULATE_CIPHERTEXT_SIZE(key_type, key_bits, alg) \
    (H5SM_ALG_EQ(alg, PSA_ALG_ECIES_SEC1) && PSA_KEY_TYPE_IS_ECC(key_type) ? \
         H5SM_POINT(PSA_KEY_TYPE_ECC_GET_FAMILY(key_type), key_bits) : \
     H5SM_ALG_EQ(alg, PSA_ALG_ML_KEM) && PSA_KEY_TYPE_IS_ML_KEM(key_type) ? \
         H5SM_BY_SET(key_bits, 512u, 768, 768u, 1088, 1024u, 1568) : H5SM_NONE)
/* ECIES over P-521 */
#define PSA_ENCAPSULATE_CIPHERTEXT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS) * 2u + 1u)

/* ---- Key wrapping, since 1.4: AES-KW and -KWP add 8 bytes, KWP to a whole number of 8-byte blocks ---- */

#define PSA_WRAP_KEY_OUTPUT_SIZE(wrap_key_type, alg, key_type, key_bits) \
    (H5SM_BLOCK(wrap_key_type) == 16u && PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits) != 0u && \
     (H5SM_ALG_EQ(alg, PSA_ALG_KW) || H5SM_ALG_EQ(alg, PSA_ALG_KWP)) ? \
         H5SM_ROUND_UP(8u, PSA_EXPORT_KEY_OUTPUT_SIZE(key_type, key_bits)) + 8u : H5SM_NONE)
#define PSA_WRAP_KEY_PAIR_MAX_SIZE (H5SM_ROUND_UP(8u, PSA_EXPORT_KEY_PAIR_MAX_SIZE) + 8u)

/* ---- 10.11 PAKE: an element is encoded as a public key of the group, a scalar as a private key ---- */

#define H5SM_PAKE_IS_ECC(primitive) (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_ECC)
#define H5SM_PAKE_IS_DH(primitive)  (PSA_PAKE_PRIMITIVE_GET_TYPE(primitive) == PSA_PAKE_PRIMITIVE_TYPE_DH)
#define H5SM_PAKE_FIELD(primitive)  H5SM_BYTES(PSA_PAKE_PRIMITIVE_GET_BITS(primitive))
#define H5SM_PAKE_ELEMENT(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? \
         H5SM_POINT(PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), PSA_PAKE_PRIMITIVE_GET_BITS(primitive)) : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)
#define H5SM_PAKE_SCALAR(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? \
         H5SM_SCALAR(PSA_PAKE_PRIMITIVE_GET_FAMILY(primitive), PSA_PAKE_PRIMITIVE_GET_BITS(primitive)) : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)
/* An element without the prefix of a public key: WPA3-SAE writes it so */
#define H5SM_PAKE_BARE(primitive) \
    (H5SM_PAKE_IS_ECC(primitive) ? H5SM_PAKE_FIELD(primitive) * 2u : \
     H5SM_PAKE_IS_DH(primitive) ? H5SM_PAKE_FIELD(primitive) : H5SM_NONE)

#define H5SM_JPAKE_STEP(primitive, step) \
    ((step) == PSA_PAKE_STEP_KEY_SHARE || (step) == PSA_PAKE_STEP_ZK_PUBLIC ? H5SM_PAKE_ELEMENT(primitive) : \
     (step) == PSA_PAKE_STEP_ZK_PROOF ? H5SM_PAKE_SCALAR(primitive) : H5SM_NONE)
#define H5SM_SPAKE2P_STEP(alg, primitive, step) \
    ((step) == PSA_PAKE_STEP_KEY_SHARE ? H5SM_PAKE_ELEMENT(primitive) : \
     (step) != PSA_PAKE_STEP_CONFIRM   ? H5SM_NONE : \
     PSA_ALG_IS_SPAKE2P_CMAC(alg)      ? H5SM_SIZE(16) : PSA_HASH_LENGTH(alg))
#define H5SM_WPA3_SAE_STEP(alg, primitive, step) \
    ((step) == PSA_PAKE_STEP_COMMIT  ? H5SM_PAKE_SCALAR(primitive) + H5SM_PAKE_BARE(primitive) : \
     (step) == PSA_PAKE_STEP_CONFIRM ? PSA_HASH_LENGTH(alg) + 2u : H5SM_NONE)
#define H5SM_PAKE_STEP(alg, primitive, step) \
    (PSA_ALG_IS_JPAKE(alg)    ? H5SM_JPAKE_STEP(primitive, step) : \
     PSA_ALG_IS_SPAKE2P(alg)  ? H5SM_SPAKE2P_STEP(alg, primitive, step) : \
     PSA_ALG_IS_WPA3_SAE(alg) ? H5SM_WPA3_SAE_STEP(alg, primitive, step) : H5SM_NONE)

/* WPA3-SAE gives out its PMKID as well */
#define PSA_PAKE_OUTPUT_SIZE(alg, primitive, output_step) \
    (PSA_ALG_IS_WPA3_SAE(alg) && (output_step) == PSA_PAKE_STEP_KEY_ID ? H5SM_SIZE(16) : \
     H5SM_PAKE_STEP(alg, primitive, output_step))
/* A point of P-521 */
#define PSA_PAKE_OUTPUT_MAX_SIZE (H5SM_BYTES(PSA_VENDOR_ECC_MAX_CURVE_BITS) * 2u + 1u)

/* WPA3-SAE takes a counter of 2 bytes, and a salt as long as the hash */
#define PSA_PAKE_INPUT_SIZE(alg, primitive, input_step) \
    (PSA_ALG_IS_WPA3_SAE(alg) && (input_step) == PSA_PAKE_STEP_CONFIRM_COUNT ? H5SM_SIZE(2) : \
     PSA_ALG_IS_WPA3_SAE(alg) && (input_step) == PSA_PAKE_STEP_SALT ? PSA_HASH_LENGTH(alg) : \
     H5SM_PAKE_STEP(alg, primitive, input_step))
#define PSA_PAKE_INPUT_MAX_SIZE PSA_PAKE_OUTPUT_MAX_SIZE

#endif /* PSA_CRYPTO_SIZES_H */
