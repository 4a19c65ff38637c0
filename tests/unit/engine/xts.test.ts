/** AES-XTS against IEEE 1619 appendix B and node:crypto. */

import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../engine/engine.ts';
import { bytes, counting, engine, generator, hex, join, SEED, split } from './support.ts';

type Outcome = Uint8Array | 'partial-block' | 'bad-padding';

function run(direction: Direction, key: Uint8Array, iv: Uint8Array, parts: readonly Uint8Array[]): Outcome {
  const half = key.length / 2;
  const [dataKey, tweakKey] = [engine.aesKey(key.subarray(0, half)), engine.aesKey(key.subarray(half))];
  const state = engine.xts(dataKey, tweakKey, direction, iv);
  const out: Uint8Array[] = [];
  let total = 0;
  for (const part of parts) {
    const promised = state.updateLength(part.length);
    const given = state.update(part);
    expect(given.length).toBe(promised);
    out.push(given);
    total += part.length - given.length;
    expect(state.pending).toBe(total);
    expect(state.pending).toBeLessThan(32);
  }
  const last = state.finish();
  return typeof last === 'string' ? last : join(...out, last);
}

const TWEAK = `9a78563412${'00'.repeat(11)}`;
const KEY = 'fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0bfbebdbcbbbab9b8b7b6b5b4b3b2b1b0';

describe('IEEE 1619', () => {
  it.each([
    [
      1,
      '00'.repeat(32),
      '00'.repeat(16),
      '00'.repeat(32),
      '917cf69ebd68b2ec9b9fe9a3eadda692cd43d2f59598ed858c02c2652fbf922e',
    ],
    [
      2,
      '11'.repeat(16) + '22'.repeat(16),
      `3333333333${'00'.repeat(11)}`,
      '44'.repeat(32),
      'c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0',
    ],
    [15, KEY, TWEAK, hex(counting(0, 17)), '6c1625db4671522d3d7599601de7ca09ed'],
    [16, KEY, TWEAK, hex(counting(0, 18)), 'd069444b7a7e0cab09e24447d24deb1fedbf'],
    [17, KEY, TWEAK, hex(counting(0, 19)), 'e5df1351c0544ba1350b3363cd8ef4beedbf9d'],
    [18, KEY, TWEAK, hex(counting(0, 20)), '9d84c813f719aa2c7be3f66171c7c5c2edbf9dac'],
  ])('vector %i', (_, key, iv, plain, cipher) => {
    expect(run('encrypt', bytes(key), bytes(iv), [bytes(plain)])).toEqual(bytes(cipher));
    expect(run('decrypt', bytes(key), bytes(iv), [bytes(cipher)])).toEqual(bytes(plain));
  });
});

describe('XTS', () => {
  it.each([32, 64])(`as OpenSSL with keys of %i bytes in any portions, seed ${SEED}`, (keyLength) => {
    const random = generator();
    for (let length = 16; length < 130; length++) {
      const [key, iv, plain] = [random.bytes(keyLength), random.bytes(16), random.bytes(length)];
      const node = createCipheriv(`aes-${4 * keyLength}-xts`, key, iv);
      const cipher = join(node.update(plain), node.final());
      const copy = plain.slice();
      expect(run('encrypt', key, iv, split(plain, random))).toEqual(cipher);
      expect(run('decrypt', key, iv, split(cipher, random))).toEqual(plain);
      expect(plain).toEqual(copy);
    }
  });

  it('of every length at every split', () => {
    const [key, iv] = [counting(3, 32), counting(5, 16)];
    for (let length = 16; length <= 34; length++) {
      const plain = counting(7, length);
      const whole = run('encrypt', key, iv, [plain]) as Uint8Array;
      for (let at = 0; at <= length; at++) {
        expect(run('encrypt', key, iv, [plain.subarray(0, at), plain.subarray(at)])).toEqual(whole);
        expect(run('decrypt', key, iv, [whole.subarray(0, at), whole.subarray(at)])).toEqual(plain);
      }
    }
  });

  it('takes keys of 192 bits too', () => {
    const [key, iv, plain] = [counting(3, 48), counting(5, 16), counting(7, 37)];
    const cipher = run('encrypt', key, iv, [plain]) as Uint8Array;
    expect(run('decrypt', key, iv, [cipher])).toEqual(plain);
  });

  it('refuses less than a block', () => {
    for (const length of [0, 1, 15]) {
      const parts = [new Uint8Array(length)];
      expect(run('encrypt', counting(0, 32), new Uint8Array(16), parts)).toBe('partial-block');
      expect(run('decrypt', counting(0, 32), new Uint8Array(16), parts)).toBe('partial-block');
    }
  });

  it('takes a tweak of a block and two keys of one length', () => {
    const [short, long] = [engine.aesKey(counting(0, 16)), engine.aesKey(counting(0, 32))];
    expect(() => engine.xts(short, short, 'encrypt', new Uint8Array(8))).toThrow(RangeError);
    expect(() => engine.xts(short, long, 'encrypt', new Uint8Array(16))).toThrow(RangeError);
  });
});
