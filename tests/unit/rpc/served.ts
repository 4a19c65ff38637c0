/** A fake device behind a socket, gone with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Service } from '../../../psa-api/service.ts';
import { parseEndpoint } from '../../../rpc/endpoint.ts';
import { type ServeOptions, type Server, serve } from '../../../rpc/server/serve.ts';
import { type FakeService, fakeService } from './fake-service.ts';

export const folderForTest = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-rpc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface Served<S extends Service = FakeService> {
  readonly service: S;
  readonly server: Server;
  readonly endpoint: string;
  /** Where a raw socket connects. */
  readonly target: net.NetConnectOpts;
  /** What the server had to say about bugs. */
  readonly faults: { where: string; error: unknown }[];
}

export const targetOf = (endpoint: string): net.NetConnectOpts => {
  const parsed = parseEndpoint(endpoint);
  return parsed.kind === 'unix' ? { path: parsed.path } : { host: parsed.host, port: parsed.port };
};

export const serveForTest = async <S extends Service>(
  service: S,
  options: Partial<ServeOptions> = {},
): Promise<Served<S>> => {
  const faults: Served['faults'] = [];
  const log = { fault: (where: string, error: unknown) => void faults.push({ where, error }) };
  const unix = options.tcp === undefined ? join(folderForTest(), 'socket') : undefined;
  const server = await serve(service, { unix, log, ...options });
  onTestFinished(() => server.close());
  const [endpoint = ''] = server.endpoints;
  return { service, server, endpoint, target: targetOf(endpoint), faults };
};

export const serveFake = (options: Partial<ServeOptions> = {}): Promise<Served> =>
  serveForTest(fakeService(), options);

/** Waits for what happens soon, in another turn of the loop or another process. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
