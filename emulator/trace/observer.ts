/** Those who look on while calls are carried out. */
import type { Inputs, Outcome } from '../../psa-api/call.ts';
import type { Caller } from '../../psa-api/handler.ts';
import type { CallView } from '../call-view.ts';

/** A call about to be carried out. Its inputs are the caller's: whoever keeps of them, copies. */
export interface ObservedCall {
  readonly caller: Caller;
  readonly functionId: number;
  readonly inputs: Inputs;
  /** undefined for a function that is not in the table. */
  readonly view: CallView | undefined;
  /** Board time before the call, and what it takes, nanoseconds. */
  readonly board: number;
  readonly boardDuration: number;
}

/** Hears how the call ended; `refused`: by the device's own client. */
export type OnOutcome = (outcome: Outcome, refused: boolean) => void;

/** Called before the call; undefined where its end is of no interest. */
export type Observer = (call: ObservedCall) => OnOutcome | undefined;
