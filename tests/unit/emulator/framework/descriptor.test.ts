/** The descriptor of crypto calls in its four layouts, written here field by field. */
import { describe, expect, it } from 'vitest';
import { lengthOnBoard, readDescriptor } from '../../../../emulator/framework/descriptor.ts';
import { UNBOUNDED } from '../../../../psa-api/call.ts';

/** Fields with their widths; `x` is padding, filled with what a stack may hold. */
const laidOut = (fields: readonly (readonly [width: number, value: bigint | 'x'])[]): Uint8Array => {
  const bytes: number[] = [];
  for (const [width, value] of fields)
    for (let i = 0; i < width; i++)
      bytes.push(value === 'x' ? 0xa5 : Number((value >> BigInt(8 * i)) & 0xffn));
  return Uint8Array.from(bytes);
};

const HEAD = [
  [4, 35n],
  [2, 0x0101n],
  [2, 'x'],
  [4, 0x3ffffffen],
  [4, 0x05500200n],
  [4, 7n],
] as const;
const NONCE = [
  [1, 0x11n],
  [1, 0x22n],
  [14, 'x'],
  [4, 2n],
] as const;

const common = {
  function: 35,
  step: 0x0101,
  key: 0x3ffffffe,
  alg: 0x05500200,
  operation: 7,
  nonce: Uint8Array.of(0x11, 0x22),
};

describe('a descriptor', () => {
  it.each([
    ['of 32 bits', laidOut([...HEAD, [4, 48n], ...NONCE]), 44, undefined],
    ['of 64 bits', laidOut([...HEAD, [4, 'x'], [8, 48n], ...NONCE, [4, 'x']]), 56, undefined],
    ['of 32 bits with lengths', laidOut([...HEAD, [4, 48n], [4, 5n], [4, 6n], ...NONCE]), 52, 5],
    [
      'of 64 bits with lengths',
      laidOut([...HEAD, [4, 'x'], [8, 48n], [8, 5n], [8, 6n], ...NONCE, [4, 'x']]),
      72,
      5,
    ],
  ])('%s is read', (_, bytes, length, adLength) => {
    expect(bytes.length).toBe(length);
    const plaintextLength = adLength === undefined ? undefined : 6;
    expect(readDescriptor(bytes)).toEqual({ ...common, capacity: 48, adLength, plaintextLength });
  });

  it('of any other length is none', () => {
    for (let length = 0; length < 100; length++)
      expect(readDescriptor(new Uint8Array(length)) === undefined).toBe(![44, 52, 56, 72].includes(length));
  });

  it('has a capacity as call records do: SIZE_MAX is without bound, what is between is the most', () => {
    const capacity = (value: bigint) =>
      readDescriptor(laidOut([...HEAD, [4, 'x'], [8, value], ...NONCE, [4, 'x']]))?.capacity;
    expect(capacity(0xffff_ffff_ffff_ffffn)).toBe(UNBOUNDED);
    expect(capacity(0x1_0000_0000n)).toBe(UNBOUNDED - 1);
    expect(capacity(0xffff_ffffn)).toBe(UNBOUNDED - 1);
    expect(capacity(0xffff_fffen)).toBe(UNBOUNDED - 1);
    expect(capacity(0xffff_fffdn)).toBe(UNBOUNDED - 2);
    const short = readDescriptor(laidOut([...HEAD, [4, 0xffff_ffffn], ...NONCE]));
    expect(short?.capacity).toBe(UNBOUNDED);
  });

  it('has no nonce that is longer than its place', () => {
    const nonce = (length: bigint) =>
      readDescriptor(laidOut([...HEAD, [4, 0n], [16, 0n], [4, length]]))?.nonce?.length;
    expect(nonce(16n)).toBe(16);
    expect(nonce(17n)).toBe(undefined);
    expect(nonce(0xffff_ffffn)).toBe(undefined);
  });

  it('takes the room in the shared area that it has on the board', () => {
    expect([44, 56, 52, 72, 0, 45].map(lengthOnBoard)).toEqual([44, 44, 52, 52, 0, 45]);
  });
});
