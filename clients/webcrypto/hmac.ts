/** Web Cryptography API, clause 29 HMAC. */
import {
  PSA_ALG_HMAC,
  PSA_ALG_HMAC_GET_HASH,
  PSA_ALG_IS_HMAC,
  PSA_KEY_TYPE_HMAC,
} from '../../psa-api/constants.ts';
import type { Algorithm } from './algorithm.ts';
import { idOf } from './crypto-key.ts';
import { failure } from './errors.ts';
import { HASHES, hashOf } from './hashes.ts';
import { has, integerOf, type Params } from './params.ts';
import { type SecretScheme, secretKeys } from './symmetric.ts';

/** A block of the hash where `length` is not given (29.7.5). PSA's keys are whole bytes. */
const wishedBits = (params: Params): number => {
  if (!has(params, 'length')) return hashOf(params).block * 8;
  const bits = integerOf(params, 'length');
  if (bits === 0) throw failure('OperationError', 'HMAC: a key of no length');
  if (bits % 8 !== 0) throw failure('NotSupportedError', `HMAC: ${bits} bits; a device keeps whole bytes`);
  return bits;
};

/** 29.7.4: `length` may leave bits of the last byte out, which a device cannot. */
const importedBits = (params: Params, { length }: Uint8Array): number => {
  const all = length * 8;
  if (all === 0) throw failure('DataError', 'HMAC: an empty key');
  if (!has(params, 'length')) return all;
  const bits = integerOf(params, 'length');
  if (bits > all || bits <= all - 8)
    throw failure('DataError', `HMAC: a length of ${bits} bits for a key of ${length} bytes`);
  if (bits !== all) throw failure('NotSupportedError', `HMAC: ${bits} bits; a device keeps whole bytes`);
  return all;
};

const scheme: SecretScheme = {
  name: 'HMAC',
  usages: ['sign', 'verify'],
  type: PSA_KEY_TYPE_HMAC,
  generatedBits: wishedBits,
  keyLength: wishedBits,
  importedBits,
  describe: (params, bits) => ({ length: bits, hash: { name: hashOf(params).name } }),
  policy: (params) => PSA_ALG_HMAC(hashOf(params).alg),
  use: 'sig',
  jwkAlg: (params) => `HS${hashOf(params).name.slice('SHA-'.length)}`,
  complete: (params, { alg }) => {
    if (has(params, 'hash') || !PSA_ALG_IS_HMAC(alg)) return params;
    const hash = HASHES.find((known) => known.alg === PSA_ALG_HMAC_GET_HASH(alg));
    return hash === undefined ? params : { ...params, hash: hash.name };
  },
};

const algOf = (algorithm: Params): number => PSA_ALG_HMAC(hashOf(algorithm).alg);

export const HMAC: Algorithm = {
  name: 'HMAC',
  ...secretKeys(scheme),
  sign: (device, _, key, data) => device.mac(idOf(key), algOf(key.algorithm), data),
  verify: (device, _, key, signature, data) =>
    device.macVerify(idOf(key), algOf(key.algorithm), data, signature),
};
