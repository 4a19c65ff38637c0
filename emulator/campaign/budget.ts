/** How far a run may go. */
import type { Campaign } from './schema.ts';

export interface Budget {
  /** Milliseconds on this machine. */
  readonly wallMs: number;
  /** Milliseconds of board time, where the profile has timing. */
  readonly virtualMs: number;
  /** Calls. */
  readonly events: number;
  readonly slowdown: number;
}

/** Calls that a run may make for each one of the golden run, and at least. */
const FACTOR = 10;
const LEAST = 1000;
const WALL_MS = 10_000;

/** `goldenCalls`: undefined for the golden run itself. */
export const budgetOf = ({ budget = {} }: Campaign, goldenCalls?: number): Budget => ({
  wallMs: budget.wallMs ?? WALL_MS,
  virtualMs: budget.virtualMs ?? Number.POSITIVE_INFINITY,
  events:
    budget.events ??
    (goldenCalls === undefined ? Number.POSITIVE_INFINITY : Math.max(LEAST, FACTOR * goldenCalls)),
  slowdown: budget.slowdown ?? Number.POSITIVE_INFINITY,
});
