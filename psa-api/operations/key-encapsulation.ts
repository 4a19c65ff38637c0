/** Key encapsulation. PSA Crypto 1.3, 10.10: ECIES as in SEC 1 5.1, up to the shared secret. */
import { ecdhSecret } from '../agreement.ts';
import {
  PSA_ALG_ECIES_SEC1,
  PSA_ALG_IS_KEY_ENCAPSULATION,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_ECC_KEY_PAIR,
  PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../constants.ts';
import { checkAttributes, storeSecret } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Caller } from '../handler.ts';
import type { Key } from '../key.ts';
import { kindOf } from '../key-kinds.ts';
import { publicPart } from '../key-material.ts';
import { chain } from '../maybe.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';

export type KeyEncapsulationHandlers = Pick<Handlers, 'psa_encapsulate' | 'psa_decapsulate'>;

/** The secret of ECIES is no uniform string: it may become a derivation or HMAC key only. */
const SECRET_TYPES = [PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_HMAC];

/** The key, if it encapsulates or decapsulates with the algorithm. */
export const encapsulationKey = (
  services: Services,
  caller: Caller,
  id: number,
  alg: number,
  usage: number,
): Key | PsaError => {
  if (!PSA_ALG_IS_KEY_ENCAPSULATION(alg)) return PSA_ERROR_INVALID_ARGUMENT;
  const key = useKey(services, caller, id, alg, usage);
  if (typeof key === 'number') return key;
  if (alg !== PSA_ALG_ECIES_SEC1) return PSA_ERROR_NOT_SUPPORTED;
  const { type } = key.attributes;
  const isEcc =
    usage === PSA_KEY_USAGE_DECRYPT ? PSA_KEY_TYPE_IS_ECC_KEY_PAIR(type) : PSA_KEY_TYPE_IS_ECC(type);
  const agrees = isEcc && PSA_KEY_TYPE_ECC_GET_FAMILY(type) !== PSA_ECC_FAMILY_TWISTED_EDWARDS;
  return agrees ? key : PSA_ERROR_INVALID_ARGUMENT;
};

export const keyEncapsulationHandlers = (services: Services): KeyEncapsulationHandlers => {
  const { engine, random } = services;

  return {
    psa_encapsulate(caller, id, alg, attributes, ciphertextSize) {
      const key = encapsulationKey(services, caller, id, alg, PSA_KEY_USAGE_ENCRYPT);
      if (typeof key === 'number') return key;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      if (!SECRET_TYPES.includes(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      const type = PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(key.attributes.type);
      const kind = kindOf(engine, type, key.attributes.bits);
      const peer = publicPart(engine, key);
      const ephemeral = kind?.generate?.(random);
      const ciphertext = ephemeral === undefined ? undefined : kind?.publicPart?.(ephemeral);
      if (ephemeral === undefined || ciphertext === undefined || peer === undefined)
        return PSA_ERROR_NOT_SUPPORTED;
      if (ciphertext.length > ciphertextSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const secret = ecdhSecret(engine, type, key.attributes.bits, ephemeral, peer);
      ephemeral.fill(0);
      if (typeof secret === 'number') return secret;
      return chain(storeSecret(services, caller, attributes, secret), (stored) =>
        typeof stored === 'number' ? stored : [stored[0], ciphertext],
      );
    },

    psa_decapsulate(caller, id, alg, ciphertext, attributes) {
      const key = encapsulationKey(services, caller, id, alg, PSA_KEY_USAGE_DECRYPT);
      if (typeof key === 'number') return key;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      if (!SECRET_TYPES.includes(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      const secret = ecdhSecret(engine, key.attributes.type, key.attributes.bits, key.data, ciphertext);
      return typeof secret === 'number' ? secret : storeSecret(services, caller, attributes, secret);
    },
  };
};
