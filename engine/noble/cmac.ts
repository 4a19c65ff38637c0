/** CMAC (SP 800-38B 6.2, RFC 4493). The last block is treated apart, so a whole one is always held back. */

import type { MacState } from '../engine.ts';
import { BLOCK, type NobleAesKey } from './aes-key.ts';
import { CbcMac } from './cbc-mac.ts';

export class CmacState implements MacState {
  readonly #key: NobleAesKey;
  readonly #chain: CbcMac;
  readonly #last = new Uint8Array(BLOCK);
  #held = 0;

  constructor(key: NobleAesKey) {
    this.#key = key;
    this.#chain = new CbcMac(key);
  }

  update(data: Uint8Array): void {
    if (data.length === 0) return;
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(BLOCK - this.#held, data.length);
      this.#last.set(data.subarray(0, at), this.#held);
      this.#held += at;
      if (at === data.length) return;
      this.#chain.absorb(this.#last, 0, 1);
      this.#held = 0;
    }
    const blocks = (data.length - at - 1) >>> 4;
    if (blocks > 0) this.#chain.absorb(data, at, blocks);
    at += blocks * BLOCK;
    this.#last.set(data.subarray(at));
    this.#held = data.length - at;
  }

  digest(): Uint8Array {
    const [k1, k2] = this.#key.subkeys;
    const last = this.#last;
    let subkey = k1;
    if (this.#held < BLOCK) {
      last.fill(0, this.#held);
      last[this.#held] = 0x80;
      subkey = k2;
    }
    for (let i = 0; i < BLOCK; i++) last[i] = (last[i] as number) ^ (subkey[i] as number);
    this.#chain.absorb(this.#last, 0, 1);
    const mac = this.#chain.value();
    this.wipe();
    return mac;
  }

  wipe(): void {
    this.#chain.wipe();
    this.#last.fill(0);
    this.#held = 0;
  }
}
