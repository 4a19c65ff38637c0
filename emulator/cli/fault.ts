/** `h5sm fault add|list|clear`: the faults of a running emulator. */
import type { FaultReport } from '../../psa-api/service.ts';
import { ask, receive, send } from './ask.ts';
import { print, table } from './print.ts';
import { UsageError } from './usage.ts';
import type { Run } from './verbs.ts';

const PATH = '/v1/faults';

const isJson = (text: string): boolean => text.trimStart().startsWith('{');

export const add: Run = async (invocation) => {
  const { rest } = invocation;
  if (rest.length === 0)
    throw new UsageError(
      "fault add: no fault; as in h5sm fault add 'api.psa_sign_hash.leave:nth=3->return(PSA_ERROR_HARDWARE_FAILURE)'",
    );
  for (const fault of rest) {
    const body = isJson(fault) ? fault : JSON.stringify(fault);
    const { id } = await receive<{ id: number }>(invocation, 'POST', PATH, body);
    process.stdout.write(`${id}\n`);
  }
  return 0;
};

export const list: Run = async (invocation) => {
  const faults = await ask<readonly FaultReport[]>(invocation, PATH);
  print(invocation, faults, () =>
    table([
      ['id', 'visits', 'hits', 'fault'],
      ...faults.map(({ id, visits, hits, line }) => [`${id}`, `${visits}`, `${hits}`, line]),
    ]),
  );
  return 0;
};

/** Those that are named, or all. */
export const clear: Run = async (invocation) => {
  const { rest } = invocation;
  const bad = rest.find((id) => !/^\d+$/.test(id));
  if (bad !== undefined)
    throw new UsageError(`fault clear: ${bad} is no id; h5sm fault list says which there are`);
  for (const id of rest) await send(invocation, 'DELETE', `${PATH}/${id}`);
  if (rest.length === 0) await send(invocation, 'DELETE', PATH);
  return 0;
};
