/** The command as users run it: built, in a process of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const MAIN = join(ROOT, 'dist/emulator/cli/main.js');

/** Builds what is older than its source; nothing to do after `npm test`. */
export const ready = (): void => {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'scripts/ready.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the project could not be built');
};

export const folderForTest = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** An environment in which nothing of the user's is found or touched. */
const environment = (folder: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { H5SM_ENDPOINT: _, H5SM_TOKEN: __, H5SM_CLIENT_ID: ___, ...env } = process.env;
  return { ...env, XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: join(folder, 'state'), TMPDIR: folder, ...more };
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** The lines of stdout, as they come. */
  readonly lines: AsyncIterator<string>;
  readonly ended: Promise<Ended>;
}

export interface Options {
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export const launch = (
  args: readonly string[],
  { folder = folderForTest(), env = {} }: Options = {},
): Running => {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: environment(folder, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return { child, lines, ended };
};

export const h5sm = (args: readonly string[], options: Options = {}): Promise<Ended> =>
  launch(args, options).ended;

export const nextLine = async ({ lines, ended }: Running): Promise<string> => {
  const { value, done } = await lines.next();
  if (done !== true) return value;
  throw new Error(`ended before a line came: ${(await ended).stderr}`);
};
