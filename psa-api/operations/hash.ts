/** Hashes. PSA Crypto 1.3, 10.2. */
import type * as Engine from '../../engine/engine.ts';
import { PSA_ALG_IS_HASH } from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import { decodeHashState, encodeHashState } from '../hash-state.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { HASHES, hashTakes } from '../support.ts';
import type { OperationState } from './states.ts';

export interface HashState extends OperationState {
  readonly name: Engine.HashName;
  readonly hash: Engine.HashState;
  /** Length of the digest. */
  readonly length: number;
  /** Bytes of input so far. */
  input: number;
}

export type HashHandlers = Pick<
  Handlers,
  | 'psa_hash_compute'
  | 'psa_hash_compare'
  | 'psa_hash_setup'
  | 'psa_hash_update'
  | 'psa_hash_finish'
  | 'psa_hash_verify'
  | 'psa_hash_suspend'
  | 'psa_hash_resume'
  | 'psa_hash_clone'
>;

/** The engine's name of a hash algorithm, or the status for what is none, or none of ours. */
export const hashName = (alg: number): Engine.HashName | PsaError =>
  HASHES.get(alg) ?? (PSA_ALG_IS_HASH(alg) ? PSA_ERROR_NOT_SUPPORTED : PSA_ERROR_INVALID_ARGUMENT);

export const hashHandlers = ({ engine, supports }: Services): HashHandlers => {
  const nameOf = (alg: number): Engine.HashName | PsaError => {
    const name = hashName(alg);
    return typeof name === 'number' || supports.algorithm(alg) ? name : PSA_ERROR_NOT_SUPPORTED;
  };

  const start = (alg: number, running?: Engine.HashState, input = 0): HashState | PsaError => {
    const name = nameOf(alg);
    if (typeof name === 'number') return name;
    const hash = running ?? engine.hash(name);
    return { alg, name, hash, length: engine.hashLengths(name).output, input, wipe: () => hash.wipe() };
  };

  const digest = (alg: number, input: Uint8Array): Uint8Array | PsaError => {
    const name = nameOf(alg);
    if (typeof name === 'number') return name;
    if (!hashTakes(name, input.length)) return PSA_ERROR_INVALID_ARGUMENT;
    const hash = engine.hash(name);
    hash.update(input);
    return hash.digest();
  };

  return {
    psa_hash_compute(_, alg, input, hashSize) {
      const hash = digest(alg, input);
      if (typeof hash === 'number') return hash;
      return hash.length > hashSize ? PSA_ERROR_BUFFER_TOO_SMALL : [hash];
    },

    psa_hash_compare(_, alg, input, expected) {
      const hash = digest(alg, input);
      if (typeof hash === 'number') return hash;
      return engine.equal(hash, expected) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
    },

    psa_hash_setup(_, alg) {
      const state = start(alg);
      return typeof state === 'number' ? state : [state];
    },

    psa_hash_update(_, state, input) {
      state.input += input.length;
      if (!hashTakes(state.name, state.input)) return PSA_ERROR_INVALID_ARGUMENT;
      state.hash.update(input);
      return DONE;
    },

    psa_hash_finish(_, { hash, length }, hashSize) {
      return length > hashSize ? PSA_ERROR_BUFFER_TOO_SMALL : [hash.digest()];
    },

    psa_hash_verify(_, { hash }, expected) {
      return engine.equal(hash.digest(), expected) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
    },

    psa_hash_suspend(_, { alg, hash }, hashStateSize) {
      const suspended = hash.suspend();
      if (suspended === undefined) return PSA_ERROR_NOT_SUPPORTED;
      const output = encodeHashState(alg, suspended);
      return output.length > hashStateSize ? PSA_ERROR_BUFFER_TOO_SMALL : [output];
    },

    psa_hash_resume(_, hashState) {
      const decoded = decodeHashState(hashState);
      if (typeof decoded === 'number') return decoded;
      const name = hashName(decoded.alg);
      if (typeof name === 'number') return name;
      const hash = engine.resumeHash(name, decoded.suspended);
      if (hash === undefined) return PSA_ERROR_INVALID_ARGUMENT;
      const state = start(decoded.alg, hash, decoded.suspended.inputLength);
      return typeof state === 'number' ? state : [state];
    },

    psa_hash_clone(_, source) {
      const state = start(source.alg, source.hash.clone(), source.input);
      return typeof state === 'number' ? state : [state];
    },
  };
};
