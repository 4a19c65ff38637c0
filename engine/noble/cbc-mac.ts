/** The chain X <- E(K, X xor block), which CMAC (SP 800-38B) and CCM (SP 800-38C) share. */

import { BLOCK, encryptWords, type NobleAesKey } from './aes-key.ts';
import { loadLE, storeLE } from './words.ts';

export class CbcMac {
  readonly #key: NobleAesKey;
  readonly #x = new Int32Array(4);

  constructor(key: NobleAesKey) {
    this.#key = key;
  }

  absorb(data: Uint8Array, offset: number, blocks: number): void {
    const schedule = this.#key.forward;
    const x = this.#x;
    let x0 = x[0] as number;
    let x1 = x[1] as number;
    let x2 = x[2] as number;
    let x3 = x[3] as number;
    const end = offset + blocks * BLOCK;
    for (let at = offset; at < end; at += BLOCK) {
      const { s0, s1, s2, s3 } = encryptWords(
        schedule,
        x0 ^ loadLE(data, at),
        x1 ^ loadLE(data, at + 4),
        x2 ^ loadLE(data, at + 8),
        x3 ^ loadLE(data, at + 12),
      );
      x0 = s0;
      x1 = s1;
      x2 = s2;
      x3 = s3;
    }
    x[0] = x0;
    x[1] = x1;
    x[2] = x2;
    x[3] = x3;
  }

  value(): Uint8Array {
    const out = new Uint8Array(BLOCK);
    for (let word = 0; word < 4; word++) storeLE(out, 4 * word, this.#x[word] as number);
    return out;
  }

  wipe(): void {
    this.#x.fill(0);
  }
}
