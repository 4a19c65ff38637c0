/** The program of docs/tls.md: it is what the page shows, and it works. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TlsStage } from '../../../demo/tls-stage.ts';
import { projectRoot } from '../../../demo/workspace.ts';
import { ask } from './snippet.ts';

let stage: TlsStage;

beforeAll(async () => {
  stage = await TlsStage.open();
  // What the stack says by default.
  for (const method of ['info', 'debug', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(() => {});
  vi.stubEnv('H5SM_ENDPOINT', stage.emulator.endpoint);
});

afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  stage?.close();
});

test('the page shows the program that is tested here', async () => {
  const page = await readFile(join(projectRoot(), 'docs/tls.md'), 'utf8');
  const source = await readFile(new URL('./snippet.ts', import.meta.url), 'utf8');
  const program = source
    .replace(/^\/\*\*.*\*\/\n/, '')
    .replace("'../../../clients/tls/index.ts'", "'h5sm/tls'")
    .replace("'../../../rpc/client/connect.ts'", "'h5sm'");
  expect(page).toContain(`\`\`\`ts\n${program}\`\`\`\n`);
});

test.each(['rsa', 'p256', 'p384'] as const)(
  'it asks a server with a certificate of kind %s',
  async (kind) => {
    const { port, authority } = stage.server(kind);
    expect(await ask('localhost', port, authority, 'a question\n')).toBe('noitseuq a\n');
    expect(await stage.emulator.keys()).toBe(0);
  },
);

test('it refuses a certificate of somebody else', async () => {
  const { port } = stage.server('p256');
  await expect(ask('localhost', port, await stage.impostor('p256'), 'a question\n')).rejects.toThrow(
    'Verification of localhost failed',
  );
});
