import {
  PSA_ALG_MD5,
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
} from '../../psa-api/constants.ts';

/** Hashes in OpenSSL's names. */

type Options = readonly [algorithm: string, options?: { readonly outputLength: number }];

export const HASHES: readonly (readonly [name: string, alg: number, options: Options])[] = [
  ['md5', PSA_ALG_MD5, ['md5']],
  ['ripemd160', PSA_ALG_RIPEMD160, ['ripemd160']],
  ['sha1', PSA_ALG_SHA_1, ['sha1']],
  ['sha224', PSA_ALG_SHA_224, ['sha224']],
  ['sha256', PSA_ALG_SHA_256, ['sha256']],
  ['sha384', PSA_ALG_SHA_384, ['sha384']],
  ['sha512', PSA_ALG_SHA_512, ['sha512']],
  ['sha512-224', PSA_ALG_SHA_512_224, ['sha512-224']],
  ['sha512-256', PSA_ALG_SHA_512_256, ['sha512-256']],
  ['sha3-224', PSA_ALG_SHA3_224, ['sha3-224']],
  ['sha3-256', PSA_ALG_SHA3_256, ['sha3-256']],
  ['sha3-384', PSA_ALG_SHA3_384, ['sha3-384']],
  ['sha3-512', PSA_ALG_SHA3_512, ['sha3-512']],
  ['shake256, 512 bits', PSA_ALG_SHAKE256_512, ['shake256', { outputLength: 64 }]],
];

/** Those with a plain name, for HMAC, signatures and key derivation. */
export const PLAIN_HASHES: readonly (readonly [name: string, alg: number])[] = HASHES.filter(
  ([, , [, options]]) => options === undefined,
).map(([name, alg]) => [name, alg]);
