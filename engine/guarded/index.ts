/** The engine with countermeasures: in front of one that may be disturbed, which it sees the results of. */

import type { Engine, RandomBytes } from '../engine.ts';
import { implicitRejection, unjudgedPadding } from './constant-status.ts';
import type { Countermeasure, Guard } from './countermeasure.ts';
import { guardedCurves } from './curves.ts';
import { doubleCompare } from './double-compare.ts';
import { doubleCompute } from './double-compute.ts';
import { guardedEdwardsCurves } from './eddsa.ts';
import { oaepDecoy } from './oaep-decoy.ts';
import { guardedRsa } from './rsa.ts';

export { COUNTERMEASURES, type Countermeasure } from './countermeasure.ts';
export { FaultDetected } from './fault-detected.ts';

/**
 * Throws `FaultDetected` where a countermeasure saw a fault. While there is none the results are those of `engine`,
 * but for the signatures under 'hedged-nonce', which are other valid ones. `random` gives that its noise.
 */
export function createGuardedEngine(
  engine: Engine,
  countermeasures: ReadonlySet<Countermeasure>,
  random: RandomBytes,
): Engine {
  const guard: Guard = { engine, has: (countermeasure) => countermeasures.has(countermeasure), random };
  return {
    ...engine,
    ...guardedCurves(guard),
    ...guardedEdwardsCurves(guard),
    ...doubleCompute({ ...guard, engine: { ...engine, ...unjudgedPadding(guard) } }),
    ...doubleCompare(guard),
    rsa: { ...guardedRsa(guard).rsa, ...implicitRejection(guard), ...oaepDecoy(guard) },
  };
}
