/** TLS servers of others, as child processes: what they let in, and what they say of whom they let in. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Certificate } from '../../../demo/certificates.ts';

export type PeerName = 'openssl s_server' | 'gnutls-serv';

interface PeerOptions {
  readonly own: Certificate;
  /** PEM file: only clients with a certificate from this authority are let in. */
  readonly clientsOf?: string | undefined;
  readonly port: number;
}

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly ready: RegExp;
}

/** Answers each line with its reverse. */
const openssl = ({ own, clientsOf, port }: PeerOptions): Command => {
  const args = [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    '-rev',
    '-key',
    own.key,
    '-cert',
    own.certificate,
  ];
  const asks = ['-Verify', '1', '-verify_return_error', '-CAfile'];
  const whom = clientsOf === undefined ? [] : [...asks, clientsOf];
  return { program: 'openssl', args: [...args, ...whom], ready: /ACCEPT\s/ };
};

/** Answers each line with itself. `+SHA256`: the HMAC of the CBC suites, which it has not by default. */
const gnutls = ({ own, clientsOf, port }: PeerOptions): Command => {
  const identity = ['--x509keyfile', own.key, '--x509certfile', own.certificate];
  // It keeps what it says of connections for itself while it writes to a pipe.
  const args = [
    '-oL',
    'gnutls-serv',
    '--echo',
    '--port',
    String(port),
    '--priority',
    'NORMAL:+SHA256',
    ...identity,
  ];
  const asks = ['--require-client-cert', '--verify-client-cert', '--x509cafile'];
  const whom = clientsOf === undefined ? ['--disable-client-cert'] : [...asks, clientsOf];
  return { program: 'stdbuf', args: [...args, ...whom], ready: /listening on IPv4 .*done\s/ };
};

const COMMANDS: Readonly<Record<PeerName, (options: PeerOptions) => Command>> = {
  'openssl s_server': openssl,
  'gnutls-serv': gnutls,
};

const PATIENCE = 20_000;

/** gnutls-serv takes 0 as any port and does not say which. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

export class Peer {
  readonly port: number;
  readonly #child;
  #said = '';
  #heard: (() => void) | undefined;

  private constructor(port: number, { program, args }: Command) {
    this.port = port;
    // Where it is not installed, it says so and ends.
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.once('error', (error) => this.#hear(`${error.message}\n`));
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.on('data', (chunk: Buffer) => this.#hear(chunk.toString()));
    this.#child.once('close', () => this.#hear(''));
  }

  static async start(name: PeerName, options: Omit<PeerOptions, 'port'>): Promise<Peer> {
    const port = await freePort();
    const command = COMMANDS[name]({ ...options, port });
    const peer = new Peer(port, command);
    await peer.says(command.ready);
    return peer;
  }

  #hear(text: string): void {
    this.#said += text;
    this.#heard?.();
  }

  /** Waits for it, or throws with what was said instead. */
  async says(pattern: RegExp): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!pattern.test(this.#said)) {
      const isGone = this.#child.pid === undefined || this.#child.exitCode !== null;
      if (isGone || Date.now() >= end)
        throw new Error(`the server ${isGone ? 'ended' : 'waits'}, without ${pattern}\n${this.#said}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        setTimeout(resolve, end - Date.now()).unref();
      });
    }
  }

  close(): void {
    this.#child.kill();
  }
}
