/** The program of docs/webcrypto.md: it is what the page shows, and it works. */
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cryptoProvider } from '@peculiar/x509';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { projectRoot } from '../../../demo/workspace.ts';
import { request } from './snippet.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
const former = cryptoProvider.get();

beforeAll(async () => {
  stage = await openStage();
  vi.stubEnv('H5SM_ENDPOINT', stage.emulator.endpoint);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  cryptoProvider.set(former);
  await stage?.close();
});

test('the page shows the program that is tested here', async () => {
  const page = await readFile(join(projectRoot(), 'docs/webcrypto.md'), 'utf8');
  const source = await readFile(new URL('./snippet.ts', import.meta.url), 'utf8');
  const program = source
    .replace(/^\/\*\*.*\*\/\n/, '')
    .replace("'../../../clients/webcrypto/index.ts'", "'h5sm/webcrypto'")
    .replace(
      /import \{ PSA_KEY_ID_ST_DUA_USER \} .*\nimport \{ connect \} .*/,
      "import { connect, PSA_KEY_ID_ST_DUA_USER } from 'h5sm';",
    );
  expect(page).toContain(`\`\`\`ts\n${program}\`\`\`\n`);
});

test('it makes a request that openssl verifies, and leaves nothing in the device', async () => {
  const pem = await request('CN=Device 7');
  const answer = await stage.openssl(
    'req',
    '-verify',
    '-noout',
    '-subject',
    '-in',
    stage.file('csr.pem', pem),
  );
  expect(answer).toContain('verify OK');
  expect(answer).toMatch(/CN ?= ?Device 7/);
  expect(await stage.emulator.keys()).toBe(0);
});
