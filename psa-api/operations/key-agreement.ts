/** Key agreement. PSA Crypto 1.3, 10.9. */
import type { Engine } from '../../engine/engine.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_IS_ECDH,
  PSA_ALG_IS_STANDALONE_KEY_AGREEMENT,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DERIVE,
} from '../constants.ts';
import { checkAttributes, store } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Caller } from '../handler.ts';
import type { Key } from '../key.ts';
import { curveOf } from '../key-material.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';

export type KeyAgreementHandlers = Pick<Handlers, 'psa_raw_key_agreement' | 'psa_key_agreement'>;

/** Whether a standalone key-agreement algorithm is supported here. */
export const isAgreement = (base: number): boolean => base === PSA_ALG_ECDH;

/** The shared secret: for ECDH the x coordinate (10.9.1, PSA_ALG_ECDH). `alg` may be combined with a derivation. */
export const agreedSecret = (
  engine: Engine,
  key: Key,
  alg: number,
  peer: Uint8Array,
): Uint8Array | PsaError => {
  const { type, bits } = key.attributes;
  if (!PSA_ALG_IS_ECDH(alg)) return PSA_ERROR_NOT_SUPPORTED;
  if (!PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type)) return PSA_ERROR_INVALID_ARGUMENT;
  const curve = curveOf(engine, type, bits);
  if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
  return curve.ecdh(key.data, peer) ?? PSA_ERROR_INVALID_ARGUMENT;
};

/** Types that a shared secret may become (10.9.2, psa_key_agreement). */
const SECRET_TYPES = [PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_RAW_DATA, PSA_KEY_TYPE_HMAC, PSA_KEY_TYPE_PASSWORD];

export const keyAgreementHandlers = (services: Services): KeyAgreementHandlers => {
  const agree = (caller: Caller, id: number, alg: number, peer: Uint8Array): Uint8Array | PsaError => {
    if (!PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const key = useKey(services, caller, id, alg, PSA_KEY_USAGE_DERIVE);
    return typeof key === 'number' ? key : agreedSecret(services.engine, key, alg, peer);
  };

  return {
    psa_raw_key_agreement(caller, alg, privateKey, peerKey, outputSize) {
      const secret = agree(caller, privateKey, alg, peerKey);
      if (typeof secret === 'number') return secret;
      return secret.length > outputSize ? PSA_ERROR_BUFFER_TOO_SMALL : [secret];
    },

    psa_key_agreement(caller, privateKey, peerKey, alg, attributes) {
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      if (!SECRET_TYPES.includes(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      const secret = agree(caller, privateKey, alg, peerKey);
      if (typeof secret === 'number') return secret;
      const bits = secret.length * 8;
      if (attributes.bits !== 0 && attributes.bits !== bits) return PSA_ERROR_INVALID_ARGUMENT;
      return store(services, caller, { ...attributes, bits }, secret);
    },
  };
};
