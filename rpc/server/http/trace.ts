/** `GET /v1/trace`: the records of a trace, a line of JSON each, and those still to come where they are asked for. */
import { Readable } from 'node:stream';
import type { Traced, TraceView } from '../../../psa-api/service.ts';

export interface TraceQuery {
  /** Records after this number. */
  readonly since?: number | undefined;
  /** Of those that are kept, so many. */
  readonly last?: number | undefined;
  /** Whether the answer goes on with what is recorded from now on. */
  readonly follow?: '1' | '0' | undefined;
}

/** Records that become one piece of the answer. */
const BATCH = 256;

function* piecesOf(records: readonly Traced[]): Generator<string> {
  for (let at = 0; at < records.length; at += BATCH)
    yield records
      .slice(at, at + BATCH)
      .map((record) => `${JSON.stringify(record)}\n`)
      .join('');
}

/**
 * Reads what is kept whenever the peer has taken the last piece: a slow one misses records, seen as a gap in their
 * numbers, and makes nothing pile up.
 */
async function* follow(trace: TraceView, first: () => readonly Traced[], gone: AbortSignal) {
  let wake = (): void => {};
  const stop = trace.listen(() => wake());
  gone.addEventListener('abort', () => wake());
  try {
    let records = first();
    let seq = trace.since().at(-1)?.seq ?? 0;
    while (!gone.aborted) {
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      yield* piecesOf(records);
      records = trace.since(seq);
      seq = records.at(-1)?.seq ?? seq;
      if (records.length === 0) await news;
    }
  } finally {
    stop();
  }
}

/** `gone` ends an answer that goes on. */
export const traceLines = (
  trace: TraceView,
  { since, last, follow: goesOn }: TraceQuery,
  gone: AbortSignal,
): Readable => {
  const kept = (): readonly Traced[] => {
    const records = trace.since(since);
    return last === undefined ? records : records.slice(Math.max(0, records.length - last));
  };
  return Readable.from(goesOn === '1' ? follow(trace, kept, gone) : piecesOf(kept()));
};
