/** Standalone key agreement. PSA Crypto 1.3, 10.9. */
import { agreedSecret } from '../agreement.ts';
import {
  PSA_ALG_IS_STANDALONE_KEY_AGREEMENT,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_DERIVE,
} from '../constants.ts';
import { checkAttributes, storeSecret } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import type { Caller } from '../handler.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Services } from '../services.ts';
import { PSA_ERROR_BUFFER_TOO_SMALL, PSA_ERROR_INVALID_ARGUMENT, type PsaError } from '../status.ts';
import { useKey } from '../use-key.ts';

export type KeyAgreementHandlers = Pick<Handlers, 'psa_raw_key_agreement' | 'psa_key_agreement'>;

/** Types that a shared secret may become (10.9.2, psa_key_agreement). */
const SECRET_TYPES = [PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_RAW_DATA, PSA_KEY_TYPE_HMAC, PSA_KEY_TYPE_PASSWORD];

export const keyAgreementHandlers = (services: Services): KeyAgreementHandlers => {
  const agree = (caller: Caller, id: number, alg: number, peer: Uint8Array): Maybe<Uint8Array | PsaError> => {
    if (!PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const key = useKey(services, caller, id, alg, PSA_KEY_USAGE_DERIVE);
    return typeof key === 'number' ? key : agreedSecret(services, caller, key, alg, peer);
  };

  return {
    psa_raw_key_agreement(caller, alg, privateKey, peerKey, outputSize) {
      return chain(agree(caller, privateKey, alg, peerKey), (secret) => {
        if (typeof secret === 'number') return secret;
        return secret.length > outputSize ? PSA_ERROR_BUFFER_TOO_SMALL : [secret];
      });
    },

    psa_key_agreement(caller, privateKey, peerKey, alg, attributes) {
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      if (!SECRET_TYPES.includes(attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      return chain(agree(caller, privateKey, alg, peerKey), (secret) =>
        typeof secret === 'number' ? secret : storeSecret(services, caller, attributes, secret),
      );
    },
  };
};
