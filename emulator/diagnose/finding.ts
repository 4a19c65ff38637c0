/** What a diagnosis finds, and what finds it. */
import type { TraceMark } from '../trace/event.ts';
import type { KeyLife, OperationLife, Seen } from './lives.ts';
import type { World } from './world.ts';

/** A call of the trace, as a finding names it. */
export interface Evidence {
  readonly seq: number;
  readonly function: string;
  readonly status: number;
}

/** `certain`: nothing else makes these calls. `likely`: calls that are allowed, and hardly ever meant. */
export type Certainty = 'certain' | 'likely';

export interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly certainty: Certainty;
  readonly client: number;
  readonly connection: number;
  /** What happened here, in a sentence. */
  readonly what: string;
  /** In the order of the trace. */
  readonly evidence: readonly Evidence[];
  /** A line each: who holds which slot, for instance. */
  readonly details: readonly string[];
  readonly explanation: string;
  readonly fix: string;
  /** How often it was met, this first time included. */
  times: number;
  /** Later failures that follow from it. */
  consequences: number;
}

/** What a rule has met in one call or mark. */
export interface Hit {
  readonly certainty: Certainty;
  readonly what: string;
  readonly evidence: readonly Evidence[];
  readonly details?: readonly string[];
  /** The same rule, client and subject is the same finding. */
  readonly subject: string | number;
  /** Later failures on these follow from the finding. */
  readonly blames?: readonly (OperationLife | KeyLife | undefined)[];
}

export interface Place {
  readonly client: number;
  readonly connection: number;
}

/** One rule at work on one trace. What it remembers is bounded. */
export interface Watch {
  call?(seen: Seen, world: World): Hit | undefined;
  /** Before the mark takes effect: at a disconnect, operations are still open. */
  mark?(mark: TraceMark, world: World): Hit | undefined;
  /** Where the trace ends with connections still there: what waited for the end of theirs, once. */
  end?(): readonly { readonly place: Place; readonly hit: Hit }[];
}

export interface Rule {
  /** `stale-operation` */
  readonly name: string;
  readonly title: string;
  readonly explanation: string;
  readonly fix: string;
  /** About what is left when a connection ends: told only where nothing else was found on it. */
  readonly leftover?: true;
  look(): Watch;
}

/** A rule that remembers nothing between calls. */
export const onCall =
  (call: (seen: Seen, world: World) => Hit | undefined): (() => Watch) =>
  () => ({ call });
