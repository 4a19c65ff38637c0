/** `npm run demo` as a user runs it: what it prints, how it ends, and that it leaves nothing behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { projectRoot } from '../../../demo/workspace.ts';

interface Run {
  readonly child: ChildProcess;
  /** Folder that the demo works in; empty before and, if all is well, after. */
  readonly folder: string;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

const MAIN = join(projectRoot(), 'dist/demo/main.js');

const runDemo = (environment: NodeJS.ProcessEnv = {}): Run => {
  if (!existsSync(MAIN)) throw new Error('the demo is not built: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-t-'));
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, output }));
  return { child, folder, ended };
};

/** Command lines of processes that have to do with a folder. */
const processesOf = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));

const expectNothingLeft = async (folder: string): Promise<void> => {
  expect(readdirSync(folder)).toEqual([]);
  // What was killed may take a moment to go.
  await expect.poll(() => processesOf(folder), { timeout: 10_000 }).toEqual([]);
};

test('ends with a table in which every row is ok', async () => {
  const { folder, ended } = runDemo();
  const { code, output } = await ended;
  expect(output).toMatch(/All \d\d rows ok\.\n$/);
  expect(output).not.toContain('FAILED');
  expect(output).toMatch(/TLS 1\.3 TLS_AES_128_GCM_SHA256, rsa .* ok +\d+ \+ \d+ /);
  expect(code).toBe(0);
  await expectNothingLeft(folder);
});

test('says what is missing, row by row, and fails', async () => {
  const bin = mkdtempSync(join(tmpdir(), 'h5sm-bin-'));
  onTestFinished(() => rmSync(bin, { recursive: true, force: true }));
  mkdirSync(join(bin, 'bin'));
  symlinkSync(process.execPath, join(bin, 'bin', 'node'));
  const { folder, ended } = runDemo({ PATH: join(bin, 'bin') });
  const { code, output } = await ended;
  expect(output).toMatch(/cc compiles .* FAILED .* cc: not installed/);
  expect(output).toMatch(/h5sm start, and openssl .* FAILED .* openssl: not installed/);
  expect(code).toBe(1);
  await expectNothingLeft(folder);
});

test('interrupted, it takes its servers along', async () => {
  const { child, folder, ended } = runDemo();
  await expect.poll(() => processesOf(folder).join('\n'), { timeout: 60_000 }).toContain('s_server');
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  await expectNothingLeft(folder);
});
