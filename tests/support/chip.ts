/** A chip on which one kind of action fails, or gives wrong bits, while the test says so. */
import { type Chip, memoryChip } from '../../keystore/chip.ts';
import type { Flash, Geometry } from '../../keystore/flash.ts';
import { StorageError } from '../../keystore/storage.ts';

export interface FragileChip {
  readonly chip: Chip;
  readonly state: { failing: 'read' | 'program' | 'erase' | 'sync' | 'bits' | undefined };
}

export const fragileChip = (geometry: Geometry): FragileChip => {
  const { flash, ...rest } = memoryChip(geometry, new Uint8Array(32).fill(7));
  const state: FragileChip['state'] = { failing: undefined };
  const unless =
    <Args extends unknown[], Result>(name: keyof Flash, action: (...args: Args) => Result) =>
    (...args: Args): Result => {
      if (state.failing === name) throw new StorageError('failed', `${name} fails`);
      return action(...args);
    };
  const read = (address: number, length: number): Uint8Array => {
    const data = flash.read(address, length);
    return state.failing === 'bits' ? data.with(0, (data[0] ?? 0) ^ 1) : data;
  };
  const chip: Chip = {
    ...rest,
    flash: {
      ...flash,
      read: unless('read', read),
      program: unless('program', flash.program),
      erase: unless('erase', flash.erase),
      sync: unless('sync', flash.sync),
    },
  };
  return { chip, state };
};
