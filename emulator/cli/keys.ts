/** `h5sm keys list`: attributes of the keys of a running emulator. */
import type { KeyReport } from '../../psa-api/service.ts';
import { ask } from './ask.ts';
import { hex, print, table } from './print.ts';
import type { Run } from './verbs.ts';

const row = (key: KeyReport): string[] => [
  hex(key.id),
  `${key.owner}`,
  key.kind,
  hex(key.type, 4),
  `${key.bits}`,
  hex(key.usage),
  hex(key.alg),
  hex(key.lifetime),
];

export const run: Run = async (invocation) => {
  const keys = await ask<readonly KeyReport[]>(invocation, '/v1/keys');
  print(invocation, keys, (all) =>
    table([['id', 'owner', 'kind', 'type', 'bits', 'usage', 'alg', 'lifetime'], ...all.map(row)]),
  );
  return 0;
};
