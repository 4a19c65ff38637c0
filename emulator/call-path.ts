/** The way of a call through the device: its client's own checks, then the secure world; counted and timed. */
import type { Inputs, Outcome } from '../psa-api/call.ts';
import type { CallerSession, Dispatcher } from '../psa-api/dispatcher.ts';
import { type CallView, type Lookup, viewCall } from './call-view.ts';
import { clientSide } from './client-side.ts';
import type { Settings } from './profiles/settings.ts';
import { boardTime } from './timing/board-time.ts';
import type { createPace } from './timing/pace.ts';
import type { Observer } from './trace/observer.ts';

type Pace = ReturnType<typeof createPace>;

export interface CallPathParts {
  readonly settings: Settings;
  readonly lookup: Lookup;
  /** Of the core that is there now. */
  readonly dispatcher: () => Dispatcher;
  /** Holds answers back until the board would have given them. */
  readonly pace: Pace | undefined;
  readonly onBug: (error: unknown, where: string) => void;
}

type Way = (
  session: CallerSession,
  functionId: number,
  inputs: Inputs,
  /** It came as a message of the framework, which has counted what it brings. */
  isMessage: boolean,
) => Outcome | Promise<Outcome>;

/** The outcome, not sooner than the board would have given it. */
const paced = async (
  outcome: Outcome | Promise<Outcome>,
  board: number,
  begun: number,
  pace: Pace,
): Promise<Outcome> => {
  const settled = await outcome;
  await pace(board, (performance.now() - begun) * 1e6);
  return settled;
};

export class CallPath {
  /** Board time so far, nanoseconds; 0 where the profile has no timing. */
  clock: number;
  /** Calls so far. */
  calls: number;
  readonly #parts: CallPathParts;
  readonly #isTimed: boolean;
  readonly #refusal: ReturnType<typeof clientSide>;
  readonly #messageRefusal: ReturnType<typeof clientSide>;
  #observers: readonly Observer[] = [];
  /** Nothing on the way asks whether somebody looks on: it is another way. */
  #way: Way;

  constructor(parts: CallPathParts, { clock = 0, calls = 0 } = {}) {
    this.#parts = parts;
    this.#isTimed = parts.settings.timing !== 'none';
    this.#refusal = clientSide(parts.settings);
    this.#messageRefusal = clientSide({ ...parts.settings, sharedArea: null });
    this.clock = clock;
    this.calls = calls;
    this.#way = this.#direct;
  }

  carry(
    session: CallerSession,
    functionId: number,
    inputs: Inputs,
    isMessage = false,
  ): Outcome | Promise<Outcome> {
    return this.#way(session, functionId, inputs, isMessage);
  }

  /** From now on these look on. */
  watch(observers: readonly Observer[]): void {
    this.#observers = observers;
    this.#way = observers.length === 0 ? this.#direct : this.#observed;
  }

  readonly #direct: Way = (session, functionId, inputs, isMessage) => {
    this.calls++;
    let board = 0;
    if (this.#isTimed) {
      board = this.#timeOf(viewCall(functionId, inputs, session.owner, this.#parts.lookup));
      this.clock += board;
    }
    const { pace, dispatcher } = this.#parts;
    const begun = pace === undefined ? 0 : performance.now();
    const refusal = isMessage ? this.#messageRefusal : this.#refusal;
    const outcome = refusal(functionId, inputs) ?? dispatcher().call(session, functionId, inputs);
    return pace === undefined ? outcome : paced(outcome, board, begun, pace);
  };

  readonly #observed: Way = (session, functionId, inputs, isMessage) => {
    this.calls++;
    const { lookup, onBug, pace, dispatcher } = this.#parts;
    const view = viewCall(functionId, inputs, session.owner, lookup);
    const boardDuration = this.#timeOf(view);
    const call = { caller: session, functionId, inputs, view, board: this.clock, boardDuration };
    this.clock += boardDuration;
    const begun = performance.now();
    const hears = this.#observers.map((observe) => observe(call));
    const refused = (isMessage ? this.#messageRefusal : this.#refusal)(functionId, inputs);
    const outcome = refused ?? dispatcher().call(session, functionId, inputs);
    const hear = (settled: Outcome): void => {
      try {
        for (const each of hears) each?.(settled, refused !== undefined);
      } catch (error) {
        onBug(error, 'what looks on at calls');
      }
    };
    if (outcome instanceof Promise) outcome.then(hear, () => {});
    else hear(outcome);
    return pace === undefined ? outcome : paced(outcome, boardDuration, begun, pace);
  };

  #timeOf(view: CallView | undefined): number {
    return !this.#isTimed || view === undefined ? 0 : boardTime(view);
  }
}
