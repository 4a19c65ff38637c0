/** The device's generator: a stream that its seed decides. */
import { describe, expect, it } from 'vitest';
import { createRandomGenerator } from '../../../emulator/random.ts';
import { createNobleEngine } from '../../../engine/noble/index.ts';
import { hex, join } from '../../support/bytes.ts';

const engine = createNobleEngine();
const seed = (fill: number) => new Uint8Array(32).fill(fill);

describe('the random generator', () => {
  it('repeats itself with the same seed, and with no other', () => {
    const streams = [1, 1, 2].map((fill) => hex(createRandomGenerator(engine, seed(fill)).random(10_000)));
    expect(streams[0]).toBe(streams[1]);
    expect(streams[0]).not.toBe(streams[2]);
  });

  it('gives one stream however it is asked', () => {
    const whole = createRandomGenerator(engine, seed(3)).random(20_000);
    const { random } = createRandomGenerator(engine, seed(3));
    const parts = [];
    for (const length of [0, 1, 31, 4064, 4096, 1, 4095, 4097, 0, 3614]) parts.push(random(length));
    expect(hex(join(...parts))).toBe(hex(whole.subarray(0, 19_999)));
  });

  it('gives buffers that it keeps no copy of', () => {
    const { random } = createRandomGenerator(engine, seed(4));
    const expected = hex(createRandomGenerator(engine, seed(4)).random(64).subarray(32));
    random(32).fill(0);
    expect(hex(random(32))).toBe(expected);
  });

  it('does not change the seed it is given, nor take a short one', () => {
    const given = seed(5);
    createRandomGenerator(engine, given).random(5000);
    expect(given).toEqual(seed(5));
    expect(() => createRandomGenerator(engine, new Uint8Array(31))).toThrow(RangeError);
  });

  it('has bits that look like coins', () => {
    const bytes = createRandomGenerator(engine, seed(6)).random(100_000);
    let ones = 0;
    for (const byte of bytes) for (let bit = 0; bit < 8; bit++) ones += (byte >> bit) & 1;
    // 800,000 coins: five standard deviations are 2236.
    expect(Math.abs(ones - 400_000)).toBeLessThan(2236);
    expect(new Set(bytes).size).toBe(256);
  });
});
