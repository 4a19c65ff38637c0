/** A campaign's scenario: everything that changes the store, once. Power may go away at any of its writings. */

import type { Scenario, ScenarioDevice } from '../../emulator/campaign/scenario.ts';
import {
  PSA_KEY_LIFETIME_PERSISTENT,
  PSA_KEY_TYPE_RAW_DATA,
  PSA_KEY_USAGE_EXPORT,
} from '../../psa-api/constants.ts';
import { statusName } from '../../psa-api/status.ts';

const must = <T extends { readonly status: number }>(result: T): T => {
  if (result.status !== 0) throw new Error(statusName(result.status));
  return result;
};

const ATTRIBUTES = {
  type: PSA_KEY_TYPE_RAW_DATA,
  usage: PSA_KEY_USAGE_EXPORT,
  lifetime: PSA_KEY_LIFETIME_PERSISTENT,
};

/** What is there before: a key and a datum that have to outlive everything. */
export const prepare = async (device: ScenarioDevice): Promise<void> => {
  must(await device.importKey({ ...ATTRIBUTES, id: 1 }, new Uint8Array(40).fill(1)));
  must(await device.itsSet(1n, new Uint8Array(40).fill(1), 0));
};

const scenario: Scenario = async (device, report) => {
  must(await device.importKey({ ...ATTRIBUTES, id: 2 }, new Uint8Array(100).fill(2)));
  must(await device.itsSet(2n, new Uint8Array(60).fill(2), 0));
  must(await device.itsSet(1n, new Uint8Array(20).fill(9), 0));
  // All that the device holds as one file: it writes nothing, whatever state the store is in.
  report.output('snapshot', device.service.snapshot().length > 0);
  must(await device.destroyKey(2));
  must(await device.itsRemove(2n));
  report.output('kept', must(await device.exportKey(1)).data);
  report.output('changed', must(await device.itsGet(1n, 0)).data);
};

export default scenario;
