/** What `import ... from 'h5sm'` gives: the API behind a socket or in this process, and its constants. */

import type { Device, DeviceOptions } from './emulator/device.ts';
import type { Call } from './psa-api/call.ts';
import { createPsa, type Psa } from './psa-api/generated/psa.ts';
import { statusName } from './psa-api/status.ts';

export type { AttestationKey } from './emulator/attestation-key.ts';
export type { Report as ScenarioReport, Scenario, ScenarioDevice } from './emulator/campaign/scenario.ts';
export type { Device, DeviceOptions } from './emulator/device.ts';
export type {
  FactoryDataSeed,
  FactoryKeySeed,
  FactorySeed,
} from './emulator/factory/seed-file.ts';
export type { KeylogOptions } from './emulator/keylog/keylog.ts';
export type { TraceEvent, TraceMark, TraceRecord } from './emulator/trace/event.ts';
export type { TraceOptions } from './emulator/trace/recorder.ts';
export type {
  Call,
  CipherSuite,
  CustomParameters,
  Inputs,
  Operation,
  Outcome,
  StorageInfo,
  Value,
} from './psa-api/call.ts';
export { UNBOUNDED } from './psa-api/call.ts';
export * from './psa-api/constants.ts';
export * from './psa-api/generated/psa.ts';
export type * from './psa-api/service.ts';
export * from './psa-api/service-constants.ts';
export { check, PsaStatusError } from './rpc/client/check.ts';
export { type Connection, type ConnectOptions, connect } from './rpc/client/connect.ts';
export { type ServeOptions, type Server, serve } from './rpc/server/serve.ts';

/** A device in this process, with a first client connected. */
export interface LocalDevice extends Psa, AsyncDisposable {
  readonly call: Call;
  /** The device itself: what it holds, and further clients; `serve` puts it behind sockets. */
  readonly service: Device;
  close(): Promise<void>;
}

export interface LocalOptions extends DeviceOptions {
  /** Whose keys the first client's are; -1, the non-secure application, where not given. */
  readonly clientId?: number | undefined;
  /** Whether psa_crypto_init is called at once; true where not given. */
  readonly init?: boolean | undefined;
}

/** A device of one's own: nothing listens, nothing is left behind. */
export const startDevice = async (options: LocalOptions = {}): Promise<LocalDevice> => {
  const { clientId = -1, init = true, ...deviceOptions } = options;
  // Those who only connect need no engine.
  const { createDevice } = await import('./emulator/device.ts');
  const service = createDevice(deviceOptions);
  const session = service.connect({ owner: clientId });
  const psa = createPsa(session.call);
  const close = async () => {
    session.close();
    service.close();
  };
  if (init) {
    const { status } = await psa.cryptoInit();
    if (status !== 0) {
      await close();
      throw new Error(`psa_crypto_init answered ${statusName(status)}`);
    }
  }
  return { ...psa, call: session.call, service, close, [Symbol.asyncDispose]: close };
};
