/** A device for tests: it remembers its calls, and goes back to where it began. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevice, type Device, type DeviceOptions } from '../../emulator/device.ts';
import { isCall, type TraceEvent, type TraceRecord } from '../../emulator/trace/event.ts';
import type { Call } from '../../psa-api/call.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';
import {
  Disconnected,
  type FaultControl,
  type KeyReport,
  type OperationReport,
} from '../../psa-api/service.ts';
import { PSA_ERROR_COMMUNICATION_FAILURE, type PsaError, statusName } from '../../psa-api/status.ts';
import { connect } from '../../rpc/client/connect.ts';
import { serve } from '../../rpc/server/serve.ts';
import { Baseline, type LeftKey, type LeftOperation } from './baseline.ts';

/** The seed of every test device that is given none. */
export const DEFAULT_SEED = 'h5sm/testing';

export interface TestDeviceOptions
  extends Pick<
    DeviceOptions,
    'profile' | 'insecureSeed' | 'factory' | 'snapshot' | 'attestationKey' | 'countermeasures' | 'onBug'
  > {
  /**
   * How calls reach the device: `process`, the default, directly; `socket` through a UNIX socket of its own, which
   * other programs can be given (`env`).
   */
  readonly carrier?: 'process' | 'socket' | undefined;
  /** Whose keys the test's are; -1, the non-secure application, where not given. */
  readonly clientId?: number | undefined;
  /** Records the bytes of inputs and outputs (`bytes` of a call), keys among them. */
  readonly revealInsecure?: boolean | undefined;
}

/** The PSA Crypto API of a device, psa_crypto_init called, and what a test asks of it. */
export interface TestDevice extends Psa, AsyncDisposable {
  /** The device itself: identity, power, product state, further clients. */
  readonly service: Device;
  readonly call: Call;
  /** For the environment of other programs: H5SM_ENDPOINT. Throws where the carrier is `process`. */
  readonly env: Readonly<{ H5SM_ENDPOINT: string }>;
  /** The calls of all clients since the start, `reset`, `restore` or `clearCalls`, in the order in which they ended. */
  calls(): readonly TraceEvent[];
  /** Forgets the calls so far: what was only preparation. */
  clearCalls(): void;
  /** What goes wrong: lines of docs/faults.md. They end with `reset` and `restore`, and so with the test. */
  readonly faults: FaultControl;
  /** The call of this function that comes next, or the nth from now, fails with `status` and is not carried out. */
  failCall(name: `psa_${string}`, status: PsaError, nth?: number): void;
  /** Operations that are open now. */
  operations(): readonly OperationReport[];
  /** Attributes of the keys that are there now. */
  keys(): readonly KeyReport[];
  /** Operations opened since the start, `reset` or `restore`: still open, or open when their connection ended. */
  leftOperations(): readonly LeftOperation[];
  /** Volatile keys made since then: still there, or there when their connection ended. */
  leftVolatileKeys(): readonly LeftKey[];
  /** Everything the device holds, operations included. */
  snapshot(): Uint8Array;
  /** Becomes the device of the snapshot, without calls so far; connections stay. */
  restore(snapshot: Uint8Array): void;
  /** Back to how the device started: `restore` of a snapshot taken then. */
  reset(): void;
  close(): Promise<void>;
}

interface Client {
  readonly call: Call;
  readonly endpoint: string | undefined;
  close(): Promise<void>;
}

const inProcess = (service: Device, owner: number): Client => {
  const session = service.connect({ owner });
  let isOver = false;
  /** As over a socket: whoever is cut off is told so at this call and at all that follow. */
  const call: Call = async (functionId, inputs) => {
    if (isOver) return [PSA_ERROR_COMMUNICATION_FAILURE];
    try {
      return await session.call(functionId, inputs);
    } catch (error) {
      if (!(error instanceof Disconnected)) throw error;
      isOver = true;
      session.close();
      return [PSA_ERROR_COMMUNICATION_FAILURE];
    }
  };
  return { call, endpoint: undefined, close: async () => session.close() };
};

const behindSocket = async (service: Device, clientId: number): Promise<Client> => {
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-'));
  const undo = [async () => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = await serve(service, { unix: join(folder, 'h5sm.sock') });
    undo.push(() => server.close());
    const [endpoint] = server.endpoints;
    const connection = await connect(endpoint, { clientId, init: false });
    undo.push(() => connection.close());
    return { call: connection.call, endpoint, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** What is asked of a device beside the PSA API. */
const viewOf = (service: Device, records: TraceRecord[]) => {
  let baseline = new Baseline(service);
  let cleared = 0;
  const restore = (snapshot: Uint8Array): void => {
    service.faults.clear();
    service.restore(snapshot);
    records.length = 0;
    cleared = 0;
    baseline = new Baseline(service);
  };
  const first = service.snapshot();
  records.length = 0;
  return {
    calls: () => records.slice(cleared).filter(isCall),
    clearCalls: () => {
      cleared = records.length;
    },
    faults: service.faults,
    failCall: (name: string, status: PsaError, nth = 1) => {
      service.faults.add(`api.${name}.enter:nth=${nth}->return(${statusName(status)})`);
    },
    operations: () => service.status().operations,
    keys: () => service.keys(),
    leftOperations: () => baseline.leftOperations(records),
    leftVolatileKeys: () => baseline.leftVolatileKeys(records),
    snapshot: () => service.snapshot(),
    restore,
    reset: () => restore(first),
  };
};

/** Random numbers and keys are the same each time, unless `insecureSeed` says otherwise. Throws as `startDevice` does. */
export const startTestDevice = async (options: TestDeviceOptions = {}): Promise<TestDevice> => {
  const {
    carrier = 'process',
    clientId = -1,
    insecureSeed = DEFAULT_SEED,
    revealInsecure,
    ...rest
  } = options;
  const records: TraceRecord[] = [];
  const sink = (record: TraceRecord) => void records.push(record);
  const service = createDevice({ ...rest, insecureSeed, trace: { sink, keep: 1, revealInsecure } });
  let client: Client | undefined;
  const close = async () => {
    await client?.close();
    service.close();
  };
  try {
    client = carrier === 'socket' ? await behindSocket(service, clientId) : inProcess(service, clientId);
    const { call, endpoint } = client;
    const psa = createPsa(call);
    const { status } = await psa.cryptoInit();
    if (status !== 0) throw new Error(`psa_crypto_init answered ${statusName(status)}`);
    return {
      ...psa,
      ...viewOf(service, records),
      service,
      call,
      get env() {
        if (endpoint === undefined)
          throw new Error("no other program reaches this device; start it with carrier: 'socket'");
        return { H5SM_ENDPOINT: endpoint };
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
