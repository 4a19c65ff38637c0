/**
 * What a test asks of the emulator over its own connection (psa-api/control-functions.ts): the device as a whole, and
 * what was called. It stands before the session; nothing of it reaches the device's call path. What a connection has
 * asked for - snapshots, expectations, faults - ends with it.
 */
import type { Inputs, Outcome } from '../../psa-api/call.ts';
import { CONTROL_FUNCTIONS } from '../../psa-api/control-functions.ts';
import { functionById } from '../../psa-api/functions.ts';
import type { Service } from '../../psa-api/service.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INVALID_ARGUMENT,
  type PsaError,
} from '../../psa-api/status.ts';
import { SnapshotError } from '../snapshot/snapshot.ts';
import type { TraceRecord } from '../trace/event.ts';
import { CallLog, recordsOf } from './call-log.ts';
import { compare, type Expectation } from './expectations.ts';
import { type FaultsOfDevice, SetFaults } from './set-faults.ts';

/** Of one connection. */
const SNAPSHOTS = 64;
const EXPECTATIONS = 256;

/** What of a device is asked here. */
export interface Controlled extends Pick<Service, 'power' | 'snapshot' | 'restore' | 'status'> {
  readonly trace: { listen(listener: (record: TraceRecord) => void): () => void };
  readonly faults: FaultsOfDevice;
}

type Answer = PsaError | readonly (number | Uint8Array)[];
type Handler = (...inputs: number[]) => Answer;

const utf8 = new TextEncoder();

const GROUP = (CONTROL_FUNCTIONS[0]?.id ?? 0) >>> 8;

export const isControl = (functionId: number): boolean => functionId >>> 8 === GROUP;

/** What is answered here, for those who list what is there. */
export const CONTROL_CALLS: readonly string[] = CONTROL_FUNCTIONS.map(({ name }) => name);

const isOfDevice = (functionId: number): boolean => {
  const row = functionById(functionId);
  return row !== undefined && !row.local && row.library !== 'control';
};

export class Control {
  readonly #device: Controlled;
  readonly #handlers: ReadonlyMap<string, Handler>;
  readonly #faults: SetFaults;
  readonly #snapshots = new Map<number, Uint8Array>();
  #lastSnapshot = 0;
  readonly #expectations: Expectation[] = [];
  /** Where the trace stood at the first of them. */
  #expectedSince = 0;
  /** From the first question about calls on. */
  #log: CallLog | undefined;
  #stopListening: (() => void) | undefined;

  constructor(device: Controlled) {
    this.#device = device;
    this.#faults = new SetFaults(device.faults);
    this.#handlers = new Map<string, Handler>([
      ['h5sm_ctl_reset', () => this.#reset()],
      ['h5sm_ctl_snapshot', () => this.#snapshot()],
      ['h5sm_ctl_restore', (snapshot) => this.#restore(snapshot)],
      ['h5sm_ctl_drop', (snapshot) => this.#drop(snapshot)],
      ['h5sm_ctl_mark', () => [this.#calls().mark]],
      ['h5sm_ctl_call_count', (mark, functionId) => this.#count(mark, functionId)],
      ['h5sm_ctl_calls', (mark, room) => this.#read(mark, room)],
      ['h5sm_ctl_expect_call', (functionId, status, times) => this.#expect(functionId, status, times)],
      ['h5sm_ctl_verify', (room) => this.#verify(room)],
      ['h5sm_ctl_open_operations', () => [this.#device.status().operations.length]],
      ['h5sm_ctl_volatile_keys', () => [this.#device.status().keys.volatile]],
      ['h5sm_ctl_fault_clear', () => this.#clearFaults()],
      ['h5sm_ctl_fault_hits', (fault) => this.#hits(fault)],
      ['h5sm_ctl_fail', (functionId, nth, status) => this.#fail(functionId, nth, status | 0)],
    ]);
  }

  answer(functionId: number, inputs: Inputs): Outcome {
    try {
      const answer = this.#answer(functionById(functionId)?.name ?? '', inputs);
      return typeof answer === 'number' ? [answer] : [0, ...answer];
    } catch (error) {
      // A long call runs, an operation has been given too much, or the snapshot is of another device.
      if (error instanceof SnapshotError) return [PSA_ERROR_BAD_STATE];
      throw error;
    }
  }

  close(): void {
    this.#stopListening?.();
    this.#snapshots.clear();
    try {
      this.#faults.clear();
    } catch (error) {
      // A fault inside the core stays where the core cannot be made anew, for a reason that a snapshot would have too.
      if (!(error instanceof SnapshotError)) throw error;
    }
  }

  /** Most take integers and nothing else. */
  #answer(name: string, inputs: Inputs): Answer {
    if (name === 'h5sm_ctl_fault_add') return this.#addFault(inputs[0] as Uint8Array, inputs[1] as number);
    return this.#handlers.get(name)?.(...(inputs as number[])) ?? PSA_ERROR_INVALID_ARGUMENT;
  }

  #reset(): Answer {
    this.#device.power('reset');
    return [];
  }

  #snapshot(): Answer {
    if (this.#snapshots.size >= SNAPSHOTS) return PSA_ERROR_INSUFFICIENT_MEMORY;
    const bytes = this.#device.snapshot();
    this.#snapshots.set(++this.#lastSnapshot, bytes);
    return [this.#lastSnapshot];
  }

  /** A test begins: faults and expectations that one before it has left are gone. */
  #restore(id: number): Answer {
    const snapshot = this.#snapshots.get(id);
    if (snapshot === undefined) return PSA_ERROR_DOES_NOT_EXIST;
    this.#faults.clear();
    this.#device.restore(snapshot);
    this.#expectations.length = 0;
    return [];
  }

  #drop(id: number): Answer {
    return this.#snapshots.delete(id) ? [] : PSA_ERROR_DOES_NOT_EXIST;
  }

  #calls(): CallLog {
    if (this.#log !== undefined) return this.#log;
    const log = new CallLog();
    this.#log = log;
    this.#stopListening = this.#device.trace.listen((record) => log.push(record));
    return log;
  }

  #count(mark: number, functionId: number): Answer {
    if (functionId !== 0 && !isOfDevice(functionId)) return PSA_ERROR_INVALID_ARGUMENT;
    const calls = this.#calls().since(mark);
    if (calls === undefined) return PSA_ERROR_INSUFFICIENT_MEMORY;
    const name = functionById(functionId)?.name;
    return [calls.filter((event) => name === undefined || event.function === name).length];
  }

  #read(mark: number, room: number): Answer {
    const calls = this.#calls().since(mark);
    return calls === undefined ? PSA_ERROR_INSUFFICIENT_MEMORY : [recordsOf(calls, room)];
  }

  #expect(functionId: number, status: number, times: number): Answer {
    if (!isOfDevice(functionId)) return PSA_ERROR_INVALID_ARGUMENT;
    if (this.#expectations.length >= EXPECTATIONS) return PSA_ERROR_INSUFFICIENT_MEMORY;
    const { mark } = this.#calls();
    if (this.#expectations.length === 0) this.#expectedSince = mark;
    this.#expectations.push({ functionId, status: status | 0, times });
    return [];
  }

  /** What was expected is then settled, and forgotten. */
  #verify(room: number): Answer {
    const log = this.#calls();
    const calls = this.#expectations.length === 0 ? [] : log.since(this.#expectedSince);
    if (calls === undefined) return PSA_ERROR_INSUFFICIENT_MEMORY;
    const { unmet, report } = compare(this.#expectations, calls);
    this.#expectations.length = 0;
    return [unmet, utf8.encode(report).subarray(0, room)];
  }

  #addFault(line: Uint8Array, room: number): Answer {
    const fault = this.#faults.add(new TextDecoder().decode(line));
    return typeof fault === 'number' ? [fault, new Uint8Array(0)] : [0, utf8.encode(fault).subarray(0, room)];
  }

  #fail(functionId: number, nth: number, status: number): Answer {
    if (!isOfDevice(functionId) || status === 0) return PSA_ERROR_INVALID_ARGUMENT;
    return typeof this.#faults.fail(functionId, nth, status) === 'number' ? [] : PSA_ERROR_INVALID_ARGUMENT;
  }

  #clearFaults(): Answer {
    this.#faults.clear();
    return [];
  }

  #hits(fault: number): Answer {
    const hits = this.#faults.hits(fault);
    return hits === undefined ? PSA_ERROR_DOES_NOT_EXIST : [hits];
  }
}
