/** What stands between the parts of a core where faults are set inside; without them nothing does. */
import type { Engine, RandomBytes } from '../../engine/engine.ts';
import { createFaultyEngine } from '../../engine/faulty/index.ts';
import type { Chip } from '../../keystore/chip.ts';
import type { KeyStore } from '../../psa-api/key.ts';
import type { Faults } from './faults.ts';
import type { Power } from './power.ts';
import { createProbe } from './probe.ts';
import { spoiltChip } from './spoilt-flash.ts';
import { spoiltKeys } from './spoilt-keys.ts';
import { spoiltRandom } from './spoilt-random.ts';

export interface Disturbance {
  readonly engine: (engine: Engine) => Engine;
  readonly random: (random: RandomBytes) => RandomBytes;
  readonly keys: (keys: KeyStore) => KeyStore;
  readonly chip: (chip: Chip) => Chip;
}

/** `plain` computes what the faults themselves need. */
export const disturbance = (plain: Engine, faults: Faults, power: Power): Disturbance => ({
  engine: (engine) => createFaultyEngine(engine, createProbe(faults)),
  random: (random) => spoiltRandom(plain, random, faults),
  keys: (keys) => spoiltKeys(keys, faults),
  chip: (chip) => spoiltChip(chip, faults, power),
});
