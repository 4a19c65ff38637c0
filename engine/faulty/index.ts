/** An engine whose computations pass the points of a probe. */
import type { Engine } from '../engine.ts';
import type { Probe } from '../probe.ts';

export const createFaultyEngine = (engine: Engine, _probe: Probe): Engine => ({ ...engine });
