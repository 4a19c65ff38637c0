/** What of a trace repeats: its lines, their hash, and where two of them part. */
import { createHash } from 'node:crypto';
import type { TraceEvent } from '../trace/event.ts';
import { outcomeText } from '../trace/text.ts';
import type { Excerpt } from './outcome.ts';

/** Of the moment and of the machine; `bytes` are in the digests. */
const MOMENT = new Set(['seq', 'time', 'board', 'boardDuration', 'duration', 'bytes']);

/** JSON of a call without what differs from run to run. */
export const repeatingLine = (event: TraceEvent): string =>
  JSON.stringify(event, (name, value: unknown) => (MOMENT.has(name) ? undefined : value));

/** SHA-256, hex. */
export const traceHash = (events: readonly TraceEvent[]): string => {
  const hash = createHash('sha256');
  for (const event of events) hash.update(`${repeatingLine(event)}\n`);
  return hash.digest('hex');
};

const digestsText = ({ digests }: TraceEvent): string =>
  Object.entries(digests)
    .map(([name, digest]) => ` ${name}=${digest}`)
    .join('');

/** A call for people: what was called, the status, the digests. */
export const callLine = (event: TraceEvent): string => `${outcomeText(event)}${digestsText(event)}`;

const BEFORE = 2;
const SHOWN = 12;

/** undefined where both are the same. */
export const excerpt = (golden: readonly string[], run: readonly string[]): Excerpt | undefined => {
  let same = 0;
  while (same < golden.length && same < run.length && golden[same] === run[same]) same++;
  if (same === golden.length && same === run.length) return undefined;
  const from = Math.max(0, same - BEFORE);
  const cut = (lines: readonly string[]): readonly string[] => lines.slice(from, from + SHOWN);
  const left = (lines: readonly string[]): number => Math.max(0, lines.length - from - SHOWN);
  return { same, golden: cut(golden), run: cut(run), more: [left(golden), left(run)] };
};
