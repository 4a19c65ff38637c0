/** Asymmetric encryption. PSA Crypto 1.3, 10.8. */
import {
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_ASYMMETRIC_ENCRYPTION,
  PSA_ALG_IS_RSA_OAEP,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_KEY_TYPE_IS_ASYMMETRIC,
  PSA_KEY_TYPE_IS_RSA,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Caller } from '../handler.ts';
import type { Key } from '../key.ts';
import { rsaPrivate, rsaPublic } from '../key-material.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_PADDING,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { HASHES } from '../support.ts';
import { useKey } from '../use-key.ts';

export type AsymmetricEncryptionHandlers = Pick<
  Handlers,
  'psa_asymmetric_encrypt' | 'psa_asymmetric_decrypt'
>;

/** The key, if it encrypts or decrypts with the algorithm. */
export const encryptionKey = (
  services: Services,
  caller: Caller,
  id: number,
  alg: number,
  usage: number,
): Key | PsaError => {
  const key = useKey(services, caller, id, alg, usage);
  if (!PSA_ALG_IS_ASYMMETRIC_ENCRYPTION(alg)) {
    // 10.8.2 lists two statuses for this: a key for which there is no encryption at all here is not supported.
    const cannot = typeof key !== 'number' && PSA_KEY_TYPE_IS_ASYMMETRIC(key.attributes.type);
    return cannot && !PSA_KEY_TYPE_IS_RSA(key.attributes.type)
      ? PSA_ERROR_NOT_SUPPORTED
      : PSA_ERROR_INVALID_ARGUMENT;
  }
  if (typeof key === 'number') return key;
  const { type } = key.attributes;
  const fits =
    usage === PSA_KEY_USAGE_DECRYPT ? type === PSA_KEY_TYPE_RSA_KEY_PAIR : PSA_KEY_TYPE_IS_RSA(type);
  if (!fits) return PSA_ERROR_INVALID_ARGUMENT;
  const known = PSA_ALG_IS_RSA_OAEP(alg)
    ? HASHES.has(PSA_ALG_GET_HASH(alg))
    : alg === PSA_ALG_RSA_PKCS1V15_CRYPT;
  return known ? key : PSA_ERROR_NOT_SUPPORTED;
};

export const asymmetricEncryptionHandlers = (services: Services): AsymmetricEncryptionHandlers => {
  const { engine, random } = services;

  const keyFor = (
    caller: Caller,
    id: number,
    alg: number,
    usage: number,
    salt: Uint8Array,
  ): Key | PsaError => {
    // Only OAEP has a place for the salt: its label.
    if (!PSA_ALG_IS_RSA_OAEP(alg) && salt.length > 0) return PSA_ERROR_INVALID_ARGUMENT;
    return encryptionKey(services, caller, id, alg, usage);
  };

  return {
    psa_asymmetric_encrypt(caller, id, alg, input, salt, outputSize) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_ENCRYPT, salt);
      if (typeof key === 'number') return key;
      const rsa = rsaPublic(engine, key);
      if (rsa.byteLength > outputSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const hash = HASHES.get(PSA_ALG_GET_HASH(alg));
      const output =
        hash === undefined
          ? engine.rsa.encryptPkcs1(rsa, input, random)
          : engine.rsa.encryptOaep(rsa, hash, salt, input, random);
      return output === undefined ? PSA_ERROR_INVALID_ARGUMENT : [output];
    },

    psa_asymmetric_decrypt(caller, id, alg, input, salt, outputSize) {
      const key = keyFor(caller, id, alg, PSA_KEY_USAGE_DECRYPT, salt);
      if (typeof key === 'number') return key;
      const rsa = rsaPrivate(engine, key);
      if (input.length !== rsa.byteLength) return PSA_ERROR_INVALID_ARGUMENT;
      const hash = HASHES.get(PSA_ALG_GET_HASH(alg));
      const output =
        hash === undefined
          ? engine.rsa.decryptPkcs1(rsa, input)
          : engine.rsa.decryptOaep(rsa, hash, salt, input);
      if (output === undefined) return PSA_ERROR_INVALID_PADDING;
      return output.length > outputSize ? PSA_ERROR_BUFFER_TOO_SMALL : [output];
    },
  };
};
