/** What an attack is run as: by its test, and for the table of `npm run attacks`. */

import { createDevice, type Device } from '../../emulator/device.ts';
import type { Countermeasure } from '../../engine/guarded/index.ts';
import { createPsa, type Psa } from '../../psa-api/generated/psa.ts';

export interface Finding {
  /** The device itself accepted what was made with the recovered key. */
  readonly recovered: boolean;
  /** What the attack had to go by, in a few words. */
  readonly data: string;
}

export interface Scenario {
  readonly name: string;
  /** The line of the fault, null where none is needed. */
  readonly fault: string | null;
  readonly countermeasure: Countermeasure;
  readonly paper: string;
  /** Against a new device, with the countermeasure or without any. */
  run(isProtected: boolean): Promise<Finding>;
}

/** A device in this process, and one client of it. */
export interface Target {
  readonly psa: Psa;
  readonly device: Device;
}

/** The device is the same in every run; its faults are set once its keys are there. */
export const withTarget = async (
  { countermeasure }: Pick<Scenario, 'countermeasure'>,
  isProtected: boolean,
  attack: (target: Target) => Promise<Finding>,
): Promise<Finding> => {
  const device = createDevice({
    profile: 'psa-full',
    insecureSeed: 'the attacks',
    countermeasures: isProtected ? [countermeasure] : [],
    onInsecure: () => {},
    onBug: (error, name) => {
      throw new Error(`a bug in ${name}`, { cause: error });
    },
  });
  try {
    const psa = createPsa(device.connect({ owner: -1 }).call);
    await psa.cryptoInit();
    return await attack({ psa, device });
  } finally {
    device.close();
  }
};
