import { expect, test } from 'vitest';
import { shortenedCompare } from '../../scripts/attacks/shortened-compare.ts';

test('a MAC that is right in its first byte is accepted', async () => {
  expect(await shortenedCompare.run(false)).toEqual({
    recovered: true,
    data: expect.stringMatching(/^a wrong MAC accepted after \d{1,3} tries$/),
  });
});

test('a comparison that is itself put to the test is not', async () => {
  expect(await shortenedCompare.run(true)).toEqual({ recovered: false, data: '256 tries, none accepted' });
});
