/** An emulator in a process of its own, and what it says of itself from outside. */
import { get } from 'node:http';
import { h5smCommand, type Workspace } from './workspace.ts';

export interface Emulator {
  readonly endpoint: string;
  /** The calls that the device has answered so far. */
  calls(): Promise<number>;
  /** The volatile keys in it. */
  keys(): Promise<number>;
  /** What GET answers (docs/http.md). */
  get<T>(path: string): Promise<T>;
}

interface Status {
  readonly calls: number;
  readonly keys: { readonly volatile: number };
}

const ask = <T>(socketPath: string, path: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = get({ socketPath, path, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    request.on('error', reject);
  });

export const startEmulator = async (workspace: Workspace, profile = 'psa-full'): Promise<Emulator> => {
  const socket = workspace.path(`${profile}.sock`);
  const [node, main] = h5smCommand();
  const args = [
    main,
    'start',
    '--profile',
    profile,
    '--socket',
    socket,
    '--store',
    'memory',
    '--json',
    '--quiet',
  ];
  await workspace.start(node, args, /"endpoint":.*\n/);
  const status = (): Promise<Status> => ask(socket, '/v1/status');
  return {
    endpoint: `unix:${socket}`,
    calls: async () => (await status()).calls,
    keys: async () => (await status()).keys.volatile,
    get: (path) => ask(socket, path),
  };
};
