/** The bounds of what a trace keeps in memory. */
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../../../emulator/trace/event.ts';
import { REVEALED_LIMIT, Ring } from '../../../../emulator/trace/ring.ts';

const event = (seq: number, revealed = 0): TraceEvent => ({
  seq,
  time: 0,
  board: 0,
  boardDuration: 0,
  duration: 0,
  client: -1,
  connection: 1,
  function: 'psa_generate_random',
  scalars: {},
  lengths: {},
  digests: {},
  bytes: { output: 'f'.repeat(revealed) },
  status: 0,
});

const filled = (limit: number, ...revealed: readonly number[]): number[] => {
  const ring = new Ring(limit);
  revealed.forEach((length, i) => {
    ring.push(event(i + 1, length));
  });
  return ring.since(0).map(({ seq }) => seq);
};

describe('the ring', () => {
  it('holds as many records as it may, the last ones', () => {
    expect(filled(3)).toEqual([]);
    expect(filled(3, 0, 0)).toEqual([1, 2]);
    expect(filled(3, 0, 0, 0, 0, 0, 0, 0)).toEqual([5, 6, 7]);
    expect(filled(1, 0, 0)).toEqual([2]);
  });

  it('holds no more revealed bytes than it may', () => {
    const half = REVEALED_LIMIT / 2;
    expect(filled(10, half, half)).toEqual([1, 2]);
    expect(filled(10, half, half, 1)).toEqual([2, 3]);
    expect(filled(10, half, half, half + 1)).toEqual([3]);
  });

  it('leaves out a record that is more than all it may hold', () => {
    expect(filled(10, 0, REVEALED_LIMIT + 1)).toEqual([]);
    expect(filled(10, 0, REVEALED_LIMIT + 1, 0)).toEqual([3]);
  });
});
