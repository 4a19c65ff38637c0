/** NOR flash in memory and in a file: the rules of programming, and what is never written. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileCells } from '../../../keystore/file-cells.ts';
import { type Flash, memoryCells, norFlash } from '../../../keystore/flash.ts';
import { temporaryFolder } from '../../support/folder.ts';

const GEOMETRY = { sectors: 4, sectorSize: 64 };

const inFile = (path: string): Flash => {
  const cells = fileCells(path);
  onTestFinished(() => cells.close());
  return norFlash(GEOMETRY, cells);
};

const emptyFile = (): string => {
  const path = join(temporaryFolder(), 'flash.bin');
  writeFileSync(path, '');
  return path;
};

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

describe.each([
  ['memory', () => norFlash(GEOMETRY, memoryCells())],
  ['a file', () => inFile(emptyFile())],
])('flash in %s', (_, open) => {
  it('is erased at first', () => {
    const flash = open();
    expect(flash.read(0, 256)).toEqual(bytes(256, 0xff));
  });

  it('keeps what is programmed until its sector is erased', () => {
    const flash = open();
    flash.program(64, bytes(32, 1));
    flash.program(208, bytes(16, 2));
    flash.sync();
    expect(flash.read(48, 64)).toEqual(
      new Uint8Array([...bytes(16, 0xff), ...bytes(32, 1), ...bytes(16, 0xff)]),
    );
    flash.erase(1);
    expect(flash.read(64, 64)).toEqual(bytes(64, 0xff));
    expect(flash.read(208, 16)).toEqual(bytes(16, 2));
    flash.program(64, bytes(16, 3));
    expect(flash.read(64, 16)).toEqual(bytes(16, 3));
  });

  it('programs a quad-word once, even with fewer ones', () => {
    const flash = open();
    flash.program(16, bytes(16, 0xf0));
    expect(() => flash.program(0, bytes(32, 0))).toThrow('flash: 32 bytes at 0 are not erased');
    expect(() => flash.program(16, bytes(16, 0))).toThrow('are not erased');
    expect(flash.read(0, 32)).toEqual(new Uint8Array([...bytes(16, 0xff), ...bytes(16, 0xf0)]));
  });

  it.each([
    ['a part of a quad-word', (flash: Flash) => flash.program(0, bytes(15, 0)), 'not whole quad-words'],
    ['between quad-words', (flash: Flash) => flash.program(8, bytes(16, 0)), 'not whole quad-words'],
    ['beyond the end', (flash: Flash) => flash.program(240, bytes(32, 0)), 'not within it'],
    ['before the start', (flash: Flash) => flash.read(-1, 1), 'not within it'],
    ['over the end', (flash: Flash) => flash.read(255, 2), 'not within it'],
    ['a sector that there is not', (flash: Flash) => flash.erase(4), 'not within it'],
  ])('refuses %s', (__, action, message) => {
    expect(() => action(open())).toThrow(message);
  });

  it('gives and takes copies', () => {
    const flash = open();
    const data = bytes(16, 1);
    flash.program(0, data);
    data.fill(2);
    flash.read(0, 16).fill(3);
    expect(flash.read(0, 16)).toEqual(bytes(16, 1));
  });
});

describe('a file of flash', () => {
  it('reaches as far as anything was written', () => {
    const path = emptyFile();
    const flash = inFile(path);
    expect(statSync(path).size).toBe(0);
    flash.program(96, bytes(16, 1));
    expect(new Uint8Array(readFileSync(path))).toEqual(new Uint8Array([...bytes(96, 0xff), ...bytes(16, 1)]));
    expect(inFile(path).read(80, 48)).toEqual(
      new Uint8Array([...bytes(16, 0xff), ...bytes(16, 1), ...bytes(16, 0xff)]),
    );
  });

  it('that is not there is refused, and not made', () => {
    const path = join(temporaryFolder(), 'none.bin');
    expect(() => fileCells(path)).toThrow(`cannot open ${path}`);
    expect(existsSync(path)).toBe(false);
  });

  it('that became shorter cannot be read', () => {
    const path = emptyFile();
    const flash = inFile(path);
    flash.program(0, bytes(64, 1));
    writeFileSync(path, '');
    expect(() => flash.read(0, 64)).toThrow(`cannot read ${path}: it became shorter`);
  });
});
