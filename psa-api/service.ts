/** What a device offers to those who serve it: sessions to call through, and a view from outside. */

import type { KeyAttributes } from './attributes.ts';
import type { Call } from './call.ts';

export interface SessionOptions {
  /** The client id: -1 is the non-secure application, the default of every client. */
  readonly owner: number;
  /** The highest operation handle this client has ever held: the device gives it none below or equal. */
  readonly lastHandle: number;
}

/** One connected client. Its operations and volatile keys end with it. */
export interface Session {
  readonly call: Call;
  close(): void;
}

export interface OperationReport {
  readonly handle: number;
  readonly family: string;
  readonly alg: number;
  readonly owner: number;
  readonly connection: number;
  /** In its error state: it waits for psa_*_abort. */
  readonly failed: boolean;
}

export interface KeyReport extends KeyAttributes {
  readonly owner: number;
  /** `factory`: provisioned, for one owner; `built-in`: the chip's, for all. */
  readonly kind: 'volatile' | 'persistent' | 'built-in' | 'factory';
}

export interface StatusReport {
  readonly profile: string;
  /** Hex of the seed that everything is derived from, or null: then nothing can be repeated. */
  readonly insecureSeed: string | null;
  readonly store: string;
  readonly productState: string;
  /** Board time so far, in nanoseconds; 0 where the profile has no timing. */
  readonly boardTime: number;
  readonly connections: number;
  readonly calls: number;
  readonly keys: { readonly volatile: number; readonly persistent: number; readonly builtIn: number };
  readonly operations: readonly OperationReport[];
}

/** One value of a profile and where it comes from; of a list there are as many as it has names. */
export interface SettingReport {
  readonly setting: string;
  readonly value: number | string | boolean | null;
  readonly source: string;
  /** read, inferred, proxy, chosen or specified. */
  readonly confidence: string;
}

export interface Capabilities {
  readonly profile: string;
  readonly summary: string;
  readonly functions: readonly {
    readonly name: string;
    readonly since: string;
    readonly group: string;
    readonly implemented: boolean;
  }[];
  /**
   * The services beside Crypto; as `device` the functions of h5sm itself, as `framework` the calls that carry services,
   * as `tf-m` the functions of the crypto service that are not of the PSA specification, as `control` what tests ask of
   * the emulator.
   */
  readonly services: readonly {
    readonly library: string;
    readonly functions: readonly {
      readonly name: string;
      readonly since: string;
      readonly implemented: boolean;
    }[];
  }[];
  readonly algorithms: readonly string[];
  readonly keyTypes: readonly { readonly name: string; readonly bits: readonly number[] | string }[];
  /** Every setting of the profile; of a list each name stands for itself. */
  readonly settings: readonly SettingReport[];
}

/**
 * `reset` and `power-cycle` end operations and volatile keys, and a power cycle sets the clock to 0; `regression` erases
 * user flash too: persistent keys, assets and factory data. The identity that ST provisioned stays.
 */
export const POWER_ACTIONS = ['reset', 'power-cycle', 'regression'] as const;
export type PowerAction = (typeof POWER_ACTIONS)[number];

/** Why a device takes no client, in words for whoever asked. */
export class ConnectionRefused extends Error {}

/** A call that is not answered: the connection it came by is at its end. */
export class Disconnected extends Error {}

/** A fault that is set. */
export interface FaultReport {
  readonly id: number;
  /** Its one-line form (docs/faults.md). */
  readonly line: string;
  /** How often a visit of its point passed its filters, and how often it struck. */
  readonly visits: number;
  readonly hits: number;
}

/** The faults of a device. */
export interface FaultControl {
  /** Sets a fault, given as a line or as JSON, and gives its id. Throws for one that cannot be, saying where. */
  add(fault: unknown): number;
  list(): readonly FaultReport[];
  /** Takes one away, or all. Throws for an id that is none. */
  clear(id?: number): void;
  /** Visits so far of each point that a fault waits at. */
  visits(): Readonly<Record<string, number>>;
}

/** What the device's own client does beside calling; a client that stands in for it does the same. */
export interface ClientQuirks {
  readonly lengthsOnError: boolean;
  readonly outputsFilled: boolean;
}

/** A key pair of the chip, and what vouches for it. */
export interface CertifiedKey {
  /** 20 hex digits. */
  readonly serial: string;
  /** X.509, DER. */
  readonly certificate: Uint8Array;
  /** The certificate of the authority that signed it, DER: the same for every device, and insecure. */
  readonly ca: Uint8Array;
}

export interface IdentityReport {
  /** PSA_KEY_ID_ST_DUA_USER */
  readonly user: CertifiedKey;
  /** Of the attestation service; it has no key id. */
  readonly initialAttestation: CertifiedKey;
}

/** A record of a trace: a call, or a mark between calls (docs/trace.md). */
export interface Traced {
  /** 1, 2, 3 ...; a gap is what was no longer kept. */
  readonly seq: number;
}

/** The calls of a device as they are recorded. */
export interface TraceView<Entry extends Traced = Traced> {
  /** Whether they are: the device was told to, or somebody listens. */
  isRecording(): boolean;
  /** Those after `seq` that are still kept, oldest first; without one also how the trace began. */
  since(seq?: number): readonly Entry[];
  /** Hears of each record from now on, until the function that comes back is called. */
  listen(listener: (entry: Entry) => void): () => void;
}

/** What becomes of bytes on the wire: these go on, nothing comes, or the connection ends. */
export type Wired = Uint8Array | 'drop' | 'disconnect';

/** A device as the servers, the command line and tests in this process see it. */
export interface Service {
  connect(options?: Partial<SessionOptions>): Session;
  status(): StatusReport;
  capabilities(): Capabilities;
  clientQuirks(): ClientQuirks;
  keys(): readonly KeyReport[];
  /** Where the chip is in its life: Open, Provisioning, TZ-Closed, Closed or Locked. */
  productState(): string;
  /** Throws for a step back, and for what is no state. */
  setProductState(state: string): void;
  /** Throws where the life cycle does not have it. */
  power(action: PowerAction): void;
  identity(): IdentityReport;
  readonly trace: TraceView;
  readonly faults: FaultControl;
  /** Only while a fault waits on the wire: asked for each payload that arrives and each frame that leaves. */
  readonly wire?: ((point: 'rpc.recv' | 'rpc.send', bytes: Uint8Array) => Wired) | undefined;
  /** All that the device holds, as the bytes of a file (docs/cli.md). Throws while a long call runs. */
  snapshot(): Uint8Array;
  /** Becomes the device of the snapshot; connections stay. Throws, and stays as it was, where that cannot be. */
  restore(snapshot: Uint8Array): void;
  /** Wipes what is in memory and lets go of the store. */
  close(): void;
}
