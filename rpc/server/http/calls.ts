/** Calls over HTTP: one session for all of them, one call after the other as on a connection of frames. */
import type { Inputs, Outcome } from '../../../psa-api/call.ts';
import { type FunctionRow, functionById, functionByName, TABLE } from '../../../psa-api/functions.ts';
import { didYouMean } from '../../../psa-api/nearest.ts';
import type { Service, Session } from '../../../psa-api/service.ts';
import { PSA_ERROR_CORRUPTION_DETECTED } from '../../../psa-api/status.ts';
import { BadElements, decode, type Elements, encode } from '../../elements.ts';
import { isU32 } from '../../fields.ts';
import { readRequest, writeSuccess } from '../../generated/codec.ts';
import { carriesHandle } from '../../handles.ts';
import { refuseBytes, refuseCall } from '../../refusal.ts';
import type { Log } from '../log.ts';
import { BadCall, readInputs, writeOutcome } from './json.ts';

/** No such function: 404. */
export class UnknownFunction extends Error {}

const INIT = functionByName('psa_crypto_init')?.id ?? 0;

const remote = TABLE.filter((row) => !row.local);

const find = (name: string): FunctionRow => {
  const row = functionByName(name);
  if (row !== undefined && !row.local) return row;
  if (row !== undefined) {
    const where =
      row.library === 'crypto' ? "works on the caller's memory" : "is answered by the client's library";
    throw new UnknownFunction(`${name} ${where}; there is nothing to ask the device`);
  }
  throw new UnknownFunction(
    `no function ${name}${
      didYouMean(
        name,
        remote.map((known) => known.name),
      ) || '; see /v1/capabilities'
    }`,
  );
};

export class Calls {
  readonly #service: Service;
  readonly #log: Log;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(service: Service, log: Log) {
    this.#service = service;
    this.#log = log;
  }

  /** Named inputs in, named outputs out. */
  async json(name: string, body: unknown): Promise<Record<string, unknown>> {
    const row = find(name);
    return writeOutcome(row, await this.#call(row, readInputs(row, body)));
  }

  /** The array of a frame in, the array of a frame out. */
  async msgpack(name: string, body: Uint8Array): Promise<Uint8Array> {
    const row = find(name);
    const elements = this.#decode(body);
    const [seq, id] = elements;
    if (isU32(id) && id !== row.id) {
      throw new BadCall(
        `${name} is function ${row.id}, the body calls ${id} (${functionById(id)?.name ?? 'unknown'})`,
      );
    }
    const inputs = readRequest[row.id]?.(elements);
    if (inputs === undefined || !isU32(seq)) throw new BadCall(refuseCall(elements).message);
    const outcome = await this.#call(row, inputs);
    return encode((outcome[0] === 0 ? writeSuccess[row.id]?.(seq, outcome) : undefined) ?? [seq, ...outcome]);
  }

  close(): void {
    this.#session?.close();
  }

  #decode(body: Uint8Array): Elements {
    try {
      return decode(new Uint8Array(body.buffer, body.byteOffset, body.length));
    } catch (error) {
      throw error instanceof BadElements ? new BadCall(refuseBytes(error).message) : error;
    }
  }

  #call(row: FunctionRow, inputs: Inputs): Promise<Outcome> {
    const turn = this.#last.then(() => this.#perform(row, inputs));
    this.#last = turn;
    return turn;
  }

  async #perform(row: FunctionRow, inputs: Inputs): Promise<Outcome> {
    try {
      const session = await this.#open();
      return await session.call(row.id, inputs);
    } catch (error) {
      this.#log.fault(row.name, error);
      return carriesHandle(row.id) ? [PSA_ERROR_CORRUPTION_DETECTED, 0] : [PSA_ERROR_CORRUPTION_DETECTED];
    }
  }

  async #open(): Promise<Session> {
    if (this.#session !== undefined) return this.#session;
    this.#session = this.#service.connect({ owner: -1 });
    await this.#session.call(INIT, []);
    return this.#session;
  }
}
