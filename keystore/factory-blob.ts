/**
 * What a device is provisioned with: one sealed record, written once. Later starts find it there; another content is
 * refused, as the board's factory area is written at installation and never again.
 */
import type { KeyAttributes } from '../psa-api/attributes.ts';
import { assetName, type FactoryAsset } from './asset-store.ts';
import { recordName } from './key-record.ts';
import type { FactoryKey } from './key-store.ts';
import { type Sealer, type Storage, StorageError } from './storage.ts';

export interface FactoryItems {
  readonly keys: readonly FactoryKey[];
  readonly assets: readonly FactoryAsset[];
}

export const NO_FACTORY: FactoryItems = { keys: [], assets: [] };

const RECORD = 'factory';
const VERSION = 1;

/** Big-endian numbers, and byte strings after their length. */
class Writer {
  readonly #parts: Uint8Array[] = [];

  u32(...values: readonly number[]): void {
    const part = new Uint8Array(4 * values.length);
    const view = new DataView(part.buffer);
    for (const [i, value] of values.entries()) view.setUint32(4 * i, value);
    this.#parts.push(part);
  }

  u64(value: bigint): void {
    this.u32(Number(value >> 32n), Number(value & 0xffffffffn));
  }

  bytes(data: Uint8Array): void {
    this.u32(data.length);
    this.#parts.push(data);
  }

  finish(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
}

/** Reads what Writer has written; RangeError where it has not. */
class Reader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  u32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4);
  }

  u64(): bigint {
    return (BigInt(this.u32()) << 32n) | BigInt(this.u32());
  }

  bytes(): Uint8Array {
    const length = this.u32();
    if (length > this.#bytes.length - this.#at) throw new RangeError('bytes beyond the end');
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }
}

export const encodeFactory = ({ keys, assets }: FactoryItems): Uint8Array => {
  const writer = new Writer();
  writer.u32(VERSION, keys.length);
  for (const { owner, attributes, data } of keys) {
    const { id, type, bits, lifetime, usage, alg } = attributes;
    writer.u32(owner, id, type, bits, lifetime, usage, alg);
    writer.bytes(data);
  }
  writer.u32(assets.length);
  for (const { owner, uid, flags, data } of assets) {
    writer.u32(owner);
    writer.u64(uid);
    writer.u32(flags);
    writer.bytes(data);
  }
  return writer.finish();
};

const readAttributes = (reader: Reader): KeyAttributes => {
  const [id, type, bits, lifetime, usage, alg] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ];
  return { id, type, bits, lifetime, usage, alg };
};

const decodeFactory = (blob: Uint8Array): FactoryItems | undefined => {
  const reader = new Reader(blob);
  if (reader.u32() !== VERSION) return undefined;
  const keys = Array.from({ length: reader.u32() }, () => ({
    owner: reader.u32() | 0,
    attributes: readAttributes(reader),
    data: reader.bytes(),
  }));
  const assets = Array.from({ length: reader.u32() }, () => ({
    owner: reader.u32() | 0,
    uid: reader.u64(),
    flags: reader.u32(),
    data: reader.bytes(),
  }));
  return { keys, assets };
};

const isSame = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

const failed = (storage: Storage, text: string): StorageError =>
  new StorageError('failed', `the store ${storage.description} ${text}`);

/** An item may not take the place of what the application has made. */
const checkFree = (storage: Storage, { keys, assets }: FactoryItems): void => {
  const taken = new Set(storage.names());
  const wanted = [
    ...keys.map(({ owner, attributes }) => recordName(owner, attributes.id)),
    ...assets.map(({ owner, uid }) => assetName(owner, uid)),
  ];
  const clash = wanted.find((name) => taken.has(name));
  if (clash !== undefined)
    throw failed(
      storage,
      `has ${clash} already, which --factory provisions: name another folder with --store`,
    );
};

/**
 * The items of the device whose store this is. A new store takes `given`, and keeps it; an old one has its own, and
 * refuses another. Throws StorageError.
 */
export const adoptFactory = (
  storage: Storage,
  sealer: Sealer,
  given: FactoryItems | undefined,
): FactoryItems => {
  const sealed = storage.read(RECORD);
  if (sealed === undefined) {
    if (given === undefined) return NO_FACTORY;
    checkFree(storage, given);
    storage.write(RECORD, sealer.seal(RECORD, encodeFactory(given)));
    return given;
  }
  const blob = sealer.open(RECORD, sealed);
  const kept = blob === undefined ? undefined : decodeFactory(blob);
  if (blob === undefined || kept === undefined) throw failed(storage, 'has a damaged factory record');
  if (given !== undefined && !isSame(blob, encodeFactory(given)))
    throw failed(
      storage,
      'was provisioned with other keys or data: leave --factory out, or name another folder with --store',
    );
  return kept;
};
