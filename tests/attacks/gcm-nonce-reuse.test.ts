import { expect, test } from 'vitest';
import { forgeTag, recoverHashKey } from '../../attacks/index.ts';
import { gcmNonceReuse, reuseByGenerator } from '../../scripts/attacks/gcm-nonce-reuse.ts';
import { hex, NOTHING, unhex } from '../support/bytes.ts';

const accepted = {
  recovered: true,
  data: expect.stringMatching(/^2 messages, H [0-9a-f]{32}, a third accepted as "pay 999 to mallory/),
};

test('two messages under one counter block give H, and the device accepts a third', async () => {
  expect(await gcmNonceReuse.run(false)).toEqual(accepted);
});

test('computing twice keeps them in', async () => {
  expect(await gcmNonceReuse.run(true)).toEqual({ recovered: false, data: '0 messages' });
});

test('a generator that repeats itself does the same, and computing twice does not help', async () => {
  expect(await reuseByGenerator(false)).toEqual(accepted);
  expect(await reuseByGenerator(true)).toEqual(accepted);
});

test('the tag of test case 2 from that of test case 1 (McGrew, Viega: GCM, appendix B)', () => {
  const h = unhex('66e94bd4ef8a2c3b884cfa59ca342b2e');
  const empty = {
    additionalData: NOTHING,
    ciphertext: NOTHING,
    tag: unhex('58e2fccefa7e3061367f1d57a4e7455a'),
  };
  const block = { additionalData: NOTHING, ciphertext: unhex('0388dace60b6a392f328c2b971b2fe78') };
  expect(hex(forgeTag(h, empty, block))).toBe('ab6e47d42cec13bdf53a67b21257bddf');
  const other = { ...block, ciphertext: unhex('00112233445566778899aabbccddeeff') };
  const [a, b] = [block, other].map((one) => ({ ...one, tag: forgeTag(h, empty, one) }));
  expect(a && b && hex(recoverHashKey(a, b))).toBe(hex(h));
});

test('messages that say nothing are refused', () => {
  const one = { additionalData: NOTHING, ciphertext: unhex('00'), tag: new Uint8Array(16) };
  expect(() => recoverHashKey(one, one)).toThrow('same message');
  expect(() => recoverHashKey(one, { ...one, ciphertext: NOTHING })).toThrow('one length');
});
