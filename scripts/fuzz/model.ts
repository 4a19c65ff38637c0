/** What docs/wire.md says about bytes, read a second time: which frames are requests, and which end the connection. */
import type { Inputs } from '../../psa-api/call.ts';
import { readRequest } from '../../rpc/generated/codec.ts';

const MAX_FRAME = 16_777_216;
const MAX_BEFORE_HELLO = 4096;
const MAX_ELEMENTS = 15;

type Element = number | Uint8Array | number[];

/** Widths of the integers by their first byte: unsigned, then signed. */
const UNSIGNED: ReadonlyMap<number, number> = new Map([
  [0xcc, 1],
  [0xcd, 2],
  [0xce, 4],
]);
const SIGNED: ReadonlyMap<number, number> = new Map([
  [0xd0, 1],
  [0xd1, 2],
  [0xd2, 4],
]);
const BINARY: ReadonlyMap<number, number> = new Map([
  [0xc4, 1],
  [0xc5, 2],
  [0xc6, 4],
]);
const ARRAY: ReadonlyMap<number, number> = new Map([
  [0xdc, 2],
  [0xdd, 4],
]);

class Malformed extends Error {}

class Parser {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #take(count: number): number {
    const at = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) throw new Malformed();
    return at;
  }

  #number(width: number, signed: boolean): number {
    const at = this.#take(width);
    if (width === 1) return signed ? this.#view.getInt8(at) : this.#view.getUint8(at);
    if (width === 2) return signed ? this.#view.getInt16(at) : this.#view.getUint16(at);
    return signed ? this.#view.getInt32(at) : this.#view.getUint32(at);
  }

  #tag(): number {
    return this.#number(1, false);
  }

  #integer(tag: number): number {
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 0x100;
    const unsigned = UNSIGNED.get(tag);
    if (unsigned !== undefined) return this.#number(unsigned, false);
    const signed = SIGNED.get(tag);
    if (signed === undefined) throw new Malformed();
    return this.#number(signed, true);
  }

  /** The count after an array's first byte; undefined where it begins something else. */
  #count(tag: number): number | undefined {
    const width = ARRAY.get(tag);
    if (width === undefined && (tag & 0xf0) !== 0x90) return undefined;
    const count = width === undefined ? tag & 0x0f : this.#number(width, false);
    if (count > MAX_ELEMENTS) throw new Malformed();
    return count;
  }

  #element(): Element {
    const tag = this.#tag();
    const width = BINARY.get(tag);
    if (width !== undefined) {
      const length = this.#number(width, false);
      const at = this.#take(length);
      return this.#bytes.subarray(at, at + length);
    }
    const count = this.#count(tag);
    if (count === undefined) return this.#integer(tag);
    return Array.from({ length: count }, () => this.#integer(this.#tag()));
  }

  whole(): Element[] {
    const count = this.#count(this.#tag());
    if (count === undefined) throw new Malformed();
    const elements = Array.from({ length: count }, () => this.#element());
    if (this.#at !== this.#bytes.length) throw new Malformed();
    return elements;
  }
}

const parse = (payload: Uint8Array): Element[] | undefined => {
  try {
    return new Parser(payload).whole();
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
};

const isU32 = (v: unknown): v is number => typeof v === 'number' && v >= 0;
const isI32 = (v: unknown): v is number => typeof v === 'number' && (v | 0) === v;

/** A hello, a call of the table, an id that no table has, or the end of the connection. */
export type Meaning =
  | { readonly kind: 'hello'; readonly seq: number }
  | { readonly kind: 'call'; readonly seq: number; readonly id: number; readonly inputs: Inputs }
  | { readonly kind: 'unknown'; readonly seq: number; readonly id: number }
  | { readonly kind: 'refused' };

const REFUSED: Meaning = { kind: 'refused' };

const helloMeaning = (elements: readonly Element[]): Meaning => {
  const [seq, id, version, owner, token, last] = elements;
  const isHello = isU32(seq) && id === 0 && version === 1 && elements.length === 6;
  const isWhole = isI32(owner) && token instanceof Uint8Array && isU32(last);
  return isHello && isWhole ? { kind: 'hello', seq } : REFUSED;
};

const callMeaning = (elements: readonly Element[]): Meaning => {
  const [seq, id] = elements;
  if (!isU32(seq) || !isU32(id) || id === 0) return REFUSED;
  const read = readRequest[id];
  if (read === undefined) return { kind: 'unknown', seq, id };
  const inputs = read(elements);
  return inputs === undefined ? REFUSED : { kind: 'call', seq, id, inputs };
};

export const meaningOf = (payload: Uint8Array, greeted: boolean): Meaning => {
  const elements = parse(payload);
  if (elements === undefined) return REFUSED;
  return greeted ? callMeaning(elements) : helloMeaning(elements);
};

/** Cuts what a client sends into frames, as a server has to. */
export class Model {
  #left: Uint8Array = new Uint8Array(0);
  greeted = false;
  refused = false;

  /** One that can be asked what would be. */
  copy(): Model {
    const copy = new Model();
    copy.#left = this.#left;
    copy.greeted = this.greeted;
    copy.refused = this.refused;
    return copy;
  }

  /** What the frames that these bytes complete mean. After a refusal nothing means anything. */
  feed(bytes: Uint8Array): Meaning[] {
    this.#left = this.#left.length === 0 ? bytes : Buffer.concat([this.#left, bytes]);
    const meanings: Meaning[] = [];
    while (!this.refused && this.#left.length >= 4) {
      const view = new DataView(this.#left.buffer, this.#left.byteOffset);
      const length = view.getUint32(0);
      const isTooLong = length > (this.greeted ? MAX_FRAME : MAX_BEFORE_HELLO);
      if (!isTooLong && this.#left.length < 4 + length) break;
      const meaning = isTooLong ? REFUSED : meaningOf(this.#left.subarray(4, 4 + length), this.greeted);
      this.#left = isTooLong ? new Uint8Array(0) : this.#left.subarray(4 + length);
      if (meaning.kind === 'hello') this.greeted = true;
      if (meaning.kind === 'refused') this.refused = true;
      meanings.push(meaning);
    }
    return meanings;
  }
}
