/** The command line as data: verbs and their flags. */

export interface Flag {
  readonly name: string;
  /** What stands after the flag; a flag without one is a switch. */
  readonly value?: string;
  readonly help: string;
}

export type Flags = Readonly<Record<string, string | true | undefined>>;

export interface Invocation {
  readonly flags: Flags;
  /** What comes after the flags: the command of exec. */
  readonly rest: readonly string[];
}

/** Runs a verb; the number is the exit code. */
export type Run = (invocation: Invocation) => Promise<number>;

export type VerbName = 'start' | 'exec' | 'status' | 'keys list' | 'capabilities';

export interface Verb {
  readonly name: VerbName;
  readonly help: string;
  /** What stands after the flags, where something may. */
  readonly rest?: string;
  readonly flags: readonly Flag[];
}

const QUIET: Flag = { name: 'quiet', help: 'nothing on stderr but errors' };
const JSON_OUT: Flag = { name: 'json', help: 'print JSON' };
const ENDPOINT: Flag = {
  name: 'endpoint',
  value: 'endpoint',
  help: 'the emulator to ask (H5SM_ENDPOINT, else the default socket)',
};
const TOKEN: Flag = { name: 'token', value: 'token', help: 'what TCP clients have to know (H5SM_TOKEN)' };
const PROFILE: Flag = { name: 'profile', value: 'name', help: 'the device to be' };
const SEED: Flag = {
  name: 'seed',
  value: 'number|hex',
  help: 'insecure: derive everything from this, for runs that repeat',
};

export const VERBS: readonly Verb[] = [
  {
    name: 'start',
    help: 'run an emulator until it is told to stop',
    flags: [
      { name: 'socket', value: 'path', help: 'UNIX socket to listen on' },
      {
        name: 'tcp',
        value: '[host:]port',
        help: 'listen on TCP too, loopback only; port 0 takes a free one',
      },
      TOKEN,
      SEED,
      {
        name: 'store',
        value: 'memory|folder',
        help: 'where persistent keys live (a folder of yours by default)',
      },
      PROFILE,
      JSON_OUT,
      QUIET,
    ],
  },
  {
    name: 'exec',
    help: 'run a command with an emulator of its own; the exit code is the command’s',
    rest: '-- command [arguments]',
    flags: [
      SEED,
      { name: 'store', value: 'memory|folder', help: 'where persistent keys live (memory by default)' },
      PROFILE,
      QUIET,
    ],
  },
  {
    name: 'status',
    help: 'what a running emulator holds: clients, calls, keys, open operations',
    flags: [ENDPOINT, TOKEN, JSON_OUT],
  },
  {
    name: 'keys list',
    help: 'the keys of a running emulator: attributes, never material',
    flags: [ENDPOINT, TOKEN, JSON_OUT],
  },
  {
    name: 'capabilities',
    help: 'functions, algorithms, key types and limits; with --profile, of that profile and without an emulator',
    flags: [ENDPOINT, TOKEN, PROFILE, JSON_OUT],
  },
];
