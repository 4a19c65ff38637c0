/** A random generator whose draws faults spoil, at the point `rng.draw`. */
import type { Engine, RandomBytes } from '../../engine/engine.ts';
import { createRandomGenerator } from '../random.ts';
import { Changes } from './change.ts';
import type { Effect } from './fault.ts';
import type { Faults } from './faults.ts';

const POINT = 'rng.draw';

const repeated = (bytes: Uint8Array, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length] ?? 0);

/** The draw as one big-endian number, so many of whose bits at one end are 0. */
const biased = (value: Uint8Array, end: string, bits: number): Uint8Array =>
  value.map((byte, i) => {
    const before = end === 'high' ? 8 * i : 8 * (value.length - 1 - i);
    const zeros = Math.min(8, Math.max(0, bits - before));
    return end === 'high' ? byte & (0xff >>> zeros) : byte & (0xff << zeros);
  });

export const spoiltRandom = (engine: Engine, random: RandomBytes, faults: Faults): RandomBytes => {
  const changes = new Changes();
  const replays = new Map<string, RandomBytes>();
  let held: Uint8Array | undefined;

  const replay = (seed: string, length: number): Uint8Array => {
    let generator = replays.get(seed);
    if (generator === undefined) {
      const hash = engine.hash('sha256');
      hash.update(new TextEncoder().encode(seed));
      generator = createRandomGenerator(engine, hash.digest()).random;
      replays.set(seed, generator);
    }
    return generator(length);
  };

  const spoilt = (value: Uint8Array, { name, number, word }: Effect): Uint8Array => {
    switch (name) {
      case 'stuck':
        if (held === undefined && value.length > 0) held = value.slice();
        return held === undefined ? value : repeated(held, value.length);
      case 'bias':
        return biased(value, word, number);
      case 'replay':
        return replay(word, value.length);
      case 'short':
        return value.map((byte, i) => (i < number ? byte : 0));
      default:
        return value;
    }
  };

  return (length) => {
    const { effects } = faults.visit(POINT);
    // Drawn all the same: what comes after the fault is as it would have been.
    return changes.apply(POINT, effects.reduce(spoilt, random(length)), effects);
  };
};
