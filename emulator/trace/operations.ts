/** When operations are open, as a trace shows it. */
import type { TraceRecord } from './event.ts';

export interface OpenOperation {
  readonly handle: number;
  readonly family: string;
  readonly alg: number | undefined;
  readonly client: number;
  readonly connection: number;
  /** Different for each operation, also where handles are given anew. */
  readonly number: number;
}

/** What a record begins and ends, in this order of time: an end comes before a beginning. */
export interface Change {
  readonly ended: readonly OpenOperation[];
  readonly begun: readonly OpenOperation[];
}

export class OperationSpans {
  readonly #open = new Map<string, OpenOperation>();
  #count = 0;

  follow(record: TraceRecord): Change {
    if ('event' in record) return this.#mark(record.event, record.connection);
    const { client, connection, family, handle = 0, handleAfter = 0, alg } = record;
    if (family === undefined || handle === handleAfter) return { ended: [], begun: [] };
    const ended = this.#end(`${client} ${family} ${handle}`);
    if (handleAfter === 0) return { ended, begun: [] };
    const begun = { handle: handleAfter, family, alg, client, connection, number: ++this.#count };
    this.#open.set(`${client} ${family} ${handleAfter}`, begun);
    return { ended, begun: [begun] };
  }

  /** Those that the trace leaves open. */
  rest(): readonly OpenOperation[] {
    return [...this.#open.values()];
  }

  #mark(event: string, connection: number | undefined): Change {
    const gone = [...this.#open].filter(
      ([, operation]) =>
        event === 'reset' ||
        event === 'restore' ||
        (event === 'disconnect' && operation.connection === connection),
    );
    return { ended: gone.flatMap(([name]) => this.#end(name)), begun: [] };
  }

  #end(name: string): OpenOperation[] {
    const operation = this.#open.get(name);
    this.#open.delete(name);
    return operation === undefined ? [] : [operation];
  }
}
