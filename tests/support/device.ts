/** One suite on two carriers: a device in this process, and the same device behind a UNIX socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDevice, type Device, type DeviceOptions } from '../../emulator/device.ts';
import type { Call } from '../../psa-api/call.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';
import type { Service } from '../../psa-api/service.ts';
import { connect } from '../../rpc/client/connect.ts';
import { serve } from '../../rpc/server/serve.ts';

export interface Client {
  readonly psa: Psa;
  readonly call: Call;
  /** Ends the connection; the device stays. */
  close(): Promise<void>;
}

export interface ClientOptions {
  /** The client id, -1 where not given. */
  readonly owner?: number;
  /** Whether psa_crypto_init is called at once; true where not given. */
  readonly init?: boolean;
}

/** A device, a first client of it, and a way to more. */
export interface Bench extends Client {
  readonly device: Device;
  another(options?: ClientOptions): Promise<Client>;
}

export type Open = (options?: DeviceOptions & ClientOptions) => Promise<Bench>;

/** Errors inside the emulator fail the test that met them. */
const onBug = (error: unknown, name: string): never => {
  throw new Error(`a bug in ${name}`, { cause: error });
};

const seeded = (options: DeviceOptions): DeviceOptions => ({
  profile: 'psa-full',
  insecureSeed: 'the tests',
  onBug,
  ...options,
});

export const inProcess = async (device: Service, options: ClientOptions = {}): Promise<Client> => {
  const { owner = -1, init = true } = options;
  const session = device.connect({ owner });
  const psa = createPsa(session.call);
  if (init) await psa.cryptoInit();
  return { psa, call: session.call, close: async () => session.close() };
};

/** A fresh device in this process; it ends with the test, or with `close` of the device where there is none. */
export const openInProcess: Open = async (options = {}) => {
  const device = createDevice(seeded(options));
  const bench = await inProcess(device, options);
  return { ...bench, device, another: (more) => inProcess(device, more) };
};

/** What a bench behind a socket has besides. */
interface SocketBench extends Bench {
  readonly endpoint: string;
}

const behindSocket = async (options: DeviceOptions & ClientOptions = {}): Promise<SocketBench> => {
  const device = createDevice(seeded(options));
  const folder = mkdtempSync(join(tmpdir(), 'h5sm-test-'));
  const server = await serve(device, { unix: join(folder, 'socket') });
  const [endpoint] = server.endpoints;
  const another = async ({ owner = -1, init = true }: ClientOptions = {}): Promise<Client> => {
    const connection = await connect(endpoint, { clientId: owner, init });
    return { psa: connection, call: connection.call, close: () => connection.close() };
  };
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...(await another(options)), device, another, endpoint: endpoint ?? '' };
};

/** Closes the device with the test that opened it. */
const forTheTest =
  <B extends Bench>(open: (options?: DeviceOptions & ClientOptions) => Promise<B>) =>
  async (options?: DeviceOptions & ClientOptions): Promise<B> => {
    const bench = await open(options);
    onTestFinished(() => bench.device.close());
    return bench;
  };

export const openForTest: Open = forTheTest(openInProcess);

export const openBehindSocket: (options?: DeviceOptions & ClientOptions) => Promise<SocketBench> =
  forTheTest(behindSocket);

/** `open` inside a test: everything it makes ends with that test. */
export const onBothCarriers = (suite: (carrier: string, open: Open) => void): void => {
  suite('in process', openForTest);
  suite('over a UNIX socket', openBehindSocket);
};
