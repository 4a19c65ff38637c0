/**
 * What a sector of flash holds: a mark, a directory, its authentication code, and the records it names. A sector is
 * programmed whole, in one go. The directory tells the state of all of the flash at that commit: which sectors count,
 * and a hash over their commit numbers, so that no other sector can be exchanged for an older one.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ERASED, type Flash, type Geometry, QUAD_WORD } from './flash.ts';

/** Where a record is, and the hash that it has to have. */
export interface Place {
  readonly address: number;
  readonly length: number;
  readonly digest: Uint8Array;
}

export interface Sector {
  readonly commit: number;
  readonly records: ReadonlyMap<string, Place>;
}

/** Sectors that count, by number. */
export type Sectors = ReadonlyMap<number, Sector>;

/** A sector as read: what it holds, and what it says of all. */
export interface Directory extends Sector {
  readonly live: readonly number[];
  readonly state: Uint8Array;
}

export interface Content {
  readonly data: Uint8Array;
  readonly digest: Uint8Array;
}

/** 12 bytes and the length of the directory fill a quad-word. */
const MARK = new TextEncoder().encode('h5sm flash 1');
const CODE = 32;
const STATE = 32;
const DIGEST = 16;
/** Commit number, state, count of records; then a bit for each sector, then the records. */
const STATE_AT = 8;
const COUNT_AT = STATE_AT + STATE;
const LIVE_AT = COUNT_AT + 2;
/** Of a record besides its name: hash, length, length of the name. */
const ENTRY = DIGEST + 4 + 1;

const padded = (length: number): number => Math.ceil(length / QUAD_WORD) * QUAD_WORD;
const liveBytes = (sectors: number): number => Math.ceil(sectors / 8);

/** HMAC-SHA-256 over the sector's number and its directory. */
const codeOf = (key: Uint8Array, sector: number, directory: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac('sha256', key).update(`sector ${sector};`).update(directory).digest());

/** The name of a record has to fit a byte of length, and be the same in any encoding. */
export const checkName = (name: string): void => {
  if (!/^[\x20-\x7e]{1,255}$/.test(name))
    throw new RangeError(`a record named ${JSON.stringify(name)}: expected 1 to 255 ASCII characters`);
};

export const digestOf = (data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(data).digest().subarray(0, DIGEST));

/** The hash over which sectors count, and at which commit each was written. */
export const stateOf = (commits: Iterable<readonly [sector: number, commit: number]>): Uint8Array => {
  const hash = createHash('sha256');
  for (const [sector, commit] of [...commits].sort(([a], [b]) => a - b)) hash.update(`${sector}:${commit};`);
  return new Uint8Array(hash.digest());
};

/** How many bytes of a sector these records take. */
export const sizeOf = (
  records: Iterable<readonly [name: string, length: number]>,
  { sectors }: Geometry,
): number => {
  let directory = LIVE_AT + liveBytes(sectors);
  let data = 0;
  for (const [name, length] of records) {
    directory += ENTRY + name.length;
    data += padded(length);
  }
  return QUAD_WORD + padded(directory + CODE) + data;
};

const encodeDirectory = (
  contents: ReadonlyMap<string, Content>,
  commit: number,
  live: ReadonlyMap<number, number>,
  sectors: number,
): Uint8Array => {
  const names = [...contents.keys()];
  const start = LIVE_AT + liveBytes(sectors);
  const bytes = new Uint8Array(names.reduce((sum, name) => sum + ENTRY + name.length, start));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(commit));
  bytes.set(stateOf(live), STATE_AT);
  view.setUint16(COUNT_AT, contents.size);
  for (const sector of live.keys())
    bytes[LIVE_AT + (sector >> 3)] = (bytes[LIVE_AT + (sector >> 3)] ?? 0) | (1 << (sector & 7));
  let at = start;
  for (const [name, { data, digest }] of contents) {
    bytes.set(digest, at);
    view.setUint32(at + DIGEST, data.length);
    bytes[at + DIGEST + 4] = name.length;
    at += ENTRY;
    for (let i = 0; i < name.length; i++) bytes[at++] = name.charCodeAt(i);
  }
  return bytes;
};

/** The bytes to program at the sector's start, and what the sector then holds. */
export const encodeSector = (
  key: Uint8Array,
  { sectors, sectorSize }: Geometry,
  number: number,
  contents: ReadonlyMap<string, Content>,
  commit: number,
  others: ReadonlyMap<number, number>,
): { image: Uint8Array; sector: Sector } => {
  const live = new Map([...others, [number, commit]]);
  const directory = encodeDirectory(contents, commit, live, sectors);
  const start = QUAD_WORD + padded(directory.length + CODE);
  let length = start;
  for (const { data } of contents.values()) length += padded(data.length);
  const image = new Uint8Array(length).fill(ERASED);
  image.set(MARK);
  new DataView(image.buffer).setUint32(MARK.length, directory.length);
  image.set(directory, QUAD_WORD);
  image.set(codeOf(key, number, directory), QUAD_WORD + directory.length);
  const records = new Map<string, Place>();
  let at = start;
  for (const [name, { data, digest }] of contents) {
    image.set(data, at);
    records.set(name, { address: number * sectorSize + at, length: data.length, digest });
    at += padded(data.length);
  }
  return { image, sector: { commit, records } };
};

const decodeRecords = (bytes: Uint8Array, start: number, address: number): Map<string, Place> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const records = new Map<string, Place>();
  let [at, place] = [start, address];
  for (let left = view.getUint16(COUNT_AT); left > 0; left--) {
    const length = view.getUint32(at + DIGEST);
    const end = at + ENTRY + view.getUint8(at + DIGEST + 4);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY, end));
    records.set(name, { address: place, length, digest: bytes.slice(at, at + DIGEST) });
    place += padded(length);
    at = end;
  }
  return records;
};

/** undefined: erased, half written, half erased, changed, or of another device. The records are not looked at. */
export const readDirectory = (flash: Flash, key: Uint8Array, number: number): Directory | undefined => {
  const address = number * flash.sectorSize;
  const head = flash.read(address, QUAD_WORD);
  if (MARK.some((byte, i) => head[i] !== byte)) return undefined;
  const length = new DataView(head.buffer, head.byteOffset).getUint32(MARK.length);
  if (QUAD_WORD + length + CODE > flash.sectorSize) return undefined;
  const bytes = flash.read(address + QUAD_WORD, length);
  const code = flash.read(address + QUAD_WORD + length, CODE);
  if (!timingSafeEqual(code, codeOf(key, number, bytes))) return undefined;
  const live = Array.from({ length: flash.sectors }, (_, i) => i).filter(
    (i) => (((bytes[LIVE_AT + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1,
  );
  return {
    commit: Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)),
    records: decodeRecords(
      bytes,
      LIVE_AT + liveBytes(flash.sectors),
      address + QUAD_WORD + padded(length + CODE),
    ),
    live,
    state: bytes.slice(STATE_AT, STATE_AT + STATE),
  };
};

/** Whether a record is as it was written. */
export const isWhole = (data: Uint8Array, { digest }: Place): boolean =>
  Buffer.compare(digestOf(data), digest) === 0;
