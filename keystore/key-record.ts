/** A persistent key as a record: its name says owner and id, its content is sealed. */
import type { KeyAttributes } from '../psa-api/attributes.ts';

/** `key-ffffffff-00001234`: owner and id, 8 hexadecimal digits each. */
export const recordName = (owner: number, id: number): string =>
  `key-${(owner >>> 0).toString(16).padStart(8, '0')}-${id.toString(16).padStart(8, '0')}`;

export const parseRecordName = (name: string): { owner: number; id: number } | undefined => {
  const match = /^key-([0-9a-f]{8})-([0-9a-f]{8})$/.exec(name);
  if (match === null) return undefined;
  const [, owner = '', id = ''] = match;
  return { owner: Number.parseInt(owner, 16) | 0, id: Number.parseInt(id, 16) };
};

/** Layout version, then type, bits, lifetime, usage and algorithm as 32-bit big-endian numbers, then the key. */
const VERSION = 1;
const HEADER = 24;

export const encodeRecord = (
  { type, bits, lifetime, usage, alg }: KeyAttributes,
  data: Uint8Array,
): Uint8Array => {
  const record = new Uint8Array(HEADER + data.length);
  const view = new DataView(record.buffer);
  [VERSION, type, bits, lifetime, usage, alg].forEach((value, i) => {
    view.setUint32(4 * i, value);
  });
  record.set(data, HEADER);
  return record;
};

export const decodeRecord = (
  id: number,
  record: Uint8Array,
): { attributes: KeyAttributes; data: Uint8Array } | undefined => {
  if (record.length <= HEADER) return undefined;
  const view = new DataView(record.buffer, record.byteOffset);
  const at = (i: number) => view.getUint32(4 * i);
  if (at(0) !== VERSION) return undefined;
  const attributes = { type: at(1), bits: at(2), lifetime: at(3), usage: at(4), alg: at(5), id };
  return { attributes, data: record.slice(HEADER) };
};
