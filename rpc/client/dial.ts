/** Opening the socket of an endpoint, or saying why it does not open. */
import net from 'node:net';
import type { Endpoint } from '../endpoint.ts';

const MENDS: Readonly<Record<string, string>> = {
  ENOENT: 'no socket there; start an emulator with `h5sm start` or run under `h5sm exec -- command`',
  ECONNREFUSED:
    'nobody listens there; start an emulator with `h5sm start` or run under `h5sm exec -- command`',
  EACCES: 'not permitted; the socket belongs to another user',
};

export const dial = (endpoint: Endpoint, name: string, timeout: number): Promise<net.Socket> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(
      endpoint.kind === 'unix'
        ? { path: endpoint.path }
        : { host: endpoint.host, port: endpoint.port, noDelay: true },
    );
    const fail = (why: string) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new Error(`cannot connect to ${name}: ${why}`));
    };
    const timer = setTimeout(() => fail(`no answer within ${timeout} ms`), timeout);
    socket.once('error', (error: NodeJS.ErrnoException) => fail(MENDS[error.code ?? ''] ?? error.message));
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
