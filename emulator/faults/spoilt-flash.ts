/** Flash that faults disturb, at the points `storage.read`, `storage.write` and `storage.erase`. */

import type { Chip } from '../../keystore/chip.ts';
import { type Flash, QUAD_WORD } from '../../keystore/flash.ts';
import { StorageError } from '../../keystore/storage.ts';
import { PSA_ERROR_INSUFFICIENT_STORAGE } from '../../psa-api/status.ts';
import { Changes } from './change.ts';
import type { Effect, EffectName } from './fault.ts';
import type { Faults } from './faults.ts';
import type { Power } from './power.ts';

type Act = () => void;

const has = (effects: readonly Effect[], name: EffectName): boolean =>
  effects.some((effect) => effect.name === name);
const numberOf = (effects: readonly Effect[], name: EffectName): number | undefined =>
  effects.find((effect) => effect.name === name)?.number;

const refuse = (effects: readonly Effect[]): void => {
  const status = numberOf(effects, 'return');
  if (has(effects, 'full') || status === PSA_ERROR_INSUFFICIENT_STORAGE)
    throw new StorageError('full', 'the flash is full, by a fault');
  if (status !== undefined && status !== 0) throw new StorageError('failed', 'the flash failed, by a fault');
};

const spoiltFlash = (flash: Flash, faults: Faults, power: Power): Flash => {
  const changes = new Changes();
  /** What a `reorder` holds back until the next change. */
  let held: Act | undefined;

  /** Programming what is not erased is no error of the emulator when a fault has led there: nothing happens. */
  const attempt = (act: Act): void => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  };

  const change = (effects: readonly Effect[], act: Act): void => {
    const before = held;
    held = undefined;
    if (has(effects, 'reorder')) held = act;
    else if (effects.length === 0) act();
    else attempt(act);
    if (before !== undefined) attempt(before);
    if (has(effects, 'power-off')) power.lose();
  };

  return {
    sectors: flash.sectors,
    sectorSize: flash.sectorSize,
    extent: () => flash.extent(),
    read: (address, length) => {
      power.check();
      const { effects } = faults.visit('storage.read');
      refuse(effects);
      const at = Math.min(
        address + (numberOf(effects, 'misdirect') ?? 0),
        flash.sectors * flash.sectorSize - length,
      );
      const data = has(effects, 'drop') ? new Uint8Array(length).fill(0xff) : flash.read(at, length);
      if (has(effects, 'power-off')) power.lose();
      return changes.apply('storage.read', data, effects);
    },
    program: (address, data) => {
      power.check();
      const { effects } = faults.visit('storage.write');
      refuse(effects);
      const spoilt = changes.apply('storage.write', data, effects);
      const torn = numberOf(effects, 'torn');
      const part = torn === undefined ? spoilt : spoilt.subarray(0, torn - (torn % QUAD_WORD));
      const further = numberOf(effects, 'misdirect') ?? 0;
      change(effects, () => {
        if (!has(effects, 'drop')) flash.program(address + further - (further % QUAD_WORD), part);
      });
    },
    erase: (sector) => {
      power.check();
      const { effects } = faults.visit('storage.erase');
      refuse(effects);
      const further = Math.floor((numberOf(effects, 'misdirect') ?? 0) / flash.sectorSize);
      change(effects, () => {
        if (!has(effects, 'drop') && !has(effects, 'torn')) flash.erase(sector + further);
      });
    },
    sync: () => {
      power.check();
      flash.sync();
    },
  };
};

export const spoiltChip = (chip: Chip, faults: Faults, power: Power): Chip => ({
  description: chip.description,
  flash: spoiltFlash(chip.flash, faults, power),
  counter: {
    get value() {
      return chip.counter.value;
    },
    advance: (to) => {
      power.check();
      chip.counter.advance(to);
    },
  },
  huk: chip.huk,
  close: () => chip.close(),
});
