import { expect, test } from 'vitest';
import { readStuckCounter } from '../../attacks/index.ts';
import { ctrCounterStuck } from '../../scripts/attacks/ctr-counter-stuck.ts';

test('a counter that stands gives the message away', async () => {
  expect(await ctrCounterStuck.run(false)).toEqual({
    recovered: true,
    data: 'one ciphertext, its header known: "the password of the update server is hunter2 ..."',
  });
});

test('computing twice keeps the ciphertext in', async () => {
  expect(await ctrCounterStuck.run(true)).toEqual({ recovered: false, data: 'no ciphertext' });
});

test('less than a block known is refused', () => {
  expect(() => readStuckCounter(new Uint8Array(32), new Uint8Array(15))).toThrow(RangeError);
});
