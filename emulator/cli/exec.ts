/** `h5sm exec -- command`: a command with an emulator of its own on a socket that nobody else can reach. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import type { Service } from '../../psa-api/service.ts';
import { serve } from '../../rpc/server/serve.ts';
import { deviceFlags, loadDevice } from './device.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

/** As shells answer. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const SIGNALLED = 128;

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const;
/** A terminal sends these to the child itself. */
const FROM_TERMINAL: readonly string[] = ['SIGINT', 'SIGQUIT'];

/** Signals go to the child; before there is one they end this process, in order. */
const forward = (childOf: () => ChildProcess | undefined): void => {
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      const child = childOf();
      if (child === undefined) process.exit(SIGNALLED + constants.signals[signal]);
      if (!FROM_TERMINAL.includes(signal) || !isatty(0)) child.kill(signal);
    });
  }
};

const exitCode = (child: ChildProcess, command: string): Promise<number> =>
  new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const missing = error.code === 'ENOENT';
      const why = missing ? 'command not found' : error.code === 'EACCES' ? 'not executable' : error.message;
      process.stderr.write(`h5sm: exec: ${command}: ${why}\n`);
      resolve(missing ? NOT_FOUND : NOT_EXECUTABLE);
    });
    child.once('exit', (code, signal) => {
      resolve(code ?? SIGNALLED + (signal === null ? 0 : constants.signals[signal]));
    });
  });

export const run: Run = async (invocation) => {
  const [command, ...args] = invocation.rest;
  if (command === undefined) throw new UsageError('exec: no command; use h5sm exec -- command [arguments]');
  const wanted = await deviceFlags(invocation, 'memory');
  let child: ChildProcess | undefined;
  forward(() => child);
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  let device: Service | undefined;
  const load = async () => {
    device ??= await loadDevice(wanted);
    return device;
  };
  // A folder or a seed file that cannot be used is better told now than by a first call that fails; and a trace has its
  // beginning.
  const isWatched = wanted.trace !== undefined || wanted.insecureKeylog !== undefined;
  const isFaulty = (wanted.faults ?? []).length > 0;
  if (wanted.store !== 'memory' || wanted.factory !== undefined || isWatched || isFaulty) await load();
  const server = await serve(load, { unix: join(folder, 'h5sm.sock') });
  const { H5SM_TOKEN: _, ...environment } = process.env;
  const env = { ...environment, H5SM_ENDPOINT: server.endpoints[0] };
  child = spawn(command, args, { stdio: 'inherit', env });
  const code = await exitCode(child, command);
  await server.close();
  device?.close();
  // A device that was still being loaded has nobody left to serve.
  process.exit(code);
};
