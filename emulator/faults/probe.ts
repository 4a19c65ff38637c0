/** The faults as computations see them. */
import type { Probe } from '../../engine/probe.ts';
import { Changes } from './change.ts';
import type { Faults } from './faults.ts';

export const createProbe = (faults: Faults): Probe => {
  const changes = new Changes();
  return {
    wants: (point) => faults.wants(point),
    data: (point, value) => changes.apply(point, value, faults.visit(point).effects),
    skips: (point) => faults.visit(point).effects.some(({ name }) => name === 'skip'),
    check: (point, length, compare) => {
      const { effects } = faults.visit(point);
      const forced = effects.find(({ name }) => name === 'force');
      if (forced !== undefined) return forced.word === 'true';
      const shortened = effects.find(({ name }) => name === 'compare');
      return compare(shortened === undefined ? length : Math.min(length, shortened.number));
    },
  };
};
