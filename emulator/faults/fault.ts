/** What a fault is: where it waits, when it strikes, what it does. docs/faults.md describes all of it for users. */

/** Kinds of points; an effect suits some of them. */
export type PointKind =
  | 'call'
  | 'data'
  | 'step'
  | 'check'
  | 'random'
  | 'storage'
  | 'key'
  | 'slot'
  | 'clock'
  | 'wire';

export type EffectName = keyof typeof EFFECTS;

/** An effect with its argument in the field of its kind. */
export interface Effect {
  readonly name: EffectName;
  /** PSA status, bit, count of bytes, milliseconds, key id, bits. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** `true`, `high`, a seed. */
  readonly word: string;
}

/** What stands in an effect's parentheses. */
export type ArgumentKind = 'status' | 'count' | 'milliseconds' | 'hex' | 'key' | 'verdict' | 'bias' | 'seed';

interface EffectKind {
  readonly argument?: ArgumentKind;
  readonly at: readonly PointKind[];
  readonly help: string;
}

const DATA: readonly PointKind[] = ['call', 'data', 'random', 'storage', 'key', 'wire'];

export const EFFECTS = {
  return: { argument: 'status', at: ['call', 'storage', 'key', 'slot'], help: 'this status instead' },
  skip: { at: ['call', 'step', 'data', 'key', 'clock'], help: 'the step is left out, and said to be done' },
  repeat: { at: ['call'], help: 'the call is carried out twice; the second outcome counts' },
  delay: { argument: 'milliseconds', at: ['call', 'clock'], help: 'board time goes on by so much' },
  hang: { at: ['call', 'wire'], help: 'no answer comes' },
  disconnect: { at: ['call', 'wire'], help: 'the connection ends instead of an answer' },
  'power-off': { at: ['call', 'storage'], help: 'power goes away here and comes again' },
  flip: { argument: 'count', at: DATA, help: 'one bit is inverted: bit 0 is the lowest of the first byte' },
  xor: { argument: 'hex', at: DATA, help: 'these bytes are added to the first ones' },
  set: { argument: 'hex', at: DATA, help: 'the bits of this mask become 1' },
  clear: { argument: 'hex', at: DATA, help: 'the bits of this mask become 0' },
  overwrite: { argument: 'hex', at: DATA, help: 'the first bytes become these' },
  truncate: { argument: 'count', at: ['call', 'key', 'wire'], help: 'only so many bytes are left' },
  stale: { at: DATA, help: 'what was there the last time, at the same length' },
  swap: { argument: 'key', at: ['call', 'key'], help: 'another key than the one that is named' },
  zero: { at: ['random', 'data'], help: 'zeros' },
  stuck: { at: ['random'], help: 'the same bytes at every draw' },
  bias: {
    argument: 'bias',
    at: ['random'],
    help: 'so many bits at one end are 0: bias(high,32), bias(low,8)',
  },
  replay: { argument: 'seed', at: ['random'], help: 'what a generator with this seed gives' },
  short: { argument: 'count', at: ['random'], help: 'only so many bytes are random, the others 0' },
  drop: { at: ['storage', 'wire'], help: 'it does not happen, and is said to have happened' },
  torn: { argument: 'count', at: ['storage'], help: 'only the first bytes are written, whole quad-words' },
  reorder: { at: ['storage'], help: 'it happens after the next one' },
  misdirect: { argument: 'count', at: ['storage'], help: 'it happens so many bytes further on' },
  full: { at: ['storage'], help: 'there is no room' },
  force: { argument: 'verdict', at: ['check'], help: 'the check says true, or false' },
  compare: { argument: 'count', at: ['check'], help: 'only the first bytes are compared' },
  count: {
    at: ['call', 'data', 'step', 'check', 'random', 'storage', 'key', 'slot', 'clock', 'wire'],
    help: 'nothing: visits are counted',
  },
} as const satisfies Record<string, EffectKind>;

export const effectKind = (name: EffectName): EffectKind => EFFECTS[name];

/** Which visits of a point count, and which of those are struck. Without any, all are. */
export interface Trigger {
  /** Filters: what the call under way has to be. */
  readonly client?: number;
  readonly key?: number;
  readonly alg?: number;
  /** Bytes of all inputs together. */
  readonly len?: number;
  /** A function, `*` for any letters. */
  readonly fn?: string;
  /** The number of the call since the first fault was set, 1 for the first. */
  readonly seq?: number;
  /** Among the visits that pass the filters. */
  readonly nth?: number;
  readonly every?: number;
  readonly after?: number;
  readonly window?: readonly [from: number, to: number];
  /** Probability, from the device's seed. */
  readonly p?: number;
  /** Strikes no more than so often. */
  readonly times?: number;
  /** The parameter whose bytes are changed; of several the first, if none is named. */
  readonly param?: string;
}

export interface Fault {
  /** A point's name, `*` for any letters. */
  readonly point: string;
  readonly trigger: Trigger;
  readonly effects: readonly Effect[];
  /** The fault in its one-line form. */
  readonly line: string;
}
