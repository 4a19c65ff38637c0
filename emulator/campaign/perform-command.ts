/** Runs a command with H5SM_ENDPOINT set to a device of its own. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Service } from '../../psa-api/service.ts';
import type { LoadedCampaign } from './campaign-file.ts';
import type { End } from './outcome.ts';
import type { Performance } from './run.ts';
import type { CommandScenario } from './schema.ts';
import type { WatchedDevice } from './watched-device.ts';

/** Puts a device behind a socket: the command line knows how. */
export type Serve = (device: Service) => Promise<{ readonly endpoint: string; close(): Promise<void> }>;

/** Of the output of a command, in bytes; what comes after it is dropped. */
const OUTPUT_LIMIT = 1024 * 1024;
/** Of a shell whose command a signal ended. */
const SIGNALLED = 128;

const gather = (stream: NodeJS.ReadableStream): (() => string) => {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < OUTPUT_LIMIT) chunks.push(chunk);
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).subarray(0, OUTPUT_LIMIT).toString();
};

interface Ended {
  readonly end: End;
  readonly code: number | undefined;
}

const endOfCode = (
  code: number | null,
  signal: string | null,
  success: readonly number[],
  tail: string,
): End => {
  if (signal !== null) return { kind: 'crashed', why: signal };
  if (code !== null && success.includes(code)) return { kind: 'completed' };
  if (code !== null && code > SIGNALLED) return { kind: 'crashed', why: `exit code ${code}` };
  return { kind: 'failed', why: `exit code ${code}${tail === '' ? '' : `: ${tail}`}` };
};

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.slice(0, 200) ?? '';

/** A program that was not there, or could not be started, is an error of the campaign, not an outcome. */
export const performCommand = async (
  loaded: LoadedCampaign,
  scenario: CommandScenario,
  serve: Serve,
  watched: WatchedDevice,
  options: { readonly wallMs: number; readonly negative: boolean; readonly success: readonly number[] },
): Promise<Performance> => {
  const server = await serve(watched.device);
  const { H5SM_TOKEN: _, ...environment } = process.env;
  const [command = '', ...args] = scenario.command;
  const cwd = resolve(loaded.folder, scenario.cwd ?? '.');
  // A relative path is relative to where the campaign says, whatever the search path is.
  const program = command.includes('/') ? resolve(cwd, command) : command;
  const child = spawn(program, args, {
    cwd,
    env: {
      ...environment,
      ...scenario.env,
      H5SM_ENDPOINT: server.endpoint,
      ...(options.negative ? { H5SM_NEGATIVE: '1' } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what it starts ends with it.
    detached: true,
  });
  const stdout = gather(child.stdout);
  const stderr = gather(child.stderr);
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    const { end, code } = await new Promise<Ended>((settle, reject) => {
      const giveUp = (why: string): void => {
        settle({ end: { kind: 'hang', why }, code: undefined });
        kill();
      };
      timer = setTimeout(() => giveUp(`${options.wallMs} ms on this machine`), options.wallMs);
      void watched.exhausted.then(giveUp);
      child.once('error', (error) => reject(new Error(`scenario.command: ${program}: ${error.message}`)));
      child.once('close', (status, signal) =>
        settle({
          end: endOfCode(status, signal, options.success, lastLine(stderr())),
          code: status ?? undefined,
        }),
      );
    });
    const outputs = [{ name: 'stdout', value: stdout() }];
    return { end, outputs, findings: [], stdout: `${stdout()}${stderr()}`, exitCode: code };
  } finally {
    clearTimeout(timer);
    kill();
    await server.close();
  }
};
