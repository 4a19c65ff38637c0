/** What functions answer alike that work on an operation: the life of the object is the same in all families. */

import { PSA_ALG_SHA_256 } from '../../../psa-api/constants.ts';
import type { OperationFamily, OperationRole } from '../../../psa-api/functions.ts';
import { hashOperationInit } from '../../../psa-api/generated/psa.ts';
import { named } from '../../support/status.ts';
import { everywhere } from './everywhere.ts';
import { type Given, type Inputs, inOrder, type Row, rowsOf, tableRow } from './row.ts';
import { openSmall } from './small.ts';

const row = rowsOf(import.meta.url);

const operations = (name: string, ...roles: readonly OperationRole[]) =>
  tableRow(name as Row['function']).params.filter(
    (p): p is typeof p & { kind: 'operation'; family: OperationFamily } =>
      p.kind === 'operation' && roles.includes(p.role),
  );

/** The same setup once before, on the same operation object. */
const setUpAlready =
  (name: Row['function'], operation: string) =>
  async ({ call }: Given, inputs: Inputs): Promise<Inputs> => {
    const described = tableRow(name);
    const [status, handle] = await call(described.id, inOrder(described, inputs));
    if (status !== 0 || typeof handle !== 'number') throw new Error(`${name} answered ${status}`);
    return { [operation]: handle };
  };

/** Operations of any kind until there is room for no other. */
const fillTable = async ({ psa }: Given): Promise<Inputs> => {
  for (;;) {
    const status = await named(psa.hashSetup(hashOperationInit(), PSA_ALG_SHA_256));
    if (status === 'INSUFFICIENT_MEMORY') return {};
    if (status !== 'SUCCESS') throw new Error(status);
  }
};

export const rows: readonly Row[] = [
  ...everywhere(
    'BAD_STATE',
    () => true,
    (name) => [
      ...operations(name, 'use', 'end', 'source').map((p) =>
        row(name, 'BAD_STATE', `${p.name} is inactive`, { [p.name]: 0 }),
      ),
      ...operations(name, 'setup').map((p) =>
        row(name, 'BAD_STATE', `${p.name} is active`, setUpAlready(name, p.name), { clause: '3.3.3' }),
      ),
    ],
  ),
  ...everywhere(
    'INSUFFICIENT_MEMORY',
    () => true,
    (name) =>
      operations(name, 'setup').map(() =>
        row(name, 'INSUFFICIENT_MEMORY', 'there are too many operations', fillTable, {
          open: openSmall,
        }),
      ),
  ),
];
