/** Message authentication codes. PSA Crypto 1.3, 10.3. */
import type * as Engine from '../../engine/engine.ts';
import {
  PSA_ALG_CMAC,
  PSA_ALG_FULL_LENGTH_MAC,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_BLOCK_CIPHER_MAC,
  PSA_ALG_IS_HMAC,
  PSA_ALG_IS_MAC,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
  PSA_MAC_TRUNCATED_LENGTH,
} from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { HMAC_HASHES } from '../support.ts';
import { aesKey, hmacKey, useKey } from '../use-key.ts';
import type { OperationState } from './states.ts';

export interface MacState extends OperationState {
  readonly mac: Engine.MacState;
  readonly purpose: 'sign' | 'verify';
  /** Length of the MAC, truncated as the algorithm says. */
  readonly length: number;
}

export type MacHandlers = Pick<
  Handlers,
  | 'psa_mac_compute'
  | 'psa_mac_verify'
  | 'psa_mac_sign_setup'
  | 'psa_mac_verify_setup'
  | 'psa_mac_update'
  | 'psa_mac_sign_finish'
  | 'psa_mac_verify_finish'
>;

/** Shorter MACs are no protection; implementations may refuse them (10.3.2, PSA_ALG_TRUNCATED_MAC). */
const SHORTEST_MAC = 4;

export const macHandlers = (services: Services): MacHandlers => {
  const { engine } = services;

  const running = (key: Key, alg: number): { mac: Engine.MacState; full: number } | PsaError => {
    const { type } = key.attributes;
    if (PSA_ALG_IS_HMAC(alg)) {
      if (type !== PSA_KEY_TYPE_HMAC) return PSA_ERROR_INVALID_ARGUMENT;
      const hash = HMAC_HASHES.get(PSA_ALG_GET_HASH(alg));
      if (hash === undefined) return PSA_ERROR_NOT_SUPPORTED;
      return { mac: hmacKey(services, key, hash).start(), full: engine.hashLengths(hash).output };
    }
    if (PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) <= 1)
      return PSA_ERROR_INVALID_ARGUMENT;
    if (PSA_ALG_FULL_LENGTH_MAC(alg) !== PSA_ALG_CMAC || type !== PSA_KEY_TYPE_AES)
      return PSA_ERROR_NOT_SUPPORTED;
    // An XTS key is two AES keys and no key for CMAC.
    if (key.attributes.bits > 256) return PSA_ERROR_INVALID_ARGUMENT;
    return { mac: engine.cmac(aesKey(services, key)), full: 16 };
  };

  const start = (
    caller: Caller,
    id: number,
    alg: number,
    purpose: MacState['purpose'],
  ): MacState | PsaError => {
    const usage = purpose === 'sign' ? PSA_KEY_USAGE_SIGN_MESSAGE : PSA_KEY_USAGE_VERIFY_MESSAGE;
    const key = useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    if (!PSA_ALG_IS_MAC(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const started = running(key, alg);
    if (typeof started === 'number') return started;
    const { mac, full } = started;
    const length = PSA_MAC_TRUNCATED_LENGTH(alg) || full;
    if (length > full) return PSA_ERROR_INVALID_ARGUMENT;
    if (length < SHORTEST_MAC) return PSA_ERROR_NOT_SUPPORTED;
    return { alg, key, mac, purpose, length, wipe: () => mac.wipe() };
  };

  const sign = ({ mac, length }: MacState, macSize: number): [Uint8Array] | PsaError =>
    length > macSize ? PSA_ERROR_BUFFER_TOO_SMALL : [mac.digest().subarray(0, length)];

  const verify = ({ mac, length }: MacState, expected: Uint8Array): [] | PsaError =>
    engine.equal(mac.digest().subarray(0, length), expected) ? DONE : PSA_ERROR_INVALID_SIGNATURE;

  return {
    psa_mac_compute(caller, key, alg, input, macSize) {
      const state = start(caller, key, alg, 'sign');
      if (typeof state === 'number') return state;
      state.mac.update(input);
      return sign(state, macSize);
    },

    psa_mac_verify(caller, key, alg, input, expected) {
      const state = start(caller, key, alg, 'verify');
      if (typeof state === 'number') return state;
      state.mac.update(input);
      return verify(state, expected);
    },

    psa_mac_sign_setup(caller, key, alg) {
      const state = start(caller, key, alg, 'sign');
      return typeof state === 'number' ? state : [state];
    },

    psa_mac_verify_setup(caller, key, alg) {
      const state = start(caller, key, alg, 'verify');
      return typeof state === 'number' ? state : [state];
    },

    psa_mac_update(_, { mac }, input) {
      mac.update(input);
      return DONE;
    },

    psa_mac_sign_finish(_, state, macSize) {
      return state.purpose === 'sign' ? sign(state, macSize) : PSA_ERROR_BAD_STATE;
    },

    psa_mac_verify_finish(_, state, expected) {
      return state.purpose === 'verify' ? verify(state, expected) : PSA_ERROR_BAD_STATE;
    },
  };
};
