/** Which engine primitive stands for which PSA identifier; what is absent here is not supported. */
import type { HashName } from '../engine/engine.ts';
import {
  PSA_ALG_AES_MMO_ZIGBEE,
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
  [PSA_ALG_AES_MMO_ZIGBEE, 'aes-mmo-zigbee'],
] as const);

/** Hashes that HMAC is defined for (10.3.2, table of HMAC hashes): those with a block structure of their own. */
export const HMAC_HASHES: ReadonlyMap<number, HashName> = new Map(
  [...HASHES].filter(([alg]) => alg !== PSA_ALG_SHAKE256_512 && alg !== PSA_ALG_AES_MMO_ZIGBEE),
);

/** 10.2.1: AES-MMO-Zigbee takes 2^29 - 1 bytes. Nobody has as many as the others take. */
export const hashTakes = (name: HashName, length: number): boolean =>
  name !== 'aes-mmo-zigbee' || length < 2 ** 29;
