/**
 * A chip in a folder: `flash.bin`, and in `chip.bin` what is not flash. The counter has two slots, written in turn:
 * half a slot is no slot, and leaves the number before. Its writes are not synced one by one: they follow the sync of
 * the flash, so the counter may fall behind after a power loss of the host, and is never ahead.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Chip, type Counter, HUK_LENGTH } from './chip.ts';
import { fileCells } from './file-cells.ts';
import { failure } from './file-error.ts';
import { type Geometry, norFlash } from './flash.ts';
import { lockFolder } from './folder-lock.ts';
import { StorageError } from './storage.ts';

const CHIP = 'chip.bin';
const FLASH = 'flash.bin';
/** Of the layout with one file a key, before there was flash. */
const OLD_ROOT = 'device';

/** Mark, geometry, hardware unique key, then the slots of the counter: number and checksum. */
const MARK = new TextEncoder().encode('h5sm chip 1\n');
const GEOMETRY_AT = MARK.length;
const HUK_AT = GEOMETRY_AT + 8;
const SLOTS_AT = HUK_AT + HUK_LENGTH;
const SLOT = 12;
const LENGTH = SLOTS_AT + 2 * SLOT;

const slotOf = (value: number): Uint8Array => {
  const slot = new Uint8Array(SLOT);
  const view = new DataView(slot.buffer);
  view.setBigUint64(0, BigInt(value));
  view.setUint32(8, crc32(slot.subarray(0, 8)));
  return slot;
};

const countOf = (slot: Uint8Array): number | undefined => {
  const view = new DataView(slot.buffer, slot.byteOffset);
  return view.getUint32(8) === crc32(slot.subarray(0, 8)) ? Number(view.getBigUint64(0)) : undefined;
};

const encode = ({ sectors, sectorSize }: Geometry, huk: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(LENGTH);
  bytes.set(MARK);
  const view = new DataView(bytes.buffer);
  view.setUint32(GEOMETRY_AT, sectors);
  view.setUint32(GEOMETRY_AT + 4, sectorSize);
  bytes.set(huk, HUK_AT);
  bytes.set(slotOf(0), SLOTS_AT);
  bytes.set(slotOf(0), SLOTS_AT + SLOT);
  return bytes;
};

const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
};

/** There whole or not at all. */
const create = (folder: string, name: string, data: Uint8Array): void => {
  const path = join(folder, name);
  const fd = openSync(`${path}.new`, 'w', 0o600);
  try {
    for (let at = 0; at < data.length; ) at += writeSync(fd, data, at);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(`${path}.new`, path);
  syncFolder(folder);
};

/** `chip.bin` comes first: flash without a chip is never what a crash leaves. */
const createMissing = (folder: string, geometry: Geometry, huk: Uint8Array): void => {
  const has = (name: string) => existsSync(join(folder, name));
  if (!has(CHIP)) {
    if (has(OLD_ROOT))
      throw new StorageError(
        'failed',
        `the store ${folder} is of an older h5sm, with a file for each key: name another folder with --store, or remove this one`,
      );
    if (has(FLASH))
      throw new StorageError(
        'corrupt',
        `the store ${folder} has ${FLASH} without its ${CHIP}: put that back, or name another folder with --store`,
      );
    create(folder, CHIP, encode(geometry, huk));
  }
  if (!has(FLASH)) create(folder, FLASH, new Uint8Array(0));
};

/** The chip's own values; refuses what this device cannot be. */
const decode = (
  folder: string,
  bytes: Uint8Array,
  wanted: Geometry,
): { huk: Uint8Array; counter: number } => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const counts = [SLOTS_AT, SLOTS_AT + SLOT].flatMap((at) =>
    bytes.length === LENGTH ? (countOf(bytes.subarray(at, at + SLOT)) ?? []) : [],
  );
  if (counts.length === 0 || MARK.some((byte, i) => bytes[i] !== byte))
    throw new StorageError(
      'corrupt',
      `the store ${folder} has a damaged ${CHIP}: put back a good one, or name another folder with --store`,
    );
  const has = { sectors: view.getUint32(GEOMETRY_AT), sectorSize: view.getUint32(GEOMETRY_AT + 4) };
  if (has.sectors !== wanted.sectors || has.sectorSize !== wanted.sectorSize)
    throw new StorageError(
      'failed',
      `the store ${folder} has ${has.sectors} sectors of ${has.sectorSize} bytes, this device ${wanted.sectors} of ${wanted.sectorSize}: start it with the profile that made it, or name another folder with --store`,
    );
  return { huk: bytes.slice(HUK_AT, SLOTS_AT), counter: Math.max(...counts) };
};

const counterIn = (fd: number, start: number): Counter => {
  let value = start;
  return {
    get value() {
      return value;
    },
    advance: (to) => {
      try {
        writeSync(fd, slotOf(to), 0, SLOT, SLOTS_AT + (to % 2) * SLOT);
      } catch (error) {
        throw failure(`cannot write ${CHIP}`, error);
      }
      value = to;
    },
  };
};

/** A new chip takes `huk`, one that is there keeps its own. Throws StorageError, saying what is wrong with the folder. */
export const folderChip = (folder: string, geometry: Geometry, huk: Uint8Array): Chip => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw failure(`cannot make the store ${folder}`, error);
  }
  const unlock = lockFolder(folder);
  try {
    createMissing(folder, geometry, huk);
    const own = decode(folder, new Uint8Array(readFileSync(join(folder, CHIP))), geometry);
    const fd = openSync(join(folder, CHIP), 'r+');
    const cells = fileCells(join(folder, FLASH));
    let closed = false;
    return {
      description: folder,
      flash: norFlash(geometry, cells),
      counter: counterIn(fd, own.counter),
      huk: own.huk,
      close: () => {
        if (closed) return;
        closed = true;
        cells.close();
        fsyncSync(fd);
        closeSync(fd);
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error instanceof StorageError ? error : failure(`cannot open the store ${folder}`, error);
  }
};
