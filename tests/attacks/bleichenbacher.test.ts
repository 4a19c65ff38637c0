import { expect, test } from 'vitest';
import { bleichenbacher } from '../../scripts/attacks/bleichenbacher.ts';

test('the padding status gives the message', async () => {
  expect(await bleichenbacher.run(false)).toEqual({
    recovered: true,
    data: expect.stringMatching(/^\d{4} questions, "forty-eight bytes, as the premaster secret of TLS"$/),
  });
});

test('implicit rejection says yes to everything, and the answers contradict each other', async () => {
  expect(await bleichenbacher.run(true)).toEqual({
    recovered: false,
    data: expect.stringMatching(/^\d{1,3} questions$/),
  });
});
