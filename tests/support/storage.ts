/** Storage for tests of what stands on it. */
import { memoryChip } from '../../keystore/chip.ts';
import type { Geometry } from '../../keystore/flash.ts';
import { flashStorage } from '../../keystore/flash-storage.ts';
import type { Storage } from '../../keystore/storage.ts';

/** What the STM32H573 gives to Internal Trusted Storage. */
export const FLASH: Geometry = { sectors: 6, sectorSize: 8192 };

/** An object whose methods can be replaced one by one. */
export const memoryStorage = (geometry: Geometry = FLASH): Storage => {
  const storage = flashStorage(memoryChip(geometry, new Uint8Array(32)), new Uint8Array(32));
  return {
    description: storage.description,
    names: () => storage.names(),
    read: (name) => storage.read(name),
    write: (name, data) => storage.write(name, data),
    remove: (name) => storage.remove(name),
    close: () => storage.close(),
  };
};
