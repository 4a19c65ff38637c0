/**
 * Multi-part operations by handle. With unique handles, a copy of an operation object that outlives the original
 * answers PSA_ERROR_BAD_STATE; with reused ones it may name another operation, as on a device with a small table.
 */

import type { KeyAttributes } from './attributes.ts';
import type { Inputs } from './call.ts';
import type { OperationFamily } from './functions.ts';
import type { Caller } from './handler.ts';
import { OperationJournal, type Step } from './operation-journal.ts';
import type { OperationState } from './operations/states.ts';
import type { OperationReport } from './service.ts';

interface Entry {
  readonly owner: number;
  readonly connection: number;
  readonly family: OperationFamily;
  readonly state: OperationState;
  /** A call that takes long is at work on it. */
  busy: boolean;
  /** In its error state (3.3.3): its handle can be aborted and nothing else. */
  failed: boolean;
  journal: OperationJournal;
}

/** An operation as a snapshot keeps it. */
export interface SavedOperation {
  readonly handle: number;
  readonly family: OperationFamily;
  readonly alg: number;
  readonly owner: number;
  readonly connection: number;
  readonly failed: boolean;
  /** undefined: too long to be kept. */
  readonly steps: readonly Step[] | undefined;
}

export interface OperationLimits {
  /** How many operations may be there at once, all families and clients together. */
  readonly count: number;
  /** Whether the lowest free handle is given out, or one that has never been. */
  readonly reusesHandles: boolean;
  /** Whether a failed operation keeps its place until it is aborted. */
  readonly holdsFailed: boolean;
}

const LAST_HANDLE = 0xffffffff;

export class OperationTable {
  readonly #entries = new Map<number, Entry>();
  /** Ended under a long call: wiped when that is over. */
  readonly #ending = new Map<number, Entry>();
  readonly #limits: OperationLimits;
  #last = 0;
  /** The handle that the next operation must have. */
  #reserved: number | undefined;

  constructor(limits: OperationLimits) {
    this.#limits = limits;
  }

  get holdsFailed(): boolean {
    return this.#limits.holdsFailed;
  }

  get isFull(): boolean {
    return this.#entries.size >= this.#limits.count;
  }

  add(caller: Caller, family: OperationFamily, state: OperationState): number {
    const handle = this.#freeHandle();
    this.#entries.set(handle, {
      owner: caller.owner,
      connection: caller.connection,
      family,
      state,
      busy: false,
      failed: false,
      journal: new OperationJournal(),
    });
    return handle;
  }

  #freeHandle(): number {
    const reserved = this.#reserved;
    this.#reserved = undefined;
    if (reserved !== undefined) return reserved;
    if (this.#limits.reusesHandles) {
      for (let handle = 1; ; handle++)
        if (!this.#entries.has(handle) && !this.#ending.has(handle)) return handle;
    }
    do this.#last = this.#last === LAST_HANDLE ? 1 : this.#last + 1;
    while (this.#entries.has(this.#last));
    return this.#last;
  }

  /** The state behind a handle, if it is of this family and this owner's. */
  get({ owner }: Caller, family: OperationFamily, handle: number): OperationState | undefined {
    const entry = this.#entries.get(handle);
    return entry !== undefined && entry.family === family && entry.owner === owner ? entry.state : undefined;
  }

  /** Keeps a call that has changed the operation; a clone (`source`) begins with what its source was given. */
  note(
    handle: number,
    source: number,
    step: { functionId: number; inputs: Inputs; draws: readonly Uint8Array[] },
  ): void {
    const entry = this.#entries.get(handle);
    if (entry === undefined || entry.failed) return;
    const origin = this.#entries.get(source);
    if (origin === undefined) entry.journal.add(step.functionId, step.inputs, step.draws);
    else entry.journal = origin.journal.clone();
  }

  /** The algorithm and key behind a handle of this family and owner. */
  about(
    owner: number,
    family: OperationFamily,
    handle: number,
  ): { readonly alg: number; readonly key: KeyAttributes | undefined } | undefined {
    const entry = this.#entries.get(handle);
    if (entry === undefined || entry.family !== family || entry.owner !== owner) return undefined;
    return { alg: entry.state.alg, key: entry.state.key?.attributes };
  }

  isBusy(handle: number): boolean {
    return this.#entries.get(handle)?.busy ?? false;
  }

  /** While a long call works on the state, no other call may use it, and its end waits for the call's. */
  setBusy(handle: number, busy: boolean): void {
    const entry = this.#entries.get(handle);
    if (entry !== undefined) entry.busy = busy;
    if (busy) return;
    this.#ending.get(handle)?.state.wipe();
    this.#ending.delete(handle);
  }

  isFailed(handle: number): boolean {
    return this.#entries.get(handle)?.failed ?? false;
  }

  /** Puts an operation into its error state, or ends it where failed operations are not held. */
  fail(handle: number): void {
    const entry = this.#entries.get(handle);
    if (entry === undefined) return;
    if (!this.#limits.holdsFailed) {
      this.end(handle);
      return;
    }
    if (!entry.failed) entry.state.wipe();
    entry.failed = true;
    entry.journal.wipe();
  }

  end(handle: number): void {
    const entry = this.#entries.get(handle);
    if (entry === undefined) return;
    this.#entries.delete(handle);
    entry.journal.wipe();
    if (entry.busy) this.#ending.set(handle, entry);
    else if (!entry.failed) entry.state.wipe();
  }

  endConnection(connection: number): void {
    for (const [handle, entry] of this.#entries) if (entry.connection === connection) this.end(handle);
  }

  endAll(): void {
    for (const handle of [...this.#entries.keys()]) this.end(handle);
  }

  /** From now on every new handle is above `handle`: a client from before a restart may still hold old ones. */
  passOver(handle: number): void {
    this.#last = Math.max(this.#last, handle);
  }

  /** The last handle given out, which a device that goes on from here must not give again. */
  get last(): number {
    return this.#last;
  }

  get isAnyBusy(): boolean {
    return this.#ending.size > 0 || [...this.#entries.values()].some(({ busy }) => busy);
  }

  save(): readonly SavedOperation[] {
    return [...this.#entries].map(([handle, { family, owner, connection, state, failed, journal }]) => ({
      handle,
      family,
      alg: state.alg,
      owner,
      connection,
      failed: failed || (state.key?.destroyed ?? false),
      steps: failed ? [] : journal.steps,
    }));
  }

  /** The next operation gets this handle. */
  reserve(handle: number): void {
    this.#reserved = handle;
    this.#last = Math.max(this.#last, handle);
  }

  /** An operation in its error state, as it was saved. */
  addFailed({ handle, family, alg, owner, connection }: SavedOperation): void {
    this.reserve(handle);
    this.add({ owner, connection, closed: false }, family, { alg, wipe: () => {} });
    const entry = this.#entries.get(handle);
    if (entry !== undefined) entry.failed = true;
  }

  report(): readonly OperationReport[] {
    return [...this.#entries].map(([handle, { family, owner, connection, state, failed }]) => ({
      handle,
      family,
      alg: state.alg,
      owner,
      connection,
      failed,
    }));
  }
}
