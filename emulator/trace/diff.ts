/**
 * Where two traces part. Calls are held against each other connection by connection, since those of different
 * connections may come in any order; times say nothing about what was called.
 */
import type { TraceEvent, TraceRecord } from './event.ts';

export interface TraceDiff {
  /** Calls that are the same in both, up to the first that is not. */
  readonly same: number;
  readonly calls: readonly [before: number, after: number];
  /** The first call that differs in any connection; one side is missing where a connection ends sooner. */
  readonly first:
    | {
        readonly before: TraceEvent | undefined;
        readonly after: TraceEvent | undefined;
        /** Names of the fields that differ: `status`, `digests.hash`. */
        readonly fields: readonly string[];
      }
    | undefined;
  /** Functions that are not called as often in both, and statuses that are not answered as often. */
  readonly counts: readonly { readonly what: string; readonly before: number; readonly after: number }[];
  /** Of the devices: profile and seed, where they differ. */
  readonly devices: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}

/** Of the machine and of the moment. */
const IGNORED = new Set(['seq', 'time', 'duration', 'board', 'boardDuration']);

const fieldsOf = (event: TraceEvent): Map<string, unknown> =>
  new Map(
    Object.entries(event).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
      if (IGNORED.has(name)) return [];
      if (typeof value !== 'object' || value === null) return [[name, value]];
      return Object.entries(value).map(([field, inner]) => [`${name}.${field}`, inner]);
    }),
  );

const differing = (before: TraceEvent, after: TraceEvent): string[] => {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
};

type Difference = NonNullable<TraceDiff['first']>;

const placeOf = ({ before, after }: Difference): number => before?.seq ?? after?.seq ?? 0;

/** Calls of one connection that the other trace has not come to yet. */
class Lane {
  readonly #waiting: readonly [TraceEvent[], TraceEvent[]] = [[], []];
  difference: Difference | undefined;

  /** Whether the call met its equal. */
  add(side: 0 | 1, event: TraceEvent): boolean {
    if (this.difference !== undefined) return false;
    const other = this.#waiting[side === 0 ? 1 : 0].shift();
    if (other === undefined) {
      this.#waiting[side].push(event);
      return false;
    }
    const [before, after] = side === 0 ? [event, other] : [other, event];
    const fields = differing(before, after);
    if (fields.length === 0) return true;
    this.difference = { before, after, fields };
    return false;
  }

  /** The difference, once all has been read: a call without a counterpart is one too. */
  end(): Difference | undefined {
    const [[before], [after]] = this.#waiting;
    if (this.difference !== undefined || (before === undefined && after === undefined))
      return this.difference;
    return { before, after, fields: [] };
  }
}

class Comparison {
  readonly #lanes = new Map<number, Lane>();
  readonly #counts = new Map<string, [number, number]>();
  readonly #starts: [string[], string[]] = [[], []];
  readonly #calls: [number, number] = [0, 0];
  #same = 0;

  add(side: 0 | 1, record: TraceRecord): void {
    if ('event' in record) {
      if (record.event === 'start') this.#starts[side] = [`${record.profile}`, `${record.seed}`];
      return;
    }
    this.#calls[side]++;
    this.#count(side, record.function);
    this.#count(side, `status ${record.status}`);
    const lane = this.#lanes.get(record.connection) ?? new Lane();
    this.#lanes.set(record.connection, lane);
    if (lane.add(side, record)) this.#same++;
  }

  result(): TraceDiff {
    const differences = [...this.#lanes.values()].flatMap((lane) => lane.end() ?? []);
    const [first] = differences.sort((a, b) => placeOf(a) - placeOf(b));
    const [old, now] = this.#starts;
    return {
      same: this.#same,
      calls: this.#calls,
      first,
      counts: [...this.#counts].flatMap(([what, [before, after]]) =>
        before === after ? [] : [{ what, before, after }],
      ),
      devices: ['profile', 'seed'].flatMap((what, i) => {
        const [before = '', after = ''] = [old[i], now[i]];
        return before === after ? [] : [{ what, before, after }];
      }),
    };
  }

  #count(side: 0 | 1, what: string): void {
    const pair = this.#counts.get(what) ?? [0, 0];
    pair[side]++;
    this.#counts.set(what, pair);
  }
}

/** Reads both in step, so that little has to wait. */
export const diffTraces = async (
  before: AsyncIterable<TraceRecord>,
  after: AsyncIterable<TraceRecord>,
): Promise<TraceDiff> => {
  const comparison = new Comparison();
  const sides = [before[Symbol.asyncIterator](), after[Symbol.asyncIterator]()] as const;
  let isOver = false;
  while (!isOver) {
    isOver = true;
    for (const side of [0, 1] as const) {
      const { done, value } = await sides[side].next();
      if (done) continue;
      isOver = false;
      comparison.add(side, value);
    }
  }
  return comparison.result();
};
