/**
 * Records in flash. A change writes one sector anew into a free one, with the change made; once that is synced it
 * counts, and the sector it stands for is erased. So there is always a free sector, a change never needs room that its
 * records do not, and power may go away at any point. A record lies within one sector.
 */
import type { Chip } from './chip.ts';
import { isErased } from './flash.ts';
import { mount } from './mount.ts';
import {
  type Content,
  checkName,
  digestOf,
  encodeSector,
  isWhole,
  type Place,
  type Sector,
  sizeOf,
} from './sector.ts';
import { type Storage, StorageError } from './storage.ts';

class FlashStorage implements Storage {
  readonly #chip: Chip;
  readonly #key: Uint8Array;
  readonly #sectors: Map<number, Sector>;
  /** Which sector has a record. */
  readonly #home = new Map<string, number>();
  #commit: number;
  /** A sector that has the former version of a record, which did not fit in there any more when it grew. */
  #stale: number | undefined;

  constructor(chip: Chip, key: Uint8Array) {
    this.#chip = chip;
    this.#key = key;
    const { sectors, commit } = mount(chip, key);
    this.#sectors = new Map(sectors);
    this.#commit = commit;
    for (const [number, { records }] of [...sectors].sort(([, a], [, b]) => a.commit - b.commit))
      for (const name of records.keys()) {
        this.#stale = this.#home.get(name) ?? this.#stale;
        this.#home.set(name, number);
      }
  }

  get description(): string {
    return this.#chip.description;
  }

  /** By sector: those of one sector together never need more than one. */
  names(): readonly string[] {
    return [...this.#sectors.keys()]
      .map((number) => this.#recordsIn(number).map(([name]) => name))
      .map((names) => names.sort())
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
      .flat();
  }

  read(name: string): Uint8Array | undefined {
    const home = this.#home.get(name);
    const place = home === undefined ? undefined : this.#sectors.get(home)?.records.get(name);
    if (place === undefined) return undefined;
    const data = this.#chip.flash.read(place.address, place.length);
    if (isWhole(data, place)) return data;
    throw new StorageError('corrupt', `the record ${name} of the store ${this.description} was changed`);
  }

  write(name: string, data: Uint8Array): void {
    checkName(name);
    this.#tidy();
    const home = this.#home.get(name);
    const target = this.#targetFor(name, data.length, home);
    const contents = target === undefined ? new Map<string, Content>() : this.#contentsOf(target);
    contents.set(name, { data, digest: digestOf(data) });
    this.#rewrite(target, contents);
    if (home !== target) this.#stale = home;
  }

  remove(name: string): void {
    this.#tidy();
    const home = this.#home.get(name);
    if (home === undefined) return;
    const contents = this.#contentsOf(home);
    contents.delete(name);
    this.#rewrite(home, contents);
    this.#home.delete(name);
  }

  close(): void {
    this.#chip.close();
  }

  /** Before anything else is written: the newest sector alone may repeat records of another. */
  #tidy(): void {
    if (this.#stale === undefined) return;
    this.#rewrite(this.#stale, this.#contentsOf(this.#stale));
    this.#stale = undefined;
  }

  /** The records that a sector is the home of. */
  #recordsIn(number: number): (readonly [name: string, place: Place])[] {
    const records = this.#sectors.get(number)?.records ?? [];
    return [...records].filter(([name]) => this.#home.get(name) === number);
  }

  /** As they are, damaged ones too: those stay known as damaged. */
  #contentsOf(number: number): Map<string, Content> {
    const { flash } = this.#chip;
    return new Map(
      this.#recordsIn(number).map(([name, { address, length, digest }]) => [
        name,
        { data: flash.read(address, length), digest },
      ]),
    );
  }

  *#lengthsWith(
    number: number | undefined,
    name: string,
    length: number,
  ): Iterable<readonly [string, number]> {
    yield [name, length];
    if (number === undefined) return;
    for (const [other, place] of this.#sectors.get(number)?.records ?? [])
      if (other !== name) yield [other, place.length];
  }

  /** The sector to write anew with this record; undefined for one more. */
  #targetFor(name: string, length: number, home: number | undefined): number | undefined {
    const { sectors, sectorSize } = this.#chip.flash;
    const fits = (number: number | undefined) =>
      sizeOf(this.#lengthsWith(number, name, length), this.#chip.flash) <= sectorSize;
    if (home !== undefined && fits(home)) return home;
    for (const number of this.#sectors.keys()) if (fits(number)) return number;
    // One sector stays free.
    if (this.#sectors.size + 1 < sectors && fits(undefined)) return undefined;
    throw new StorageError('full', `the store ${this.description} has no room for ${length} bytes`);
  }

  #freeSector(): number {
    for (let number = 0; ; number++) if (!this.#sectors.has(number)) return number;
  }

  /** The commit: these contents in place of that sector's. */
  #rewrite(target: number | undefined, contents: ReadonlyMap<string, Content>): void {
    const { flash, counter } = this.#chip;
    const others = new Map<number, number>();
    for (const [number, { commit }] of this.#sectors) if (number !== target) others.set(number, commit);
    const number = this.#freeSector();
    // A number is used once, even where what follows fails.
    const commit = ++this.#commit;
    const { image, sector } = encodeSector(this.#key, flash, number, contents, commit, others);
    const start = number * flash.sectorSize;
    if (!isErased(flash.read(start, flash.sectorSize))) flash.erase(number);
    flash.program(start, image);
    flash.sync();
    if (target !== undefined) this.#sectors.delete(target);
    this.#sectors.set(number, sector);
    for (const name of contents.keys()) this.#home.set(name, number);
    counter.advance(commit);
    if (target !== undefined) this.#discard(target);
  }

  /** Leaves nothing of what was destroyed. Where that fails the change is made all the same: a free sector is erased before use. */
  #discard(number: number): void {
    try {
      this.#chip.flash.erase(number);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }
}

/** `key` authenticates what is in flash. Closing the storage closes the chip. Throws StorageError where the flash is not what the device wrote last. */
export const flashStorage = (chip: Chip, key: Uint8Array): Storage => new FlashStorage(chip, key);
