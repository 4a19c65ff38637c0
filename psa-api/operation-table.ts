/**
 * Multi-part operations by handle. A handle is never given out twice while the device runs, so a copy of an
 * operation object that outlives the original answers PSA_ERROR_BAD_STATE, as on the device.
 */
import type { OperationFamily } from './functions.ts';
import type { Caller } from './handler.ts';
import type { OperationState } from './operations/states.ts';
import type { OperationReport } from './service.ts';

interface Entry {
  readonly owner: number;
  readonly connection: number;
  readonly family: OperationFamily;
  readonly state: OperationState;
  /** A call that takes long is at work on it. */
  busy: boolean;
}

const LAST_HANDLE = 0xffffffff;

export class OperationTable {
  readonly #entries = new Map<number, Entry>();
  /** Ended under a long call: wiped when that is over. */
  readonly #ending = new Map<number, Entry>();
  readonly #limit: number;
  #last = 0;

  /** `limit`: how many operations may be active at once, all families and clients together. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get isFull(): boolean {
    return this.#entries.size >= this.#limit;
  }

  add(caller: Caller, family: OperationFamily, state: OperationState): number {
    do this.#last = this.#last === LAST_HANDLE ? 1 : this.#last + 1;
    while (this.#entries.has(this.#last));
    this.#entries.set(this.#last, {
      owner: caller.owner,
      connection: caller.connection,
      family,
      state,
      busy: false,
    });
    return this.#last;
  }

  /** The state behind a handle, if it is of this family and this owner's. */
  get({ owner }: Caller, family: OperationFamily, handle: number): OperationState | undefined {
    const entry = this.#entries.get(handle);
    return entry !== undefined && entry.family === family && entry.owner === owner ? entry.state : undefined;
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

  end(handle: number): void {
    const entry = this.#entries.get(handle);
    if (entry === undefined) return;
    this.#entries.delete(handle);
    if (entry.busy) this.#ending.set(handle, entry);
    else entry.state.wipe();
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

  report(): readonly OperationReport[] {
    return [...this.#entries].map(([handle, { family, owner, connection, state }]) => ({
      handle,
      family,
      alg: state.alg,
      owner,
      connection,
    }));
  }
}
