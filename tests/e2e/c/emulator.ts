/** A device in this process, behind a UNIX socket or TCP, that can be stopped and started anew in its place. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevice } from '../../../emulator/device.ts';
import type { Service } from '../../../psa-api/service.ts';
import { type Server, serve } from '../../../rpc/server/serve.ts';
import type { Variables } from './programs.ts';

export class Emulator {
  readonly #folder = mkdtempSync(join(tmpdir(), 'h5sm-e2e-'));
  readonly #bugs: unknown[] = [];
  #running: { readonly device: Service; readonly server: Server } | undefined;
  readonly #profile: string;
  #port = 0;

  constructor(profile = 'psa-full') {
    this.#profile = profile;
  }

  /** What a client needs to know, UNIX socket and TCP. */
  async start(): Promise<{ readonly unix: Variables; readonly tcp: Variables }> {
    const onBug = (error: unknown) => this.#bugs.push(error);
    const device = createDevice({ profile: this.#profile, insecureSeed: 'C programs', onBug });
    const token = 'the token of the C programs';
    const unix = join(this.#folder, 'socket');
    const server = await serve(device, { unix, tcp: `127.0.0.1:${this.#port}`, token });
    this.#running = { device, server };
    const [local = '', tcp = ''] = server.endpoints;
    this.#port = Number(tcp.split(':').at(-1));
    return { unix: { H5SM_ENDPOINT: local }, tcp: { H5SM_ENDPOINT: tcp, H5SM_TOKEN: token } };
  }

  async stop(): Promise<void> {
    await this.#running?.server.close();
    this.#running?.device.close();
    this.#running = undefined;
  }

  /** Stops, and throws what went wrong inside the device meanwhile. */
  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
    if (this.#bugs.length > 0) throw new Error('a bug in the emulator', { cause: this.#bugs[0] });
  }
}
