/** Key derivation. PSA Crypto 1.3, 10.6, and the agreement step of 10.9. */
import type { KdfStream, Long, LongKdfStream } from '../../engine/engine.ts';
import { agreedSecret, isAgreement } from '../agreement.ts';
import type { KeyAttributes } from '../attributes.ts';
import { MAX_OUTPUT, UNBOUNDED } from '../call.ts';
import {
  PSA_ALG_IS_KEY_AGREEMENT,
  PSA_ALG_IS_KEY_DERIVATION,
  PSA_ALG_IS_STANDALONE_KEY_AGREEMENT,
  PSA_ALG_KEY_AGREEMENT_GET_BASE,
  PSA_ALG_KEY_AGREEMENT_GET_KDF,
  PSA_ALG_NONE,
  PSA_KEY_TYPE_DERIVE,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
} from '../constants.ts';
import { createKey, plainParameters } from '../create-key.ts';
import { type DerivationAlgorithm, derivationAlgorithm, type Step } from '../derivation-algorithms.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Answer, type Caller, DONE } from '../handler.ts';
import { deriveMaterial } from '../key-material.ts';
import { chain, type Maybe } from '../maybe.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_INSUFFICIENT_DATA,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';
import type { OperationState } from './states.ts';

export interface KeyDerivationState extends OperationState {
  readonly algorithm: DerivationAlgorithm;
  /** Inputs so far by step. */
  readonly inputs: Map<number, Uint8Array>;
  cost: number;
  capacity: number;
  /** The output stream, from the first output on. */
  stream: KdfStream | LongKdfStream | undefined;
  /** 10.6.3, psa_key_derivation_input_key: what the inputs permit to come out. */
  mayOutput: boolean;
  secretIsKey: boolean;
}

export type KeyDerivationHandlers = Pick<
  Handlers,
  | 'psa_key_derivation_setup'
  | 'psa_key_derivation_get_capacity'
  | 'psa_key_derivation_set_capacity'
  | 'psa_key_derivation_input_bytes'
  | 'psa_key_derivation_input_integer'
  | 'psa_key_derivation_input_key'
  | 'psa_key_derivation_key_agreement'
  | 'psa_key_derivation_output_bytes'
  | 'psa_key_derivation_output_key'
  | 'psa_key_derivation_output_key_custom'
  | 'psa_key_derivation_verify_bytes'
  | 'psa_key_derivation_verify_key'
>;

/** Iterations beyond 32 bits would not end in anyone's lifetime. */
const MAX_COST = 0xffffffffn;

/** Well below a millisecond's work. */
const PIECE = 4096;

/** Many pieces take long where one does not. */
function* readInPieces(stream: KdfStream, length: number): Long<Uint8Array> {
  const output = new Uint8Array(length);
  for (let at = 0; at < length; at += PIECE) {
    output.set(stream.read(Math.min(PIECE, length - at)), at);
    yield;
  }
  return output;
}

export const keyDerivationHandlers = (services: Services): KeyDerivationHandlers => {
  const { engine, supports } = services;

  const setup = (alg: number): KeyDerivationState | PsaError => {
    const agreement = PSA_ALG_IS_KEY_AGREEMENT(alg);
    if (agreement ? PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) : !PSA_ALG_IS_KEY_DERIVATION(alg))
      return PSA_ERROR_INVALID_ARGUMENT;
    if (agreement && !isAgreement(PSA_ALG_KEY_AGREEMENT_GET_BASE(alg))) return PSA_ERROR_NOT_SUPPORTED;
    const algorithm = derivationAlgorithm(engine, agreement ? PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) : alg);
    if (algorithm === undefined || !supports.algorithm(alg)) return PSA_ERROR_NOT_SUPPORTED;
    const state: KeyDerivationState = {
      alg,
      algorithm,
      inputs: new Map(),
      cost: 0,
      capacity: algorithm.capacity,
      stream: undefined,
      mayOutput: true,
      secretIsKey: false,
      wipe: () => {
        for (const bytes of state.inputs.values()) bytes.fill(0);
        state.stream?.wipe();
      },
    };
    return state;
  };

  /** The step, if the algorithm has it and it may come now. */
  const nextStep = ({ algorithm, inputs, stream }: KeyDerivationState, step: number): Step | PsaError => {
    const rule = algorithm.steps.find((s) => s.step === step);
    if (rule === undefined) return PSA_ERROR_INVALID_ARGUMENT;
    const repeated = inputs.has(step) && rule.repeats === undefined;
    const early = rule.after.some((s) => !inputs.has(s));
    const late = rule.notAfter.some((s) => inputs.has(s));
    return stream !== undefined || repeated || early || late ? PSA_ERROR_BAD_STATE : rule;
  };

  /** Keeps an input, appended where the step repeats. */
  const keep = (state: KeyDerivationState, rule: Step, data: Uint8Array): [] | PsaError => {
    if (rule.text && data.includes(0)) return PSA_ERROR_INVALID_ARGUMENT;
    if (rule.integer || data.length < (rule.minLength ?? 0) || data.length > (rule.maxLength ?? data.length))
      return PSA_ERROR_INVALID_ARGUMENT;
    const before = state.inputs.get(rule.step);
    const whole = new Uint8Array((before?.length ?? 0) + data.length);
    if (before !== undefined) whole.set(before);
    whole.set(data, before?.length ?? 0);
    before?.fill(0);
    state.inputs.set(rule.step, whole);
    return DONE;
  };

  const isComplete = ({ algorithm, inputs }: KeyDerivationState): boolean =>
    algorithm.steps.every((s) => s.optional || inputs.has(s.step));

  const read = (caller: Caller, state: KeyDerivationState, length: number): Maybe<Uint8Array | PsaError> => {
    if (!isComplete(state)) return PSA_ERROR_BAD_STATE;
    if (length > state.capacity) {
      state.capacity = 0;
      return PSA_ERROR_INSUFFICIENT_DATA;
    }
    if (length > MAX_OUTPUT) return PSA_ERROR_INSUFFICIENT_MEMORY;
    state.stream ??= state.algorithm.stream(state.inputs, state.cost, state.capacity);
    state.capacity -= length;
    const { stream } = state;
    if ('readLong' in stream) return services.run(stream.readLong(length), caller);
    return length > PIECE ? services.run(readInPieces(stream, length), caller) : stream.read(length);
  };

  const verify = (caller: Caller, state: KeyDerivationState, expected: Uint8Array): Maybe<[] | PsaError> =>
    chain(read(caller, state, expected.length), (output) => {
      if (typeof output === 'number') return output;
      return engine.equal(output, expected) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
    });

  const outputKey = (
    caller: Caller,
    attributes: KeyAttributes,
    state: KeyDerivationState,
  ): Answer<[key: number]> => {
    if (!isComplete(state)) return PSA_ERROR_BAD_STATE;
    if (!state.secretIsKey || !state.mayOutput) return PSA_ERROR_NOT_PERMITTED;
    // 10.6.3, psa_key_derivation_output_key: a password hash verifies the algorithm that made it.
    if (
      attributes.type === PSA_KEY_TYPE_PASSWORD_HASH &&
      attributes.alg !== state.alg &&
      attributes.alg !== PSA_ALG_NONE
    )
      return PSA_ERROR_INVALID_ARGUMENT;
    return createKey(services, caller, attributes, (type, bits) =>
      deriveMaterial(engine, (length) => read(caller, state, length), type, bits),
    );
  };

  return {
    psa_key_derivation_setup(_, alg) {
      const state = setup(alg);
      return typeof state === 'number' ? state : [state];
    },

    psa_key_derivation_get_capacity(_, { capacity }) {
      return [Math.min(capacity, UNBOUNDED)];
    },

    psa_key_derivation_set_capacity(_, state, capacity) {
      if (state.stream !== undefined && state.algorithm.usesCapacity) return PSA_ERROR_BAD_STATE;
      if (capacity > Math.min(state.capacity, UNBOUNDED)) return PSA_ERROR_INVALID_ARGUMENT;
      if (capacity !== UNBOUNDED) state.capacity = capacity;
      return DONE;
    },

    psa_key_derivation_input_bytes(_, state, step, data) {
      const rule = nextStep(state, step);
      if (typeof rule === 'number') return rule;
      return rule.keyOnly ? PSA_ERROR_INVALID_ARGUMENT : keep(state, rule, data);
    },

    psa_key_derivation_input_integer(_, state, step, value) {
      // 10.6.3: a step that takes no number is invalid at any time, so this comes before the order of the steps.
      if (!state.algorithm.steps.some((s) => s.step === step && s.integer)) return PSA_ERROR_INVALID_ARGUMENT;
      const rule = nextStep(state, step);
      if (typeof rule === 'number') return rule;
      if (value === 0n) return PSA_ERROR_INVALID_ARGUMENT;
      if (value > MAX_COST) return PSA_ERROR_NOT_SUPPORTED;
      state.cost = Number(value);
      state.inputs.set(step, new Uint8Array(0));
      return DONE;
    },

    psa_key_derivation_input_key(caller, state, step, id) {
      const usage = PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_VERIFY_DERIVATION;
      const key = useKey(services, caller, id, state.alg, usage);
      if (typeof key === 'number') return key;
      const rule = nextStep(state, step);
      if (typeof rule === 'number') return rule;
      if (!rule.keyTypes.includes(key.attributes.type)) return PSA_ERROR_INVALID_ARGUMENT;
      const kept = keep(state, rule, key.data);
      if (typeof kept === 'number') return kept;
      if ((key.attributes.usage & PSA_KEY_USAGE_DERIVE) === 0) state.mayOutput = false;
      if (step === state.algorithm.secret) state.secretIsKey = true;
      return DONE;
    },

    psa_key_derivation_key_agreement(caller, state, step, privateKey, peerKey) {
      if (!PSA_ALG_IS_KEY_AGREEMENT(state.alg)) return PSA_ERROR_INVALID_ARGUMENT;
      const key = useKey(services, caller, privateKey, state.alg, PSA_KEY_USAGE_DERIVE);
      if (typeof key === 'number') return key;
      const rule = nextStep(state, step);
      if (typeof rule === 'number') return rule;
      // 10.9.3: a shared secret goes where a key for derivation may go.
      if (!rule.keyTypes.includes(PSA_KEY_TYPE_DERIVE)) return PSA_ERROR_INVALID_ARGUMENT;
      return chain(agreedSecret(services, caller, key, state.alg, peerKey), (secret) => {
        if (typeof secret === 'number') return secret;
        const kept = keep(state, rule, secret);
        secret.fill(0);
        if (typeof kept !== 'number' && step === state.algorithm.secret) state.secretIsKey = true;
        return kept;
      });
    },

    psa_key_derivation_output_bytes(caller, state, length) {
      if (!state.mayOutput && isComplete(state)) return PSA_ERROR_NOT_PERMITTED;
      return chain(read(caller, state, length), (output) => (typeof output === 'number' ? output : [output]));
    },

    psa_key_derivation_output_key(caller, attributes, state) {
      return outputKey(caller, attributes, state);
    },

    psa_key_derivation_output_key_custom(caller, attributes, state, custom, customData) {
      const refused = plainParameters(custom, customData);
      return refused ?? outputKey(caller, attributes, state);
    },

    psa_key_derivation_verify_bytes(caller, state, expected) {
      return verify(caller, state, expected);
    },

    psa_key_derivation_verify_key(caller, state, expected) {
      const key = useKey(services, caller, expected, state.alg, PSA_KEY_USAGE_VERIFY_DERIVATION);
      if (typeof key === 'number') return key;
      if (key.attributes.type !== PSA_KEY_TYPE_PASSWORD_HASH) return PSA_ERROR_INVALID_ARGUMENT;
      return verify(caller, state, key.data);
    },
  };
};
