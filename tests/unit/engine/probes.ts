/** Probes for engines under test: what a device's faults would do at points, by a few lines. */

import type { Probe } from '../../../engine/probe.ts';

export interface PointFaults {
  readonly data?: Readonly<Record<string, (value: Uint8Array) => Uint8Array>>;
  readonly skips?: readonly string[];
  readonly checks?: Readonly<Record<string, boolean>>;
}

/** Wants every point; `visits` counts them. */
export function probe({ data = {}, skips = [], checks = {} }: PointFaults = {}): Probe & {
  readonly visits: Map<string, number>;
} {
  const visits = new Map<string, number>();
  const visit = (point: string) => visits.set(point, (visits.get(point) ?? 0) + 1);
  return {
    visits,
    wants: () => true,
    data(point, value) {
      visit(point);
      return data[point]?.(value) ?? value;
    },
    skips(point) {
      visit(point);
      return skips.includes(point);
    },
    check(point, length, compare) {
      visit(point);
      return checks[point] ?? compare(length);
    },
  };
}

export function flip(bit: number): (value: Uint8Array) => Uint8Array {
  return (value) => {
    const changed = value.slice();
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    return changed;
  };
}
