/**
 * What flash holds at start. The newest sector that is whole tells which sectors count: whatever else is there is what
 * a power loss left of the write or the erasure it hit. The counter of the chip tells whether that sector is the last
 * one written: one that is newer was written just before power went away, an older one was put back.
 */
import type { Chip } from './chip.ts';
import { type Directory, isWhole, readDirectory, type Sectors, stateOf } from './sector.ts';
import { StorageError } from './storage.ts';

export interface Mounted {
  readonly sectors: Sectors;
  readonly commit: number;
}

const changed = ({ description }: Chip, what: string): StorageError =>
  new StorageError(
    'corrupt',
    `the flash of the store ${description} is not as this device left it: ${what}; put back what it wrote last, or name another folder with --store`,
  );

/** Written whole before power went away. */
const isComplete = ({ flash }: Chip, { records }: Directory): boolean =>
  [...records.values()].every((place) => isWhole(flash.read(place.address, place.length), place));

const newestOf = (chip: Chip, directories: ReadonlyMap<number, Directory>): Directory | undefined =>
  [...directories.values()]
    .sort((a, b) => b.commit - a.commit)
    // What the counter knows of was whole: what it lacks now was taken from it.
    .find((directory) => directory.commit <= chip.counter.value || isComplete(chip, directory));

/** Throws StorageError: 'corrupt' where the flash is not what the device wrote last. */
export const mount = (chip: Chip, key: Uint8Array): Mounted => {
  const { flash, counter } = chip;
  const directories = new Map<number, Directory>();
  const written = Math.min(flash.sectors, Math.ceil(flash.extent() / flash.sectorSize));
  for (let number = 0; number < written; number++) {
    const directory = readDirectory(flash, key, number);
    if (directory !== undefined) directories.set(number, directory);
  }
  const newest = newestOf(chip, directories);
  const commit = newest?.commit ?? 0;
  if (commit < counter.value)
    throw changed(
      chip,
      `it is at write ${commit}, the counter at ${counter.value}: an older copy, or damaged`,
    );
  const sectors = new Map<number, Directory>();
  for (const number of newest?.live ?? []) {
    const directory = directories.get(number);
    if (directory === undefined) throw changed(chip, `sector ${number} is damaged`);
    sectors.set(number, directory);
  }
  const commits = [...sectors].map(([number, sector]) => [number, sector.commit] as const);
  if (newest !== undefined && Buffer.compare(stateOf(commits), newest.state) !== 0)
    throw changed(chip, 'some sector is of another time than the others');
  if (commit > counter.value) counter.advance(commit);
  return { sectors, commit };
};
