/** Extendable-output functions. PSA Crypto 1.4, 10.3. */
import type * as Engine from '../../engine/engine.ts';
import { MAX_OUTPUT } from '../call.ts';
import { PSA_ALG_IS_XOF, PSA_ALG_SHAKE128, PSA_ALG_SHAKE256 } from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { DONE } from '../handler.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_SUPPORTED,
} from '../status.ts';
import type { OperationState } from './states.ts';

export interface XofState extends OperationState {
  readonly xof: Engine.XofState;
  /** The first update ends the time of the context, the first output that of the input, be they empty. */
  phase: 'setup' | 'input' | 'output';
}

export type XofHandlers = Pick<
  Handlers,
  'psa_xof_setup' | 'psa_xof_set_context' | 'psa_xof_update' | 'psa_xof_output'
>;

/** The Ascon functions, one of which has a context, are not among them. */
export const XOFS: ReadonlyMap<number, Engine.XofName> = new Map([
  [PSA_ALG_SHAKE128, 'shake128'],
  [PSA_ALG_SHAKE256, 'shake256'],
] as const);

export const xofHandlers = ({ engine, supports }: Services): XofHandlers => ({
  psa_xof_setup(_, alg) {
    if (!PSA_ALG_IS_XOF(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const name = XOFS.get(alg);
    if (name === undefined || !supports.algorithm(alg)) return PSA_ERROR_NOT_SUPPORTED;
    const xof = engine.xof(name);
    return [{ alg, xof, phase: 'setup', wipe: () => xof.wipe() }];
  },

  psa_xof_set_context(_, { phase }) {
    // None of the functions here has a context, and giving an empty one is an error too (PSA_ALG_XOF_HAS_CONTEXT).
    return phase === 'setup' ? PSA_ERROR_INVALID_ARGUMENT : PSA_ERROR_BAD_STATE;
  },

  psa_xof_update(_, state, input) {
    if (state.phase === 'output') return PSA_ERROR_BAD_STATE;
    state.phase = 'input';
    state.xof.update(input);
    return DONE;
  },

  psa_xof_output(_, state, outputLength) {
    if (outputLength > MAX_OUTPUT) return PSA_ERROR_INSUFFICIENT_MEMORY;
    state.phase = 'output';
    return [state.xof.read(outputLength)];
  },
});
