/** An emulator in a process of its own, and what it says of itself from outside. */
import { get } from 'node:http';
import { h5smCommand, type Workspace } from './workspace.ts';

export interface Emulator {
  readonly endpoint: string;
  /** The calls that the device has answered so far. */
  calls(): Promise<number>;
  /** The volatile keys in it. */
  keys(): Promise<number>;
}

interface Status {
  readonly calls: number;
  readonly keys: { readonly volatile: number };
}

const statusOf = (socketPath: string): Promise<Status> =>
  new Promise((resolve, reject) => {
    const request = get({ socketPath, path: '/v1/status', agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    request.on('error', reject);
  });

export const startEmulator = async (workspace: Workspace): Promise<Emulator> => {
  const socket = workspace.path('h5sm.sock');
  const [node, main] = h5smCommand();
  const args = [
    main,
    'start',
    '--profile',
    'psa-full',
    '--socket',
    socket,
    '--store',
    'memory',
    '--json',
    '--quiet',
  ];
  await workspace.start(node, args, /"endpoint":.*\n/);
  return {
    endpoint: `unix:${socket}`,
    calls: async () => (await statusOf(socket)).calls,
    keys: async () => (await statusOf(socket)).keys.volatile,
  };
};
