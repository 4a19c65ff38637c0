/** A fault with holes, and what to put into them: every combination, the last range fastest. */
import { CampaignError } from '../campaign-file.ts';
import type { GeneratorSpec, RangeSpec } from '../schema.ts';

type Grid = NonNullable<GeneratorSpec['grid']>;

const valuesOf = (name: string, range: Grid['ranges'][string]): readonly (string | number)[] => {
  if (Array.isArray(range)) return range;
  const { from, to, step = 1 } = range as RangeSpec;
  const values = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
  if (values.length === 0) throw new CampaignError(`grid.ranges.${name}: from ${from} to ${to} is empty`);
  return values;
};

export function* gridLines({ fault, ranges }: Grid): Iterable<string> {
  const names = Object.keys(ranges);
  for (const [hole] of fault.matchAll(/\{[^}]*\}/g))
    if (!names.includes(hole.slice(1, -1)))
      throw new CampaignError(`grid.fault: ${hole} has no range; there is ${names.join(', ')}`);
  const all = names.map((name) => ({ name, values: valuesOf(name, ranges[name] ?? []) }));
  const fill = function* (line: string, depth: number): Iterable<string> {
    const range = all[depth];
    if (range === undefined) {
      yield line;
      return;
    }
    for (const value of range.values)
      yield* fill(line.replaceAll(`{${range.name}}`, String(value)), depth + 1);
  };
  yield* fill(fault, 0);
}
