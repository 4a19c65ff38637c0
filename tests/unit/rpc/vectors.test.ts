/** The vectors of a psa_call as elements: one binary string, each vector behind its length. */
import { describe, expect, it } from 'vitest';
import { functionByName } from '../../../psa-api/functions.ts';
import { readSizes, readVectors, writeSizes, writeVectors } from '../../../rpc/fields.ts';
import { expectedElements } from '../../../rpc/refusal.ts';
import { readInputs, writeOutcome } from '../../../rpc/server/http/json.ts';

const bytes = (...of: number[]): Uint8Array => Uint8Array.from(of);

describe('vectors', () => {
  it('stand behind their lengths, big-endian', () => {
    expect(writeVectors([bytes(1, 2, 3), bytes(), bytes(4)])).toEqual(
      bytes(0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 4),
    );
    expect(writeVectors([])).toEqual(bytes());
  });

  it('are read as they were written', () => {
    const vectors = [bytes(), bytes(1, 2, 3), new Uint8Array(700).fill(5), bytes(4)];
    expect(readVectors(writeVectors(vectors))).toEqual(vectors);
    expect(readVectors(bytes())).toEqual([]);
  });

  it.each([
    ['a length that is cut off', bytes(0, 0, 0)],
    ['a vector that is cut off', bytes(0, 0, 0, 2, 1)],
    ['a length beyond everything', bytes(0xff, 0xff, 0xff, 0xff, 1)],
    ['bytes after the last', bytes(0, 0, 0, 1, 9, 0)],
    ['more than fifteen', new Uint8Array(16 * 4)],
    ['an integer', 5],
    ['an array', [1, 2]],
  ])('are not %s', (_, element) => {
    expect(readVectors(element)).toBe(undefined);
  });
});

describe('sizes of vectors', () => {
  it('are an array of integers', () => {
    expect(readSizes([1, 0, 0xffffffff])).toEqual([1, 0, 0xffffffff]);
    expect(readSizes([])).toEqual([]);
    expect(readSizes([-1])).toBe(undefined);
    expect(readSizes(3)).toBe(undefined);
    expect(writeSizes([7, 8])).toEqual([7, 8]);
  });
});

it('a request that holds others is told what is expected', () => {
  const row = functionByName('psa_call');
  if (row === undefined) throw new Error('no psa_call');
  expect(expectedElements(row).map(({ name, holds }) => [name, holds(bytes(1)), holds([4])])).toEqual([
    ['handle', false, false],
    ['type', false, false],
    ['in_vec', false, false],
    ['out_vec', false, true],
  ]);
});

describe('as JSON', () => {
  const row = functionByName('psa_call');

  it('vectors are a list of bytes, their room a list of numbers', () => {
    if (row === undefined) throw new Error('no psa_call');
    const body = { handle: 0xffffffff, type: 0, in_vec: ['0102', { base64: 'Aw==' }, ''], out_vec: [32, 0] };
    expect(readInputs(row, body)).toEqual([0xffffffff, 0, [bytes(1, 2), bytes(3), bytes()], [32, 0]]);
    expect(() => readInputs(row, { ...body, in_vec: '0102' })).toThrow('psa_call, in_vec: expected a list');
    expect(() => readInputs(row, { ...body, in_vec: ['0102', 'x'] })).toThrow(
      'psa_call, in_vec[1]: expected',
    );
    expect(writeOutcome(row, [0, [bytes(0xab), bytes()]])).toEqual({
      status: 0,
      statusName: 'PSA_SUCCESS',
      out_vec: ['ab', ''],
    });
    expect(writeOutcome(row, [-129])).toEqual({ status: -129, statusName: 'PSA_ERROR_PROGRAMMER_ERROR' });
  });
});
