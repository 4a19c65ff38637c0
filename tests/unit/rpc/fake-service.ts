/** A device of a few functions: enough to see what the wire does with calls, none of the cryptography. */
import type { Call, Inputs, Outcome } from '../../../psa-api/call.ts';
import { functionByName } from '../../../psa-api/functions.ts';
import type { OperationReport, Service, Session, SessionOptions } from '../../../psa-api/service.ts';
import { PSA_ERROR_BAD_STATE, PSA_ERROR_INSUFFICIENT_MEMORY } from '../../../psa-api/status.ts';

export const idOf = (name: string): number => {
  const row = functionByName(name);
  if (row === undefined) throw new Error(`no function ${name}`);
  return row.id;
};

type Fake = (
  inputs: Inputs,
  session: { readonly handles: Map<number, string>; readonly owner: number },
) => Outcome | Promise<Outcome>;

export interface FakeService extends Service {
  readonly sessions: { readonly options: SessionOptions; closed: boolean }[];
  /** Calls in the order of their beginnings. */
  readonly log: string[];
  on(name: string, answer: Fake): void;
}

export const fakeService = (): FakeService => {
  let nextHandle = 1;
  let calls = 0;
  let connection = 0;
  const log: string[] = [];
  const sessions: FakeService['sessions'] = [];
  const operations = new Map<number, OperationReport>();
  const answers = new Map<number, Fake>();
  const on = (name: string, answer: Fake) => {
    answers.set(idOf(name), answer);
  };
  on('psa_crypto_init', () => [0]);
  on('psa_generate_random', ([size]) =>
    Number(size) > 20_000_000 ? [PSA_ERROR_INSUFFICIENT_MEMORY] : [0, new Uint8Array(Number(size)).fill(7)],
  );
  on('psa_hash_compute', ([, input]) => [0, input ?? 0]);
  on('psa_get_key_attributes', ([key]) => [
    0,
    { type: 0x2400, bits: 128, lifetime: 0, usage: 3, alg: 0x05500200, id: Number(key) },
  ]);
  on('psa_import_key', () => [0, 0x40000001]);
  on('psa_hash_setup', ([handle, alg], { handles, owner }) => {
    if (handle !== 0) return [PSA_ERROR_BAD_STATE, 0];
    const report = {
      handle: nextHandle++,
      family: 'hash',
      alg: Number(alg),
      owner,
      connection,
      failed: false,
    };
    operations.set(report.handle, report);
    handles.set(report.handle, 'hash');
    return [0, report.handle];
  });
  on('psa_hash_update', ([handle], { handles }) =>
    handles.has(Number(handle)) ? [0, Number(handle)] : [PSA_ERROR_BAD_STATE, 0],
  );
  const connect = (options: Partial<SessionOptions> = {}): Session => {
    connection++;
    const record = {
      options: { owner: options.owner ?? -1, lastHandle: options.lastHandle ?? 0 },
      closed: false,
    };
    sessions.push(record);
    nextHandle = Math.max(nextHandle, record.options.lastHandle + 1);
    const handles = new Map<number, string>();
    const call: Call = (id, inputs) => {
      calls++;
      log.push(`${id}`);
      const answer = answers.get(id);
      if (answer === undefined) throw new Error(`the fake has no function ${id}`);
      return answer(inputs, { handles, owner: record.options.owner });
    };
    return {
      call,
      close() {
        record.closed = true;
        for (const handle of handles.keys()) operations.delete(handle);
      },
    };
  };
  return {
    on,
    log,
    sessions,
    connect,
    faults: { add: () => 1, list: () => [], clear: () => {}, visits: () => ({}) },
    status: () => ({
      profile: 'fake',
      insecureSeed: null,
      store: 'memory',
      productState: 'Open',
      boardTime: 0,
      connections: sessions.filter((s) => !s.closed).length,
      calls,
      keys: { volatile: 0, persistent: 0, builtIn: 0 },
      operations: [...operations.values()],
    }),
    capabilities: () => ({
      profile: 'fake',
      summary: '',
      functions: [],
      services: [],
      algorithms: [],
      keyTypes: [],
      settings: [],
    }),
    clientQuirks: () => ({ lengthsOnError: false, outputsFilled: false }),
    keys: () => [],
    productState: () => 'Open',
    setProductState: () => {},
    power: () => {},
    identity: () => {
      const key = { serial: '00', certificate: new Uint8Array(3), ca: new Uint8Array(49) };
      return { user: key, initialAttestation: key };
    },
    trace: { isRecording: () => false, since: () => [], listen: () => () => {} },
    snapshot: () => new Uint8Array(0),
    restore: () => {},
    close() {},
  };
};
