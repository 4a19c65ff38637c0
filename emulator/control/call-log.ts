/** The calls that a test asks about: the last ones, from when it began to ask. */
import { functionByName } from '../../psa-api/functions.ts';
import type { TraceEvent, TraceRecord } from '../trace/event.ts';

/** How many calls are kept. */
export const KEPT_CALLS = 20_000;

const idOf = ({ function: name }: TraceEvent): number => functionByName(name)?.id ?? 0;

const sum = (event: TraceEvent, group: 'inputs' | 'outputs'): number =>
  (functionByName(event.function)?.params ?? [])
    .filter(({ kind }) => (group === 'inputs' ? kind === 'bytes' : kind === 'room' || kind === 'fill'))
    .reduce((total, { name }) => total + (event.lengths[name] ?? 0), 0);

/** In the order of h5sm_ctl_call_t. */
const wordsOf = (event: TraceEvent): readonly number[] => [
  event.seq,
  idOf(event),
  event.status,
  event.key ?? 0,
  event.made ?? 0,
  event.alg ?? 0,
  event.handle ?? 0,
  event.handleAfter ?? 0,
  sum(event, 'inputs'),
  sum(event, 'outputs'),
  event.client,
  event.connection,
];

/** Calls as records of 32-bit integers, big-endian, and no more than fit into so many bytes. */
export const recordsOf = (events: readonly TraceEvent[], room: number): Uint8Array => {
  const rows = events.map(wordsOf);
  const bytes = 4 * (rows[0]?.length ?? 1);
  const given = rows.slice(0, Math.floor(room / bytes)).flat();
  const out = new Uint8Array(4 * given.length);
  const view = new DataView(out.buffer);
  for (const [i, word] of given.entries()) view.setUint32(4 * i, word);
  return out;
};

export class CallLog {
  readonly #calls: TraceEvent[] = [];
  readonly #kept: number;
  /** The newest record, and the newest of those that are no longer kept. */
  #last = 0;
  #lost = 0;

  constructor(kept: number = KEPT_CALLS) {
    this.#kept = kept;
  }

  /** Marks are numbered among the calls, and only that counts here. */
  push(record: TraceRecord): void {
    this.#last = record.seq;
    if ('event' in record) return;
    this.#calls.push(record);
    // Seldom, since moving all of them costs.
    if (this.#calls.length < 2 * this.#kept) return;
    this.#lost = this.#calls.splice(0, this.#kept).at(-1)?.seq ?? 0;
  }

  /** Where the trace stands. */
  get mark(): number {
    return this.#last;
  }

  /** Those after a mark; undefined where some of them are no longer kept. */
  since(mark: number): readonly TraceEvent[] | undefined {
    if (mark < this.#lost) return undefined;
    const first = this.#calls.findLastIndex(({ seq }) => seq <= mark) + 1;
    return this.#calls.slice(first);
  }
}
