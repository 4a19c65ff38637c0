/** Asymmetric signature. PSA Crypto 1.3, 10.7. */
import type { HashName } from '../../engine/engine.ts';
import {
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_DETERMINISTIC_ECDSA,
  PSA_ALG_IS_ECDSA,
  PSA_ALG_IS_HASH_AND_SIGN,
  PSA_ALG_IS_RSA_PKCS1V15_SIGN,
  PSA_ALG_IS_RSA_PSS,
  PSA_ALG_IS_RSA_PSS_ANY_SALT,
  PSA_ALG_IS_SIGN_HASH,
  PSA_ALG_IS_SIGN_MESSAGE,
  PSA_ALG_NONE,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_KEY_PAIR,
  PSA_KEY_TYPE_IS_RSA,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { curveOf, publicPart, rsaPrivate, rsaPublic } from '../key-material.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { HASHES, HMAC_HASHES } from '../support.ts';
import { useKey } from '../use-key.ts';

export type SignatureHandlers = Pick<
  Handlers,
  'psa_sign_message' | 'psa_verify_message' | 'psa_sign_hash' | 'psa_verify_hash'
>;

/** RFC 8017 9.1.1 leaves two bytes beside hash and salt; 10.7.3: the salt is as long as the hash, or as fits. */
const pssSaltLength = (modulusBits: number, hashLength: number): number =>
  Math.min(hashLength, Math.ceil((modulusBits - 1) / 8) - hashLength - 2);

export const signatureHandlers = (services: Services): SignatureHandlers => {
  const { engine, random } = services;

  /** The hash of a hash-and-sign algorithm; undefined where the algorithm takes the hash as it is. */
  const hashOf = (alg: number): HashName | undefined | PsaError => {
    const hash = PSA_ALG_IS_HASH_AND_SIGN(alg) ? PSA_ALG_GET_HASH(alg) : PSA_ALG_NONE;
    return hash === PSA_ALG_NONE ? undefined : (HASHES.get(hash) ?? PSA_ERROR_NOT_SUPPORTED);
  };

  const digest = (alg: number, input: Uint8Array): Uint8Array | PsaError => {
    const name = hashOf(alg);
    if (typeof name === 'number') return name;
    // IS_SIGN_MESSAGE keeps algorithms without a hash away, except those that sign messages whole.
    if (name === undefined) return PSA_ERROR_NOT_SUPPORTED;
    const hash = engine.hash(name);
    hash.update(input);
    return hash.digest();
  };

  const signEcdsa = (
    key: Key,
    alg: number,
    hash: Uint8Array,
    name: HashName | undefined,
  ): Uint8Array | PsaError => {
    const curve = curveOf(engine, key.attributes.type, key.attributes.bits);
    if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
    if (!PSA_ALG_IS_DETERMINISTIC_ECDSA(alg)) return curve.sign(key.data, hash, { random });
    if (name === undefined) return PSA_ERROR_INVALID_ARGUMENT;
    // RFC 6979 stands on HMAC, which is not defined for every hash (10.3.2, table of HMAC hashes).
    if (!HMAC_HASHES.has(PSA_ALG_GET_HASH(alg))) return PSA_ERROR_NOT_SUPPORTED;
    return curve.sign(key.data, hash, { rfc6979: name });
  };

  const signRsa = (
    key: Key,
    alg: number,
    hash: Uint8Array,
    name: HashName | undefined,
  ): Uint8Array | PsaError => {
    const rsa = rsaPrivate(engine, key);
    if (!PSA_ALG_IS_RSA_PSS(alg)) return engine.rsa.signPkcs1(rsa, name, hash) ?? PSA_ERROR_INVALID_ARGUMENT;
    if (name === undefined) return PSA_ERROR_INVALID_ARGUMENT;
    const salt = pssSaltLength(rsa.bits, hash.length);
    const signature = salt < 0 ? undefined : engine.rsa.signPss(rsa, name, hash, salt, random);
    return signature ?? PSA_ERROR_INVALID_ARGUMENT;
  };

  const verifyRsa = (
    key: Key,
    alg: number,
    hash: Uint8Array,
    name: HashName | undefined,
    signature: Uint8Array,
  ): boolean => {
    const rsa = rsaPublic(engine, key);
    if (!PSA_ALG_IS_RSA_PSS(alg)) return engine.rsa.verifyPkcs1(rsa, name, hash, signature);
    const salt = PSA_ALG_IS_RSA_PSS_ANY_SALT(alg) ? 'any' : pssSaltLength(rsa.bits, hash.length);
    if (name === undefined || (salt !== 'any' && salt < 0)) return false;
    return engine.rsa.verifyPss(rsa, name, hash, salt, signature);
  };

  /** The family of an algorithm, if the key is of its type. */
  const familyOf = (key: Key, alg: number): 'ecdsa' | 'rsa' | PsaError => {
    const { type } = key.attributes;
    if (PSA_ALG_IS_ECDSA(alg)) return PSA_KEY_TYPE_IS_ECC(type) ? 'ecdsa' : PSA_ERROR_INVALID_ARGUMENT;
    if (PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg) || PSA_ALG_IS_RSA_PSS(alg))
      return PSA_KEY_TYPE_IS_RSA(type) ? 'rsa' : PSA_ERROR_INVALID_ARGUMENT;
    return PSA_ERROR_NOT_SUPPORTED;
  };

  /** A hash of the length that the algorithm's hash has; any length where it names none. */
  const checkedHash = (alg: number, hash: Uint8Array): HashName | undefined | PsaError => {
    const name = hashOf(alg);
    if (typeof name !== 'string') return name;
    return hash.length === engine.hashLengths(name).output ? name : PSA_ERROR_INVALID_ARGUMENT;
  };

  const sign = (key: Key, alg: number, hash: Uint8Array, room: number): [Uint8Array] | PsaError => {
    const name = checkedHash(alg, hash);
    if (typeof name === 'number') return name;
    if (!PSA_KEY_TYPE_IS_KEY_PAIR(key.attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
    const family = familyOf(key, alg);
    if (typeof family === 'number') return family;
    // Both families give signatures of one length, known before any arithmetic.
    const coordinate = Math.ceil(key.attributes.bits / 8);
    if ((family === 'rsa' ? coordinate : 2 * coordinate) > room) return PSA_ERROR_BUFFER_TOO_SMALL;
    const signature = family === 'rsa' ? signRsa(key, alg, hash, name) : signEcdsa(key, alg, hash, name);
    return typeof signature === 'number' ? signature : [signature];
  };

  const verify = (key: Key, alg: number, hash: Uint8Array, signature: Uint8Array): [] | PsaError => {
    const name = checkedHash(alg, hash);
    if (typeof name === 'number') return name;
    const family = familyOf(key, alg);
    if (typeof family === 'number') return family;
    if (family === 'rsa')
      return verifyRsa(key, alg, hash, name, signature) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
    const curve = curveOf(engine, key.attributes.type, key.attributes.bits);
    const point = publicPart(engine, key);
    if (curve === undefined || point === undefined) return PSA_ERROR_NOT_SUPPORTED;
    return curve.verify(point, hash, signature) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
  };

  const keyFor = (
    caller: Caller,
    id: number,
    alg: number,
    usage: number,
    message: boolean,
  ): Key | PsaError => {
    if (!(message ? PSA_ALG_IS_SIGN_MESSAGE(alg) : PSA_ALG_IS_SIGN_HASH(alg)))
      return PSA_ERROR_INVALID_ARGUMENT;
    const verifying = usage === PSA_KEY_USAGE_VERIFY_HASH || usage === PSA_KEY_USAGE_VERIFY_MESSAGE;
    return useKey(services, caller, id, alg, usage, verifying);
  };

  return {
    psa_sign_message(caller, id, alg, input, signatureSize) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_SIGN_MESSAGE, true);
      if (typeof key === 'number') return key;
      const hash = digest(alg, input);
      return typeof hash === 'number' ? hash : sign(key, alg, hash, signatureSize);
    },

    psa_verify_message(caller, id, alg, input, signature) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_VERIFY_MESSAGE, true);
      if (typeof key === 'number') return key;
      const hash = digest(alg, input);
      return typeof hash === 'number' ? hash : verify(key, alg, hash, signature);
    },

    psa_sign_hash(caller, id, alg, hash, signatureSize) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_SIGN_HASH, false);
      return typeof key === 'number' ? key : sign(key, alg, hash, signatureSize);
    },

    psa_verify_hash(caller, id, alg, hash, signature) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_VERIFY_HASH, false);
      return typeof key === 'number' ? key : verify(key, alg, hash, signature);
    },
  };
};
