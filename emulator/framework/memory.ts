/** Objects of the client's C programs as they lie in memory: little-endian, in 32 or in 64 bits. */
import type { KeyAttributes } from '../../psa-api/attributes.ts';
import { type StorageInfo, UNBOUNDED } from '../../psa-api/call.ts';

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const readU16 = (bytes: Uint8Array, at: number): number => view(bytes).getUint16(at, true);
export const readU32 = (bytes: Uint8Array, at = 0): number => view(bytes).getUint32(at, true);
export const readU64 = (bytes: Uint8Array, at = 0): bigint => view(bytes).getBigUint64(at, true);

export const writeU32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  view(bytes).setUint32(0, value, true);
  return bytes;
};

/** Bytes of a `size_t`. */
export type Word = 4 | 8;

export const isWord = (length: number): length is Word => length === 4 || length === 8;

/** As call records have a size_t: SIZE_MAX is `UNBOUNDED`, what else does not fit the largest number that does. */
export const readSize = (bytes: Uint8Array, at: number, word: Word): number => {
  if (word === 4) return readU32(bytes, at);
  const value = readU64(bytes, at);
  if (value === 0xffff_ffff_ffff_ffffn) return UNBOUNDED;
  return value < UNBOUNDED ? Number(value) : UNBOUNDED - 1;
};

export const writeSize = (value: number, word: Word): Uint8Array => {
  if (word === 4) return writeU32(value);
  const bytes = new Uint8Array(8);
  view(bytes).setBigUint64(0, value === UNBOUNDED ? 0xffff_ffff_ffff_ffffn : BigInt(value), true);
  return bytes;
};

/** `struct psa_client_key_attributes_s` of TF-M 1.5: type, bits, lifetime, id, usage, alg. */
export const ATTRIBUTES_LENGTH = 20;

export const readAttributes = (bytes: Uint8Array): KeyAttributes => ({
  type: readU16(bytes, 0),
  bits: readU16(bytes, 2),
  lifetime: readU32(bytes, 4),
  id: readU32(bytes, 8),
  usage: readU32(bytes, 12),
  alg: readU32(bytes, 16),
});

export const writeAttributes = ({ type, bits, lifetime, id, usage, alg }: KeyAttributes): Uint8Array => {
  const bytes = new Uint8Array(ATTRIBUTES_LENGTH);
  const fields = view(bytes);
  fields.setUint16(0, type, true);
  fields.setUint16(2, bits, true);
  for (const [i, value] of [lifetime, id, usage, alg].entries()) fields.setUint32(4 + 4 * i, value, true);
  return bytes;
};

/** `struct psa_storage_info_t`: two size_t and 32 bits, filled up to whole words. */
export const isStorageInfo = (length: number): boolean => length === 12 || length === 24;

export const writeStorageInfo = ({ capacity, size, flags }: StorageInfo, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  const word = length === 12 ? 4 : 8;
  bytes.set(writeSize(capacity, word));
  bytes.set(writeSize(size, word), word);
  bytes.set(writeU32(flags), 2 * word);
  return bytes;
};
