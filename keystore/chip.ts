/** What of the chip outlives a power loss: its flash, its hardware unique key, and a counter that only goes up. */
import { type Flash, type Geometry, memoryCells, norFlash } from './flash.ts';

/** Of the hardware unique key, in bytes. */
export const HUK_LENGTH = 32;

export interface Counter {
  readonly value: number;
  advance(to: number): void;
}

export interface Chip {
  /** For people: "memory", or the folder. */
  readonly description: string;
  readonly flash: Flash;
  readonly counter: Counter;
  readonly huk: Uint8Array;
  close(): void;
}

/** What is in a chip without power. */
export interface Left {
  readonly flash: Uint8Array;
  readonly counter: number;
}

/** Ends with the process. New, or with what was left in one. */
export const memoryChip = (geometry: Geometry, huk: Uint8Array, left?: Left): Chip => {
  let value = left?.counter ?? 0;
  return {
    description: 'memory',
    flash: norFlash(geometry, memoryCells(left?.flash)),
    counter: {
      get value() {
        return value;
      },
      advance: (to) => {
        value = to;
      },
    },
    huk,
    close: () => {},
  };
};
