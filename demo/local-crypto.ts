/**
 * While the device is to do everything, this process's own Web Crypto throws: whatever reached for it would be seen.
 * The stack's implementation in plain JavaScript cannot be trapped; tls-client.ts makes sure that it is not installed.
 */
import { webcrypto } from 'node:crypto';

const WATCHED = [Object.getPrototypeOf(webcrypto.subtle), Object.getPrototypeOf(webcrypto)] as const;

/** Runs `work` without Web Crypto. */
export const withoutLocalCrypto = async <T>(work: () => Promise<T>): Promise<T> => {
  const restore: (() => void)[] = [];
  for (const owner of WATCHED) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (name === 'constructor' || typeof descriptor.value !== 'function') continue;
      const trap = () => {
        throw new Error(`local cryptography was used: ${name}`);
      };
      Object.defineProperty(owner, name, { ...descriptor, value: trap });
      restore.push(() => Object.defineProperty(owner, name, descriptor));
    }
  }
  try {
    return await work();
  } finally {
    for (const undo of restore) undo();
  }
};
