/** What a trace is made of: calls as they were carried out, and marks between them. A trace file is NDJSON of both. */

/** One call. Everything but `time` and `duration` repeats with the same seed and calls. */
export interface TraceEvent {
  /** 1, 2, 3 ... in the order in which calls ended; marks count too. */
  readonly seq: number;
  /** When it ended: milliseconds since the Unix epoch, fractions allowed. */
  readonly time: number;
  /** Board time before the call, nanoseconds; 0 without timing. */
  readonly board: number;
  /** Nanoseconds that the board would have taken. */
  readonly boardDuration: number;
  /** Nanoseconds on this machine. */
  readonly duration: number;
  /** The client id: -1 is the non-secure application. */
  readonly client: number;
  readonly connection: number;
  /** `psa_hash_update` */
  readonly function: string;
  /** Key id named by the call, or standing behind its operation. */
  readonly key?: number;
  readonly alg?: number;
  /** Of that key, or of the key to be made. */
  readonly keyType?: number;
  readonly keyBits?: number;
  /** Of the operation object: `hash`, `cipher`, ... */
  readonly family?: string;
  /** The operation's handle before the call, and after it. */
  readonly handle?: number;
  readonly handleAfter?: number;
  /** Handle of a const source operation (psa_hash_clone). */
  readonly source?: number;
  /** Key id that the call made. */
  readonly made?: number;
  /**
   * Scalars by parameter name (step, usage, capacity, ...) but for those that have a field of their own, 64 bits as
   * decimal text; the fields of structures as `attributes.type`, `attributes.bits`, `attributes.usage`,
   * `attributes.alg`, `attributes.lifetime`, `attributes.id`. Inputs, and of a success outputs.
   */
  readonly scalars: Readonly<Record<string, number | string>>;
  /** Bytes of inputs and outputs by parameter name; declared rooms by the name of their size parameter. */
  readonly lengths: Readonly<Record<string, number>>;
  /** The first 16 hex digits of SHA-256 of each non-empty input and output, by parameter name. */
  readonly digests: Readonly<Record<string, string>>;
  /** The same in full, hex: only with --reveal-insecure. */
  readonly bytes?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Answered by the device's own client (emulator/client-side.ts): it never reached the secure world. */
  readonly refusedBy?: 'client';
}

/** What happened beside calls, in the same stream; told apart by `event`. The first line of a trace is `start`. */
export interface TraceMark {
  readonly event: 'start' | 'connect' | 'disconnect' | 'reset' | 'restore' | 'fault';
  readonly seq: number;
  readonly time: number;
  readonly board: number;
  readonly client?: number;
  readonly connection?: number;
  /** At the start: the device, and the format's version, 1. */
  readonly profile?: string;
  readonly seed?: string | null;
  readonly version?: number;
  /** At a disconnect: operations still open, and volatile keys that end with it. */
  readonly operations?: readonly {
    readonly handle: number;
    readonly family: string;
    readonly alg: number;
    readonly owner: number;
  }[];
  readonly keys?: readonly number[];
  /** At a fault: its line, and the point where it struck. */
  readonly fault?: string;
  readonly point?: string;
}

export type TraceRecord = TraceEvent | TraceMark;

export const isCall = (record: TraceRecord): record is TraceEvent => !('event' in record);
