/** A chip that remembers each thing done to it, in order, as small as power may part them. */
import { type Chip, type Left, memoryChip } from '../../keystore/chip.ts';
import { ERASED, type Geometry, QUAD_WORD } from '../../keystore/flash.ts';

export type Event =
  | { readonly kind: 'program'; readonly address: number; readonly word: Uint8Array }
  | { readonly kind: 'erase'; readonly sector: number }
  | { readonly kind: 'sync' }
  | { readonly kind: 'count'; readonly to: number };

export interface Recorder {
  readonly chip: Chip;
  readonly events: Event[];
  /** What would be left if power went away now. */
  left(): Left;
}

export const HUK = new Uint8Array(32).fill(0x48);

export const recorder = (geometry: Geometry, left?: Left): Recorder => {
  const events: Event[] = [];
  const { flash, counter, ...rest } = memoryChip(geometry, HUK, left);
  const chip: Chip = {
    ...rest,
    flash: {
      ...flash,
      program: (address, data) => {
        for (let at = 0; at < data.length; at += QUAD_WORD) {
          const word = data.slice(at, at + QUAD_WORD);
          events.push({ kind: 'program', address: address + at, word });
        }
        flash.program(address, data);
      },
      erase: (sector) => {
        events.push({ kind: 'erase', sector });
        flash.erase(sector);
      },
      sync: () => {
        events.push({ kind: 'sync' });
        flash.sync();
      },
    },
    counter: {
      get value() {
        return counter.value;
      },
      advance: (to) => {
        events.push({ kind: 'count', to });
        counter.advance(to);
      },
    },
  };
  return {
    chip,
    events,
    left: () => ({ flash: flash.read(0, geometry.sectors * geometry.sectorSize), counter: counter.value }),
  };
};

/** Does an event to what is left. */
export const apply = (bytes: Uint8Array, event: Event, { sectorSize }: Geometry): void => {
  if (event.kind === 'program') bytes.set(event.word, event.address);
  if (event.kind === 'erase') bytes.fill(ERASED, event.sector * sectorSize, (event.sector + 1) * sectorSize);
};
