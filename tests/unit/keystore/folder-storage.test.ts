/** Records in a folder: whole or not at all, and one process at a time. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStorage } from '../../../keystore/folder-storage.ts';
import { memoryStorage } from '../../../keystore/memory-storage.ts';
import { StorageError } from '../../../keystore/storage.ts';
import { ascii } from '../../support/bytes.ts';
import { temporaryFolder } from '../../support/folder.ts';

const OLD = ascii('old');
const NEW = ascii('a newer record');

describe.each([
  ['a folder', () => folderStorage(join(temporaryFolder(), 'store'))],
  ['memory', memoryStorage],
])('records in %s', (_, open) => {
  it('are read as they were written', () => {
    const storage = open();
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
    const storage = open();
    const data = OLD.slice();
    storage.write('one', data);
    data.fill(0);
    storage.read('one')?.fill(0);
    expect(storage.read('one')).toEqual(OLD);
    storage.close();
  });
});

describe('a folder', () => {
  it('forgets what a crash left half written, and keeps the record before it', () => {
    const folder = temporaryFolder();
    const first = folderStorage(folder);
    first.write('one', OLD);
    first.close();
    writeFileSync(join(folder, 'one.new'), 'half of a new');
    writeFileSync(join(folder, 'two.new'), 'half of another');
    const second = folderStorage(folder);
    expect(second.names()).toEqual(['one']);
    expect(second.read('one')).toEqual(OLD);
    expect(readdirSync(folder).sort()).toEqual(['lock', 'one']);
    second.close();
  });

  it('is for its owner only', () => {
    const folder = join(temporaryFolder(), 'store');
    const storage = folderStorage(folder);
    storage.write('one', OLD);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'one')).mode & 0o077).toBe(0);
    storage.close();
  });

  it('that cannot be made is refused with its name', () => {
    const folder = join(temporaryFolder(), 'file', 'store');
    writeFileSync(join(folder, '..'), '');
    expect(() => folderStorage(folder)).toThrow(`cannot make the store ${folder}`);
  });

  it('that cannot be written to any more says which record, and is no full disk', () => {
    const folder = temporaryFolder();
    const storage = folderStorage(folder);
    const write = () => storage.write('no/such/folder', OLD);
    expect(write).toThrow(StorageError);
    expect(write).toThrow(`cannot write ${join(folder, 'no/such/folder')}`);
    try {
      write();
    } catch (error) {
      expect(error).toMatchObject({ kind: 'failed' });
    }
    storage.close();
  });
});

describe('the lock of a folder', () => {
  it('of a live process is respected', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), String(process.ppid));
    expect(() => folderStorage(folder)).toThrow(
      `the store ${folder} is in use by process ${process.ppid}: stop it, or name another folder with --store`,
    );
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.ppid));
  });

  it('of another device in this process is respected too', () => {
    const folder = temporaryFolder();
    const storage = folderStorage(folder);
    expect(() => folderStorage(folder)).toThrow('in use by another device of this process');
    storage.close();
    folderStorage(folder).close();
  });

  it.each([
    ['a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
    ['a crash before it was written', () => ''],
    ['nobody', () => 'not a number'],
  ])('of %s is taken over', (_, content) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'lock'), content());
    const storage = folderStorage(folder);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
    storage.close();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
