/**
 * The device's random generator: AES-256 in counter mode with fast key erasure. Each refill gives the next key
 * first, so that what has been given out cannot be computed from the state. Seeded, it repeats itself exactly.
 */
import type { Engine, RandomBytes } from '../engine/engine.ts';

const KEY = 32;
const BUFFER = 4096;

/** Where a generator stands: the key of the next refill, and what is left of the last one. */
export interface SavedGenerator {
  readonly key: Uint8Array;
  readonly left: Uint8Array;
}

export interface RandomGenerator {
  readonly random: RandomBytes;
  save(): SavedGenerator;
  wipe(): void;
}

export const createRandomGenerator = (engine: Engine, seed: Uint8Array): RandomGenerator =>
  resumeRandomGenerator(engine, { key: seed, left: new Uint8Array(0) });

export const resumeRandomGenerator = (engine: Engine, saved: SavedGenerator): RandomGenerator => {
  let key = saved.key.slice(0, KEY);
  if (key.length !== KEY)
    throw new RangeError(`a generator needs ${KEY} bytes of seed, got ${saved.key.length}`);
  let buffer = saved.left.slice();
  let at = 0;

  const keystream = (length: number): Uint8Array => {
    const aes = engine.aesKey(key);
    const cipher = engine.cipher(aes, 'ctr', 'encrypt', new Uint8Array(16));
    const stream = cipher.update(new Uint8Array(KEY + length));
    cipher.wipe();
    aes.wipe();
    key.fill(0);
    key = stream.slice(0, KEY);
    stream.fill(0, 0, KEY);
    return stream.subarray(KEY);
  };

  const random = (length: number): Uint8Array => {
    const out = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      if (at === buffer.length) {
        buffer = new Uint8Array(keystream(BUFFER));
        at = 0;
      }
      const n = Math.min(length - filled, buffer.length - at);
      out.set(buffer.subarray(at, at + n), filled);
      buffer.fill(0, at, at + n);
      at += n;
      filled += n;
    }
    return out;
  };

  return {
    random,
    save: () => ({ key: key.slice(), left: buffer.slice(at) }),
    wipe: () => {
      key.fill(0);
      buffer.fill(0);
      at = buffer.length;
    },
  };
};
