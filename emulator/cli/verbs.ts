/** The command line as data: verbs and their flags. */

export interface Flag {
  readonly name: string;
  /** What stands after the flag; a flag without one is a switch. */
  readonly value?: string;
  /** One letter: -j. */
  readonly short?: string;
  readonly help: string;
  /** May be given more than once: the values come line by line. */
  readonly repeats?: true;
}

export type Flags = Readonly<Record<string, string | true | undefined>>;

export interface Invocation {
  readonly flags: Flags;
  /** What comes after the flags: the command of exec. */
  readonly rest: readonly string[];
}

/** Runs a verb; the number is the exit code. */
export type Run = (invocation: Invocation) => Promise<number>;

export type VerbName =
  | 'start'
  | 'exec'
  | 'status'
  | 'keys list'
  | 'capabilities'
  | 'snapshot save'
  | 'snapshot restore'
  | 'snapshot diff'
  | 'device reset'
  | 'device power-cycle'
  | 'device regression'
  | 'device state'
  | 'trace tail'
  | 'trace show'
  | 'trace stats'
  | 'trace diff'
  | 'trace export'
  | 'diagnose'
  | 'fault add'
  | 'fault list'
  | 'fault clear'
  | 'campaign run'
  | 'campaign merge'
  | 'campaign replay'
  | 'identity show'
  | 'identity export';

export interface Verb {
  readonly name: VerbName;
  readonly help: string;
  /** What stands after the flags, where something may. */
  readonly rest?: string;
  /** Flags may come after it too. */
  readonly mixed?: true;
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
const PROFILE: Flag = { name: 'profile', value: 'name|file', help: 'the device to be' };
const SNAPSHOT: Flag = { name: 'snapshot', value: 'file', help: 'begin with the device of a snapshot' };
const PACE: Flag = {
  name: 'pace',
  value: 'host|board',
  help: 'answer as fast as this machine can (host), or no sooner than the board would (board)',
};
const SEED: Flag = {
  name: 'seed',
  value: 'number|hex',
  help: 'insecure: derive everything from this, for runs that repeat',
};
const TRACING: readonly Flag[] = [
  {
    name: 'trace',
    value: 'file|memory',
    help: 'record every call; memory keeps the last ones alone, for `h5sm trace tail`',
  },
  { name: 'reveal-insecure', help: 'insecure: record the bytes of inputs and outputs too, keys among them' },
  {
    name: 'keylog',
    value: 'file',
    help: 'insecure: write the TLS secrets derived in the device, as an NSS key log',
  },
  {
    name: 'keylog-client-random',
    value: 'hex',
    help: 'the client random of the one connection, where the device cannot tell',
  },
];
const HINTS: Flag = {
  name: 'hints',
  help: 'say on stderr what is wrong with the calls, as soon as it shows (docs/diagnose.md)',
};
const FAULTS: readonly Flag[] = [
  {
    name: 'fault',
    value: "'point[:trigger]->effect'",
    help: 'insecure: something that goes wrong, as often as given (docs/faults.md)',
    repeats: true,
  },
  {
    name: 'countermeasures',
    value: 'name,...',
    help: 'what the device does against faults: verify-after-sign, double-compare, ... (docs/faults.md)',
  },
];
const OF_STORE: Flag = {
  name: 'store',
  value: 'folder',
  help: 'of the device whose folder this is, without an emulator',
};
const OF_SEED: Flag = { ...SEED, help: 'of the device with this seed, without an emulator' };

const FACTORY: Flag = {
  name: 'factory',
  value: 'file.json',
  help: 'keys and data that the device is provisioned with (docs/services.md)',
};
const ATTESTATION_KEY: Flag = {
  name: 'attestation-key',
  value: 'tfm-dummy|device',
  help: 'what signs attestation tokens (tfm-dummy by default, a key that everybody knows)',
};

const REPORT: Flag = {
  name: 'out',
  value: 'folder',
  help: 'write results.ndjson, junit.xml and index.html there',
};
const JUNIT: Flag = { name: 'junit', value: 'file', help: 'write JUnit XML, a test for each case' };
const RESULTS_OUT: Flag = { name: 'json', help: 'print the results as JSON, a line each' };

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
      FACTORY,
      ATTESTATION_KEY,
      PROFILE,
      SNAPSHOT,
      PACE,
      ...TRACING,
      HINTS,
      ...FAULTS,
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
      FACTORY,
      ATTESTATION_KEY,
      PROFILE,
      SNAPSHOT,
      PACE,
      ...TRACING,
      HINTS,
      ...FAULTS,
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
  {
    name: 'snapshot save',
    help: 'write all that a running emulator holds into a file; insecure: keys are in it in clear',
    rest: 'file',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'snapshot restore',
    help: 'make a running emulator the device of a snapshot; its connections stay',
    rest: 'file',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'snapshot diff',
    help: 'what differs between two snapshots; exit code 1 if anything does',
    rest: 'before after',
    flags: [JSON_OUT],
  },
  {
    name: 'device reset',
    help: 'reset: operations and volatile keys go',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'device power-cycle',
    help: 'as a reset, and board time begins anew',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'device regression',
    help: 'back to product state Open: user flash is erased, the identity stays',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'device state',
    help: 'print the product state, or go on to the one that is named',
    rest: '[Open|Provisioning|TZ-Closed|Closed|Locked]',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'trace tail',
    help: 'the calls of a running emulator as they come, a line each',
    flags: [
      { name: 'lines', value: 'number', help: 'how many of those that are kept come first (10)' },
      ENDPOINT,
      TOKEN,
      { name: 'json', help: 'print the records as JSON, a line each' },
    ],
  },
  {
    name: 'trace show',
    help: 'the calls of a trace, a line each',
    rest: 'file',
    flags: [
      { name: 'long', help: 'digests of inputs and outputs too, and their bytes where they were revealed' },
    ],
  },
  {
    name: 'trace stats',
    help: 'per function: calls, failures, bytes, times',
    rest: 'file',
    flags: [JSON_OUT],
  },
  {
    name: 'trace diff',
    help: 'the first call that differs between two traces, whatever their times; exit code 1 if one does',
    rest: 'before after',
    flags: [JSON_OUT],
  },
  {
    name: 'trace export',
    help: 'a trace for other tools: ui.perfetto.dev (perfetto) or Wireshark (pcapng)',
    rest: 'file',
    flags: [
      { name: 'format', value: 'ndjson|perfetto|pcapng', help: 'what to make of it' },
      { name: 'out', value: 'file', help: 'where to write (stdout by default)' },
    ],
  },
  {
    name: 'diagnose',
    help: 'what a trace says of the program: causes, evidence and mends; exit code 1 if anything is found',
    rest: 'file',
    flags: [{ ...PROFILE, help: 'the device of the trace, where its profile is a file of yours' }, JSON_OUT],
  },
  {
    name: 'fault add',
    help: 'set faults of a running emulator, and print the id of each (docs/faults.md)',
    rest: "'point[:trigger]->effect' ...",
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'fault list',
    help: 'the faults of a running emulator: how often each could have struck, and did',
    flags: [ENDPOINT, TOKEN, JSON_OUT],
  },
  {
    name: 'fault clear',
    help: 'take faults away: those with these ids, or all',
    rest: '[id ...]',
    flags: [ENDPOINT, TOKEN],
  },
  {
    name: 'campaign run',
    help: 'a scenario again and again, each time with another fault (docs/campaigns.md); exit code 1 if one is not accepted',
    rest: 'campaign.json',
    mixed: true,
    flags: [
      { name: 'jobs', short: 'j', value: 'number', help: 'how many cases at once (1)' },
      { name: 'shard', value: 'i/n', help: 'the i-th of n parts alone, from 1; merge puts them together' },
      REPORT,
      { name: 'resume', help: 'go on with the report in --out, where a run was interrupted' },
      JUNIT,
      RESULTS_OUT,
      QUIET,
    ],
  },
  {
    name: 'campaign merge',
    help: 'one report from those of all shards',
    rest: 'folders',
    mixed: true,
    flags: [REPORT, JUNIT, RESULTS_OUT],
  },
  {
    name: 'campaign replay',
    help: 'one case of a campaign again, with its calls',
    rest: 'campaign.json',
    mixed: true,
    flags: [
      {
        name: 'fault',
        value: 'line',
        help: 'the fault; more than once for several in one run',
        repeats: true,
      },
      { name: 'trace', value: 'file', help: 'write the calls there: the same bytes each time' },
      RESULTS_OUT,
    ],
  },
  {
    name: 'identity show',
    help: 'serial numbers and certificates of the device',
    flags: [ENDPOINT, TOKEN, OF_SEED, OF_STORE, PROFILE, JSON_OUT],
  },
  {
    name: 'identity export',
    help: 'certificates as PEM: of the device, and of its issuer for servers under test to trust',
    flags: [
      { name: 'cert', help: 'the certificate of the user key' },
      { name: 'ca', help: 'insecure: that of the issuer, the same for every device' },
      { name: 'initial-attestation', help: 'those of the initial attestation key instead' },
      { name: 'out', value: 'file', help: 'where to write (stdout by default)' },
      { name: 'der', help: 'DER instead of PEM' },
      ENDPOINT,
      TOKEN,
      OF_SEED,
      OF_STORE,
      PROFILE,
    ],
  },
];
