/** The steps of J-PAKE and SPAKE2+ in their order, over the engine's arithmetic. PSA Crypto 1.3, 10.11.5 and 10.11.6. */
import type { Engine, JpakeShare, JpakeState, Spake2pState } from '../engine/engine.ts';
import {
  PSA_PAKE_STEP_CONFIRM as CONFIRM,
  PSA_PAKE_STEP_KEY_SHARE as KEY_SHARE,
  PSA_PAKE_STEP_ZK_PROOF as ZK_PROOF,
  PSA_PAKE_STEP_ZK_PUBLIC as ZK_PUBLIC,
} from './constants.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  type PsaError,
} from './status.ts';

/** A protocol that is set up: bytes out, bytes in, and the secret at the end. */
export interface PakeProtocol {
  output(step: number): Uint8Array | PsaError;
  input(step: number, data: Uint8Array): PsaError | undefined;
  /** The shared secret, if the protocol has come to the point where it is given. */
  secret(): Uint8Array | PsaError;
  /** Whether the secret is a uniform string, good for a cipher key. */
  readonly isUniform: boolean;
  wipe(): void;
}

const PARTS = [KEY_SHARE, ZK_PUBLIC, ZK_PROOF];

/** Shares exchanged before round two, and in all. */
const FIRST_ROUND = 2;
const SHARES = 3;

/** J-PAKE: two shares each way, then one; within a round either direction may come first, and is then completed. */
export const jpakeProtocol = (
  engine: Engine,
  curve: Parameters<Engine['curve']>[0],
  state: JpakeState,
): PakeProtocol => {
  const { isPublicKey, byteLength } = {
    isPublicKey: (point: Uint8Array) => engine.curve(curve).isPublicKey(point),
    byteLength: engine.curve(curve).byteLength,
  };
  let sent = 0;
  let received = 0;
  let outgoing: JpakeShare | undefined;
  const incoming: Uint8Array[] = [];

  const at = (count: number): number => Math.floor(count / PARTS.length);
  const roundEnd = (count: number): number => (at(count) < FIRST_ROUND ? FIRST_ROUND : SHARES) * PARTS.length;
  const roundStart = (count: number): number => (at(count) < FIRST_ROUND ? 0 : FIRST_ROUND * PARTS.length);

  /** May the direction that has done `mine` steps take its next one, the other having done `theirs`? */
  const mayGo = (mine: number, theirs: number): boolean => {
    if (mine === SHARES * PARTS.length) return false;
    // Round two needs the whole first round of both.
    if (roundStart(mine) > theirs) return false;
    // The other direction is not in the middle of this round.
    const end = roundEnd(mine);
    return theirs <= roundStart(mine) || theirs >= end;
  };

  const check = (step: number, mine: number, theirs: number): PsaError | undefined => {
    if (!PARTS.includes(step)) return PSA_ERROR_INVALID_ARGUMENT;
    return mayGo(mine, theirs) && PARTS[mine % PARTS.length] === step ? undefined : PSA_ERROR_BAD_STATE;
  };

  return {
    isUniform: false,

    output: (step) => {
      const refused = check(step, sent, received);
      if (refused !== undefined) return refused;
      if (step === KEY_SHARE) outgoing = state.share();
      sent++;
      if (outgoing === undefined) return PSA_ERROR_BAD_STATE;
      if (step === KEY_SHARE) return outgoing.keyShare;
      return step === ZK_PUBLIC ? outgoing.zkPublic : outgoing.zkProof;
    },

    input: (step, data) => {
      const refused = check(step, received, sent);
      if (refused !== undefined) return refused;
      const valid = step === ZK_PROOF ? data.length > 0 && data.length <= byteLength : isPublicKey(data);
      if (!valid) return PSA_ERROR_INVALID_ARGUMENT;
      incoming.push(data.slice());
      received++;
      if (step !== ZK_PROOF) return undefined;
      const [keyShare, zkPublic, zkProof] = incoming.splice(0);
      if (keyShare === undefined || zkPublic === undefined || zkProof === undefined)
        return PSA_ERROR_BAD_STATE;
      return state.accept({ keyShare, zkPublic, zkProof }) ? undefined : PSA_ERROR_INVALID_SIGNATURE;
    },

    secret: () => {
      if (sent < SHARES * PARTS.length || received < SHARES * PARTS.length) return PSA_ERROR_BAD_STATE;
      return state.sharedKey() ?? PSA_ERROR_INVALID_ARGUMENT;
    },

    wipe: () => state.wipe(),
  };
};

type Turn = readonly [direction: 'out' | 'in', step: number];

/** The prover speaks first and is the last to be confirmed (RFC 9383 3.3). */
const TURNS: Readonly<Record<'prover' | 'verifier', readonly Turn[]>> = {
  prover: [
    ['out', KEY_SHARE],
    ['in', KEY_SHARE],
    ['in', CONFIRM],
    ['out', CONFIRM],
  ],
  verifier: [
    ['in', KEY_SHARE],
    ['out', KEY_SHARE],
    ['out', CONFIRM],
    ['in', CONFIRM],
  ],
};

export const spake2pProtocol = (role: 'prover' | 'verifier', state: Spake2pState): PakeProtocol => {
  const turns = TURNS[role];
  let done = 0;

  const check = (direction: Turn[0], step: number): PsaError | undefined => {
    if (step !== KEY_SHARE && step !== CONFIRM) return PSA_ERROR_INVALID_ARGUMENT;
    const turn = turns[done];
    return turn?.[0] === direction && turn[1] === step ? undefined : PSA_ERROR_BAD_STATE;
  };

  return {
    isUniform: true,

    output: (step) => {
      const refused = check('out', step);
      if (refused !== undefined) return refused;
      done++;
      return step === KEY_SHARE ? state.share() : state.confirmation();
    },

    input: (step, data) => {
      const refused = check('in', step);
      if (refused !== undefined) return refused;
      done++;
      if (step === KEY_SHARE) return state.accept(data) ? undefined : PSA_ERROR_INVALID_ARGUMENT;
      return state.confirms(data) ? undefined : PSA_ERROR_INVALID_SIGNATURE;
    },

    secret: () => (done === turns.length ? state.sharedKey() : PSA_ERROR_BAD_STATE),

    wipe: () => state.wipe(),
  };
};
