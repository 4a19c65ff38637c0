/** A chip in a folder: what it refuses, what its counter survives, and one process at a time. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderChip } from '../../../keystore/folder-chip.ts';
import { StorageError } from '../../../keystore/storage.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { FLASH } from '../../support/storage.ts';

const HUK = new Uint8Array(32).fill(7);
const open = (folder: string, huk = HUK) => folderChip(folder, FLASH, huk);

/** A folder with a chip whose counter has come to 5, written in both slots. */
const used = (): string => {
  const folder = temporaryFolder();
  const chip = open(folder);
  for (const to of [1, 4, 5]) chip.counter.advance(to);
  chip.flash.program(0, new Uint8Array(16));
  chip.close();
  return folder;
};

const read = (folder: string, name: string) => new Uint8Array(readFileSync(join(folder, name)));

describe('a chip in a folder', () => {
  it('keeps its key, its counter and its flash', () => {
    const folder = used();
    const chip = open(folder, new Uint8Array(32));
    expect(chip.huk).toEqual(HUK);
    expect(chip.counter.value).toBe(5);
    expect(chip.flash.read(0, 16)).toEqual(new Uint8Array(16));
    chip.close();
    chip.close();
  });

  it('is for its owner only', () => {
    const folder = join(temporaryFolder(), 'store');
    open(folder).close();
    for (const place of [folder, join(folder, 'chip.bin'), join(folder, 'flash.bin')])
      expect(statSync(place).mode & 0o077).toBe(0);
  });

  it('has nothing but what it needs, and takes no room before it is used', () => {
    const folder = temporaryFolder();
    open(folder).close();
    expect(readdirSync(folder).sort()).toEqual(['chip.bin', 'flash.bin']);
    expect(statSync(join(folder, 'flash.bin')).size).toBe(0);
  });

  it('that cannot be made is refused with its name', () => {
    const folder = join(temporaryFolder(), 'file', 'store');
    writeFileSync(join(folder, '..'), '');
    expect(() => open(folder)).toThrow(`cannot make the store ${folder}`);
  });

  const refused: readonly (readonly [string, (folder: string) => void, string])[] = [
    [
      'of the layout before flash',
      (folder) => {
        for (const name of ['chip.bin', 'flash.bin']) rmSync(join(folder, name));
        writeFileSync(join(folder, 'device'), HUK);
      },
      'is of an older h5sm, with a file for each key: name another folder',
    ],
    ['without its chip', (folder) => rmSync(join(folder, 'chip.bin')), 'has flash.bin without its chip.bin'],
    [
      'with a chip of another version',
      (folder) => {
        const chip = read(folder, 'chip.bin');
        chip[10] = 0x32;
        writeFileSync(join(folder, 'chip.bin'), chip);
      },
      'has a damaged chip.bin',
    ],
    [
      'with a chip cut off',
      (folder) => writeFileSync(join(folder, 'chip.bin'), read(folder, 'chip.bin').subarray(0, -1)),
      'has a damaged chip.bin',
    ],
    [
      'with a chip that has no counter',
      (folder) => writeFileSync(join(folder, 'chip.bin'), read(folder, 'chip.bin').fill(0, 52)),
      'has a damaged chip.bin',
    ],
  ];

  it.each(refused)('%s is refused, and unlocked', (_, damage, message) => {
    const folder = used();
    damage(folder);
    expect(() => open(folder)).toThrow(`the store ${folder} ${message}`);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('of another geometry is refused with both', () => {
    const folder = used();
    expect(() => folderChip(folder, { sectors: 1024, sectorSize: 16384 }, HUK)).toThrow(
      `the store ${folder} has 6 sectors of 8192 bytes, this device 1024 of 16384: start it with the profile that made it, or name another folder with --store`,
    );
  });
});

describe('the counter', () => {
  it('has the number before or after, wherever its write was cut', () => {
    const folder = used();
    const before = read(folder, 'chip.bin');
    const chip = open(folder);
    chip.counter.advance(6);
    chip.close();
    const after = read(folder, 'chip.bin');
    const found = new Set<number>();
    for (let at = 0; at <= after.length; at++) {
      writeFileSync(
        join(folder, 'chip.bin'),
        new Uint8Array([...after.subarray(0, at), ...before.subarray(at)]),
      );
      const cut = open(folder);
      found.add(cut.counter.value);
      cut.close();
    }
    expect([...found].sort()).toEqual([5, 6]);
  });
});

describe('the lock of a folder', () => {
  it('of a live process is respected', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), String(process.ppid));
    expect(() => open(folder)).toThrow(
      `the store ${folder} is in use by process ${process.ppid}: stop it, or name another folder with --store`,
    );
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.ppid));
  });

  it('of another device in this process is respected too', () => {
    const folder = temporaryFolder();
    const chip = open(folder);
    expect(() => open(folder)).toThrow(StorageError);
    expect(() => open(folder)).toThrow('in use by another device of this process');
    chip.close();
    open(folder).close();
  });

  it.each([
    ['a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['a crash before it was written', () => ''],
    ['nobody', () => 'not a number'],
  ])('of %s is taken over', (_, content) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), content());
    const chip = open(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
    chip.close();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
