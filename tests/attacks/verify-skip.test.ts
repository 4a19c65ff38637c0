import { expect, test } from 'vitest';
import { verifySkip } from '../../scripts/attacks/verify-skip.ts';

test('a forged signature is accepted while the verdict is turned, and only then', async () => {
  expect(await verifySkip.run(false)).toEqual({ recovered: true, data: '1 forged signature, accepted once' });
});

test('a second verification disagrees', async () => {
  expect(await verifySkip.run(true)).toEqual({ recovered: false, data: '1 forged signature, detected' });
});
