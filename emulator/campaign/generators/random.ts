/** Faults drawn from a seed; the same seed draws the same ones. */
import type { Ground } from '../case.ts';
import type { GeneratorSpec } from '../schema.ts';
import { effectsAt, lineOf, matching } from './places.ts';

/** Mulberry32: 32 bits of state, enough to choose among cases. */
const numbers = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

/** `{N}` in an effect is a number below N: `flip({256})`. */
const drawn = (effect: string, below: (most: number) => number): string =>
  effect.replace(/\{(\d+)\}/g, (_, most: string) => String(below(Number(most))));

export function* randomLines(
  { points, effects, seed, count }: NonNullable<GeneratorSpec['random']>,
  ground: Ground,
): Iterable<string> {
  const below = numbers(seed);
  const places = matching(points, ground).map((point) => ({ point, effects: effectsAt(point, effects) }));
  for (let i = 0; i < count; i++) {
    const place = places[below(places.length)];
    if (place === undefined) return;
    const nth = 1 + below(ground.visits[place.point] ?? 1);
    const effect = place.effects[below(place.effects.length)] ?? '';
    yield lineOf(place.point, nth, drawn(effect, below));
  }
}
