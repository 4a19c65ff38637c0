/** One connection that speaks frames: hello, then calls answered one after the other. */
import type { Socket } from 'node:net';
import type { Outcome } from '../../psa-api/call.ts';
import { functionById } from '../../psa-api/functions.ts';
import { ConnectionRefused, Disconnected, type Service, type Session } from '../../psa-api/service.ts';
import {
  PSA_ERROR_CONNECTION_REFUSED,
  PSA_ERROR_CORRUPTION_DETECTED,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../psa-api/status.ts';
import { BadElements, decode, type Elements, encodeFrame } from '../elements.ts';
import { isU32 } from '../fields.ts';
import { FrameReader, FrameTooLong } from '../frame.ts';
import { readRequest, writeSuccess } from '../generated/codec.ts';
import { carriesHandle } from '../handles.ts';
import { CLIENT_QUIRKS, MAX_FRAME, PROTOCOL_VERSION } from '../protocol.ts';
import { Refusal, readHello, refuseBytes, refuseCall } from '../refusal.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Log } from './log.ts';
import type { Peer } from './peer.ts';

/** Before the hello nobody needs more. */
const HELLO_LIMIT = 4096;
/** Requests waiting behind a long call; beyond this the socket is not read. */
const BACKLOG = 1024 * 1024;
/** A client with a full pipeline lets the others in this often. */
const TURN_MS = 4;
/** How long a refused peer has to read why. */
const FAREWELL_MS = 1000;

const utf8 = new TextEncoder();

export class FrameConnection {
  readonly #peer: Peer;
  readonly #socket: Socket;
  readonly #service: Service;
  readonly #gatekeeper: Gatekeeper;
  readonly #log: Log;
  readonly #reader = new FrameReader(HELLO_LIMIT);
  #session: Session | undefined;
  /** The answer to a call is still to come, or others have their turn. */
  #busy = false;
  /** The peer does not read its answers. */
  #blocked = false;
  #paused = false;
  #ended = false;

  constructor(peer: Peer, service: Service, gatekeeper: Gatekeeper, log: Log) {
    const { socket } = peer;
    this.#peer = peer;
    this.#socket = socket;
    this.#service = service;
    this.#gatekeeper = gatekeeper;
    this.#log = log;
    socket.on('data', (chunk: Uint8Array) => this.receive(chunk));
    socket.on('drain', () => this.#drained());
    socket.on('close', () => this.#end());
  }

  receive(chunk: Uint8Array): void {
    if (this.#ended) return;
    this.#reader.push(chunk);
    this.#pump();
  }

  /** Serves what has arrived until a call has to be waited for, the peer has to read, or nothing is left. */
  #pump(): void {
    if (this.#isReady() && this.#serveNext() && this.#reader.unread > 0) this.#pumpMore();
    this.#flow();
  }

  /** A client that does not wait for its answers gets those of one turn in one write. */
  #pumpMore(): void {
    const end = performance.now() + TURN_MS;
    this.#socket.cork();
    while (this.#isReady() && this.#serveNext()) {
      if (performance.now() > end && this.#isReady()) this.#yield();
    }
    this.#socket.uncork();
  }

  #isReady(): boolean {
    return !this.#busy && !this.#blocked && !this.#ended;
  }

  #yield(): void {
    this.#busy = true;
    setImmediate(() => this.#resume());
  }

  #resume(): void {
    this.#busy = false;
    if (!this.#ended) this.#pump();
  }

  #drained(): void {
    this.#blocked = false;
    this.#pump();
  }

  #flow(): void {
    const pause = !this.#ended && (this.#blocked || (this.#busy && this.#reader.unread > BACKLOG));
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) this.#socket.pause();
    else this.#socket.resume();
  }

  #serveNext(): boolean {
    try {
      const payload = this.#reader.next();
      if (payload === undefined) return false;
      const arrived = this.#wired('rpc.recv', payload);
      if (arrived === undefined) return !this.#ended;
      const elements = decode(arrived);
      if (this.#session === undefined) this.#hello(elements);
      else this.#call(this.#session, elements);
      return true;
    } catch (error) {
      if (error instanceof Refusal) this.#refuse(error);
      else if (error instanceof BadElements || error instanceof FrameTooLong)
        this.#refuse(refuseBytes(error));
      else throw error;
      return false;
    }
  }

  #hello(elements: Elements): void {
    const { seq, owner, token, lastHandle } = readHello(elements, PROTOCOL_VERSION);
    if (!this.#gatekeeper.admits(this.#peer, token)) {
      const text = token.length === 0 ? 'TCP needs the token; set H5SM_TOKEN' : 'wrong token; see H5SM_TOKEN';
      throw new Refusal(seq, PSA_ERROR_CONNECTION_REFUSED, text);
    }
    try {
      this.#session = this.#service.connect({ owner, lastHandle });
    } catch (error) {
      if (error instanceof ConnectionRefused)
        throw new Refusal(seq, PSA_ERROR_CONNECTION_REFUSED, error.message);
      this.#log.fault('connect', error);
      throw new Refusal(seq, PSA_ERROR_CONNECTION_REFUSED, 'the device takes no client; see its log');
    }
    this.#reader.limit = MAX_FRAME;
    const { lengthsOnError, outputsFilled } = this.#service.clientQuirks();
    const quirks =
      (lengthsOnError ? CLIENT_QUIRKS.lengthsOnError : 0) | (outputsFilled ? CLIENT_QUIRKS.outputsFilled : 0);
    this.#send(encodeFrame([seq, 0, PROTOCOL_VERSION, quirks]));
  }

  #call(session: Session, elements: Elements): void {
    const [seq, id] = elements;
    if (!isU32(seq) || !isU32(id) || id === 0) throw refuseCall(elements);
    const read = readRequest[id];
    if (read === undefined) {
      this.#send(encodeFrame([seq, PSA_ERROR_NOT_SUPPORTED]));
      return;
    }
    const inputs = read(elements);
    if (inputs === undefined) throw refuseCall(elements);
    let outcome: Outcome | Promise<Outcome>;
    try {
      outcome = session.call(id, inputs);
    } catch (error) {
      this.#fault(seq, id, error);
      return;
    }
    if (outcome instanceof Promise) this.#wait(seq, id, outcome);
    else this.#answer(seq, id, outcome);
  }

  #wait(seq: number, id: number, outcome: Promise<Outcome>): void {
    this.#busy = true;
    outcome
      .then(
        (value) => this.#answer(seq, id, value),
        (error) => this.#fault(seq, id, error),
      )
      .finally(() => this.#resume());
  }

  #answer(seq: number, id: number, outcome: Outcome): void {
    if (this.#ended) return;
    let frame: Uint8Array | undefined;
    try {
      frame = encodeFrame(
        (outcome[0] === 0 ? writeSuccess[id]?.(seq, outcome) : undefined) ?? [seq, ...outcome],
      );
    } catch (error) {
      this.#fault(seq, id, error);
      return;
    }
    const handle = carriesHandle(id) ? [outcome[1]] : [];
    this.#send(frame ?? encodeFrame([seq, PSA_ERROR_INSUFFICIENT_MEMORY, ...handle]));
  }

  /** An exception of the device is a bug of ours: the caller learns that much, the log the rest. */
  #fault(seq: number, id: number, error: unknown): void {
    if (error instanceof Disconnected) {
      this.#socket.destroy();
      this.#end();
      return;
    }
    this.#log.fault(functionById(id)?.name ?? `function ${id}`, error);
    if (this.#ended) return;
    this.#send(encodeFrame([seq, PSA_ERROR_CORRUPTION_DETECTED, ...(carriesHandle(id) ? [0] : [])]));
  }

  #send(frame: Uint8Array | undefined): void {
    const leaving = frame === undefined ? undefined : this.#wired('rpc.send', frame);
    if (leaving !== undefined && !this.#socket.write(leaving)) this.#blocked = true;
  }

  /** What is left of the bytes where a fault waits on the wire. */
  #wired(point: 'rpc.recv' | 'rpc.send', bytes: Uint8Array): Uint8Array | undefined {
    const { wire } = this.#service;
    const wired = wire === undefined ? bytes : wire(point, bytes);
    if (typeof wired !== 'string') return wired;
    if (wired === 'disconnect') {
      this.#socket.destroy();
      this.#end();
    }
    return undefined;
  }

  /** The reason, then the end; what the peer still sends is thrown away so that it can read the reason. */
  #refuse({ seq, status, message }: Refusal): void {
    const frame = encodeFrame([seq, status, utf8.encode(message)]);
    this.#end();
    this.#socket.end(frame ?? '');
    this.#socket.resume();
    setTimeout(() => this.#socket.destroy(), FAREWELL_MS).unref();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    // At once, also under a call that takes long: it stops when it sees that its caller is gone.
    this.#closeSession();
  }

  #closeSession(): void {
    const session = this.#session;
    this.#session = undefined;
    try {
      session?.close();
    } catch (error) {
      this.#log.fault('disconnect', error);
    }
  }
}
