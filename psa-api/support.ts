/** Which engine primitive stands for which PSA identifier; what is absent here is not supported. */
import type { CipherMode, CurveName, HashName } from '../engine/engine.ts';
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CBC_PKCS7,
  PSA_ALG_CFB,
  PSA_ALG_CTR,
  PSA_ALG_ECB_NO_PADDING,
  PSA_ALG_MD5,
  PSA_ALG_OFB,
  PSA_ALG_RIPEMD160,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_224,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ALG_SHA_512_224,
  PSA_ALG_SHA_512_256,
  PSA_ALG_SHA3_224,
  PSA_ALG_SHA3_256,
  PSA_ALG_SHA3_384,
  PSA_ALG_SHA3_512,
  PSA_ALG_SHAKE256_512,
  PSA_ECC_FAMILY_SECP_R1,
} from './constants.ts';

export const HASHES: ReadonlyMap<number, HashName> = new Map([
  [PSA_ALG_MD5, 'md5'],
  [PSA_ALG_RIPEMD160, 'ripemd160'],
  [PSA_ALG_SHA_1, 'sha1'],
  [PSA_ALG_SHA_224, 'sha224'],
  [PSA_ALG_SHA_256, 'sha256'],
  [PSA_ALG_SHA_384, 'sha384'],
  [PSA_ALG_SHA_512, 'sha512'],
  [PSA_ALG_SHA_512_224, 'sha512-224'],
  [PSA_ALG_SHA_512_256, 'sha512-256'],
  [PSA_ALG_SHA3_224, 'sha3-224'],
  [PSA_ALG_SHA3_256, 'sha3-256'],
  [PSA_ALG_SHA3_384, 'sha3-384'],
  [PSA_ALG_SHA3_512, 'sha3-512'],
  [PSA_ALG_SHAKE256_512, 'shake256-512'],
] as const);

/** Hashes that HMAC is defined for (10.3.2, table of HMAC hashes): those with a block structure of their own. */
export const HMAC_HASHES: ReadonlyMap<number, HashName> = new Map(
  [...HASHES].filter(([alg]) => alg !== PSA_ALG_SHAKE256_512),
);

/** Modes with the length of their IV, the length psa_cipher_generate_iv gives. */
export const CIPHERS: ReadonlyMap<number, { readonly mode: CipherMode; readonly iv: number }> = new Map([
  [PSA_ALG_ECB_NO_PADDING, { mode: 'ecb', iv: 0 }],
  [PSA_ALG_CBC_NO_PADDING, { mode: 'cbc', iv: 16 }],
  [PSA_ALG_CBC_PKCS7, { mode: 'cbc-pkcs7', iv: 16 }],
  [PSA_ALG_CTR, { mode: 'ctr', iv: 16 }],
  [PSA_ALG_CFB, { mode: 'cfb', iv: 16 }],
  [PSA_ALG_OFB, { mode: 'ofb', iv: 16 }],
] as const);

const CURVES: ReadonlyMap<number, ReadonlyMap<number, CurveName>> = new Map([
  [
    PSA_ECC_FAMILY_SECP_R1,
    new Map([
      [256, 'secp256r1'],
      [384, 'secp384r1'],
      [521, 'secp521r1'],
    ] as const),
  ],
]);

export const curveName = (family: number, bits: number): CurveName | undefined =>
  CURVES.get(family)?.get(bits);

/** Sizes of a family's curves, in bits. */
export const curveSizes = (family: number): readonly number[] => [...(CURVES.get(family)?.keys() ?? [])];

export const RSA_MIN_BITS = 1024;
export const RSA_MAX_BITS = 4096;

/** The largest symmetric key or raw data that a key object holds, in bytes: sizes are 16-bit numbers of bits. */
export const MAX_KEY_BYTES = 8191;
