/** `h5sm start`: an emulator until a signal. */
import { lstatSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Service } from '../../psa-api/service.ts';
import { defaultSocket, loopbackOnly, parseTcp } from '../../rpc/endpoint.ts';
import { type Server, serve } from '../../rpc/server/serve.ts';
import { DEFAULT_PROFILE } from '../profiles/profiles.ts';
import { isOn, textFlag } from './arguments.ts';
import { deviceFlags, loadDevice } from './device.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

const BANNER = 'h5sm: a software emulator, not a secure element; its keys are not protected\n';

/** A device of its own for each profile: their flash is not of one size. */
const defaultStore = (profile = DEFAULT_PROFILE): string => {
  const { XDG_STATE_HOME: given } = process.env;
  const state = given !== undefined && given !== '' ? given : join(homedir(), '.local', 'state');
  return join(state, 'h5sm', basename(profile, '.json'));
};

interface Ready {
  readonly endpoint: string;
  readonly endpoints: readonly string[];
  readonly token: string | null;
  readonly seed: string | null;
  readonly profile: string;
  readonly store: string;
  readonly pid: number;
}

const readyOf = (server: Server, service: Service): Ready => {
  const { profile, insecureSeed, store } = service.status();
  return {
    // Who asks for TCP means to use it.
    endpoint: server.endpoints.at(-1) ?? '',
    endpoints: server.endpoints,
    token: server.token ?? null,
    seed: insecureSeed,
    profile,
    store,
    pid: process.pid,
  };
};

const quoted = (text: string): string =>
  /^[\w@%+=:,./[\]-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

const readyText = ({ endpoint, endpoints, token, seed, profile, store, pid }: Ready): string => {
  const rows: (readonly [string, string])[] = [
    ['endpoint', `export H5SM_ENDPOINT=${quoted(endpoint)}`],
    ...(token === null ? [] : [['token', `export H5SM_TOKEN=${quoted(token)}`] as const]),
    ...endpoints.filter((other) => other !== endpoint).map((other) => ['also', other] as const),
    ['seed', seed === null ? 'system entropy' : `${seed} (insecure: everything repeats)`],
    ['profile', profile],
    ['store', store],
    ['pid', `${pid}`],
  ];
  return `h5sm ready\n${rows.map(([name, value]) => `  ${name.padEnd(8)}  ${value}\n`).join('')}`;
};

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // A second signal ends what does not stop by itself.
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });

/** In a folder that others can write to, anybody could put a socket of theirs in the place of ours. */
const privateSocket = (): string => {
  const path = defaultSocket();
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (uid === (process.getuid?.() ?? uid) && (mode & 0o022) === 0) return path;
  throw new Error(`folder ${folder}: others can write there; remove it or name a socket with --socket`);
};

const checkTcp = (tcp: string | undefined): void => {
  if (tcp === undefined) return;
  try {
    loopbackOnly(parseTcp(tcp));
  } catch (error) {
    throw new UsageError(`--tcp ${tcp}: ${error instanceof Error ? error.message : error}`);
  }
};

export const run: Run = async (invocation) => {
  checkTcp(textFlag(invocation, 'tcp'));
  const { H5SM_TOKEN: token } = process.env;
  const wanted = await deviceFlags(invocation, defaultStore(textFlag(invocation, 'profile')));
  const stop = stopped();
  const service = await loadDevice(wanted);
  try {
    const server = await serve(service, {
      unix: textFlag(invocation, 'socket') ?? privateSocket(),
      tcp: textFlag(invocation, 'tcp'),
      token: textFlag(invocation, 'token') ?? token,
    });
    if (!isOn(invocation, 'quiet')) process.stderr.write(BANNER);
    const ready = readyOf(server, service);
    process.stdout.write(isOn(invocation, 'json') ? `${JSON.stringify(ready)}\n` : readyText(ready));
    await stop;
    await server.close();
  } finally {
    service.close();
  }
  return 0;
};
