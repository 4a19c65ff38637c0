/** What every function answers alike. */
import { join } from 'node:path';
import { createDispatcher } from '../../../psa-api/dispatcher.ts';
import { FUNCTIONS, type FunctionRow } from '../../../psa-api/functions.ts';
import type { Handlers } from '../../../psa-api/generated/handlers.ts';
import { createDrawRecorder } from '../../../psa-api/operation-journal.ts';
import { OperationTable } from '../../../psa-api/operation-table.ts';
import type { Service } from '../../../psa-api/service.ts';
import { PSA_ERROR_INSUFFICIENT_MEMORY } from '../../../psa-api/status.ts';
import { connect } from '../../../rpc/client/connect.ts';
import { serve } from '../../../rpc/server/serve.ts';
import { openBehindSocket } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { everywhere } from './everywhere.ts';
import { type Row, rowsOf } from './row.ts';

const row = rowsOf(import.meta.url);

const REMOTE = FUNCTIONS.filter(({ local }) => !local);

const isAbort = ({ params }: FunctionRow): boolean =>
  params.some((p) => p.kind === 'operation' && p.role === 'abort');

/** Nothing here makes these succeed: no label has a key, no XOF a context. */
const NEVER_SUCCEED = ['psa_attach_key', 'psa_xof_set_context'];

/** The device goes away while it answers the call. */
const goingAway: NonNullable<Row['caller']> = async ({ device }) => {
  let leave = (): void => {};
  const call = () => {
    leave();
    return new Promise<never>(() => {});
  };
  const service: Service = {
    ...device,
    connect: (options) => ({ ...device.connect(options), call }),
  };
  const server = await serve(service, { unix: join(temporaryFolder(), 'socket') });
  leave = () => void server.close();
  return (await connect(server.endpoints[0], { init: false })).call;
};

/** A dispatcher over an implementation that throws. */
const broken: NonNullable<Row['caller']> = (_, { params }) => {
  const fail = () => {
    throw new Error('a fault inside');
  };
  const handlers: Partial<Handlers> = Object.fromEntries(REMOTE.map(({ name }) => [name, fail]));
  const operations = new OperationTable({ count: 2, reusesHandles: false, holdsFailed: false });
  const dispatcher = createDispatcher({
    handlers,
    operations,
    keys: { find: fail, exists: fail, create: fail, destroy: fail, purge: fail },
    draws: createDrawRecorder(fail),
    onBug: () => {},
    exhausted: PSA_ERROR_INSUFFICIENT_MEMORY,
  });
  const session = { owner: -1, connection: 1, closed: false, initialized: true };
  return (id, inputs) => {
    const mine = [...inputs];
    for (const [at, p] of params.entries()) {
      if (p.kind !== 'operation' || p.role === 'setup') continue;
      const state = { alg: 0, wipe: p.role === 'abort' ? fail : () => {} };
      mine[at] = operations.add(session, p.family, state);
    }
    return dispatcher.call(session, id, mine);
  };
};

/** One byte more than a message may have. */
const TOO_LONG = new Uint8Array(2 ** 24 + 1);

export const rows: readonly Row[] = [
  ...everywhere(
    'SUCCESS',
    ({ name }) => !NEVER_SUCCEED.includes(name),
    (name) => [row(name, 'SUCCESS', 'the call is as it should be')],
  ),
  ...everywhere(
    'BAD_STATE',
    (described) => !isAbort(described),
    (name) => [
      row(
        name,
        'BAD_STATE',
        'psa_crypto_init has not been called',
        {},
        { clause: '8.2.2', caller: async ({ another }) => (await another({ init: false })).call },
      ),
    ],
  ),
  ...everywhere(
    'COMMUNICATION_FAILURE',
    () => true,
    (name) => [
      row(
        name,
        'COMMUNICATION_FAILURE',
        'the device goes away before it answers',
        {},
        { clause: '5.3.2', caller: goingAway, elsewhere: true },
      ),
    ],
  ),
  ...everywhere(
    'CORRUPTION_DETECTED',
    () => true,
    (name) => [
      row(
        name,
        'CORRUPTION_DETECTED',
        'there is an error inside the emulator',
        {},
        { clause: '8.1.1', caller: broken, elsewhere: true },
      ),
    ],
  ),
  ...everywhere(
    'INSUFFICIENT_MEMORY',
    ({ params }) => params.some((p) => p.kind === 'bytes'),
    (name, { params }) =>
      params
        .filter((p) => p.kind === 'bytes')
        .slice(0, 1)
        .map((p) =>
          row(
            name,
            'INSUFFICIENT_MEMORY',
            `${p.name} is longer than a message`,
            { [p.name]: TOO_LONG },
            { open: openBehindSocket, elsewhere: true },
          ),
        ),
  ),
];
