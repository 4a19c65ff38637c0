/** SHAKE128 and SHAKE256 as extendable-output functions (FIPS 202 6.2). */

import { shake128, shake256 } from '@noble/hashes/sha3.js';
import type { XofName, XofState } from '../engine.ts';

const XOFS = { shake128, shake256 } as const;

class RunningXof implements XofState {
  readonly #xof: ReturnType<typeof shake128.create>;

  constructor(name: XofName) {
    this.#xof = XOFS[name].create();
  }

  update(data: Uint8Array): void {
    this.#xof.update(data);
  }

  read(length: number): Uint8Array {
    return this.#xof.xof(length);
  }

  wipe(): void {
    this.#xof.destroy();
  }
}

export function startXof(name: XofName): XofState {
  return new RunningXof(name);
}
