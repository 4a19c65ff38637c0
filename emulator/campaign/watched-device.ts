/** A device of one run: its calls kept, its budget watched, errors in it heard of. */
import type { Call, Inputs } from '../../psa-api/call.ts';
import type { FaultControl, Session, SessionOptions } from '../../psa-api/service.ts';
import { createDevice, type Device, type DeviceOptions, NON_SECURE_CLIENT } from '../device.ts';
import { isCall, type TraceEvent, type TraceMark, type TraceRecord } from '../trace/event.ts';
import type { Budget } from './budget.ts';
import { CampaignError } from './campaign-file.ts';

export interface WatchedOptions {
  readonly device: DeviceOptions;
  readonly faults: readonly string[];
  readonly budget: Budget;
}

/** A key as it was when it came about. */
export interface KnownKey {
  readonly owner: number;
  readonly id: number;
  readonly data: Uint8Array;
  readonly type: number;
  readonly usage: number;
  /** The call that made it; -1 where it was there before. */
  readonly from: number;
}

export interface Unanswered {
  readonly owner: number;
  readonly functionId: number;
  readonly inputs: Inputs;
}

/** Answers nothing any more: whoever waits for it has been given up. */
const never = (): Promise<never> => new Promise(() => {});

export class WatchedDevice {
  readonly device: Device;
  readonly faults: FaultControl;
  readonly events: TraceEvent[] = [];
  readonly left: TraceMark[] = [];
  /** Errors of the emulator itself. */
  readonly bugs: string[] = [];
  /** Calls that were begun, and that power or the connection took away. */
  readonly unanswered: Unanswered[] = [];
  /** Every key that calls have made, with its material. */
  readonly made: KnownKey[] = [];
  /** Of the first call that ended after a fault had struck. */
  struckAt: number | undefined;
  /** Resolves with what was used up. */
  readonly exhausted: Promise<string>;
  readonly #budget: Budget;
  readonly #begun: number;
  #calls = 0;
  #isOver = false;
  #giveUp: (why: string) => void = () => {};

  constructor({ device, faults, budget }: WatchedOptions) {
    this.#budget = budget;
    this.exhausted = new Promise((resolve) => {
      this.#giveUp = (why) => {
        this.#isOver = true;
        resolve(why);
      };
    });
    const inner = createDevice({
      ...device,
      // A campaign is nothing but faults: nobody needs to be told of each.
      onInsecure: () => {},
      trace: { sink: (record) => this.#hear(record), keep: 1, revealInsecure: true },
      onBug: (error, where) =>
        void this.bugs.push(`${where}: ${error instanceof Error ? error.message : error}`),
    });
    this.faults = inner.faults;
    this.#begun = inner.status().boardTime;
    const connect: Device['connect'] = (options) => this.#connect(inner, options);
    // Some members are worked out when asked for: they stay those of the device.
    this.device = Object.assign(Object.create(inner) as Device, { connect });
    this.#inner = inner;
    // Points passed at the start, as the store is read, are not the run's.
    for (const fault of faults) this.#add(fault);
  }

  #inner: Device | undefined;

  #connect(inner: Device, options: Partial<SessionOptions> | undefined): Session {
    const session = inner.connect(options);
    const call: Call = (functionId, inputs) => {
      if (this.#isOver) return never();
      if (++this.#calls > this.#budget.events) {
        this.#giveUp(`more than ${this.#budget.events} calls`);
        return never();
      }
      const unanswered = (error: unknown): never => {
        this.unanswered.push({ owner: options?.owner ?? NON_SECURE_CLIENT, functionId, inputs });
        throw error;
      };
      try {
        const outcome = session.call(functionId, inputs);
        return outcome instanceof Promise ? outcome.catch(unanswered) : outcome;
      } catch (error) {
        return unanswered(error);
      }
    };
    return { call, close: () => session.close() };
  }

  #hear(record: TraceRecord): void {
    if (!isCall(record)) {
      if (record.event === 'disconnect') this.left.push(record);
      if (record.event === 'fault') this.struckAt ??= this.events.length;
      return;
    }
    const at = this.events.push(record) - 1;
    const device = this.#inner;
    if (device === undefined) return;
    if (record.made !== undefined && record.status === 0) this.#note(device, record, record.made, at);
    const board = (record.board + record.boardDuration - this.#begun) / 1e6;
    if (board > this.#budget.virtualMs) this.#giveUp(`${this.#budget.virtualMs} ms of board time`);
  }

  #add(fault: string): void {
    try {
      this.faults.add(fault);
    } catch (error) {
      throw new CampaignError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  #note(device: Device, { client, keyType = 0, scalars }: TraceEvent, id: number, from: number): void {
    const data = device.insecureKeyData(client, id);
    if (typeof data === 'number') return;
    const usage = Number(scalars['attributes.usage'] ?? 0);
    this.made.push({ owner: client, id, data: data.slice(), type: keyType, usage, from });
  }

  /** Nanoseconds of board time that the run took so far. */
  get boardTime(): number {
    return this.device.status().boardTime - this.#begun;
  }

  close(): void {
    this.#isOver = true;
    this.device.close();
  }
}
