/**
 * The MessagePack of a frame (docs/wire.md, Frames): one array of integers, binary strings and arrays of
 * integers. msgpackr accepts far more than that (maps, floats, extensions that build objects, byte c1),
 * so the bytes are walked first; what passes decodes without surprises and without a large allocation.
 */
import { Packr, RESERVE_START_SPACE } from 'msgpackr';
import { HEADER } from './frame.ts';
import { MAX_FRAME } from './protocol.ts';

export type Elements = readonly unknown[];

/** No request or answer has more; it keeps a frame of a million one-byte elements out of memory. */
export const MAX_ELEMENTS = 15;

/** Bytes that are not the elements of a frame. `index`: the offending one, -1 for the array itself. */
export class BadElements extends Error {
  readonly index: number;
  /** The integers before it, as many as could be read: the sequence number, the function. */
  readonly prefix: readonly number[];

  constructor(message: string, index: number, prefix: readonly number[]) {
    super(message);
    this.index = index;
    this.prefix = prefix;
  }
}

// moreTypes and structuredClone stay off, and with useRecords off no byte of a frame defines a structure.
const packr = new Packr({ useRecords: false });

/** Offset after the integer at `at`; -1 where none of 32 bits or less stands. */
const skipInteger = (b: Uint8Array, at: number): number => {
  const tag = b[at];
  if (tag === undefined) return -1;
  if (tag < 0x80 || tag >= 0xe0) return at + 1;
  if (tag === 0xcc || tag === 0xd0) return at + 2;
  if (tag === 0xcd || tag === 0xd1) return at + 3;
  return tag === 0xce || tag === 0xd2 ? at + 5 : -1;
};

const unsigned = (b: Uint8Array, at: number, width: number): number => {
  let value = 0;
  // A missing byte makes the length absurd, hence too long for what follows.
  for (let i = at; i < at + width; i++) value = value * 256 + (b[i] ?? 0xffff);
  return value;
};

/** Offset after the header of an array; its count is then `arrayCount`. */
const arrayStart = (b: Uint8Array, at: number): number => {
  const tag = b[at] ?? 0;
  if ((tag & 0xf0) === 0x90) return at + 1;
  return tag === 0xdc ? at + 3 : tag === 0xdd ? at + 5 : -1;
};

const arrayCount = (b: Uint8Array, at: number): number => {
  const tag = b[at] ?? 0;
  if ((tag & 0xf0) === 0x90) return tag & 0x0f;
  return unsigned(b, at + 1, tag === 0xdc ? 2 : 4);
};

const skipIntegers = (b: Uint8Array, at: number): number => {
  let next = arrayStart(b, at);
  const count = next < 0 ? 0 : arrayCount(b, at);
  if (count > MAX_ELEMENTS) return -1;
  for (let i = 0; i < count && next >= 0; i++) next = skipInteger(b, next);
  return next;
};

/** Offset after the element at `at`; -1 where nothing that may stand there stands. */
const skipElement = (b: Uint8Array, at: number): number => {
  const tag = b[at] ?? 0xc1;
  if (tag >= 0xc4 && tag <= 0xc6) {
    const width = 1 << (tag - 0xc4);
    return at + 1 + width + unsigned(b, at + 1, width);
  }
  const isArray = (tag & 0xf0) === 0x90 || tag === 0xdc || tag === 0xdd;
  return isArray ? skipIntegers(b, at) : skipInteger(b, at);
};

const KINDS: readonly (readonly [first: number, last: number, name: string])[] = [
  [0x80, 0x8f, 'a map'],
  [0x90, 0x9f, 'an array with something else than integers in it'],
  [0xa0, 0xbf, 'a text string'],
  [0xc0, 0xc0, 'nil'],
  [0xc1, 0xc1, 'the reserved byte c1'],
  [0xc2, 0xc3, 'a boolean'],
  [0xc4, 0xc6, 'a binary string'],
  [0xc7, 0xc9, 'an extension'],
  [0xca, 0xcb, 'a floating-point number'],
  [0xcf, 0xcf, 'a 64-bit integer'],
  [0xd3, 0xd3, 'a 64-bit integer'],
  [0xd4, 0xd8, 'an extension'],
  [0xd9, 0xdb, 'a text string'],
  [0xdc, 0xdd, `an array of more than ${MAX_ELEMENTS} elements or with something else than integers in it`],
  [0xde, 0xdf, 'a map'],
];

const kindAt = (b: Uint8Array, at: number): string => {
  const tag = b[at];
  if (tag === undefined) return 'nothing';
  return KINDS.find(([first, last]) => tag >= first && tag <= last)?.[2] ?? 'an integer';
};

const integerAt = (b: Uint8Array, at: number): number => {
  const tag = b[at] ?? 0;
  const width = skipInteger(b, at) - at - 1;
  if (width === 0) return tag < 0x80 ? tag : tag - 0x100;
  const value = unsigned(b, at + 1, width);
  return tag >= 0xd0 && value >= 2 ** (8 * width - 1) ? value - 2 ** (8 * width) : value;
};

const prefixOf = (b: Uint8Array, index: number): number[] => {
  const prefix: number[] = [];
  let at = arrayStart(b, 0);
  for (let i = 0; i < Math.min(index, 2); i++) {
    const next = skipInteger(b, at);
    if (next < 0 || next > b.length) break;
    prefix.push(integerAt(b, at));
    at = next;
  }
  return prefix;
};

const check = (b: Uint8Array): void => {
  let at = arrayStart(b, 0);
  if (at < 0)
    throw new BadElements(b.length === 0 ? 'an empty frame' : `${kindAt(b, 0)} instead of an array`, -1, []);
  const count = arrayCount(b, 0);
  if (count > MAX_ELEMENTS) throw new BadElements(`an array of more than ${MAX_ELEMENTS} elements`, -1, []);
  for (let i = 0; i < count; i++) {
    const next = skipElement(b, at);
    if (next < 0 || next > b.length) {
      const text = next < 0 && at < b.length ? kindAt(b, at) : 'the frame ends too early';
      throw new BadElements(text, i, prefixOf(b, i));
    }
    at = next;
  }
  if (at !== b.length)
    throw new BadElements(`${b.length - at} bytes after the array`, -1, prefixOf(b, count));
};

/** The elements of a frame's payload. Binary strings are views of it. */
export const decode = (payload: Uint8Array): Elements => {
  check(payload);
  return packr.unpack(payload) as Elements;
};

/** The payload of these elements, without a length before it (HTTP bodies). */
export const encode = (elements: Elements): Uint8Array => packr.pack(elements);

const isTooLong = (element: unknown): boolean => element instanceof Uint8Array && element.length > MAX_FRAME;

/** The frame of these elements, or undefined when it is longer than a frame may be. */
export const encodeFrame = (elements: Elements): Uint8Array | undefined => {
  // The packer would copy them, and keep a buffer of that size.
  if (elements.some(isTooLong)) return undefined;
  const frame = packr.pack(elements, RESERVE_START_SPACE | HEADER);
  const length = frame.length - HEADER;
  frame.writeUInt32BE(length, 0);
  return length <= MAX_FRAME ? frame : undefined;
};
