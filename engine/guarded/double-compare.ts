/**
 * 'double-compare': every comparison of tags, MACs and hashes is made twice, and two answers that differ are a fault.
 * Two that say yes are followed by a question whose answer is no, the same strings with the last byte changed: a
 * comparison that lasts in saying yes, or in looking at too few bytes, gives itself away.
 */

import type { Engine } from '../engine.ts';
import type { Guard } from './countermeasure.ts';
import { FaultDetected } from './fault-detected.ts';

export function doubleCompare({ engine, has }: Guard): Pick<Engine, 'equal'> {
  const { equal } = engine;
  if (!has('double-compare')) return { equal };
  return {
    equal: (a, b) => {
      const first = equal(a, b);
      if (equal(a, b) !== first) throw new FaultDetected('two comparisons disagree');
      if (!first || b.length === 0) return first;
      const other = b.with(-1, ~(b.at(-1) as number));
      if (equal(a, other)) throw new FaultDetected('a comparison found two different strings equal');
      return true;
    },
  };
}
