import { expect, test } from 'vitest';
import { decryptByPadding } from '../../attacks/index.ts';
import { cbcPadding } from '../../scripts/attacks/cbc-padding.ts';

test('the padding status gives the message', async () => {
  expect(await cbcPadding.run(false)).toEqual({
    recovered: true,
    data: expect.stringMatching(/^\d{4} questions, "session=c0ffee; admin"$/),
  });
});

test('a decryption that judges no padding gives nothing', async () => {
  expect(await cbcPadding.run(true)).toEqual({ recovered: false, data: '34 questions' });
});

test('an oracle that always says no ends the attack', async () => {
  expect(await decryptByPadding(async () => false, new Uint8Array(32))).toBeUndefined();
});
