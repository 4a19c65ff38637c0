/** What a test in C asks of the emulator, by the names of the function table, over any carrier. */
import type { Call, Inputs } from '../../../../psa-api/call.ts';
import { functionByName } from '../../../../psa-api/functions.ts';
import { shortName } from '../../../support/status.ts';

export const idOf = (name: string): number => {
  const row = functionByName(name);
  if (row === undefined) throw new Error(`no function ${name}`);
  return row.id;
};

/** The status by name, or the outputs of a success: of one output that, of several an array. */
export const asking =
  (call: Call) =>
  async (name: string, ...inputs: Inputs): Promise<unknown> => {
    const [status, ...outputs] = await call(idOf(`h5sm_ctl_${name}`), inputs);
    if (status !== 0) return shortName(status);
    return outputs.length > 1 ? outputs : outputs[0];
  };
