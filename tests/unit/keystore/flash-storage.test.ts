/** Records in flash: whole or not at all, until there is no room, and never other ones. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Chip, type Left, memoryChip } from '../../../keystore/chip.ts';
import { flashStorage } from '../../../keystore/flash-storage.ts';
import { folderChip } from '../../../keystore/folder-chip.ts';
import { recordName } from '../../../keystore/key-record.ts';
import { type Storage, StorageError } from '../../../keystore/storage.ts';
import { ascii, hex } from '../../support/bytes.ts';
import { fragileChip } from '../../support/chip.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { generator } from '../../support/generator.ts';
import { FLASH } from '../../support/storage.ts';

const HUK = new Uint8Array(32).fill(7);
const KEY = new Uint8Array(32).fill(9);
const OLD = ascii('old');
const NEW = ascii('a newer record');
const SMALL = { sectors: 4, sectorSize: 512 };
const SIZE = SMALL.sectors * SMALL.sectorSize;

const bytes = (length: number, value = 1) => new Uint8Array(length).fill(value);
const on = (chip: Chip) => flashStorage(chip, KEY);

const contentsOf = (storage: Storage) =>
  Object.fromEntries([...storage.names()].sort().map((name) => [name, storage.read(name)]));

const kindOf = (action: () => void): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof StorageError) return error.kind;
    throw error;
  }
  return 'no error';
};

const numbered = (i: number) => `record ${i}`;

/** Fills a store; how many records there were room for. */
const fill = (storage: Storage, length: number, name = numbered): number => {
  for (let i = 0; ; i++) if (kindOf(() => storage.write(name(i), bytes(length, i))) === 'full') return i;
};

describe.each([
  ['a folder', () => folderChip(join(temporaryFolder(), 'store'), FLASH, HUK)],
  ['memory', () => memoryChip(FLASH, HUK)],
])('records in %s', (_, open) => {
  it('are read as they were written', () => {
    const storage = on(open());
    expect(storage.names()).toEqual([]);
    expect(storage.read('one')).toBeUndefined();
    storage.write('one', OLD);
    storage.write('two', new Uint8Array(0));
    expect(storage.read('one')).toEqual(OLD);
    expect(storage.read('two')).toEqual(new Uint8Array(0));
    storage.write('one', NEW);
    expect(storage.read('one')).toEqual(NEW);
    expect([...storage.names()].sort()).toEqual(['one', 'two']);
    storage.remove('one');
    storage.remove('one');
    expect(storage.read('one')).toBeUndefined();
    expect(storage.names()).toEqual(['two']);
    storage.close();
  });

  it('are not the buffers of the caller', () => {
    const storage = on(open());
    const data = OLD.slice();
    storage.write('one', data);
    data.fill(0);
    storage.read('one')?.fill(0);
    expect(storage.read('one')).toEqual(OLD);
    storage.close();
  });
});

describe('records', () => {
  it('are there after a restart, in every sector', () => {
    const chip = memoryChip(SMALL, HUK);
    const storage = on(chip);
    fill(storage, 40);
    storage.remove('record 3');
    storage.write('record 0', bytes(17, 0xff));
    expect(contentsOf(on(chip))).toEqual(contentsOf(storage));
  });

  it('may have any printable name of up to 255 characters, and no other', () => {
    const chip = memoryChip(FLASH, HUK);
    const storage = on(chip);
    for (const name of ['a', ' ~', 'n'.repeat(255)]) storage.write(name, OLD);
    expect(Object.keys(contentsOf(on(chip)))).toEqual([' ~', 'a', 'n'.repeat(255)]);
    for (const name of ['', 'n'.repeat(256), 'ä', 'a\n'])
      expect(() => storage.write(name, OLD)).toThrow('expected 1 to 255 ASCII characters');
  });

  it('leave nothing behind when they are replaced or removed', () => {
    const chip = memoryChip(SMALL, HUK);
    const storage = on(chip);
    const secret = ascii('a secret that ends');
    const isLeft = () => Buffer.from(chip.flash.read(0, SIZE)).includes(Buffer.from(secret));
    storage.write('one', secret);
    expect(isLeft()).toBe(true);
    storage.write('one', NEW);
    expect(isLeft()).toBe(false);
    storage.write('one', secret);
    storage.remove('one');
    expect(isLeft()).toBe(false);
  });
});

describe('a full store', () => {
  it('refuses one record more and leaves all as it was', () => {
    const chip = memoryChip(SMALL, HUK);
    const storage = on(chip);
    const count = fill(storage, 100);
    // Three sectors, of which each holds as many.
    expect(count).toBe(6);
    const before = contentsOf(storage);
    const flash = chip.flash.read(0, SIZE);
    expect(() => storage.write('one more', bytes(100))).toThrow('has no room for 100 bytes');
    expect(contentsOf(storage)).toEqual(before);
    expect(chip.flash.read(0, SIZE)).toEqual(flash);
  });

  it('still replaces what does not grow, and removes', () => {
    const storage = on(memoryChip(SMALL, HUK));
    const count = fill(storage, 100);
    for (let i = 0; i < count; i++) storage.write(`record ${i}`, bytes(100, 0xee));
    expect(kindOf(() => storage.write('record 0', bytes(300)))).toBe('full');
    expect(storage.read('record 0')).toEqual(bytes(100, 0xee));
    for (let i = 0; i < count; i++) storage.remove(`record ${i}`);
    expect(storage.names()).toEqual([]);
    expect(fill(storage, 100)).toBe(count);
  });

  it('names its records in an order in which an empty store has room for all', () => {
    const { pick, below } = generator('a full store', 'fixed');
    for (let round = 0; round < 60; round++) {
      const storage = on(memoryChip(SMALL, HUK));
      for (let i = 0; i < 30; i++) {
        kindOf(() => storage.write(`record ${i}`, bytes(pick([10, 60, 130, 200, 290]))));
        if (below(5) === 0) storage.remove(`record ${below(30)}`);
      }
      const again = on(memoryChip(SMALL, HUK));
      for (const name of storage.names()) again.write(name, storage.read(name) ?? OLD);
      expect(contentsOf(again)).toEqual(contentsOf(storage));
    }
  });

  it('has room again for what was removed', () => {
    const storage = on(memoryChip(SMALL, HUK));
    const count = fill(storage, 100);
    for (let i = 0; i < count; i++) {
      storage.remove(`record ${i}`);
      storage.write(`again ${i}`, bytes(100, i));
    }
    expect(Object.keys(contentsOf(storage))).toHaveLength(count);
  });

  it.each([
    // Five sectors of 8192 bytes count; a record takes whole quad-words, and 21 bytes and its name in the directory.
    [
      'items of 2016 bytes',
      2016 + 8 + 29,
      (i: number) => `its-ffffffff-${i.toString(16).padStart(16, '0')}`,
      5 * 3,
    ],
    ['keys of 16 bytes', 16 + 24 + 29, (i: number) => recordName(-1, i), 5 * 66],
  ])('of the size of the STM32H573’s holds so many %s', (_, length, name, count) => {
    expect(fill(on(memoryChip(FLASH, HUK)), length, name)).toBe(count);
  });

  it('takes a record of nearly a sector, and none that is larger', () => {
    const storage = on(memoryChip(FLASH, HUK));
    expect(kindOf(() => storage.write('one', bytes(8192)))).toBe('full');
    storage.write('one', bytes(8000));
    expect(storage.read('one')).toEqual(bytes(8000));
  });
});

describe('a record that grows into another sector', () => {
  const grow = (chip: Chip): Storage => {
    const storage = on(chip);
    storage.write('one', bytes(100, 1));
    storage.write('two', bytes(100, 2));
    storage.write('two', bytes(300, 3));
    return storage;
  };

  it('is the new one, and the only one', () => {
    const chip = memoryChip(SMALL, HUK);
    const records = { one: bytes(100, 1), two: bytes(300, 3) };
    expect(contentsOf(grow(chip))).toEqual(records);
    expect(contentsOf(on(chip))).toEqual(records);
  });

  it.each([
    ['in one run', (storage: Storage) => storage],
    ['after a restart', (_: Storage, chip: Chip) => on(chip)],
  ])('does not come back when it is removed, %s', (_, then) => {
    const chip = memoryChip(SMALL, HUK);
    const storage = then(grow(chip), chip);
    storage.remove('two');
    expect(contentsOf(storage)).toEqual({ one: bytes(100, 1) });
    expect(contentsOf(on(chip))).toEqual({ one: bytes(100, 1) });
  });

  it('leaves its old room to others', () => {
    const chip = memoryChip(SMALL, HUK);
    const storage = grow(chip);
    storage.write('three', bytes(100, 4));
    storage.write('four', bytes(300, 5));
    expect(contentsOf(on(chip))).toEqual({
      one: bytes(100, 1),
      two: bytes(300, 3),
      three: bytes(100, 4),
      four: bytes(300, 5),
    });
  });
});

describe('flash that fails', () => {
  it.each(['program', 'sync', 'read'] as const)('in a %s: the write fails, what was there stays', (what) => {
    const { chip, state } = fragileChip(SMALL);
    const storage = on(chip);
    storage.write('one', OLD);
    state.failing = what;
    expect(() => storage.write('one', NEW)).toThrow(`${what} fails`);
    expect(() => storage.remove('one')).toThrow(`${what} fails`);
    state.failing = undefined;
    expect(contentsOf(storage)).toEqual({ one: OLD });
    storage.write('two', NEW);
    expect(contentsOf(on(chip))).toEqual({ one: OLD, two: NEW });
  });

  it('in the erasure of what was replaced: the write is done all the same', () => {
    const { chip, state } = fragileChip(SMALL);
    const storage = on(chip);
    storage.write('one', OLD);
    state.failing = 'erase';
    storage.write('one', NEW);
    expect(contentsOf(storage)).toEqual({ one: NEW });
    expect(contentsOf(on(chip))).toEqual({ one: NEW });
    // The next write needs that sector.
    expect(() => storage.write('two', NEW)).toThrow('erase fails');
    state.failing = undefined;
    storage.write('two', NEW);
    expect(contentsOf(on(chip))).toEqual({ one: NEW, two: NEW });
  });
});

describe('flash that was changed', () => {
  const leftOf = ({ flash, counter }: Chip): Left => ({ flash: flash.read(0, SIZE), counter: counter.value });
  const from = (left: Left) => memoryChip(SMALL, HUK, left);

  /** Records in three sectors; some of them written again. */
  const filled = (): Chip => {
    const chip = memoryChip(SMALL, HUK);
    const storage = on(chip);
    fill(storage, 100);
    storage.remove('record 1');
    storage.write('record 2', OLD);
    return chip;
  };

  it('in any byte is refused, or the one record is, and no other record is another', () => {
    const chip = filled();
    const left = leftOf(chip);
    const before = contentsOf(on(chip));
    const outcomes = { refused: 0, corrupt: 0, nothing: 0 };
    const wrong: number[] = [];
    const kindOfStore = (flash: Uint8Array): keyof typeof outcomes | 'wrong' => {
      let storage: Storage | undefined;
      const start = () => {
        storage = on(from({ ...left, flash }));
      };
      if (kindOf(start) === 'corrupt') return 'refused';
      const good = Object.keys(before).filter((name) => kindOf(() => storage?.read(name)) !== 'corrupt');
      const lost = good.some((name) => hex(storage?.read(name) ?? OLD) !== hex(before[name] ?? OLD));
      const missing = Object.keys(before).length - good.length;
      if (lost || missing > 1 || storage?.names().length !== Object.keys(before).length) return 'wrong';
      return missing === 1 ? 'corrupt' : 'nothing';
    };
    for (let at = 0; at < left.flash.length; at++) {
      const flash = left.flash.slice();
      flash[at] = (flash[at] ?? 0) ^ 0x10;
      const kind = kindOfStore(flash);
      // What holds nothing is the rest: the fourth sector, and what is not programmed.
      if (kind === 'wrong' || (kind === 'nothing' && left.flash[at] !== 0xff)) wrong.push(at);
      else outcomes[kind]++;
    }
    expect(wrong).toEqual([]);
    const dataBytes = Object.values(before).reduce((sum, data) => sum + (data?.length ?? 0), 0);
    expect(outcomes.corrupt).toBe(dataBytes);
    expect(outcomes.refused).toBeGreaterThan(400);
  });

  it('keeps a changed record apart from the others until it is removed or written again', () => {
    const chip = filled();
    const storage = on(chip);
    const at = Buffer.from(chip.flash.read(0, SIZE)).indexOf(Buffer.from(bytes(100, 3)));
    const left = leftOf(chip);
    left.flash[at] = 0;
    const changed = from(left);
    const again = on(changed);
    // The others of the sector are written anew, and it with them.
    again.write('record 2', NEW);
    expect(kindOf(() => again.read('record 3'))).toBe('corrupt');
    expect(kindOf(() => on(changed).read('record 3'))).toBe('corrupt');
    again.write('record 3', OLD);
    expect(contentsOf(on(changed))).toEqual({ ...contentsOf(storage), 'record 2': NEW, 'record 3': OLD });
  });

  it('back to what it was is refused, whatever came after', () => {
    const chip = memoryChip(SMALL, HUK);
    const states: Left[] = [leftOf(chip)];
    const storage = on(chip);
    const note = (action: () => void) => {
      action();
      states.push(leftOf(chip));
    };
    note(() => storage.write('one', OLD));
    note(() => storage.write('two', bytes(300)));
    note(() => storage.write('one', NEW));
    note(() => storage.remove('two'));
    for (const [now, { counter }] of states.entries())
      for (const [then, { flash }] of states.entries()) {
        const open = () => on(from({ flash, counter }));
        if (then < now) expect(open).toThrow(`it is at write ${then}, the counter at ${now}`);
        // A counter that stayed behind is no proof of anything.
        else expect(Object.keys(contentsOf(open()))).toHaveLength([0, 1, 2, 2, 1][then] ?? -1);
      }
  });

  it('in one sector, back to what it was there, is refused', () => {
    const chip = memoryChip(SMALL, HUK);
    const storage = on(chip);
    fill(storage, 100);
    const before = leftOf(chip);
    // Each sector is written anew, and all but the last are put back where they were.
    for (let i = 0; i < 6; i++) storage.write(`record ${i}`, bytes(100, 0xee));
    const after = leftOf(chip);
    let refused = 0;
    for (let sector = 0; sector < SMALL.sectors; sector++) {
      const flash = after.flash.slice();
      const [start, end] = [sector * 512, (sector + 1) * 512];
      flash.set(before.flash.subarray(start, end), start);
      try {
        expect(contentsOf(on(from({ ...after, flash })))).toEqual(contentsOf(storage));
        // Then it is the one sector that is free.
        expect(after.flash.subarray(start, end)).toEqual(bytes(512, 0xff));
      } catch (error) {
        expect(error).toMatchObject({ kind: 'corrupt' });
        refused++;
      }
    }
    expect(refused).toBe(3);
  });

  it('to that of another device is refused', () => {
    const left = leftOf(filled());
    expect(() => flashStorage(from(left), new Uint8Array(32))).toThrow('it is at write 0, the counter at 8');
  });

  it('by a write that power cut short is not changed: the counter takes part once it is done', () => {
    const chip = memoryChip(SMALL, HUK);
    on(chip).write('one', OLD);
    const { flash } = leftOf(chip);
    const behind = from({ flash, counter: 0 });
    expect(contentsOf(on(behind))).toEqual({ one: OLD });
    expect(behind.counter.value).toBe(1);
  });
});
