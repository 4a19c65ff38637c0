/** The elements of a frame: which MessagePack values stand for which parameters, checked one by one. */
import type { KeyAttributes } from '../psa-api/attributes.ts';
import type { CipherSuite, CustomParameters, Sizes, StorageInfo, Value, Vectors } from '../psa-api/call.ts';

/** As many as an array may have (docs/wire.md, Frames). */
const MAX_VECTORS = 15;

export const isU8 = (v: unknown): v is number => typeof v === 'number' && v >>> 0 === v && v <= 0xff;
export const isU16 = (v: unknown): v is number => typeof v === 'number' && v >>> 0 === v && v <= 0xffff;
export const isU32 = (v: unknown): v is number => typeof v === 'number' && v >>> 0 === v;
export const isI32 = (v: unknown): v is number => typeof v === 'number' && (v | 0) === v;
export const isBytes = (v: unknown): v is Uint8Array => v instanceof Uint8Array;

const integers = (v: unknown, count: number): readonly number[] | undefined =>
  Array.isArray(v) && v.length === count && v.every(isU32) ? v : undefined;

/** [type, bits, lifetime, usage, alg, id] */
export const readAttributes = (v: unknown): KeyAttributes | undefined => {
  const a = integers(v, 6);
  if (a === undefined) return undefined;
  const [type = 0, bits = 0, lifetime = 0, usage = 0, alg = 0, id = 0] = a;
  return isU16(type) && isU16(bits) ? { type, bits, lifetime, usage, alg, id } : undefined;
};

export const writeAttributes = (v: Value | undefined): readonly number[] => {
  if (typeof v !== 'object' || !('lifetime' in v))
    throw new TypeError('call record: expected key attributes');
  return [v.type, v.bits, v.lifetime, v.usage, v.alg, v.id];
};

/** [alg, type, family, bits, key confirmation] */
export const readCipherSuite = (v: unknown): CipherSuite | undefined => {
  const a = integers(v, 5);
  if (a === undefined) return undefined;
  const [alg = 0, type = 0, family = 0, bits = 0, keyConfirmation = 0] = a;
  return isU8(type) && isU8(family) && isU16(bits) ? { alg, type, family, bits, keyConfirmation } : undefined;
};

export const writeCipherSuite = (v: Value | undefined): readonly number[] => {
  if (typeof v !== 'object' || !('keyConfirmation' in v))
    throw new TypeError('call record: expected a cipher suite');
  return [v.alg, v.type, v.family, v.bits, v.keyConfirmation];
};

/** [flags] */
export const readCustom = (v: unknown): CustomParameters | undefined => {
  const a = integers(v, 1);
  return a === undefined ? undefined : { flags: a[0] ?? 0 };
};

export const writeCustom = (v: Value | undefined): readonly number[] => {
  if (typeof v !== 'object' || !('flags' in v))
    throw new TypeError('call record: expected custom parameters');
  return [v.flags];
};

/** [capacity, size, flags] */
export const readStorageInfo = (v: unknown): StorageInfo | undefined => {
  const a = integers(v, 3);
  if (a === undefined) return undefined;
  const [capacity = 0, size = 0, flags = 0] = a;
  return { capacity, size, flags };
};

export const writeStorageInfo = (v: Value | undefined): readonly number[] => {
  if (typeof v !== 'object' || !('capacity' in v)) throw new TypeError('call record: expected storage info');
  return [v.capacity, v.size, v.flags];
};

/** Eight bytes, big-endian: frames hold no integer above 32 bits. */
export const readU64 = (v: unknown): bigint | undefined =>
  isBytes(v) && v.length === 8 ? new DataView(v.buffer, v.byteOffset, 8).getBigUint64(0) : undefined;

export const writeU64 = (v: Value | undefined): Uint8Array => {
  if (typeof v !== 'bigint' || v !== BigInt.asUintN(64, v))
    throw new TypeError('call record: expected a 64-bit bigint');
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, v);
  return out;
};

/** [size, ...] */
export const readSizes = (v: unknown): Sizes | undefined =>
  Array.isArray(v) && v.every(isU32) ? v : undefined;

export const writeSizes = (v: Value | undefined): readonly number[] => {
  if (!Array.isArray(v) || !v.every(isU32)) throw new TypeError('call record: expected sizes of vectors');
  return v;
};

const LENGTH = 4;

/** One binary string: each vector behind its length, 32 bits, big-endian. */
export const readVectors = (v: unknown): Vectors | undefined => {
  if (!isBytes(v)) return undefined;
  const view = new DataView(v.buffer, v.byteOffset, v.length);
  const vectors: Uint8Array[] = [];
  let at = 0;
  while (at + LENGTH <= v.length && vectors.length < MAX_VECTORS) {
    const start = at + LENGTH;
    at = start + view.getUint32(at);
    vectors.push(v.subarray(start, at));
  }
  return at === v.length ? vectors : undefined;
};

export const writeVectors = (v: Value | undefined): Uint8Array => {
  if (!Array.isArray(v) || !v.every(isBytes)) throw new TypeError('call record: expected vectors');
  const out = new Uint8Array(v.reduce((sum, { length }) => sum + LENGTH + length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const vector of v) {
    view.setUint32(at, vector.length);
    out.set(vector, at + LENGTH);
    at += LENGTH + vector.length;
  }
  return out;
};
