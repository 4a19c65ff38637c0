/** What is cut, and what a store is asked after each cut. */
import type { Chip } from '../../keystore/chip.ts';
import type { Geometry } from '../../keystore/flash.ts';

/** What can be seen of each record: its bytes, or why there are none. */
export type Contents = ReadonlyMap<string, string>;

/** How an unreadable record looks in contents. */
export const UNREADABLE = 'unreadable: ';

/** A store that is running on a chip. Opening one that refuses to start throws. */
export interface Running {
  contents(): Promise<Contents>;
  /** Writes one record more, and makes room for it where there is none; gives the names of what it wrote and removed. */
  goOn(): Promise<readonly string[]>;
  close(): void;
}

/** A store and what to do with it. */
export interface Acting extends Running {
  prepare(): Promise<void>;
  /** What is cut, a change each. Throws where one does not do what it should. */
  readonly steps: readonly (() => Promise<void>)[];
}

export interface Scenario {
  readonly name: string;
  readonly geometry: Geometry;
  open(chip: Chip): Promise<Acting>;
}
