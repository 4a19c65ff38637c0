/** A device behind sockets. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Service } from '../../psa-api/service.ts';
import { type Endpoint, formatEndpoint, parseTcp } from '../endpoint.ts';
import { type Listener, listenAll } from './listen.ts';
import { type Log, stderrLog } from './log.ts';
import type { Front, Peer } from './peer.ts';

export interface ServeOptions {
  /** Path of a UNIX socket. */
  readonly unix?: string | undefined;
  /** `[host:]port`, loopback only; port 0 takes any free one. */
  readonly tcp?: string | undefined;
  /** What TCP clients have to know; one is made up where none is given. */
  readonly token?: string | undefined;
  readonly log?: Log | undefined;
}

export interface Server {
  /** As H5SM_ENDPOINT takes them, the UNIX socket first. */
  readonly endpoints: readonly string[];
  /** The token of TCP clients; undefined where only a UNIX socket is served. */
  readonly token: string | undefined;
  /** Ends all connections and removes the socket; the device stays. */
  close(): Promise<void>;
}

/** A device, or how to get one: then it is made when the first client connects. */
export type ServiceSource = Service | (() => Promise<Service>);

const endpointsOf = ({ unix, tcp }: ServeOptions): Endpoint[] => {
  const endpoints: Endpoint[] = [];
  if (unix !== undefined) endpoints.push({ kind: 'unix', path: unix });
  if (tcp !== undefined) endpoints.push(parseTcp(tcp));
  if (endpoints.length === 0) throw new Error('nothing to listen on; name a UNIX socket or a TCP port');
  return endpoints;
};

/** What understands connections is loaded apart from what accepts them, so that waiting costs nothing. */
class Hall {
  readonly #sockets = new Set<Socket>();
  readonly #load: () => Promise<Front>;
  readonly #log: Log;
  #loading: Promise<Front> | undefined;
  #front: Front | undefined;

  constructor(load: () => Promise<Front>, log: Log) {
    this.#load = load;
    this.#log = log;
  }

  async open(): Promise<Front> {
    this.#loading ??= this.#load();
    this.#front = await this.#loading;
    return this.#front;
  }

  enter(peer: Peer): void {
    const { socket } = peer;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A reset is the peer's way to leave; 'close' follows.
    socket.on('error', () => {});
    if (this.#front !== undefined) {
      this.#front.accept(peer);
      return;
    }
    this.open().then(
      (front) => front.accept(peer),
      (error) => {
        this.#log.fault('start', error);
        socket.destroy();
      },
    );
  }

  /** Waits until every session has ended: the device may be closed right after. */
  async close(): Promise<void> {
    const gone = [...this.#sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(gone);
    await this.#front?.close();
  }
}

export const serve = async (source: ServiceSource, options: ServeOptions): Promise<Server> => {
  const endpoints = endpointsOf(options);
  const token = options.tcp === undefined ? undefined : (options.token ?? randomBytes(16).toString('hex'));
  const log = options.log ?? stderrLog;
  const load = async () => {
    const service = typeof source === 'function' ? await source() : source;
    const { createFront } = await import('./front.ts');
    return createFront(service, token, log);
  };
  const hall = new Hall(load, log);
  if (typeof source !== 'function') await hall.open();
  const listeners: Listener[] = await listenAll(endpoints, (peer) => hall.enter(peer));
  return {
    endpoints: listeners.map((listener) => formatEndpoint(listener.endpoint)),
    token,
    async close() {
      const closed = listeners.map((listener) => listener.close());
      await hall.close();
      await Promise.all(closed);
    },
  };
};
