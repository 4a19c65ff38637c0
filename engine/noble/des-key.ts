/** A DES key of one element, or of two or three for TDEA (SP 800-67 3). The rounds and schedules are des.js's. */

import { DES, EDE } from 'des.js';
import type { DesKey, Direction } from '../engine.ts';

export const DES_BLOCK = 8;

/** Ciphers whole blocks one by one, as ECB does. */
export type DesBlocks = (blocks: Uint8Array) => Uint8Array;

const BITS: ReadonlyMap<number, DesKey['bits']> = new Map([
  [8, 64],
  [16, 128],
  [24, 192],
] as const);

export class NobleDesKey implements DesKey {
  readonly bits: DesKey['bits'];
  readonly #key: Uint8Array;
  #wiped = false;
  readonly #made = new Map<Direction, DesBlocks>();

  constructor(key: Uint8Array) {
    const bits = BITS.get(key.length);
    if (bits === undefined) throw new RangeError(`a DES key is 8, 16 or 24 bytes, not ${key.length}`);
    this.bits = bits;
    this.#key = key.slice();
  }

  /** Made once for each direction, and for as long as the key lives. */
  blocks(direction: Direction): DesBlocks {
    const known = this.#made.get(direction);
    if (known !== undefined) return known;
    const cipher = this.#cipher(direction);
    const made: DesBlocks = (blocks) => {
      if (this.#wiped) throw new Error('this DES key was wiped');
      return blocks.length === 0 ? new Uint8Array(0) : Uint8Array.from(cipher.final(blocks));
    };
    this.#made.set(direction, made);
    return made;
  }

  /** The schedules cannot be overwritten: all there is to do is to let go of them. */
  wipe(): void {
    this.#wiped = true;
    this.#key.fill(0);
    this.#made.clear();
  }

  #cipher(type: Direction): ReturnType<typeof DES.create> {
    if (this.bits === 64) return DES.create({ type, key: this.#key, padding: false });
    // SP 800-67 3.2, keying option 2: the third element is the first.
    const key = new Uint8Array(24);
    key.set(this.#key);
    if (this.bits === 128) key.set(this.#key.subarray(0, 8), 16);
    return EDE.create({ type, key, padding: false });
  }
}

export function ownDesKey(key: DesKey): NobleDesKey {
  if (!(key instanceof NobleDesKey)) throw new TypeError('a DES key of another engine');
  return key;
}
