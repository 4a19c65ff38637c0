/** An engine with countermeasures against faults. */
import type { Engine, RandomBytes } from '../engine.ts';
import type { Countermeasure } from './countermeasure.ts';

export const createGuardedEngine = (
  engine: Engine,
  _countermeasures: ReadonlySet<Countermeasure>,
  _random: RandomBytes,
): Engine => ({ ...engine });
