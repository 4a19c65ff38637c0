/** CMAC as a pseudorandom function, and AES-CMAC-PRF-128 (RFC 4615), whose key may have any length. */

import { BLOCK, NobleAesKey } from './aes-key.ts';
import type { Prf } from './block-stream.ts';
import { CmacState } from './cmac.ts';

export class CmacPrf implements Prf {
  readonly outputLength = BLOCK;
  readonly #key: NobleAesKey;

  /** `key` becomes its own, to be erased with it. */
  constructor(key: NobleAesKey) {
    this.#key = key;
  }

  macInto(out: Uint8Array, ...parts: Uint8Array[]): void {
    const mac = new CmacState(this.#key);
    for (const part of parts) mac.update(part);
    out.set(mac.digest());
  }

  wipe(): void {
    this.#key.wipe();
  }
}

/** RFC 4615 3: a key of another length than 128 bits is first made one by CMAC under a key of zeros. */
export function cmacPrf128(variableKey: Uint8Array): CmacPrf {
  if (variableKey.length === BLOCK) return new CmacPrf(new NobleAesKey(variableKey));
  const zero = new CmacPrf(new NobleAesKey(new Uint8Array(BLOCK)));
  const key = new Uint8Array(BLOCK);
  zero.macInto(key, variableKey);
  const prf = new CmacPrf(new NobleAesKey(key));
  key.fill(0);
  return prf;
}
