/** From a generator and a golden run to the cases of a campaign. The same file gives the same cases in the same order. */
import { CampaignError, generatorsOf } from '../campaign-file.ts';
import { type Case, type Ground, MOST_CASES } from '../case.ts';
import type { Campaign, GeneratorSpec, PlacesSpec } from '../schema.ts';
import { gridLines } from './grid.ts';
import { effectsAt, lineOf, matching } from './places.ts';
import { randomLines } from './random.ts';

type Lines = Iterable<readonly string[]>;

/** Each effect at each passing of each point. */
function* single({ points, effects }: PlacesSpec, ground: Ground): Iterable<string> {
  for (const point of matching(points, ground))
    for (let nth = 1; nth <= (ground.visits[point] ?? 0); nth++)
      for (const effect of effectsAt(point, effects)) yield lineOf(point, nth, effect);
}

function* alone(lines: Iterable<string>): Lines {
  for (const line of lines) yield [line];
}

/** Two faults in one run: each pair once. */
function* pairs(spec: PlacesSpec, ground: Ground): Lines {
  const lines = [...single(spec, ground)];
  for (const [i, first] of lines.entries()) for (const second of lines.slice(i + 1)) yield [first, second];
}

/** Power goes away at each writing and erasing, or each writing goes wrong in the given ways. */
const powerLoss = (effects: readonly string[] | undefined, ground: Ground): Iterable<string> => {
  const points = ['storage.write', 'storage.erase'].filter((point) => (ground.visits[point] ?? 0) > 0);
  if (points.length === 0)
    throw new CampaignError(
      'powerLoss: the golden run writes nothing into storage; make a persistent key in it',
    );
  return single({ points, effects: [...(effects ?? ['power-off'])] }, ground);
};

function* bitSweep(
  { points, width, effect = 'flip' }: NonNullable<GeneratorSpec['bitSweep']>,
  ground: Ground,
): Iterable<string> {
  for (const point of matching(points, ground))
    for (let nth = 1; nth <= (ground.visits[point] ?? 0); nth++)
      for (let bit = 0; bit < width; bit++) yield lineOf(point, nth, `${effect}(${bit})`);
}

const linesOf = (spec: GeneratorSpec, ground: Ground): Lines => {
  if (spec.exhaustive !== undefined) return alone(single(spec.exhaustive, ground));
  if (spec.powerLoss !== undefined) return alone(powerLoss(spec.powerLoss.effects, ground));
  if (spec.bitSweep !== undefined) return alone(bitSweep(spec.bitSweep, ground));
  if (spec.grid !== undefined) return alone(gridLines(spec.grid));
  if (spec.random !== undefined) return alone(randomLines(spec.random, ground));
  if (spec.pairs !== undefined) return pairs(spec.pairs, ground);
  return (spec.list ?? []).map((item) => (typeof item === 'string' ? [item] : item));
};

/** Throws CampaignError. */
export const casesOf = (campaign: Campaign, ground: Ground): readonly Case[] => {
  const cases: Case[] = [];
  for (const spec of generatorsOf(campaign))
    for (const faults of linesOf(spec, ground)) {
      if (cases.length === MOST_CASES)
        throw new CampaignError(`generator: more than ${MOST_CASES} cases; name fewer points or effects`);
      cases.push({ index: cases.length, faults });
    }
  return cases;
};

/** Points whose passings the golden run has to count. */
export const countedPoints = (campaign: Campaign): readonly string[] => {
  const points = generatorsOf(campaign).flatMap((spec) => [
    ...(spec.exhaustive?.points ?? []),
    ...(spec.bitSweep?.points ?? []),
    ...(spec.random?.points ?? []),
    ...(spec.pairs?.points ?? []),
    ...(spec.powerLoss === undefined ? [] : ['storage.write', 'storage.erase']),
  ]);
  return [...new Set(points)];
};

/** The smallest of the random generators' patiences; cases after that many without news are left out. */
export const patienceOf = (campaign: Campaign): number | undefined => {
  const all = generatorsOf(campaign);
  const [only] = all;
  return all.length === 1 ? only?.random?.patience : undefined;
};
