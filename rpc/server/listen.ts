/** Sockets to be reached at: who may connect, what to do with a path that is taken. */
import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { type Endpoint, loopbackOnly, type TcpEndpoint } from '../endpoint.ts';
import type { Peer } from './peer.ts';

/** sun_path of Linux holds 108 bytes with the terminating zero. */
const LONGEST_PATH = 107;
const OWNER_ONLY = 0o177;

/** Answers beyond this wait until the peer has read (net.Socket.write returns false). */
const WRITE_BOUND = 256 * 1024;

export type OnPeer = (peer: Peer) => void;

const failure = (error: unknown): NodeJS.ErrnoException =>
  error instanceof Error ? error : new Error(String(error));

const listening = (server: net.Server, options: net.ListenOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });

/** Whether somebody answers at the path. */
const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = net.connect(path);
    const answer = (alive: boolean) => () => {
      probe.destroy();
      resolve(alive);
    };
    probe.once('connect', answer(true));
    probe.once('error', (error: NodeJS.ErrnoException) =>
      answer(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')(),
    );
  });

const isSocket = (path: string): boolean | undefined =>
  lstatSync(path, { throwIfNoEntry: false })?.isSocket();

/** The mode has to hold from the first moment, hence umask; workers have none and make do with chmod. */
const bindPrivately = async (server: net.Server, path: string): Promise<void> => {
  const before = isMainThread ? process.umask(OWNER_ONLY) : undefined;
  const bound = listening(server, { path });
  if (before !== undefined) process.umask(before);
  await bound;
  if (before === undefined) chmodSync(path, 0o600);
};

const listenUnix = async (server: net.Server, path: string): Promise<void> => {
  const length = Buffer.byteLength(path);
  if (length > LONGEST_PATH) {
    throw new Error(
      `socket ${path}: ${length} bytes, a socket path has at most ${LONGEST_PATH}; choose a shorter one`,
    );
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await bindPrivately(server, path);
  } catch (error) {
    if (failure(error).code !== 'EADDRINUSE') throw new Error(`socket ${path}: ${failure(error).message}`);
    if (isSocket(path) === false)
      throw new Error(`socket ${path}: a file that is no socket stands there; choose another path`);
    if (await isAlive(path)) {
      throw new Error(
        `socket ${path}: an emulator is listening there already; stop it or choose another path`,
      );
    }
    unlinkSync(path);
    await bindPrivately(server, path);
  }
};

const listenTcp = async (server: net.Server, endpoint: TcpEndpoint): Promise<number> => {
  loopbackOnly(endpoint);
  const { host, port } = endpoint;
  try {
    // localhost may be mapped to anything.
    await listening(server, { host: host === 'localhost' ? '127.0.0.1' : host, port });
  } catch (error) {
    const code = failure(error).code;
    const why =
      code === 'EADDRINUSE' ? 'the port is taken; choose another or 0 for any' : failure(error).message;
    throw new Error(`TCP ${host}:${port}: ${why}`);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
};

export interface Listener {
  /** With the port that was given where 0 was asked for. */
  readonly endpoint: Endpoint;
  close(): Promise<void>;
}

export const listen = async (endpoint: Endpoint, onPeer: OnPeer): Promise<Listener> => {
  const transport = endpoint.kind;
  const server = net.createServer({ noDelay: transport === 'tcp', highWaterMark: WRITE_BOUND }, (socket) =>
    onPeer({ socket, transport }),
  );
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  if (endpoint.kind === 'unix') {
    await listenUnix(server, endpoint.path);
    return { endpoint, close };
  }
  const port = await listenTcp(server, endpoint);
  return { endpoint: { ...endpoint, port }, close };
};

export const listenAll = async (endpoints: readonly Endpoint[], onPeer: OnPeer): Promise<Listener[]> => {
  const listeners: Listener[] = [];
  try {
    for (const endpoint of endpoints) listeners.push(await listen(endpoint, onPeer));
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.close()));
    throw error;
  }
  return listeners;
};
