/** What a device held when a test began, so that what the test leaves behind can be told from it. */
import type { Device } from '../../emulator/device.ts';
import type { TraceMark, TraceRecord } from '../../emulator/trace/event.ts';

/** An operation that nobody finished or aborted. */
export interface LeftOperation {
  readonly handle: number;
  readonly family: string;
  readonly alg: number;
  readonly owner: number;
  /** Its connection ended with it open: the device has let go of it. */
  readonly ended: boolean;
}

/** A volatile key that nobody destroyed. */
export interface LeftKey {
  readonly id: number;
  readonly owner: number;
  /** Its connection ended before it: the device has let go of it. */
  readonly ended: boolean;
}

const isDisconnect = (record: TraceRecord): record is TraceMark =>
  'event' in record && record.event === 'disconnect';

const volatileKeys = (service: Device): LeftKey[] =>
  service
    .keys()
    .filter(({ kind }) => kind === 'volatile')
    .map(({ id, owner }) => ({ id, owner, ended: false }));

const openOperations = (service: Device): LeftOperation[] =>
  service
    .status()
    .operations.map(({ handle, family, alg, owner }) => ({ handle, family, alg, owner, ended: false }));

const keyName = ({ owner, id }: LeftKey): string => `${owner} ${id}`;
const operationName = ({ owner, handle }: LeftOperation): string => `${owner} ${handle}`;

export class Baseline {
  readonly #service: Device;
  readonly #keys: ReadonlySet<string>;
  readonly #operations: ReadonlySet<string>;

  constructor(service: Device) {
    this.#service = service;
    this.#keys = new Set(volatileKeys(service).map(keyName));
    this.#operations = new Set(openOperations(service).map(operationName));
  }

  leftOperations(records: readonly TraceRecord[]): LeftOperation[] {
    const ended = records
      .filter(isDisconnect)
      .flatMap(({ operations = [] }) => operations.map((operation) => ({ ...operation, ended: true })));
    return [...ended, ...openOperations(this.#service)].filter(
      (operation) => !this.#operations.has(operationName(operation)),
    );
  }

  leftVolatileKeys(records: readonly TraceRecord[]): LeftKey[] {
    const ended = records
      .filter(isDisconnect)
      .flatMap(({ keys = [], client = -1 }) => keys.map((id) => ({ id, owner: client, ended: true })));
    return [...ended, ...volatileKeys(this.#service)].filter((key) => !this.#keys.has(keyName(key)));
  }
}
