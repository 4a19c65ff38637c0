/** Countermeasures of symmetric algorithms: unseen without a fault, and what they find. */

import { describe, expect, test } from 'vitest';
import type { CipherMode, Direction } from '../../../engine/engine.ts';
import { createFaultyEngine } from '../../../engine/faulty/index.ts';
import { type Countermeasure, createGuardedEngine, FaultDetected } from '../../../engine/guarded/index.ts';
import type { Probe } from '../../../engine/probe.ts';
import { engine, generator, hex } from './support.ts';

const random = generator();
const key = random.bytes(16);
const iv = random.bytes(16);

const NO_FAULT: Probe = {
  wants: () => true,
  data: (_, value) => value,
  skips: () => false,
  check: (_, length, compare) => compare(length),
};

const guarded = (countermeasure: Countermeasure, fault: Partial<Probe> = {}) =>
  createGuardedEngine(
    createFaultyEngine(engine, { ...NO_FAULT, ...fault }),
    new Set([countermeasure]),
    random.bytes,
  );

/** On the n-th visit of the point the first bit is turned. */
const flipOn = (where: string, nth: number): Partial<Probe> => {
  let visits = 0;
  return {
    data: (point, value) =>
      point === where && ++visits === nth ? value.with(0, (value[0] as number) ^ 0x80) : value,
  };
};

describe('double-compute', () => {
  test.each<[CipherMode, Direction]>([
    ['ecb', 'encrypt'],
    ['cbc', 'decrypt'],
    ['cbc-pkcs7', 'encrypt'],
    ['ctr', 'encrypt'],
  ])('%s, %s', (mode, direction) => {
    const start = (one: typeof engine) =>
      one.cipher(one.aesKey(key), mode, direction, mode === 'ecb' ? undefined : iv);
    const data = random.bytes(48);
    const [plain, calm] = [start(engine), start(guarded('double-compute'))];
    expect(hex(calm.update(data))).toBe(hex(plain.update(data)));
    expect(calm.finish()).toEqual(plain.finish());
    const disturbed = start(guarded('double-compute', flipOn('alg.aes.round3', 2)));
    expect(() => disturbed.update(data)).toThrow(FaultDetected);
  });

  test('GCM and CMAC', () => {
    const gcm = (fault?: Partial<Probe>) => {
      const one = guarded('double-compute', fault);
      const state = one.gcm(one.aesKey(key), 'encrypt', iv, 16);
      state.updateAd(iv);
      return hex(state.update(key)) + hex(state.tag());
    };
    const plain = engine.gcm(engine.aesKey(key), 'encrypt', iv, 16);
    plain.updateAd(iv);
    expect(gcm()).toBe(hex(plain.update(key)) + hex(plain.tag()));
    for (const point of ['alg.gcm.h', 'alg.gcm.tag', 'alg.gcm.counter'])
      expect(() => gcm(flipOn(point, 2)), point).toThrow(FaultDetected);

    const cmac = (fault?: Partial<Probe>) => {
      const one = guarded('double-compute', fault);
      const state = one.cmac(one.aesKey(key));
      state.update(key);
      return state.digest();
    };
    const expected = engine.cmac(engine.aesKey(key));
    expected.update(key);
    expect(cmac()).toEqual(expected.digest());
    expect(() => cmac(flipOn('alg.aes.round1', 3))).toThrow(FaultDetected);
  });
});

describe('double-compare', () => {
  test('answers as ever without a fault', () => {
    const { equal } = guarded('double-compare');
    const cases = [key, key.with(15, ~(key[15] as number)), key.subarray(1), new Uint8Array(0)];
    for (const a of cases) for (const b of cases) expect(equal(a, b)).toBe(a === b);
  });

  test.each([1, 2])('finds the comparison that says yes once, the %i. of two', (nth) => {
    let visits = 0;
    const { equal } = guarded('double-compare', {
      check: (_, length, compare) => ++visits === nth || compare(length),
    });
    expect(() => equal(key, iv)).toThrow(FaultDetected);
  });

  test('finds comparisons that always say yes, or always look at one byte', () => {
    const forced = guarded('double-compare', { check: () => true });
    expect(() => forced.equal(key, iv)).toThrow(FaultDetected);
    const shortened = guarded('double-compare', { check: (_, __, compare) => compare(1) });
    expect(() => shortened.equal(key, key.with(9, ~(key[9] as number)))).toThrow(FaultDetected);
  });
});
