/** Calls over one connection: many may be under way, answers come in the order of the requests. */
import type { Socket } from 'node:net';
import type { Inputs, Outcome } from '../../psa-api/call.ts';
import {
  PSA_ERROR_COMMUNICATION_FAILURE,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../psa-api/status.ts';
import { decode, type Elements, encodeFrame } from '../elements.ts';
import { isBytes, isI32, isU32 } from '../fields.ts';
import { FrameReader } from '../frame.ts';
import { readSuccess, writeRequest } from '../generated/codec.ts';
import { carriesHandle } from '../handles.ts';
import { HELLO, PROTOCOL_VERSION } from '../protocol.ts';

/** The highest handle this process has been given: a device started anew gives out none below it. */
let lastHandle = 0;

/** Answered calls are let go of in lots of this size. */
const MANY = 1024;

interface Pending {
  readonly seq: number;
  readonly id: number;
  readonly settle: (outcome: Outcome, answer?: Elements) => void;
}

const failed = (id: number, status: number): Outcome => (carriesHandle(id) ? [status, 0] : [status]);

const text = (value: unknown): string => (isBytes(value) ? new TextDecoder().decode(value) : '');

export class Carrier {
  readonly #socket: Socket;
  readonly #endpoint: string;
  readonly #reader = new FrameReader();
  #pending: Pending[] = [];
  /** Answered ones at the front of #pending. */
  #done = 0;
  #seq = 0;
  #open = true;
  #corked = false;
  #greeted = false;
  #reason = '';
  #waiters: (() => void)[] = [];

  constructor(socket: Socket, endpoint: string) {
    this.#socket = socket;
    this.#endpoint = endpoint;
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    socket.on('error', (error) => this.#end(error.message));
    socket.on('close', () => this.#end('the device closed the connection'));
  }

  async hello(clientId: number, token: string, timeout: number): Promise<void> {
    const hello = [this.#seq, HELLO, PROTOCOL_VERSION, clientId, new TextEncoder().encode(token), lastHandle];
    const frame = encodeFrame(hello);
    if (frame === undefined) throw new Error(`cannot connect to ${this.#endpoint}: the token is too long`);
    const timer = setTimeout(() => this.#end(`no answer within ${timeout} ms`), timeout);
    const answer = await new Promise<Elements | undefined>((resolve) =>
      this.#send(frame, HELLO, (_, elements) => resolve(elements)),
    );
    clearTimeout(timer);
    const why = answer === undefined ? this.#reason : answer[1] === 0 ? undefined : text(answer[2]);
    this.#greeted = why === undefined;
    if (this.#greeted) return;
    this.#socket.destroy();
    throw new Error(`cannot connect to ${this.#endpoint}: ${why}`);
  }

  call(id: number, inputs: Inputs): Promise<Outcome> {
    const write = writeRequest[id];
    if (write === undefined) return Promise.resolve(failed(id, PSA_ERROR_NOT_SUPPORTED));
    if (!this.#open) return Promise.resolve(failed(id, PSA_ERROR_COMMUNICATION_FAILURE));
    return new Promise((resolve) => {
      const frame = encodeFrame(write(this.#seq, inputs));
      if (frame === undefined) resolve(failed(id, PSA_ERROR_INSUFFICIENT_MEMORY));
      else this.#send(frame, id, resolve);
    });
  }

  /** Waits for the calls under way, then ends. */
  close(): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    return this.#settled().then(
      () =>
        new Promise((resolve) => {
          this.#end('the connection was closed');
          if (this.#socket.closed) resolve();
          else this.#socket.once('close', () => resolve()).destroySoon();
        }),
    );
  }

  #settled(): Promise<void> {
    if (this.#pending.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #send(frame: Uint8Array, id: number, settle: Pending['settle']): void {
    // A program that waits for nothing but a next call of its own may end.
    const waiting = this.#pending.length - this.#done;
    if (waiting === 0) this.#socket.ref();
    else if (!this.#corked) this.#cork();
    this.#pending.push({ seq: this.#seq, id, settle });
    this.#seq = (this.#seq + 1) >>> 0;
    this.#socket.write(frame);
  }

  /** Calls made in one go leave in one write. */
  #cork(): void {
    this.#corked = true;
    this.#socket.cork();
    queueMicrotask(() => {
      this.#corked = false;
      this.#socket.uncork();
    });
  }

  #receive(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
      for (let payload = this.#reader.next(); payload !== undefined; payload = this.#reader.next()) {
        this.#answer(decode(payload));
      }
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #answer(elements: Elements): void {
    const [seq, status] = elements;
    const pending = this.#pending[this.#done];
    // A refusal may come for bytes that were never a request, with sequence number 0.
    if (isBytes(elements[2]) && status !== 0 && pending?.id !== HELLO) throw new Error(text(elements[2]));
    if (pending === undefined || pending.seq !== seq || !isI32(status))
      throw new Error('an answer to no call');
    const outcome = this.#outcome(pending.id, status, elements);
    this.#done++;
    if (this.#done === this.#pending.length) this.#idle();
    else if (this.#done === MANY) this.#forget();
    pending.settle(outcome, elements);
  }

  /** Answered calls, while others are always under way. */
  #forget(): void {
    this.#pending.splice(0, this.#done);
    this.#done = 0;
  }

  #outcome(id: number, status: number, elements: Elements): Outcome {
    if (id === HELLO) return [status];
    const handle = carriesHandle(id) && isU32(elements[2]) ? elements[2] : 0;
    if (handle > lastHandle) lastHandle = handle;
    if (status !== 0) return carriesHandle(id) ? [status, handle] : [status];
    const outcome = readSuccess[id]?.(elements);
    if (outcome === undefined) throw new Error(`an answer of another form than function ${id} has`);
    return outcome;
  }

  #idle(): void {
    this.#pending = [];
    this.#done = 0;
    this.#socket.unref();
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  #fail(reason: string): void {
    // Before the hello is answered the reason is thrown.
    if (this.#open && this.#greeted) process.emitWarning(`${this.#endpoint}: ${reason}`, 'H5smWarning');
    this.#end(reason);
    this.#socket.destroy();
  }

  #end(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    this.#reason = reason;
    const lost = this.#pending.slice(this.#done);
    this.#idle();
    for (const { id, settle } of lost) settle(failed(id, PSA_ERROR_COMMUNICATION_FAILURE));
  }
}
