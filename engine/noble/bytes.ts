/** Byte strings: comparison, joining, and integers by I2OSP and OS2IP (RFC 8017 4). */

/** Runs through both whole strings when the lengths agree. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

export function concatBytes(...parts: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** OS2IP; a BigInt is made fastest from hexadecimal. */
export function bytesToInteger(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += HEX[byte];
  return BigInt(hex);
}

/** I2OSP; the caller keeps to integers that fit. */
export function integerToBytes(integer: bigint, length: number): Uint8Array {
  const hex = integer.toString(16).padStart(2 * length, '0');
  if (integer < 0n || hex.length !== 2 * length) throw new RangeError(`integer does not fit ${length} bytes`);
  const out = new Uint8Array(length);
  for (let i = 0; i < length; i++) out[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return out;
}

export function bitLength(integer: bigint): number {
  return integer === 0n ? 0 : integer.toString(2).length;
}
