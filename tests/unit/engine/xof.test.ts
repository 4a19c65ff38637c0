/** SHAKE128 and SHAKE256 against FIPS 202 examples and node:crypto. */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { XofName } from '../../../engine/engine.ts';
import { ascii, bytes, engine, generator, hex, join, SEED, split } from './support.ts';

describe.each(['shake128', 'shake256'] as const)('%s', (name: XofName) => {
  it('of nothing', () => {
    const expected = {
      shake128: '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
      shake256: '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f',
    };
    expect(hex(engine.xof(name).read(32))).toBe(expected[name]);
  });

  it(`in any portions in and out, seed ${SEED}`, () => {
    const random = generator();
    for (let round = 0; round < 20; round++) {
      const [input, length] = [random.bytes(random.below(500)), 1 + random.below(600)];
      const state = engine.xof(name);
      for (const part of split(input, random)) state.update(part);
      const parts = split(new Uint8Array(length), random).map((part) => state.read(part.length));
      const expected = createHash(name, { outputLength: length }).update(input).digest('hex');
      expect(hex(join(...parts))).toBe(expected);
    }
  });

  it('takes nothing in once read, and gives nothing once wiped', () => {
    const state = engine.xof(name);
    state.update(ascii('abc'));
    expect(state.read(0)).toEqual(bytes(''));
    state.read(1);
    expect(() => state.update(ascii('d'))).toThrow();
    state.wipe();
    expect(() => state.read(1)).toThrow();
  });
});
