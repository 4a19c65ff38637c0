/** Random changes, restarts and power cuts on a small flash: it always has what a map has, before or after a change. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flashStorage } from '../../keystore/flash-storage.ts';
import { type Storage, StorageError } from '../../keystore/storage.ts';
import { cuts } from '../../scripts/powercut/cuts.ts';
import { recorder } from '../../scripts/powercut/recorder.ts';
import { hex } from '../support/bytes.ts';
import { SEED, TIMES } from '../support/generator.ts';

const GEOMETRY = { sectors: 4, sectorSize: 512 };
const KEY = new Uint8Array(32);

const actions = fc.array(
  fc.record({
    name: fc.nat(7).map((i) => `record ${i}`),
    /** Of what is written; without one the record is removed. */
    length: fc.option(fc.nat(260), { freq: 3 }),
    restart: fc.boolean(),
    /** Where power is cut, in thousandths of the way. */
    cut: fc.option(fc.nat(999), { freq: 2 }),
  }),
  { minLength: 10, maxLength: 30, size: 'max' },
);

type Records = ReadonlyMap<string, string>;

const recordsOf = (storage: Storage): Records =>
  new Map([...storage.names()].sort().map((name) => [name, hex(storage.read(name) ?? new Uint8Array())]));

const sorted = (records: Records): Records => new Map([...records].sort());

/** What is there after a change; what was there where it does not fit. */
const change = (storage: Storage, records: Records, name: string, data: Uint8Array | undefined): Records => {
  const after = new Map(records);
  if (data === undefined) {
    storage.remove(name);
    after.delete(name);
    return after;
  }
  try {
    storage.write(name, data);
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'full') return records;
    throw error;
  }
  return sorted(after.set(name, hex(data)));
};

type List = typeof actions extends fc.Arbitrary<infer Actions> ? Actions : never;

const run = (list: List): void => {
  let device = recorder(GEOMETRY);
  let storage = flashStorage(device.chip, KEY);
  let records: Records = new Map();
  const restart = (left = device.left()) => {
    device = recorder(GEOMETRY, left);
    storage = flashStorage(device.chip, KEY);
  };
  for (const [i, { name, length, restart: wanted, cut }] of list.entries()) {
    const [before, start, first] = [records, device.left(), device.events.length];
    records = change(storage, records, name, length === null ? undefined : new Uint8Array(length).fill(i));
    expect(recordsOf(storage)).toEqual(records);
    if (cut !== null) {
      const points = [...cuts(GEOMETRY, start, device.events.slice(first))];
      restart(points[Math.floor((cut * points.length) / 1000)]?.left);
      const found = recordsOf(storage);
      expect([before, records]).toContainEqual(found);
      records = found;
    } else if (wanted) {
      restart();
      expect(recordsOf(storage)).toEqual(records);
    }
  }
};

describe(`random changes with power cuts, seed ${SEED}`, () => {
  it('leave the old or the new record, and every other as it was', () => {
    fc.assert(fc.property(actions, run), { seed: Number(SEED) | 0, numRuns: TIMES * 100 });
  });
});
