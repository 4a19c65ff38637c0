/**
 * A trace in Chrome's trace-event format, which ui.perfetto.dev and chrome://tracing open: a process for each client, a
 * track for each connection, and open operations as spans of their own.
 */
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import { statusName } from '../../psa-api/status.ts';
import type { TraceEvent, TraceRecord } from './event.ts';
import { type OpenOperation, OperationSpans } from './operations.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Marks that are of no client. */
const DEVICE = 0x7fffffff;
/** Process ids are positive there; the non-secure side's client ids are not. */
const NON_SECURE = 1_000_000;

const nameOfClient = (client: number): string =>
  client === DEVICE ? 'device' : client === -1 ? 'client -1 (non-secure application)' : `client ${client}`;

const processOf = (client: number): number => (client < 0 ? NON_SECURE - client : client);

const argumentsOf = (event: TraceEvent): Fields => {
  const { time: _, duration: __, client: ___, connection: ____, function: _____, ...rest } = event;
  return {
    ...rest,
    ...(event.alg === undefined ? {} : { alg: algorithmName(event.alg) }),
    status: statusName(event.status),
  };
};

const spanOf = (
  phase: 'b' | 'e',
  { number, family, alg, client, connection }: OpenOperation,
  ts: number,
): Fields => ({
  ph: phase,
  cat: 'operation',
  id: number,
  name: `${family}${alg === undefined ? '' : ` ${algorithmName(alg)}`}`,
  pid: processOf(client),
  tid: connection,
  ts,
});

export class PerfettoEvents {
  readonly #spans = new OperationSpans();
  readonly #tracks = new Set<string>();
  /** Microseconds are counted from the first record on. */
  #origin: number | undefined;
  #last = 0;

  /** The events that a record becomes. */
  add(record: TraceRecord): readonly Fields[] {
    this.#origin ??= record.time;
    const end = (record.time - this.#origin) * 1000;
    this.#last = end;
    const { client = DEVICE, connection = 0 } = record;
    const where = { pid: processOf(client), tid: connection };
    const { ended, begun } = this.#spans.follow(record);
    const begin = 'event' in record ? end : end - record.duration / 1000;
    return [
      ...this.#track(client, connection),
      ...ended.map((operation) => spanOf('e', operation, end)),
      ...begun.map((operation) => spanOf('b', operation, begin)),
      'event' in record
        ? { ph: 'i', s: 'p', cat: 'mark', name: record.event, ts: end, ...where }
        : {
            ph: 'X',
            cat: 'call',
            name: record.function,
            ts: begin,
            dur: record.duration / 1000,
            ...where,
            args: argumentsOf(record),
          },
    ];
  }

  /** After the last record. */
  end(): readonly Fields[] {
    return this.#spans.rest().map((operation) => spanOf('e', operation, this.#last));
  }

  #track(client: number, connection: number): readonly Fields[] {
    const pid = processOf(client);
    const named = (key: string, event: Fields): Fields[] => {
      if (this.#tracks.has(key)) return [];
      this.#tracks.add(key);
      return [{ ph: 'M', pid, ...event }];
    };
    return [
      ...named(`${pid}`, { name: 'process_name', args: { name: nameOfClient(client) } }),
      ...named(`${pid} ${connection}`, {
        name: 'thread_name',
        tid: connection,
        args: { name: client === DEVICE ? 'device' : `connection ${connection}` },
      }),
    ];
  }
}

/** The text of the whole file, in pieces. */
export async function* perfettoText(records: AsyncIterable<TraceRecord>): AsyncGenerator<string> {
  const events = new PerfettoEvents();
  yield '{"displayTimeUnit":"ns","traceEvents":[\n';
  let separator = '';
  const pieces = (added: readonly Fields[]): string =>
    added
      .map((event) => {
        const text = `${separator}${JSON.stringify(event)}`;
        separator = ',\n';
        return text;
      })
      .join('');
  for await (const record of records) yield pieces(events.add(record));
  yield `${pieces(events.end())}\n]}\n`;
}
