/** CCM against SP 800-38C appendix C and node:crypto. */

import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytes, counting, engine, generator, hex, join, SEED, split } from './support.ts';

const KEY = counting(0x40, 16);

const EXAMPLES = [
  [1, 7, 8, 4, '7162015b', '4dac255d'],
  [2, 8, 16, 16, 'd2a1f0e051ea5f62081a7792073d593d', '1fc64fbfaccd'],
  [3, 12, 20, 24, 'e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5', '484392fbc1b09951'],
  [
    4,
    13,
    65536,
    32,
    '69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72',
    'b4ac6bec93e8598e7f0dadbcea5b',
  ],
] as const;

describe('CCM', () => {
  it.each(EXAMPLES)('SP 800-38C example %i', (_, nonceLength, adLength, length, cipher, tag) => {
    const aes = engine.aesKey(KEY);
    const nonce = counting(0x10, nonceLength);
    const ad = counting(0, adLength);
    const plain = counting(0x20, length);
    const sealing = engine.ccm(aes, 'encrypt', nonce, tag.length / 2, adLength, length);
    sealing.updateAd(ad);
    expect(hex(sealing.update(plain))).toBe(cipher);
    expect(hex(sealing.tag())).toBe(tag);
    const opening = engine.ccm(aes, 'decrypt', nonce, tag.length / 2, adLength, length);
    opening.updateAd(ad);
    expect(hex(opening.update(bytes(cipher)))).toBe(hex(plain));
    expect(hex(opening.tag())).toBe(tag);
  });

  it(`nonces, tags, lengths and portions of any kind, seed ${SEED}`, () => {
    const random = generator();
    for (let round = 0; round < 120; round++) {
      const key = random.bytes([16, 24, 32][round % 3] ?? 16);
      const nonce = random.bytes(7 + (round % 7));
      const tagLength = 4 + 2 * (round % 7);
      const ad = random.bytes(round % 5 === 0 ? 0 : random.below(90));
      const plain = random.bytes(round % 7 === 0 ? 0 : random.below(300));
      const name = `aes-${(8 * key.length) as 128 | 192 | 256}-ccm` as const;
      const reference = createCipheriv(name, key, nonce, { authTagLength: tagLength });
      reference.setAAD(ad, { plaintextLength: plain.length });
      const cipher = join(reference.update(plain), reference.final());
      const aes = engine.aesKey(key);
      for (const direction of ['encrypt', 'decrypt'] as const) {
        const [from, to] = direction === 'encrypt' ? [plain, cipher] : [cipher, plain];
        const state = engine.ccm(aes, direction, nonce, tagLength, ad.length, plain.length);
        for (const part of split(ad, random)) state.updateAd(part);
        const out = split(from, random).map((part) => state.update(part));
        expect(hex(join(...out))).toBe(hex(to));
        expect(hex(state.tag())).toBe(reference.getAuthTag().toString('hex'));
      }
    }
  });

  it('holds the caller to the lengths announced', () => {
    const aes = engine.aesKey(KEY);
    const start = () => engine.ccm(aes, 'encrypt', new Uint8Array(12), 16, 2, 3);
    expect(() => start().updateAd(new Uint8Array(3))).toThrow();
    expect(() => start().update(new Uint8Array(3))).toThrow();
    expect(() => start().tag()).toThrow();
    const state = start();
    state.updateAd(new Uint8Array(2));
    expect(() => state.update(new Uint8Array(4))).toThrow();
  });

  it('refuses nonces, tags and lengths that it has not', () => {
    const aes = engine.aesKey(KEY);
    const start = (nonce: number, tag: number, length: number) => () =>
      engine.ccm(aes, 'encrypt', new Uint8Array(nonce), tag, 0, length);
    expect(start(6, 16, 0)).toThrow(RangeError);
    expect(start(14, 16, 0)).toThrow(RangeError);
    expect(start(12, 5, 0)).toThrow(RangeError);
    expect(start(12, 2, 0)).toThrow(RangeError);
    expect(start(13, 16, 65536)).toThrow(RangeError);
    expect(start(13, 16, 65535)).not.toThrow();
  });
});

describe('CCM* without a tag', () => {
  it('IEEE 802.15.4 C.2.2, security level ENC', () => {
    const nonce = bytes('acde4800000000010000000504');
    const state = engine.cipher(engine.aesKey(counting(0xc0, 16)), 'ccm-star', 'encrypt', nonce);
    expect(hex(state.update(bytes('61626364')))).toBe('d43e022b');
    expect(state.finish()).toHaveLength(0);
  });

  it(`ciphers as CCM does, seed ${SEED}`, () => {
    const random = generator();
    for (let length = 7; length <= 13; length++) {
      const aes = engine.aesKey(random.bytes(32));
      const [nonce, plain] = [random.bytes(length), random.bytes(100)];
      const expected = engine.ccm(aes, 'encrypt', nonce, 16, 0, 100).update(plain);
      const state = engine.cipher(aes, 'ccm-star', 'encrypt', nonce);
      expect(join(...split(plain, random).map((part) => state.update(part)))).toEqual(expected);
      const back = engine.cipher(aes, 'ccm-star', 'decrypt', nonce);
      expect(back.updateLength(100)).toBe(100);
      expect(back.update(expected)).toEqual(plain);
    }
  });

  it('takes a nonce of CCM', () => {
    const aes = engine.aesKey(KEY);
    for (const length of [0, 6, 14, 16]) {
      expect(() => engine.cipher(aes, 'ccm-star', 'encrypt', new Uint8Array(length))).toThrow(RangeError);
    }
    expect(() => engine.cipher(aes, 'ccm-star', 'encrypt')).toThrow(RangeError);
  });
});
