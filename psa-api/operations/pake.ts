/** Password-authenticated key exchange. PSA Crypto 1.3, 10.11. */
import {
  PSA_ALG_IS_PAKE,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_IS_SPAKE2P,
  PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_USAGE_DERIVE,
  PSA_PAKE_ROLE_CLIENT,
  PSA_PAKE_ROLE_NONE,
  PSA_PAKE_ROLE_SERVER,
} from '../constants.ts';
import { checkAttributes, storeSecret } from '../create-key.ts';
import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { checkSize, isSupportedType } from '../key-sizes.ts';
import { jpakeProtocol, type PakeProtocol, spake2pProtocol } from '../pake-protocols.ts';
import { type PakeSuite, pakeSuite } from '../pake-suites.ts';
import type { Services } from '../services.ts';
import { spake2pCurve } from '../spake2p-keys.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';
import type { OperationState } from './states.ts';

export interface PakeState extends OperationState {
  readonly key: Key;
  readonly suite: PakeSuite;
  role: number | undefined;
  user: Uint8Array | undefined;
  peer: Uint8Array | undefined;
  context: Uint8Array | undefined;
  /** From the first input or output on: the setup is over. */
  protocol: PakeProtocol | undefined;
}

export type PakeHandlers = Pick<
  Handlers,
  | 'psa_pake_setup'
  | 'psa_pake_set_role'
  | 'psa_pake_set_user'
  | 'psa_pake_set_peer'
  | 'psa_pake_set_context'
  | 'psa_pake_output'
  | 'psa_pake_input'
  | 'psa_pake_get_shared_key'
>;

const JPAKE_KEYS = [PSA_KEY_TYPE_PASSWORD, PSA_KEY_TYPE_PASSWORD_HASH];
const SECRET_TYPES = [PSA_KEY_TYPE_DERIVE, PSA_KEY_TYPE_HMAC];
const EMPTY = new Uint8Array(0);

export const pakeHandlers = (services: Services): PakeHandlers => {
  const { engine, random } = services;

  const keyFits = ({ attributes: { type, bits }, data }: Key, suite: PakeSuite): boolean => {
    if (suite.protocol === 'spake2p')
      return PSA_KEY_TYPE_IS_SPAKE2P(type) && spake2pCurve(bits) === suite.suite.curve;
    if (!JPAKE_KEYS.includes(type)) return false;
    // A password that is 0 modulo the order is refused here (10.11.5).
    const { curve, hash } = suite;
    const probe = engine.jpake({ curve, hash, user: EMPTY, peer: EMPTY }, data, random);
    probe?.wipe();
    return probe !== undefined;
  };

  /** Starts the protocol once all that it needs is set. */
  const start = (state: PakeState): PakeProtocol | undefined => {
    const { suite, user, peer, context, role, key } = state;
    if (suite.protocol === 'jpake') {
      if (user === undefined || peer === undefined) return undefined;
      const { curve, hash } = suite;
      const jpake = engine.jpake({ curve, hash, user, peer }, key.data, random);
      return jpake === undefined ? undefined : jpakeProtocol(engine, curve, jpake);
    }
    if (role === undefined) return undefined;
    const isProver = role === PSA_PAKE_ROLE_CLIENT;
    const name = isProver ? 'prover' : 'verifier';
    const transcript = {
      prover: (isProver ? user : peer) ?? EMPTY,
      verifier: (isProver ? peer : user) ?? EMPTY,
      // 10.11.6: a context that was not set leaves its length out of the transcript too.
      context,
    };
    return spake2pProtocol(name, engine.spake2p.start(suite.suite, name, key.data, transcript, random));
  };

  const protocolOf = (state: PakeState): PakeProtocol | PsaError => {
    state.protocol ??= start(state);
    return state.protocol ?? PSA_ERROR_BAD_STATE;
  };

  /** Each of the setup's values may be given once, before the first step. */
  const set = (state: PakeState, field: 'user' | 'peer' | 'context', value: Uint8Array): [] | PsaError => {
    if (state.protocol !== undefined || state[field] !== undefined) return PSA_ERROR_BAD_STATE;
    if (state.suite.protocol === 'jpake') {
      if (field === 'context') return PSA_ERROR_BAD_STATE;
      if (value.length === 0) return PSA_ERROR_INVALID_ARGUMENT;
    }
    // 10.11.4, psa_pake_set_user: which identities are supported is left to the implementation.
    if (field !== 'context' && value.length > services.supports.pakeIdentity) return PSA_ERROR_NOT_SUPPORTED;
    state[field] = value.slice();
    return DONE;
  };

  return {
    psa_pake_setup(caller, passwordKey, cipherSuite) {
      if (!PSA_ALG_IS_PAKE(cipherSuite.alg)) return PSA_ERROR_INVALID_ARGUMENT;
      // What the key permits comes before what is wrong with the rest of the suite, which it says nothing about.
      const key = useKey(services, caller, passwordKey, cipherSuite.alg, PSA_KEY_USAGE_DERIVE);
      if (typeof key === 'number') return key;
      const suite = pakeSuite(cipherSuite);
      if (typeof suite === 'number') return suite;
      if (!keyFits(key, suite)) return PSA_ERROR_INVALID_ARGUMENT;
      const state: PakeState = {
        alg: cipherSuite.alg,
        key,
        suite,
        role: undefined,
        user: undefined,
        peer: undefined,
        context: undefined,
        protocol: undefined,
        wipe: () => state.protocol?.wipe(),
      };
      return [state];
    },

    psa_pake_set_role(_, state, role) {
      if (state.protocol !== undefined || state.role !== undefined) return PSA_ERROR_BAD_STATE;
      if (state.suite.protocol === 'jpake') {
        if (role !== PSA_PAKE_ROLE_NONE) return PSA_ERROR_INVALID_ARGUMENT;
      } else {
        const isProver = role === PSA_PAKE_ROLE_CLIENT;
        if (!isProver && role !== PSA_PAKE_ROLE_SERVER) return PSA_ERROR_INVALID_ARGUMENT;
        // A verifier's key does not have what the prover knows.
        if (isProver && !PSA_KEY_TYPE_IS_SPAKE2P_KEY_PAIR(state.key.attributes.type))
          return PSA_ERROR_INVALID_ARGUMENT;
      }
      state.role = role;
      return DONE;
    },

    psa_pake_set_user: (_, state, userId) => set(state, 'user', userId),
    psa_pake_set_peer: (_, state, peerId) => set(state, 'peer', peerId),
    psa_pake_set_context: (_, state, context) => set(state, 'context', context),

    psa_pake_output(_, state, step, outputSize) {
      const protocol = protocolOf(state);
      if (typeof protocol === 'number') return protocol;
      const output = protocol.output(step);
      if (typeof output === 'number') return output;
      return output.length > outputSize ? PSA_ERROR_BUFFER_TOO_SMALL : [output];
    },

    psa_pake_input(_, state, step, input) {
      const protocol = protocolOf(state);
      if (typeof protocol === 'number') return protocol;
      return protocol.input(step, input) ?? DONE;
    },

    psa_pake_get_shared_key(caller, { protocol }, attributes) {
      const secret = protocol === undefined ? PSA_ERROR_BAD_STATE : protocol.secret();
      if (typeof secret === 'number' || protocol === undefined) return secret as PsaError;
      const refused = checkAttributes(services, caller, attributes);
      if (refused !== undefined) return refused;
      const { type } = attributes;
      if (!SECRET_TYPES.includes(type)) {
        // 10.11.4, psa_pake_get_shared_key: other than the two, cipher keys alone, and these of a uniform secret.
        if (!protocol.isUniform || PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) === 0)
          return PSA_ERROR_INVALID_ARGUMENT;
        if (!isSupportedType(type)) return PSA_ERROR_NOT_SUPPORTED;
        const badSize = checkSize(type, secret.length * 8);
        if (badSize !== undefined) return badSize;
      }
      return storeSecret(services, caller, attributes, secret);
    },
  };
};
