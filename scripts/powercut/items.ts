/** Storage alone as the store that is cut, with items as Internal Trusted Storage sets, replaces and removes them. */
import type { Chip } from '../../keystore/chip.ts';
import { flashStorage } from '../../keystore/flash-storage.ts';
import { type Storage, StorageError } from '../../keystore/storage.ts';
import { type Contents, type Running, UNREADABLE } from './scenario.ts';

export interface ItemStore extends Running {
  /** That many bytes, all of them `fill`. */
  set(uid: number, length: number, fill?: number): void;
  remove(uid: number): void;
}

const KEY = new Uint8Array(32).fill(0x4b);
const nameOf = (uid: number): string => `its-ffffffff-${uid.toString(16).padStart(16, '0')}`;
const MORE = nameOf(0xffff);

const valueIn = (storage: Storage, name: string): string => {
  try {
    return Buffer.from(storage.read(name) ?? []).toString('hex');
  } catch (error) {
    if (error instanceof StorageError) return `${UNREADABLE}${error.message}`;
    throw error;
  }
};

const contentsOf = (storage: Storage): Contents =>
  new Map([...storage.names()].sort().map((name) => [name, valueIn(storage, name)]));

/** Writes one record more; gives what had to go for it. */
const goOn = (storage: Storage): readonly string[] => {
  const more = new Uint8Array(16);
  const [first = MORE] = [...storage.names()].sort();
  try {
    storage.write(MORE, more);
    return [MORE];
  } catch (error) {
    if (!(error instanceof StorageError && error.kind === 'full')) throw error;
    storage.remove(first);
    storage.write(MORE, more);
    return [first, MORE];
  }
};

export const openItems = async (chip: Chip): Promise<ItemStore> => {
  const storage = flashStorage(chip, KEY);
  return {
    set: (uid, length, fill = uid) => storage.write(nameOf(uid), new Uint8Array(length).fill(fill)),
    remove: (uid) => storage.remove(nameOf(uid)),
    contents: async () => contentsOf(storage),
    goOn: async () => goOn(storage),
    close: () => storage.close(),
  };
};
