/** `h5sm device reset|power-cycle|regression|state`. */

import type { PowerAction, StatusReport } from '../../psa-api/service.ts';
import { ask, send } from './ask.ts';
import type { Run } from './verbs.ts';

const power =
  (action: PowerAction): Run =>
  async (invocation) => {
    await send(invocation, 'POST', '/v1/device', JSON.stringify({ power: action }));
    return 0;
  };

export const reset = power('reset');
export const powerCycle = power('power-cycle');
export const regression = power('regression');

/** Says the state, or sets the one that is named. */
export const state: Run = async (invocation) => {
  const [name] = invocation.rest;
  if (name !== undefined) await send(invocation, 'POST', '/v1/device', JSON.stringify({ state: name }));
  const { productState } = await ask<StatusReport>(invocation, '/v1/status');
  process.stdout.write(`${productState}\n`);
  return 0;
};
