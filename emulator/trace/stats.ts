/** What a trace amounts to, by function. */
import { functionByName } from '../../psa-api/functions.ts';
import { statusName } from '../../psa-api/status.ts';
import type { TraceEvent, TraceRecord } from './event.ts';

export interface FunctionStats {
  readonly function: string;
  readonly calls: number;
  /** Failed calls by the name of their status. */
  readonly failures: Readonly<Record<string, number>>;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Nanoseconds on the machine that ran it: the median, the 99th of 100 and all together. */
  readonly p50: number;
  readonly p99: number;
  readonly total: number;
  /** Nanoseconds on the board, all together. */
  readonly board: number;
}

interface Tally {
  readonly failures: Record<string, number>;
  readonly durations: number[];
  bytesIn: number;
  bytesOut: number;
  board: number;
}

/** Nearest rank: the value that a share of the sorted values does not exceed. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

const add = (tally: Tally, event: TraceEvent): void => {
  const { status, lengths, duration, boardDuration } = event;
  tally.durations.push(duration);
  tally.board += boardDuration;
  if (status !== 0) {
    const name = statusName(status);
    tally.failures[name] = (tally.failures[name] ?? 0) + 1;
  }
  for (const param of functionByName(event.function)?.params ?? []) {
    const length = lengths[param.name] ?? 0;
    if (param.kind === 'bytes') tally.bytesIn += length;
    if (param.kind === 'room' || param.kind === 'fill') tally.bytesOut += length;
  }
};

/** The most called function first. */
export const statsOf = async (records: AsyncIterable<TraceRecord>): Promise<readonly FunctionStats[]> => {
  const tallies = new Map<string, Tally>();
  for await (const record of records) {
    if ('event' in record) continue;
    const tally = tallies.get(record.function) ?? {
      failures: {},
      durations: [],
      bytesIn: 0,
      bytesOut: 0,
      board: 0,
    };
    tallies.set(record.function, tally);
    add(tally, record);
  }
  return [...tallies]
    .map(([name, { durations, ...rest }]) => {
      const sorted = durations.sort((a, b) => a - b);
      return {
        function: name,
        calls: sorted.length,
        ...rest,
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        total: sorted.reduce((sum, value) => sum + value, 0),
      };
    })
    .sort((a, b) => b.calls - a.calls || (a.function < b.function ? -1 : 1));
};
