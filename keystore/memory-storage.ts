/** A store that ends with the process. */
import type { Storage } from './storage.ts';

export const memoryStorage = (): Storage => {
  const records = new Map<string, Uint8Array>();
  return {
    description: 'memory',
    names: () => [...records.keys()],
    read: (name) => records.get(name)?.slice(),
    write: (name, data) => {
      records.set(name, data.slice());
    },
    remove: (name) => {
      records.get(name)?.fill(0);
      records.delete(name);
    },
    close: () => {},
  };
};
