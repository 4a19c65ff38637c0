/** The pool of random bytes: never the same twice, never from anywhere else, never silently short. */
import { describe, expect, test } from 'vitest';
import { RandomPool } from '../../../clients/tls/index.ts';
import { open } from './device.ts';

/** Counts up through the bytes, so that every byte given out says when it was generated. */
const counter = (start = 0) => {
  let next = start;
  const asked: number[] = [];
  return {
    asked,
    generate: async (length: number) => {
      asked.push(length);
      return Uint8Array.from({ length }, () => next++);
    },
  };
};

describe('a pool', () => {
  test('is filled in one call, and gives each byte once', async () => {
    const { generate, asked } = counter();
    const pool = new RandomPool(64, generate);
    await pool.fill();
    expect(asked).toEqual([64]);
    const taken = [...pool.take(10), ...pool.take(22), ...pool.take(0)];
    expect(new Set(taken).size).toBe(32);
    expect(asked).toEqual([64]);
  });

  test('below half it is refilled in the background, while more is taken', async () => {
    const { generate, asked } = counter();
    const pool = new RandomPool(64, generate);
    await pool.fill();
    const taken = [...pool.take(40)];
    expect(asked).toEqual([64, 40]);
    taken.push(...pool.take(20));
    expect(() => pool.take(5)).toThrow('5 random bytes: the pool holds 4 of 64');
    await pool.fill();
    taken.push(...pool.take(64));
    expect(new Set(taken).size).toBe(124);
  });

  test('one that has run dry throws, whatever the reason', async () => {
    const { generate } = counter();
    const pool = new RandomPool(32, generate);
    expect(() => pool.take(1)).toThrow('holds 0 of 32');
    await pool.fill();
    expect(() => pool.take(33)).toThrow('raise randomPool');
    expect(pool.take(32)).toHaveLength(32);
  });

  test('a refill that failed is named when the pool runs dry, and tried again', async () => {
    const { generate } = counter();
    let broken = false;
    const pool = new RandomPool(32, (length) => {
      if (broken) return Promise.reject(new Error('no entropy'));
      return generate(length);
    });
    await pool.fill();
    broken = true;
    pool.take(20);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pool.take(12)).toHaveLength(12);
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => pool.take(1)).toThrow('the last refill failed: no entropy');
    await expect(pool.fill()).rejects.toThrow('no entropy');
    broken = false;
    await pool.fill();
    expect(pool.take(32)).toHaveLength(32);
  });

  test('close waits for a refill under way and gives nothing any more', async () => {
    const { generate, asked } = counter();
    const pool = new RandomPool(8, generate);
    await pool.fill();
    pool.take(8);
    await pool.close();
    expect(asked).toEqual([8, 8]);
    expect(() => pool.take(1)).toThrow('closed');
  });

  test.each([0, -1, 1.5, Number.NaN])('a size of %s is refused', (size) => {
    expect(() => new RandomPool(size, async () => new Uint8Array(0))).toThrow('expected a positive integer');
  });
});

describe('the adapter', () => {
  test('takes its random bytes from psa_generate_random, ahead of time', async () => {
    const { crypto, calls } = await open({ randomPool: 100 });
    expect(calls).toEqual(['psa_generate_random']);
    const taken = new Set<string>();
    for (let i = 0; i < 50; i++) {
      taken.add(Buffer.from(crypto.randomBytes(32)).toString('hex'));
      await crypto.fillRandomPool();
    }
    expect(taken.size).toBe(50);
  });

  test('throws instead of falling back', async () => {
    const { crypto } = await open({ randomPool: 40 });
    crypto.randomBytes(32);
    expect(() => crypto.randomBytes(32)).toThrow('32 random bytes: the pool holds 8 of 40');
    await crypto.fillRandomPool();
    expect(crypto.randomBytes(32)).toHaveLength(32);
  });
});
