/** TLS with client authentication: the internal user key and its certificate, GnuTLS around them, an openssl server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST, type Issued, makeCertificate } from '../../../demo/certificates.ts';
import { Workspace } from '../../../demo/workspace.ts';
import { createDevice } from '../../../emulator/device.ts';
import { pem } from '../../../rpc/identity-text.ts';
import { type Server as Served, serve } from '../../../rpc/server/serve.ts';
import { CLIENT, run, succeed, Workshop } from './programs.ts';

const LINE = 'who am I';

/** `openssl s_server` that asks for a certificate, and what it says. */
class Server {
  #said = '';
  #heard: (() => void) | undefined;
  readonly #child: ChildProcess;

  constructor({ key, certificate }: Issued, authority: string) {
    const identity = ['-key', key, '-cert', certificate];
    const client = ['-Verify', '1', '-verify_return_error', '-CAfile', authority];
    // -rev answers each line with its reverse, and tells who has connected.
    const args = ['s_server', '-accept', '127.0.0.1:0', '-rev', ...identity, ...client];
    this.#child = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (chunk: Buffer) => {
      this.#said += chunk;
      this.#heard?.();
    };
    this.#child.stdout?.on('data', hear);
    this.#child.stderr?.on('data', hear);
  }

  /** Waits for it. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#said);
      if (match !== null) return match;
      if (this.#child.exitCode !== null) throw new Error(`the server ended\n${this.#said}`);
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
        this.#child.once('exit', () => resolve());
      });
    }
  }

  async port(): Promise<string> {
    return (await this.says(/ACCEPT \S*:(\d+)\s/))[1] ?? '';
  }

  close(): void {
    this.#child.kill();
  }
}

const workshop = new Workshop();
const workspace = new Workspace();
const device = createDevice({ insecureSeed: 'TLS client' });
const servers: Server[] = [];
let emulator: Served;
let program: string;
let issued: Issued;

/** `authority`: a file with the certificate of those whom clients may come from. */
const startServer = (authority: string): Server => {
  const server = new Server(issued, authority);
  servers.push(server);
  return server;
};

const connectTo = async (server: Server, version: string) =>
  run(
    program,
    [
      HOST,
      await server.port(),
      workspace.path('server-ca.pem'),
      `NORMAL:-VERS-ALL:+VERS-TLS${version}`,
      LINE,
    ],
    { env: { H5SM_ENDPOINT: emulator.endpoints[0] } },
  );

beforeAll(async () => {
  emulator = await serve(device, { unix: workspace.path('h5sm.sock') });
  await workshop.prepare();
  const gnutls = (await succeed('pkg-config', ['--cflags', '--libs', 'gnutls'])).trim().split(/\s+/);
  program = await workshop.program('tls-client.c', [join(CLIENT, 'amalgamation/stm32_cert.c'), ...gnutls]);
  issued = await makeCertificate(workspace, 'p256');
  writeFileSync(workspace.path('server-ca.pem'), issued.authority);
  writeFileSync(workspace.path('device-ca.pem'), pem(device.identity().user.ca));
}, 120_000);

afterAll(async () => {
  for (const server of servers) server.close();
  await emulator?.close();
  device.close();
  workspace.close();
  workshop.remove();
});

describe.each(['1.3', '1.2'])('TLS %s', (version) => {
  it('the server knows the device by its certificate, again and again', async () => {
    const { user } = device.identity();
    const server = startServer(workspace.path('device-ca.pem'));
    // Signatures are random: some have to be padded on their way into DER, some not.
    for (let i = 0; i < 6; i++) {
      expect(await connectTo(server, version)).toEqual({
        code: 0,
        signal: null,
        stdout: `TLS${version} ${[...LINE].reverse().join('')}\n`,
        stderr: '',
      });
    }
    await server.says(new RegExp(`Peer certificate: .*CN = stm32h5xx-user-${user.serial}\n`));
    await server.says(/Verification: OK/);
  });

  it('a server that trusts another authority of the same name refuses it', async () => {
    const name = workspace.path(`impostor-${version}`);
    const subject = ['-subj', '/C=NL/O=STMicroelectronics nv/CN=ST CA 01 for STM32 User'];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    await succeed('openssl', ['req', '-x509', ...key, ...subject, '-out', `${name}.pem`]);
    const server = startServer(`${name}.pem`);
    const { code, stdout } = await connectTo(server, version);
    expect([code, stdout]).toEqual([1, '']);
    await server.says(/certificate signature failure/);
  });
});
