/** The flash of a profile: as much as its storage, in sectors as on the STM32H5, or in larger ones for larger items. */
import type { Geometry } from '../keystore/flash.ts';
import type { Settings } from './profiles/settings.ts';

const SECTOR = 8192;
/** What lies in a sector beside an item: its seal, its name, the directory. */
const BESIDES = 1024;

export const geometryOf = ({ storage, storageItem }: Settings): Geometry => {
  let sectorSize = SECTOR;
  while (sectorSize < storageItem + BESIDES) sectorSize *= 2;
  // One is always free.
  return { sectors: Math.max(2, Math.floor(storage / sectorSize)), sectorSize };
};
