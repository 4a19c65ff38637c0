/** What an attack is run as: by its test, and for the table of `npm run attacks`. */

import type { Countermeasure } from '../../engine/guarded/index.ts';
import { openTarget, type Target } from './target.ts';

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

/** The device is the same in every run; its faults are set once its keys are there. */
export const withTarget = async (
  { countermeasure }: Pick<Scenario, 'countermeasure'>,
  isProtected: boolean,
  attack: (target: Target) => Promise<Finding>,
): Promise<Finding> => {
  const countermeasures = isProtected ? [countermeasure] : [];
  using target = await openTarget({ insecureSeed: 'the attacks', countermeasures });
  return await attack(target);
};
