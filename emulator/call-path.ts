/** The way of a call through the device: its client's own checks, then the secure world; counted and timed. */
import type { Inputs, Outcome } from '../psa-api/call.ts';
import type { CallerSession, Dispatcher } from '../psa-api/dispatcher.ts';
import { type CallView, type Lookup, viewCall } from './call-view.ts';
import { clientSide } from './client-side.ts';
import type { Settings } from './profiles/settings.ts';
import { boardTime } from './timing/board-time.ts';
import type { createPace } from './timing/pace.ts';
import type { Observer, OnOutcome } from './trace/observer.ts';

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

type Refusal = ReturnType<typeof clientSide>;
type Answer = Outcome | Promise<Outcome>;
type Way = (refusal: Refusal, session: CallerSession, functionId: number, inputs: Inputs) => Answer;

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
  /** Calls so far, counted by those who make them. */
  calls: number;
  readonly #parts: CallPathParts;
  readonly #isTimed: boolean;
  readonly #refusal: Refusal;
  readonly #messageRefusal: Refusal;
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

  carry(session: CallerSession, functionId: number, inputs: Inputs): Answer {
    return this.#way(this.#refusal, session, functionId, inputs);
  }

  /** What a psa_call means. It has been through its own client: the framework counts what it brings. */
  carryMessage(session: CallerSession, functionId: number, inputs: Inputs): Answer {
    return this.#way(this.#messageRefusal, session, functionId, inputs);
  }

  /** A call that the framework has answered by itself. */
  answered(caller: CallerSession, functionId: number, inputs: Inputs, outcome: Outcome): void {
    const call = { caller, functionId, inputs, view: undefined, board: this.clock, boardDuration: 0 };
    this.#hear(
      this.#observers.map((observe) => observe(call)),
      outcome,
      false,
    );
  }

  /** From now on these look on. */
  watch(observers: readonly Observer[]): void {
    this.#observers = observers;
    this.#way = observers.length === 0 ? this.#direct : this.#observed;
  }

  readonly #direct: Way = (refusal, session, functionId, inputs) => {
    let board = 0;
    if (this.#isTimed) {
      board = this.#timeOf(viewCall(functionId, inputs, session.owner, this.#parts.lookup));
      this.clock += board;
    }
    const { pace, dispatcher } = this.#parts;
    const begun = pace === undefined ? 0 : performance.now();
    const outcome = refusal(functionId, inputs) ?? dispatcher().call(session, functionId, inputs);
    return pace === undefined ? outcome : paced(outcome, board, begun, pace);
  };

  readonly #observed: Way = (refusal, session, functionId, inputs) => {
    const { lookup, pace, dispatcher } = this.#parts;
    const view = viewCall(functionId, inputs, session.owner, lookup);
    const boardDuration = this.#timeOf(view);
    const call = { caller: session, functionId, inputs, view, board: this.clock, boardDuration };
    this.clock += boardDuration;
    const begun = performance.now();
    const hears = this.#observers.map((observe) => observe(call));
    const refused = refusal(functionId, inputs);
    const outcome = refused ?? dispatcher().call(session, functionId, inputs);
    const isRefused = refused !== undefined;
    if (outcome instanceof Promise)
      outcome.then(
        (settled) => this.#hear(hears, settled, isRefused),
        () => {},
      );
    else this.#hear(hears, outcome, isRefused);
    return pace === undefined ? outcome : paced(outcome, boardDuration, begun, pace);
  };

  #hear(hears: readonly (OnOutcome | undefined)[], outcome: Outcome, isRefused: boolean): void {
    try {
      for (const hear of hears) hear?.(outcome, isRefused);
    } catch (error) {
      this.#parts.onBug(error, 'what looks on at calls');
    }
  }

  #timeOf(view: CallView | undefined): number {
    return !this.#isTimed || view === undefined ? 0 : boardTime(view);
  }
}
