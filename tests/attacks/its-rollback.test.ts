import { expect, test } from 'vitest';
import { itsRollback } from '../../scripts/attacks/its-rollback.ts';

test('a nonce counter that goes back with the flash gives two messages one nonce', async () => {
  expect(await itsRollback.run(false)).toEqual({
    recovered: true,
    data: '2 messages around a copy of the flash put back, a forged one accepted',
  });
});

test('a counter that only goes up keeps the device from starting', async () => {
  expect(await itsRollback.run(true)).toEqual({
    recovered: false,
    data: 'the device does not start from an older copy of its flash',
  });
});
