/** Signatures of messages that come in parts. PSA Crypto 1.5, 10.9.9. */
import type * as Engine from '../../engine/engine.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { NOTHING } from '../outcome.ts';
import type { Services } from '../services.ts';
import type { SignatureScheme } from '../signature-schemes.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { hashTakes } from '../support.ts';
import { contextFits, type Purpose, signatureKey } from './signature.ts';
import type { OperationState } from './states.ts';

/** What is to be signed, as it grows: a hash, or the message itself where that is what the scheme signs. */
interface Input {
  add(part: Uint8Array): [] | PsaError;
  whole(): Uint8Array;
  wipe(): void;
}

export interface SignState extends OperationState {
  readonly key: Key;
  readonly scheme: SignatureScheme;
  readonly input: Input;
  /** undefined until it is set, which may be done once and before the message; never set, it is empty. */
  context: Uint8Array | undefined;
  inMessage: boolean;
}

export interface VerifyState extends SignState {
  readonly signature: Uint8Array;
}

export type MultiPartSignatureHandlers = Pick<
  Handlers,
  | 'psa_sign_setup'
  | 'psa_sign_set_context'
  | 'psa_sign_update'
  | 'psa_sign_finish'
  | 'psa_verify_setup'
  | 'psa_verify_set_context'
  | 'psa_verify_update'
  | 'psa_verify_finish'
>;

/** As much as a call in one part can carry. */
const MAX_MESSAGE = 16 * 1024 * 1024;

const hashed = (name: Engine.HashName, hash: Engine.HashState): Input => {
  let length = 0;
  return {
    add: (part) => {
      length += part.length;
      if (!hashTakes(name, length)) return PSA_ERROR_INVALID_ARGUMENT;
      hash.update(part);
      return DONE;
    },
    whole: () => hash.digest(),
    wipe: () => hash.wipe(),
  };
};

/** The message of PureEdDSA is no hash of its own: it is kept, since the engine takes it as a whole. */
const collected = (): Input => {
  let buffer = NOTHING;
  let length = 0;
  return {
    add: (part) => {
      const end = length + part.length;
      if (end > MAX_MESSAGE) return PSA_ERROR_NOT_SUPPORTED;
      if (end > buffer.length) {
        const larger = new Uint8Array(2 * end);
        larger.set(buffer);
        buffer.fill(0);
        buffer = larger;
      }
      buffer.set(part, length);
      length = end;
      return DONE;
    },
    whole: () => buffer.subarray(0, length),
    wipe: () => {
      buffer.fill(0);
    },
  };
};

export const multiPartSignatureHandlers = (services: Services): MultiPartSignatureHandlers => {
  const { engine } = services;

  const setup = (caller: Caller, id: number, alg: number, purpose: Purpose): SignState | PsaError => {
    const found = signatureKey(services, caller, id, alg, 'message', purpose);
    if (typeof found === 'number') return found;
    const { key, scheme } = found;
    // 10.9.3: PureEdDSA goes over the message twice to sign it; verifying takes it once.
    if (scheme.signsMessages && purpose === 'sign') return PSA_ERROR_INVALID_ARGUMENT;
    const input = scheme.hash === undefined ? collected() : hashed(scheme.hash, engine.hash(scheme.hash));
    return { alg, key, scheme, input, context: undefined, inMessage: false, wipe: () => input.wipe() };
  };

  const setContext = (state: SignState, context: Uint8Array): [] | PsaError => {
    if (state.context !== undefined || state.inMessage) return PSA_ERROR_BAD_STATE;
    if (!contextFits(state.scheme, context)) return PSA_ERROR_INVALID_ARGUMENT;
    state.context = context.slice();
    return DONE;
  };

  const update = (state: SignState, part: Uint8Array): [] | PsaError => {
    state.inMessage = true;
    return state.input.add(part);
  };

  return {
    psa_sign_setup(caller, key, alg) {
      const state = setup(caller, key, alg, 'sign');
      return typeof state === 'number' ? state : [state];
    },

    psa_sign_set_context: (_, state, context) => setContext(state, context),
    psa_sign_update: (_, state, input) => update(state, input),

    psa_sign_finish(_, { scheme, input, context = NOTHING }, signatureSize) {
      if (scheme.length > signatureSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const signature = scheme.sign(input.whole(), context);
      return typeof signature === 'number' ? signature : [signature];
    },

    psa_verify_setup(caller, key, alg, signature) {
      const state = setup(caller, key, alg, 'verify');
      return typeof state === 'number' ? state : [{ ...state, signature: signature.slice() }];
    },

    psa_verify_set_context: (_, state, context) => setContext(state, context),
    psa_verify_update: (_, state, input) => update(state, input),

    psa_verify_finish(_, { scheme, input, context = NOTHING, signature }) {
      return scheme.verify(input.whole(), context, signature) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
    },
  };
};
