/**
 * 32-bit words at any offset of a byte array. Byte by byte on purpose: a view over a small array makes
 * V8 move it off its heap, which costs more than ciphering a block.
 */

/** Little-endian, as noble's AES holds a column. */
export function loadLE(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

export function storeLE(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word;
  bytes[at + 1] = word >>> 8;
  bytes[at + 2] = word >>> 16;
  bytes[at + 3] = word >>> 24;
}

export function loadBE(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

export function storeBE(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
}

export function swapBytes(word: number): number {
  return (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
}

/** One block of four little-endian words. */
export function storeBlock(
  bytes: Uint8Array,
  at: number,
  w0: number,
  w1: number,
  w2: number,
  w3: number,
): void {
  storeLE(bytes, at, w0);
  storeLE(bytes, at + 4, w1);
  storeLE(bytes, at + 8, w2);
  storeLE(bytes, at + 12, w3);
}
