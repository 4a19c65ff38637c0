/** The engine whose computations can be disturbed: each family by its own steps, where a fault waits for it. */

import type { Engine } from '../engine.ts';
import type { Probe } from '../probe.ts';
import { faultyAes } from './aes-modes.ts';
import { faultyCompare } from './compare.ts';
import { faultyCurves } from './curves.ts';
import { faultyEdwardsCurves } from './eddsa.ts';
import { faultyGcm } from './gcm.ts';
import { faultyKdf } from './kdf.ts';
import { faultyOaep } from './oaep.ts';
import { faultyRsa } from './rsa.ts';

/** While no fault waits below a family's points (`probe.wants`), `engine` itself computes; the results are the same. */
export function createFaultyEngine(engine: Engine, probe: Probe): Engine {
  const { rsa } = faultyRsa(engine, probe);
  return {
    ...engine,
    ...faultyCurves(engine, probe),
    ...faultyEdwardsCurves(engine, probe),
    ...faultyAes(engine, probe),
    ...faultyKdf(engine, probe),
    rsa: { ...rsa, ...faultyOaep({ rsa }, probe) },
    ...faultyCompare({ ...engine, ...faultyGcm(engine, probe) }, probe),
  };
}
