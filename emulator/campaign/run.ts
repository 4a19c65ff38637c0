/** One run of a scenario, and all that is known of it afterwards. */
import type { TraceEvent } from '../trace/event.ts';
import type { End, Finding } from './outcome.ts';
import type { KnownKey } from './watched-device.ts';

/** Something that the scenario gave out. */
export interface Output {
  readonly name: string;
  /** Hex for bytes. */
  readonly value: string;
}

/** What a scenario's host gives back of a run. */
export interface Performance {
  readonly end: End;
  readonly outputs: readonly Output[];
  /** Of what the scenario reported itself. */
  readonly findings: readonly Finding[];
  readonly stdout: string;
  readonly exitCode: number | undefined;
}

/** An operation or a volatile key that nobody ended. */
export type Leftover = string;

export interface Run extends Performance {
  readonly faults: readonly string[];
  /** Of each fault. */
  readonly hits: readonly number[];
  readonly events: readonly TraceEvent[];
  readonly struckAt: number | undefined;
  readonly bugs: readonly string[];
  readonly made: readonly KnownKey[];
  readonly leftovers: readonly Leftover[];
  /** What the device holds at the end, by name; undefined where it cannot be told. */
  readonly state: ReadonlyMap<string, string> | undefined;
  /** What is wrong with the store after a power cycle. */
  readonly store: readonly string[];
  /** Whether the scenario succeeded once more on the same device, where that was tried. */
  readonly retry: End | undefined;
  /** Nanoseconds of board time. */
  readonly boardTime: number;
}
