/** The mask generation function MGF1 (RFC 8017 B.2.1). */

import type { HashName } from '../engine.ts';
import { digest } from './hashes.ts';
import { storeBE } from './words.ts';

/** target <- target xor MGF1(seed). */
export function xorMgf1(hash: HashName, seed: Uint8Array, target: Uint8Array): void {
  const counter = new Uint8Array(4);
  for (let at = 0, index = 0; at < target.length; index++) {
    storeBE(counter, 0, index);
    const mask = digest(hash, seed, counter);
    const end = Math.min(target.length, at + mask.length);
    for (let i = 0; at < end; i++, at++) target[at] = (target[at] as number) ^ (mask[i] as number);
  }
}
