/** Traces from files: NDJSON, read as a stream since they may be long. */
import { createReadStream } from 'node:fs';
import type { TraceRecord } from './event.ts';
import { TRACE_VERSION } from './recorder.ts';

/** A file that is no trace: what is wrong, and in which line. */
export class BadTrace extends Error {}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRecord = (value: unknown): value is TraceRecord => {
  if (!isObject(value)) return false;
  const { seq, time, event, function: name, status, scalars, lengths, digests } = value;
  if (typeof seq !== 'number' || typeof time !== 'number') return false;
  if (typeof event === 'string') return true;
  const isCall = typeof name === 'string' && typeof status === 'number';
  return isCall && [scalars, lengths, digests].every(isObject);
};

const checkStart = (where: string, record: TraceRecord): void => {
  if (!('event' in record) || record.event !== 'start')
    throw new BadTrace(`${where}: no trace, its first record is no start; was its beginning cut off?`);
  if (record.version !== TRACE_VERSION)
    throw new BadTrace(`${where}: a trace of version ${record.version}; this h5sm reads ${TRACE_VERSION}`);
};

/** Lines with whether each was ended. */
async function* linesOf(path: string): AsyncGenerator<readonly [line: string, isWhole: boolean]> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield [line, true];
  }
  if (rest !== '') yield [rest, false];
}

const parse = (where: string, line: string): TraceRecord => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new BadTrace(`${where}: not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!isRecord(value))
    throw new BadTrace(`${where}: no record of a trace (seq, time, function, status ...)`);
  return value;
};

/** The records of a file. A last line without its end is what a killed process was writing: it is left out. */
export async function* readTrace(path: string): AsyncGenerator<TraceRecord> {
  let number = 0;
  for await (const [line, isWhole] of linesOf(path)) {
    number++;
    const where = `${path}:${number}`;
    if (!isWhole && number > 1) return;
    const record = parse(where, line);
    if (number === 1) checkStart(where, record);
    yield record;
  }
  if (number === 0) throw new BadTrace(`${path}: empty; a trace begins with a start record`);
}
