/** What a trace tells of operations, keys, connections and failures while it goes by. */
import type { FunctionRow, OperationRole } from '../../psa-api/functions.ts';
import type { TraceEvent } from '../trace/event.ts';
import type { Evidence, Finding } from './finding.ts';

/** A failing call, and the finding that explains it once there is one. */
export interface Failure {
  readonly by: Evidence;
  finding: Finding | undefined;
}

export interface Nonce {
  readonly by: Evidence;
  readonly length: number;
  readonly digest: string | undefined;
  /** Where the trace reveals bytes. */
  readonly firstByte: number | undefined;
  /** Drawn by the device. */
  readonly generated: boolean;
}

export interface OperationLife {
  readonly handle: number;
  readonly client: number;
  readonly connection: number;
  readonly family: string;
  readonly alg: number | undefined;
  readonly key: KeyLife | undefined;
  readonly direction: 'encrypt' | 'decrypt' | undefined;
  readonly setup: Evidence;
  last: Evidence;
  /** In its error state since then. */
  failure: Failure | undefined;
  end:
    | { readonly how: 'finished' | 'aborted' | 'failed' | 'reset' | 'disconnected'; readonly by: Evidence }
    | undefined;
  finding: Finding | undefined;
  /** As announced by psa_aead_set_lengths. */
  lengths: { readonly ad: number; readonly text: number } | undefined;
  nonce: Nonce | undefined;
  /** Calls of psa_aead_update_ad. */
  adCalls: number;
  /** Bytes of additional data, of text or message, and of output, in calls that succeeded. */
  ad: number;
  text: number;
  output: number;
}

export interface KeyLife {
  readonly id: number;
  readonly client: number;
  /** The connection that a volatile key ends with. */
  readonly connection: number | undefined;
  readonly type: number | undefined;
  readonly bits: number | undefined;
  /** undefined where the trace does not say how the key was made. */
  readonly usage: number | undefined;
  readonly alg: number | undefined;
  readonly made: Evidence | undefined;
  /** The same for keys with the same bytes, as far as the trace tells. */
  readonly material: string;
  last: Evidence | undefined;
  destroyed: Evidence | undefined;
  finding: Finding | undefined;
}

/** How an operation object of a family last became inactive on a connection, or was found so. */
export type Void = { readonly by: Evidence; readonly failure: Failure | undefined };

export interface ConnectionLife {
  readonly id: number;
  initialized: boolean;
  /** By family of operation. */
  readonly voids: Map<string, Void>;
  /** By family, the last one that left an object inactive. */
  readonly lastFailures: Map<string, Failure>;
  /** The last call on each family, and the operation it left active. */
  readonly lastCalls: Map<string, { readonly by: Evidence; readonly operation: OperationLife | undefined }>;
  /** Since the last key was made. */
  failedCreation: Failure | undefined;
  /** By persistent id. */
  readonly failedCreations: Map<number, Failure>;
}

/** One call with what is known about what it names, as it stood before the call. */
export interface Seen {
  readonly event: TraceEvent;
  readonly evidence: Evidence;
  readonly row: FunctionRow;
  readonly role: OperationRole | undefined;
  readonly connection: ConnectionLife;
  /** The active operation that the call names. */
  readonly operation: OperationLife | undefined;
  /** Where there is none of this family and client: whichever has the handle, or had it last. */
  readonly other: OperationLife | undefined;
  readonly source: OperationLife | undefined;
  readonly otherSource: OperationLife | undefined;
  readonly key: KeyLife | undefined;
  /** The key with the persistent id that the call wants for a new one. */
  readonly existing: KeyLife | undefined;
  /** The key that the call made. */
  readonly made: KeyLife | undefined;
  /** How an object of this family last became inactive. */
  readonly voided: Void | undefined;
  readonly lastFailure: Failure | undefined;
  readonly lastCall: { readonly by: Evidence; readonly operation: OperationLife | undefined } | undefined;
  /** The earlier failure that this one follows from. */
  readonly cause: Failure | undefined;
  /** This call's own; undefined where it succeeded. */
  readonly failure: Failure | undefined;
}
