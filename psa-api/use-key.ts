/** Getting hold of a key for an operation: it exists, its policy permits the use, its type fits. PSA Crypto 1.3, 9.5. */
import type { AesKey, DesKey, HashName, HmacKey } from '../engine/engine.ts';
import { PSA_ALG_IS_WILDCARD } from './constants.ts';
import type { Caller } from './handler.ts';
import type { Key } from './key.ts';
import { permits } from './policy.ts';
import type { Services } from './services.ts';
import {
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from './status.ts';

/**
 * The key, if `usage` (one flag is enough of several) and `alg` are permitted, and the device has the algorithm.
 * A wildcard is a policy and no algorithm to compute with: PSA_ERROR_INVALID_ARGUMENT.
 */
export const useKey = (
  { keys, supports }: Services,
  caller: Caller,
  id: number,
  alg: number,
  usage: number,
  verify = false,
): Key | PsaError => {
  const key = keys.find(caller.owner, id);
  if (typeof key === 'number') return key;
  if ((key.attributes.usage & usage) === 0) return PSA_ERROR_NOT_PERMITTED;
  if (PSA_ALG_IS_WILDCARD(alg)) return PSA_ERROR_INVALID_ARGUMENT;
  if (!permits(key.attributes.alg, alg, verify)) return PSA_ERROR_NOT_PERMITTED;
  return supports.algorithm(alg) ? key : PSA_ERROR_NOT_SUPPORTED;
};

export const aesKey = ({ engine }: Services, key: Key): AesKey => {
  key.cache.aes ??= engine.aesKey(key.data);
  return key.cache.aes;
};

export const desKey = ({ engine }: Services, key: Key): DesKey => {
  key.cache.des ??= engine.desKey(key.data);
  return key.cache.des;
};

export const hmacKey = ({ engine }: Services, key: Key, hash: HashName): HmacKey => {
  let found = key.cache.hmac.get(hash);
  if (found === undefined) {
    found = engine.hmacKey(hash, key.data);
    key.cache.hmac.set(hash, found);
  }
  return found;
};

/** The two keys of an XTS key: for the data, then for the tweak (10.4.1, PSA_ALG_XTS). */
export const xtsKeys = ({ engine }: Services, { cache, data }: Key): readonly [AesKey, AesKey] => {
  const half = data.length / 2;
  cache.xts ??= [engine.aesKey(data.subarray(0, half)), engine.aesKey(data.subarray(half))];
  return cache.xts;
};
