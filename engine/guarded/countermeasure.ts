/** What an implementation can do against faults, by the names that a device is given. */

import type { Engine, RandomBytes } from '../engine.ts';

export const COUNTERMEASURES = [
  'verify-after-sign',
  'double-compute',
  'infective-crt',
  'hedged-nonce',
  'constant-status',
  'double-compare',
  'anti-rollback',
  'point-check',
] as const;

export type Countermeasure = (typeof COUNTERMEASURES)[number];

/** What a family is guarded with. */
export interface Guard {
  /** The engine that may be disturbed. */
  readonly engine: Engine;
  readonly has: (countermeasure: Countermeasure) => boolean;
  /** What hedging draws where the algorithm itself draws nothing. */
  readonly random: RandomBytes;
}
