/** `h5sm trace show|stats|diff|export`: what a trace in a file has to say. */
import { createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { statusName } from '../../psa-api/status.ts';
import { diffTraces, type TraceDiff } from '../trace/diff.ts';
import type { TraceEvent, TraceRecord } from '../trace/event.ts';
import { pcapngBytes } from '../trace/pcapng.ts';
import { perfettoText } from '../trace/perfetto.ts';
import { readTrace } from '../trace/read.ts';
import { type FunctionStats, statsOf } from '../trace/stats.ts';
import { callText, detailText, durationText, recordText } from '../trace/text.ts';
import { fileNames, isOn, textFlag } from './arguments.ts';
import { print, table } from './print.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

type Pieces = AsyncIterable<string | Uint8Array>;

/** Writes as fast as it is read; a reader that has seen enough, as `head`, is no failure. */
const writeAll = async (pieces: Pieces, path?: string): Promise<void> => {
  const out = path === undefined ? process.stdout : createWriteStream(path, { mode: 0o600 });
  try {
    await pipeline(pieces, out, { end: path !== undefined });
  } catch (error) {
    const isReaderGone = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (path === undefined && isReaderGone) return;
    // Half a file looks like a whole one.
    if (path !== undefined) rmSync(path, { force: true });
    throw error;
  }
};

async function* showText(records: AsyncIterable<TraceRecord>, isLong: boolean): AsyncGenerator<string> {
  for await (const record of records)
    yield `${[recordText(record), ...(isLong ? detailText(record) : [])].join('\n')}\n`;
}

export const show: Run = async (invocation) => {
  const [path = ''] = fileNames(invocation, 'trace show', 'one trace to read');
  await writeAll(showText(readTrace(path), isOn(invocation, 'long')));
  return 0;
};

const failuresText = (failures: FunctionStats['failures']): string =>
  Object.entries(failures)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');

const statsText = (all: readonly FunctionStats[]): string =>
  table([
    ['function', 'calls', 'bytes in', 'out', 'p50', 'p99', 'total', 'board', 'failed'],
    ...all.map((stats) => [
      stats.function,
      `${stats.calls}`,
      `${stats.bytesIn}`,
      `${stats.bytesOut}`,
      ...[stats.p50, stats.p99, stats.total, stats.board].map(durationText),
      failuresText(stats.failures) || '-',
    ]),
  ]);

export const stats: Run = async (invocation) => {
  const [path = ''] = fileNames(invocation, 'trace stats', 'one trace to read');
  print(invocation, await statsOf(readTrace(path)), statsText);
  return 0;
};

/** A field of an event by its path: `digests.hash`. */
const fieldOf = (event: TraceEvent, path: string): unknown => {
  const [name = '', ...inner] = path.split('.');
  const value: unknown = Reflect.get(event, name);
  return typeof value === 'object' && value !== null ? Reflect.get(value, inner.join('.')) : value;
};

const firstText = ({ before, after, fields }: NonNullable<TraceDiff['first']>): string => {
  const { connection } = before ?? after ?? {};
  const side = (sign: string, event: TraceEvent | undefined): string =>
    event === undefined ? `  ${sign} no more calls` : `  ${sign} ${event.seq} ${callText(event)}`;
  const [old, now] = [before, after];
  const values =
    old === undefined || now === undefined
      ? []
      : fields.map((field) => `    ${field}: ${fieldOf(old, field)} / ${fieldOf(now, field)}`);
  const head = `the first call that differs, on connection ${connection}:`;
  return `${[head, side('-', before), side('+', after), ...values].join('\n')}\n`;
};

const countName = (what: string): string => {
  const [, status] = /^status (-?\d+)$/.exec(what) ?? [];
  return status === undefined ? what : statusName(Number(status));
};

const diffText = ({ same, calls: [before, after], first, counts, devices }: TraceDiff): string =>
  [
    ...devices.map(({ what, before: old, after: now }) => `${what}: ${old} / ${now}\n`),
    first === undefined ? '' : firstText(first),
    `${same} calls are the same; there are ${before} and ${after}\n`,
    counts.length === 0
      ? ''
      : table(counts.map(({ what, before: old, after: now }) => [`  ${countName(what)}`, `${old} / ${now}`])),
  ].join('');

export const diff: Run = async (invocation) => {
  const [before = '', after = ''] = fileNames(
    invocation,
    'trace diff',
    'the trace before',
    'the trace after',
  );
  const result = await diffTraces(readTrace(before), readTrace(after));
  print(invocation, result, diffText);
  return result.first === undefined ? 0 : 1;
};

async function* ndjsonText(records: AsyncIterable<TraceRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(record)}\n`;
}

const FORMATS: Readonly<Record<string, (records: AsyncIterable<TraceRecord>) => Pieces>> = {
  ndjson: ndjsonText,
  perfetto: perfettoText,
  pcapng: pcapngBytes,
};

export const exportTrace: Run = async (invocation) => {
  const names = Object.keys(FORMATS).join(', ');
  const format = textFlag(invocation, 'format');
  if (format === undefined) throw new UsageError(`trace export: --format is missing; there are ${names}`);
  const convert = FORMATS[format];
  if (convert === undefined)
    throw new UsageError(`trace export: --format ${format}: no such format; there are ${names}`);
  const [path = ''] = fileNames(invocation, 'trace export', 'one trace to read');
  const out = textFlag(invocation, 'out');
  if (format === 'pcapng' && out === undefined && process.stdout.isTTY)
    throw new UsageError('trace export: pcapng is binary; name a file with --out');
  await writeAll(convert(readTrace(path)), out);
  return 0;
};
