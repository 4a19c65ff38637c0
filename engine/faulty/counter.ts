/** Counter keystreams (SP 800-38A 6.5, SP 800-38D 6.5) whose counter block can be disturbed before it is enciphered. */

import type { Probe } from '../probe.ts';
import type { RoundCipher } from './aes.ts';

const BLOCK = 16;

export class DisturbedCounter {
  readonly #cipher: RoundCipher;
  readonly #probe: Probe;
  readonly #point: string;
  readonly #counter: Uint8Array;
  /** Where the part that counts begins. */
  readonly #from: number;
  #pad = new Uint8Array(0);

  /** `counter` is the first block; its last `bits` count, and wrap. */
  constructor(cipher: RoundCipher, probe: Probe, point: string, counter: Uint8Array, bits: 32 | 128) {
    this.#cipher = cipher;
    this.#probe = probe;
    this.#point = point;
    this.#counter = counter.slice();
    this.#from = BLOCK - bits / 8;
  }

  apply(input: Uint8Array): Uint8Array {
    return input.map((value) => {
      if (this.#pad.length === 0) this.#pad = this.#next();
      const pad = this.#pad[0] as number;
      this.#pad = this.#pad.subarray(1);
      return value ^ pad;
    });
  }

  wipe(): void {
    this.#counter.fill(0);
    this.#pad.fill(0);
  }

  #next(): Uint8Array<ArrayBuffer> {
    const pad = this.#cipher.encrypt(this.#probe.data(this.#point, this.#counter.slice()));
    for (let at = BLOCK - 1; at >= this.#from; at--) {
      this.#counter[at] = (this.#counter[at] as number) + 1;
      if (this.#counter[at] !== 0) break;
    }
    return new Uint8Array(pad);
  }
}
