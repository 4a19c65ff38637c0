import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { BadElements, decode, encode, encodeFrame } from '../../../rpc/elements.ts';
import { MAX_FRAME } from '../../../rpc/protocol.ts';

const element = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  fc.uint8Array({ maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 15 }),
);

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

const problem = (payload: Uint8Array): string => {
  try {
    decode(payload);
  } catch (error) {
    if (error instanceof BadElements) return error.message;
    throw error;
  }
  return 'taken';
};

const REFUSED: readonly (readonly [name: string, payload: Uint8Array, text: RegExp])[] = [
  ['nothing', bytes(), /empty frame/],
  ['an integer alone', bytes(0x05), /an integer instead of an array/],
  ['a map alone', bytes(0x80), /a map instead of an array/],
  ['a map', bytes(0x91, 0x81, 1, 1), /a map/],
  ['a map of 2^32-1 entries', bytes(0x91, 0xdf, 255, 255, 255, 255), /a map/],
  ['nil', bytes(0x91, 0xc0), /nil/],
  ['byte c1', bytes(0x91, 0xc1), /c1/],
  ['a boolean', bytes(0x91, 0xc3), /boolean/],
  ['a text string', bytes(0x91, 0xa1, 0x61), /text string/],
  ['a float', bytes(0x91, 0xca, 0, 0, 0, 0), /floating/],
  ['a 64-bit integer', bytes(0x91, 0xcf, 0, 0, 0, 0, 0, 0, 0, 1), /64-bit/],
  ['a record definition', bytes(0x91, 0xd4, 0x72, 0x40), /extension/],
  ['an ext of 4 GiB', bytes(0x91, 0xc9, 255, 255, 255, 255, 1), /extension/],
  ['bytes after the array', bytes(0x91, 1, 2), /1 bytes after the array/],
  ['an array that ends too early', bytes(0x92, 1), /too early/],
  ['an integer that ends too early', bytes(0x91, 0xce, 1), /too early/],
  ['a bin header that ends too early', bytes(0x91, 0xc6, 0, 0), /too early/],
  ['a bin of 4 GiB', bytes(0x91, 0xc6, 255, 255, 255, 255, 1), /too early/],
  ['an array of 2^32-1', bytes(0xdd, 255, 255, 255, 255), /more than 15/],
  ['a nested array of 2^32-1', bytes(0x91, 0xdd, 255, 255, 255, 255), /more than 15/],
  ['a nested array of 65535', bytes(0x91, 0xdc, 255, 255), /more than 15/],
  ['arrays three deep', bytes(0x91, 0x91, 0x91, 1), /something else than integers/],
  ['bytes in a nested array', bytes(0x91, 0x91, 0xc4, 0), /something else than integers/],
  ['an array without its header', bytes(0xdc, 0), /more than 15/],
];

describe('elements', () => {
  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 15 }), (elements) => {
        expect(decode(new Uint8Array(encode(elements)))).toEqual(elements);
      }),
    );
  });

  it('are taken in longer forms than needed', () => {
    expect(decode(bytes(0xdd, 0, 0, 0, 2, 0xcd, 0, 1, 0xdc, 0, 1, 0xd0, 0xff))).toEqual([1, [-1]]);
  });

  it.each(REFUSED)('refuses %s', (_, payload, text) => {
    expect(problem(payload)).toMatch(text);
  });

  it('is refused 100000 levels deep without a stack overflow', () => {
    expect(problem(new Uint8Array(100_000).fill(0x91))).toMatch(/something else than integers/);
  });

  it('says which element and what stood before it', () => {
    try {
      decode(bytes(0x93, 0x07, 0xcd, 0x02, 0x01, 0xc0));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ index: 2, prefix: [7, 0x201] });
    }
  });

  it('any bytes are refused or decode to elements', () => {
    const everyKind = new Packr({ useRecords: false });
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(fc.anything()).map((value) => {
        try {
          return new Uint8Array(everyKind.pack(value));
        } catch {
          return new Uint8Array();
        }
      }),
    );
    const isElement = (value: unknown): boolean =>
      Number.isInteger(value) ||
      value instanceof Uint8Array ||
      (Array.isArray(value) && value.every(Number.isInteger));
    fc.assert(
      fc.property(hostile, (payload) => problem(payload) !== 'taken' || decode(payload).every(isElement)),
      { numRuns: 3000 },
    );
  });

  it('makes no frame longer than a frame may be', () => {
    // The array, two integers and the bin's header are 8 bytes.
    expect(encodeFrame([0, 0, new Uint8Array(MAX_FRAME - 8)])).toHaveLength(4 + MAX_FRAME);
    expect(encodeFrame([0, 0, new Uint8Array(MAX_FRAME - 7)])).toBeUndefined();
  });
});
