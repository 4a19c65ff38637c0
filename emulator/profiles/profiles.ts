/** The profiles by name, and those that a user writes. */
import { didYouMean } from '../../psa-api/nearest.ts';
import type { Profile } from './profile.ts';
import { PSA_FULL } from './psa-full.ts';
import { STM32H573_SM_1_1, STM32H573_SM_1_2 } from './stm32h573.ts';

export const PROFILES: readonly Profile[] = [STM32H573_SM_1_2, STM32H573_SM_1_1, PSA_FULL];
export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ name }) => name);
export const DEFAULT_PROFILE = STM32H573_SM_1_2.name;

/** Throws RangeError for a name that is none. */
export const builtInProfile = (name: string): Profile => {
  const profile = PROFILES.find((p) => p.name === name);
  if (profile !== undefined) return profile;
  const mend =
    didYouMean(name, PROFILE_NAMES) || `; there is ${PROFILE_NAMES.join(', ')}, or a file: ./name.json`;
  throw new RangeError(`${name}: no such profile${mend}`);
};
