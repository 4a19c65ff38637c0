/** The last records of a trace: so many, and not more revealed bytes than fit into memory. */
import type { TraceRecord } from './event.ts';

/** Hex digits of revealed bytes that are kept, all records together. */
export const REVEALED_LIMIT = 32 * 1024 * 1024;

const weightOf = (record: TraceRecord): number =>
  'bytes' in record ? Object.values(record.bytes ?? {}).reduce((sum, { length }) => sum + length, 0) : 0;

export class Ring {
  readonly #limit: number;
  /** By sequence number modulo the limit. */
  readonly #records: (TraceRecord | undefined)[] = [];
  #first = 1;
  #last = 0;
  #weight = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Sequence numbers go up by one. */
  push(record: TraceRecord): void {
    const weight = weightOf(record);
    const isFull = () => record.seq - this.#first >= this.#limit || this.#weight + weight > REVEALED_LIMIT;
    while (this.#first <= this.#last && isFull()) this.#drop();
    this.#last = record.seq;
    this.#weight += weight;
    this.#records[record.seq % this.#limit] = record;
    // More than all that is kept: it is not kept.
    if (weight > REVEALED_LIMIT) this.#drop();
  }

  /** Those after `seq` that are still there, oldest first. */
  since(seq: number): TraceRecord[] {
    const kept: TraceRecord[] = [];
    for (let next = Math.max(seq + 1, this.#first); next <= this.#last; next++) {
      const record = this.#records[next % this.#limit];
      if (record !== undefined) kept.push(record);
    }
    return kept;
  }

  #drop(): void {
    const at = this.#first % this.#limit;
    const oldest = this.#records[at];
    if (oldest === undefined) throw new RangeError('a ring with a gap');
    this.#weight -= weightOf(oldest);
    this.#records[at] = undefined;
    this.#first++;
  }
}
