/**
 * GHASH (SP 800-38D 6.4) by table look-up.
 *
 * A block is a polynomial whose first bit is the coefficient of x^0. It is multiplied by H one 32-bit
 * word at a time, last word first (Horner in x^32): a word's product with H is a sum of table rows, one
 * for each of its nibbles or bytes, and going on to the next word is a shift by 32 places with the
 * reduction x^128 = x^7 + x^2 + x + 1 on the word shifted out.
 *
 * The nibble table (2 KiB) is made with the key; the byte table (16 KiB) halves the look-ups but costs as
 * much as hashing 2.5 KiB saves, so it is made once that much has passed.
 */

import { loadBE, storeBE } from './words.ts';

const BLOCK = 16;
const NIBBLE_LANES = 8;
const BYTE_LANES = 4;
const ROW = 4;
/** x^128 mod the polynomial, in the bit order of SP 800-38D 6.3. */
const R = 0xe1000000;

/** Blocks hashed with the nibble table before the byte table pays. */
const WIDEN_AFTER = 160;

function fillSums(table: Uint32Array, start: number, size: number): void {
  for (let entry = 2; entry < size; entry++) {
    const low = entry & -entry;
    if (low === entry) continue;
    for (let word = 0; word < ROW; word++) {
      const sum =
        (table[start + low * ROW + word] as number) ^ (table[start + (entry ^ low) * ROW + word] as number);
      table[start + entry * ROW + word] = sum;
    }
  }
}

/** Lane l, row n: (n as a polynomial of degree below 4) * x^(4l) * H. */
function nibbleTable(h: Uint8Array): Uint32Array {
  const table = new Uint32Array(NIBBLE_LANES * 16 * ROW);
  let v0 = loadBE(h, 0);
  let v1 = loadBE(h, 4);
  let v2 = loadBE(h, 8);
  let v3 = loadBE(h, 12);
  for (let power = 0; power < 32; power++) {
    const row = ((power >>> 2) * 16 + (8 >>> (power & 3))) * ROW;
    table[row] = v0;
    table[row + 1] = v1;
    table[row + 2] = v2;
    table[row + 3] = v3;
    const out = v3 & 1;
    v3 = (v2 << 31) | (v3 >>> 1);
    v2 = (v1 << 31) | (v2 >>> 1);
    v1 = (v0 << 31) | (v1 >>> 1);
    v0 = (v0 >>> 1) ^ (R & -out);
  }
  for (let lane = 0; lane < NIBBLE_LANES; lane++) fillSums(table, lane * 16 * ROW, 16);
  return table;
}

/** Lane l, row n: (n as a polynomial of degree below 8) * x^(8l) * H. */
function byteTable(nibbles: Uint32Array): Uint32Array {
  const table = new Uint32Array(BYTE_LANES * 256 * ROW);
  let at = 0;
  for (let lane = 0; lane < BYTE_LANES; lane++) {
    for (let byte = 0; byte < 256; byte++) {
      const high = (lane * 32 + (byte >>> 4)) * ROW;
      const low = (lane * 32 + 16 + (byte & 15)) * ROW;
      table[at] = (nibbles[high] as number) ^ (nibbles[low] as number);
      table[at + 1] = (nibbles[high + 1] as number) ^ (nibbles[low + 1] as number);
      table[at + 2] = (nibbles[high + 2] as number) ^ (nibbles[low + 2] as number);
      table[at + 3] = (nibbles[high + 3] as number) ^ (nibbles[low + 3] as number);
      at += ROW;
    }
  }
  return table;
}

export class GhashKey {
  readonly #nibbles: Uint32Array;
  #bytes: Uint32Array | undefined;
  #budget = WIDEN_AFTER;

  constructor(h: Uint8Array) {
    this.#nibbles = nibbleTable(h);
  }

  /** y <- (y xor block) * H for each of the blocks of `data` from `offset`. */
  absorb(y: Int32Array, data: Uint8Array, offset: number, blocks: number): void {
    this.#budget -= blocks;
    if (this.#bytes === undefined && this.#budget < 0) this.#bytes = byteTable(this.#nibbles);
    if (this.#bytes === undefined) absorbByNibbles(this.#nibbles, y, data, offset, blocks);
    else absorbByBytes(this.#bytes, y, data, offset, blocks);
  }

  wipe(): void {
    this.#nibbles.fill(0);
    this.#bytes?.fill(0);
  }
}

function absorbByBytes(
  t: Uint32Array,
  y: Int32Array,
  data: Uint8Array,
  offset: number,
  blocks: number,
): void {
  let y0 = y[0] as number;
  let y1 = y[1] as number;
  let y2 = y[2] as number;
  let y3 = y[3] as number;
  for (let at = offset; blocks > 0; blocks--, at += BLOCK) {
    y0 ^= loadBE(data, at);
    y1 ^= loadBE(data, at + 4);
    y2 ^= loadBE(data, at + 8);
    let word = y3 ^ loadBE(data, at + 12);
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let left = 3; ; left--) {
      const a = (word >>> 24) << 2;
      const b = (((word >>> 16) & 255) << 2) + 1024;
      const c = (((word >>> 8) & 255) << 2) + 2048;
      const d = ((word & 255) << 2) + 3072;
      z0 ^= (t[a] as number) ^ (t[b] as number) ^ (t[c] as number) ^ (t[d] as number);
      z1 ^= (t[a + 1] as number) ^ (t[b + 1] as number) ^ (t[c + 1] as number) ^ (t[d + 1] as number);
      z2 ^= (t[a + 2] as number) ^ (t[b + 2] as number) ^ (t[c + 2] as number) ^ (t[d + 2] as number);
      z3 ^= (t[a + 3] as number) ^ (t[b + 3] as number) ^ (t[c + 3] as number) ^ (t[d + 3] as number);
      if (left === 0) break;
      const out = z3;
      z3 = z2;
      z2 = z1;
      z1 = z0 ^ (out << 31) ^ (out << 30) ^ (out << 25);
      z0 = out ^ (out >>> 1) ^ (out >>> 2) ^ (out >>> 7);
      word = left === 3 ? y2 : left === 2 ? y1 : y0;
    }
    y0 = z0;
    y1 = z1;
    y2 = z2;
    y3 = z3;
  }
  y[0] = y0;
  y[1] = y1;
  y[2] = y2;
  y[3] = y3;
}

function absorbByNibbles(
  t: Uint32Array,
  y: Int32Array,
  data: Uint8Array,
  offset: number,
  blocks: number,
): void {
  let y0 = y[0] as number;
  let y1 = y[1] as number;
  let y2 = y[2] as number;
  let y3 = y[3] as number;
  for (let at = offset; blocks > 0; blocks--, at += BLOCK) {
    y0 ^= loadBE(data, at);
    y1 ^= loadBE(data, at + 4);
    y2 ^= loadBE(data, at + 8);
    let word = y3 ^ loadBE(data, at + 12);
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let left = 3; ; left--) {
      for (let lane = 0; lane < NIBBLE_LANES; lane++) {
        const row = (lane * 16 + ((word >>> (28 - 4 * lane)) & 15)) * ROW;
        z0 ^= t[row] as number;
        z1 ^= t[row + 1] as number;
        z2 ^= t[row + 2] as number;
        z3 ^= t[row + 3] as number;
      }
      if (left === 0) break;
      const out = z3;
      z3 = z2;
      z2 = z1;
      z1 = z0 ^ (out << 31) ^ (out << 30) ^ (out << 25);
      z0 = out ^ (out >>> 1) ^ (out >>> 2) ^ (out >>> 7);
      word = left === 3 ? y2 : left === 2 ? y1 : y0;
    }
    y0 = z0;
    y1 = z1;
    y2 = z2;
    y3 = z3;
  }
  y[0] = y0;
  y[1] = y1;
  y[2] = y2;
  y[3] = y3;
}

/** Eight times a byte count, as 64 bits. */
function storeBitLength(block: Uint8Array, at: number, byteLength: number): void {
  storeBE(block, at, Math.floor(byteLength / 2 ** 29));
  storeBE(block, at + 4, byteLength << 3);
}

/** A running GHASH: bytes in any portions, and `pad` where SP 800-38D fills up a block with zeros. */
export class Ghash {
  readonly #key: GhashKey;
  readonly #y = new Int32Array(4);
  readonly #partial = new Uint8Array(BLOCK);
  #held = 0;

  constructor(key: GhashKey) {
    this.#key = key;
  }

  update(data: Uint8Array): void {
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(BLOCK - this.#held, data.length);
      this.#partial.set(data.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < BLOCK) return;
      this.#key.absorb(this.#y, this.#partial, 0, 1);
      this.#held = 0;
    }
    const blocks = (data.length - at) >>> 4;
    if (blocks > 0) this.#key.absorb(this.#y, data, at, blocks);
    at += blocks * BLOCK;
    this.#held = data.length - at;
    if (this.#held > 0) this.#partial.set(data.subarray(at));
  }

  pad(): void {
    if (this.#held === 0) return;
    this.#partial.fill(0, this.#held);
    this.#key.absorb(this.#y, this.#partial, 0, 1);
    this.#held = 0;
  }

  /** The last block of SP 800-38D 7.1 step 5: two lengths in bits, of 64 bits each; then the hash. */
  finish(firstLength: number, secondLength: number): Uint8Array {
    this.pad();
    storeBitLength(this.#partial, 0, firstLength);
    storeBitLength(this.#partial, 8, secondLength);
    this.#key.absorb(this.#y, this.#partial, 0, 1);
    const out = new Uint8Array(BLOCK);
    for (let word = 0; word < 4; word++) storeBE(out, 4 * word, this.#y[word] as number);
    return out;
  }

  wipe(): void {
    this.#y.fill(0);
    this.#partial.fill(0);
    this.#held = 0;
  }
}
