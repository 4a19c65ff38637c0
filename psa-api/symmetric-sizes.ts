/** Sizes of hash, MAC, cipher and AEAD, in bytes. PSA Crypto 1.3, 10.2.4, 10.3.4, 10.4.4 and 10.5.4. */

import {
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_BLAKE2_MAC,
  PSA_ALG_IS_BLOCK_CIPHER_MAC,
  PSA_ALG_IS_CIPHER,
  PSA_ALG_IS_HMAC,
  PSA_ALG_IS_MAC,
  PSA_ALG_IS_STREAM_CIPHER,
} from './algorithm-algebra.ts';
import * as alg from './algorithms.ts';
import {
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_ASCON,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_XCHACHA20,
} from './key-types.ts';

const roundUp = (multiple: number, length: number): number => Math.ceil(length / multiple) * multiple;

/** LEN[21:16] of a MAC or AEAD. */
const lengthField = (algorithm: number): number => (algorithm >>> 16) & 0x3f;

// Hash, 10.2.4.

interface HashShape {
  readonly length: number;
  readonly block: number;
  /** Fields of the suspend state, 10.2.5; absent where suspending is not defined. */
  readonly suspend?: { readonly inputLength: number; readonly state: number };
}

const HASHES: ReadonlyMap<number, HashShape> = new Map([
  [alg.PSA_ALG_MD2, { length: 16, block: 16, suspend: { inputLength: 1, state: 64 } }],
  [alg.PSA_ALG_MD4, { length: 16, block: 64, suspend: { inputLength: 8, state: 16 } }],
  [alg.PSA_ALG_MD5, { length: 16, block: 64, suspend: { inputLength: 8, state: 16 } }],
  [alg.PSA_ALG_RIPEMD160, { length: 20, block: 64, suspend: { inputLength: 8, state: 20 } }],
  [alg.PSA_ALG_SHA_1, { length: 20, block: 64, suspend: { inputLength: 8, state: 20 } }],
  [alg.PSA_ALG_AES_MMO_ZIGBEE, { length: 16, block: 16 }],
  [alg.PSA_ALG_SHA_224, { length: 28, block: 64, suspend: { inputLength: 8, state: 32 } }],
  [alg.PSA_ALG_SHA_256, { length: 32, block: 64, suspend: { inputLength: 8, state: 32 } }],
  [alg.PSA_ALG_SHA_384, { length: 48, block: 128, suspend: { inputLength: 16, state: 64 } }],
  [alg.PSA_ALG_SHA_512, { length: 64, block: 128, suspend: { inputLength: 16, state: 64 } }],
  [alg.PSA_ALG_SHA_512_224, { length: 28, block: 128, suspend: { inputLength: 16, state: 64 } }],
  [alg.PSA_ALG_SHA_512_256, { length: 32, block: 128, suspend: { inputLength: 16, state: 64 } }],
  [alg.PSA_ALG_SHA_256_192, { length: 24, block: 64 }],
  [alg.PSA_ALG_SHA3_224, { length: 28, block: 144 }],
  [alg.PSA_ALG_SHA3_256, { length: 32, block: 136 }],
  [alg.PSA_ALG_SHA3_384, { length: 48, block: 104 }],
  [alg.PSA_ALG_SHA3_512, { length: 64, block: 72 }],
  [alg.PSA_ALG_SM3, { length: 32, block: 64 }],
  [alg.PSA_ALG_SHAKE256_512, { length: 64, block: 136 }],
  [alg.PSA_ALG_SHAKE128_256, { length: 32, block: 168 }],
  [alg.PSA_ALG_SHAKE256_192, { length: 24, block: 136 }],
  [alg.PSA_ALG_SHAKE256_256, { length: 32, block: 136 }],
  [alg.PSA_ALG_ASCON_HASH256, { length: 32, block: 8 }],
  [alg.PSA_ALG_BLAKE2S_HASH256, { length: 32, block: 64 }],
  [alg.PSA_ALG_BLAKE2SP_HASH256, { length: 32, block: 64 }],
  [alg.PSA_ALG_BLAKE2B_HASH512, { length: 64, block: 128 }],
  [alg.PSA_ALG_BLAKE2BP_HASH512, { length: 64, block: 128 }],
]);

const hashOf = (algorithm: number): HashShape | undefined => HASHES.get(PSA_ALG_GET_HASH(algorithm));

/** Of a hash, or of the hash inside any composite algorithm, as Mbed TLS and TF-M answer. */
export const PSA_HASH_LENGTH = (algorithm: number): number => hashOf(algorithm)?.length ?? 0;
export const PSA_HASH_BLOCK_LENGTH = (algorithm: number): number => hashOf(algorithm)?.block ?? 0;
export const PSA_HASH_MAX_SIZE = 64;

export const PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH = 4;
export const PSA_HASH_SUSPEND_INPUT_LENGTH_FIELD_LENGTH = (algorithm: number): number =>
  HASHES.get(algorithm)?.suspend?.inputLength ?? 0;
export const PSA_HASH_SUSPEND_HASH_STATE_FIELD_LENGTH = (algorithm: number): number =>
  HASHES.get(algorithm)?.suspend?.state ?? 0;
export const PSA_HASH_SUSPEND_OUTPUT_SIZE = (algorithm: number): number => {
  const shape = HASHES.get(algorithm);
  if (shape?.suspend === undefined) return 0;
  const { inputLength, state } = shape.suspend;
  return PSA_HASH_SUSPEND_ALGORITHM_FIELD_LENGTH + inputLength + state + shape.block - 1;
};
/** SHA-512: 4 + 16 + 64 + 127. */
export const PSA_HASH_SUSPEND_OUTPUT_MAX_SIZE = 211;

// MAC, 10.3.4.

/** Outside the specification: the length that the identifier asks for, 0 for the full length. */
export const PSA_MAC_TRUNCATED_LENGTH = lengthField;

/** 0 for a key of no block cipher. */
const blockLength = (keyType: number): number => {
  const length = PSA_BLOCK_CIPHER_BLOCK_LENGTH(keyType);
  return length > 1 ? length : 0;
};

const fullMacLength = (keyType: number, algorithm: number): number => {
  if (PSA_ALG_IS_HMAC(algorithm) || PSA_ALG_IS_BLAKE2_MAC(algorithm)) return PSA_HASH_LENGTH(algorithm);
  return PSA_ALG_IS_BLOCK_CIPHER_MAC(algorithm) ? blockLength(keyType) : 0;
};

export const PSA_MAC_LENGTH = (keyType: number, _keyBits: number, algorithm: number): number =>
  PSA_ALG_IS_MAC(algorithm) ? lengthField(algorithm) || fullMacLength(keyType, algorithm) : 0;
export const PSA_MAC_MAX_SIZE = PSA_HASH_MAX_SIZE;

// Cipher, 10.4.4. Sizes are in units of `unit`: the block, 1 for a stream key, 0 when key and algorithm do not match.

const STREAM_IV: ReadonlyMap<number, number> = new Map([
  [PSA_KEY_TYPE_CHACHA20, 12],
  [PSA_KEY_TYPE_XCHACHA20, 24],
]);

const cipherUnit = (keyType: number, algorithm: number): number => {
  if (!PSA_ALG_IS_CIPHER(algorithm)) return 0;
  if (algorithm !== alg.PSA_ALG_STREAM_CIPHER) return blockLength(keyType);
  return PSA_BLOCK_CIPHER_BLOCK_LENGTH(keyType) === 1 && keyType !== PSA_KEY_TYPE_ASCON ? 1 : 0;
};

export const PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE = 16;

export const PSA_CIPHER_IV_LENGTH = (keyType: number, algorithm: number): number => {
  const unit = cipherUnit(keyType, algorithm);
  switch (algorithm) {
    case alg.PSA_ALG_CTR:
    case alg.PSA_ALG_CFB:
    case alg.PSA_ALG_OFB:
    case alg.PSA_ALG_XTS:
    case alg.PSA_ALG_CBC_NO_PADDING:
    case alg.PSA_ALG_CBC_PKCS7:
      return unit;
    case alg.PSA_ALG_CCM_STAR_NO_TAG:
      return unit === 16 ? 13 : 0;
    case alg.PSA_ALG_STREAM_CIPHER:
      return STREAM_IV.get(keyType) ?? 0;
    default:
      return 0;
  }
};
/** XChaCha20. */
export const PSA_CIPHER_IV_MAX_SIZE = 24;

/** IV and ciphertext; PKCS#7 always pads. */
export const PSA_CIPHER_ENCRYPT_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  inputLength: number,
): number => {
  const unit = cipherUnit(keyType, algorithm);
  if (unit === 0) return 0;
  const body = algorithm === alg.PSA_ALG_CBC_PKCS7 ? roundUp(unit, inputLength + 1) : inputLength;
  return PSA_CIPHER_IV_LENGTH(keyType, algorithm) + body;
};
export const PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE = (inputLength: number): number =>
  PSA_CIPHER_IV_MAX_SIZE + roundUp(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, inputLength + 1);

export const PSA_CIPHER_DECRYPT_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  inputLength: number,
): number => (cipherUnit(keyType, algorithm) === 0 ? 0 : inputLength);
export const PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE = (inputLength: number): number => inputLength;

/** The modes that work on whole blocks may give back, with this input, the rest of an earlier one. */
export const PSA_CIPHER_UPDATE_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  inputLength: number,
): number => {
  const unit = cipherUnit(keyType, algorithm);
  if (unit === 0) return 0;
  return PSA_ALG_IS_STREAM_CIPHER(algorithm) ? inputLength : roundUp(unit, inputLength);
};
export const PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE = (inputLength: number): number =>
  roundUp(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, inputLength);

/** PKCS#7 keeps a block back, XTS with its stolen ciphertext nearly two. */
export const PSA_CIPHER_FINISH_OUTPUT_SIZE = (keyType: number, algorithm: number): number => {
  const unit = cipherUnit(keyType, algorithm);
  if (algorithm === alg.PSA_ALG_XTS) return 2 * unit;
  return algorithm === alg.PSA_ALG_CBC_PKCS7 ? unit : 0;
};
export const PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE = 32;

// AEAD, 10.5.4.

interface AeadShape {
  readonly nonce: number;
  /** Output comes in units of this many bytes. */
  readonly unit: number;
}

const ON_KEY: ReadonlyMap<number, readonly [keyType: number, shape: AeadShape]> = new Map([
  [alg.PSA_ALG_CHACHA20_POLY1305, [PSA_KEY_TYPE_CHACHA20, { nonce: 12, unit: 1 }]],
  [alg.PSA_ALG_XCHACHA20_POLY1305, [PSA_KEY_TYPE_XCHACHA20, { nonce: 24, unit: 1 }]],
  [alg.PSA_ALG_ASCON_AEAD128, [PSA_KEY_TYPE_ASCON, { nonce: 16, unit: 16 }]],
]);
const ON_BLOCK: ReadonlyMap<number, AeadShape> = new Map([
  [alg.PSA_ALG_CCM, { nonce: 13, unit: 16 }],
  [alg.PSA_ALG_GCM, { nonce: 12, unit: 16 }],
]);

const aeadOf = (keyType: number, algorithm: number): AeadShape | undefined => {
  const base = alg.PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(algorithm);
  const keyed = ON_KEY.get(base);
  if (keyed !== undefined) return keyed[0] === keyType ? keyed[1] : undefined;
  return blockLength(keyType) === 16 ? ON_BLOCK.get(base) : undefined;
};

export const PSA_AEAD_NONCE_LENGTH = (keyType: number, algorithm: number): number =>
  aeadOf(keyType, algorithm)?.nonce ?? 0;
/** XChaCha20-Poly1305. */
export const PSA_AEAD_NONCE_MAX_SIZE = 24;

export const PSA_AEAD_TAG_LENGTH = (keyType: number, _keyBits: number, algorithm: number): number =>
  aeadOf(keyType, algorithm) === undefined ? 0 : lengthField(algorithm);
export const PSA_AEAD_TAG_MAX_SIZE = 16;

export const PSA_AEAD_ENCRYPT_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  plaintextLength: number,
): number => (aeadOf(keyType, algorithm) === undefined ? 0 : plaintextLength + lengthField(algorithm));
export const PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE = (plaintextLength: number): number =>
  plaintextLength + PSA_AEAD_TAG_MAX_SIZE;

export const PSA_AEAD_DECRYPT_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  ciphertextLength: number,
): number =>
  aeadOf(keyType, algorithm) === undefined ? 0 : Math.max(0, ciphertextLength - lengthField(algorithm));
export const PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE = (ciphertextLength: number): number => ciphertextLength;

export const PSA_AEAD_UPDATE_OUTPUT_SIZE = (
  keyType: number,
  algorithm: number,
  inputLength: number,
): number => {
  const shape = aeadOf(keyType, algorithm);
  return shape === undefined ? 0 : roundUp(shape.unit, inputLength);
};
export const PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE = (inputLength: number): number =>
  roundUp(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, inputLength);

const heldBack = (keyType: number, algorithm: number): number => {
  const unit = aeadOf(keyType, algorithm)?.unit ?? 0;
  return unit > 1 ? unit : 0;
};
export const PSA_AEAD_FINISH_OUTPUT_SIZE = heldBack;
export const PSA_AEAD_FINISH_OUTPUT_MAX_SIZE = 16;
export const PSA_AEAD_VERIFY_OUTPUT_SIZE = heldBack;
export const PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE = 16;
