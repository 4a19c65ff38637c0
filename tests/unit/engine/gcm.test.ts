/** GCM against the test cases of its submission to NIST and node:crypto. */

import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NobleAesKey } from '../../../engine/noble/aes-key.ts';
import { CounterStream } from '../../../engine/noble/counter.ts';
import { bytes, engine, generator, hex, join, SEED, split } from './support.ts';

const KEY = 'feffe9928665731c6d6a8f9467308308';
const PLAIN =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72' +
  '1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const PLAIN60 = PLAIN.slice(0, 120);
const AD = 'feedfacedeadbeeffeedfacedeadbeefabaddad2';
const LONG_IV =
  '9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728' +
  'c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b';

const CASES = [
  [1, '00'.repeat(16), '00'.repeat(12), '', '', '', '58e2fccefa7e3061367f1d57a4e7455a'],
  [
    2,
    '00'.repeat(16),
    '00'.repeat(12),
    '',
    '00'.repeat(16),
    '0388dace60b6a392f328c2b971b2fe78',
    'ab6e47d42cec13bdf53a67b21257bddf',
  ],
  [
    3,
    KEY,
    'cafebabefacedbaddecaf888',
    '',
    PLAIN,
    '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e' +
      '21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f5985',
    '4d5c2af327cd64a62cf35abd2ba6fab4',
  ],
  [
    4,
    KEY,
    'cafebabefacedbaddecaf888',
    AD,
    PLAIN60,
    '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e' +
      '21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091',
    '5bc94fbc3221a5db94fae95ae7121a47',
  ],
  [
    5,
    KEY,
    'cafebabefacedbad',
    AD,
    PLAIN60,
    '61353b4c2806934a777ff51fa22a4755699b2a714fcdc6f83766e5f97b6c7423' +
      '73806900e49f24b22b097544d4896b424989b5e1ebac0f07c23f4598',
    '3612d2e79e3b0785561be14aaca2fccb',
  ],
  [
    6,
    KEY,
    LONG_IV,
    AD,
    PLAIN60,
    '8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca7' +
      '01e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5',
    '619cc5aefffe0bfa462af43c1699d050',
  ],
] as const;

const GCM_TAGS = [4, 8, 12, 13, 14, 15, 16] as const;

describe('GCM', () => {
  it.each(CASES)('test case %i', (_, key, nonce, ad, plain, cipher, tag) => {
    const aes = engine.aesKey(bytes(key));
    const sealing = engine.gcm(aes, 'encrypt', bytes(nonce), 16);
    sealing.updateAd(bytes(ad));
    expect(hex(sealing.update(bytes(plain)))).toBe(cipher);
    expect(hex(sealing.tag())).toBe(tag);
    const opening = engine.gcm(aes, 'decrypt', bytes(nonce), 16);
    opening.updateAd(bytes(ad));
    expect(hex(opening.update(bytes(cipher)))).toBe(plain);
    expect(hex(opening.tag())).toBe(tag);
  });

  it(`nonces, tags, lengths and portions of any kind, seed ${SEED}`, () => {
    const random = generator();
    for (let round = 0; round < 150; round++) {
      const key = random.bytes([16, 24, 32][round % 3] ?? 16);
      const nonce = random.bytes(round % 2 === 0 ? 12 : 1 + random.below(60));
      const tagLength = GCM_TAGS[round % GCM_TAGS.length] ?? 16;
      const ad = random.bytes(random.below(80));
      const plain = random.bytes(random.below(300));
      const name = `aes-${(8 * key.length) as 128 | 192 | 256}-gcm` as const;
      const reference = createCipheriv(name, key, nonce, { authTagLength: tagLength });
      reference.setAAD(ad);
      const cipher = join(reference.update(plain), reference.final());

      const aes = engine.aesKey(key);
      for (const direction of ['encrypt', 'decrypt'] as const) {
        const [from, to] = direction === 'encrypt' ? [plain, cipher] : [cipher, plain];
        const copy = from.slice();
        const state = engine.gcm(aes, direction, nonce, tagLength);
        for (const part of split(ad, random)) state.updateAd(part);
        const out = split(from, random).map((part) => {
          const given = state.update(part);
          expect(given.length).toBe(part.length);
          return given;
        });
        expect(hex(join(...out))).toBe(hex(to));
        expect(hex(state.tag())).toBe(reference.getAuthTag().toString('hex'));
        expect(from).toEqual(copy);
      }
    }
  });

  it('stays right when the wider table takes over', () => {
    const random = generator();
    const key = random.bytes(16);
    const nonce = random.bytes(12);
    const aes = engine.aesKey(key);
    for (let length = 500; length < 9000; length += 1777) {
      const plain = random.bytes(length);
      const reference = createCipheriv('aes-128-gcm', key, nonce);
      const cipher = join(reference.update(plain), reference.final());
      const state = engine.gcm(aes, 'encrypt', nonce, 16);
      expect(hex(state.update(plain))).toBe(hex(cipher));
      expect(hex(state.tag())).toBe(reference.getAuthTag().toString('hex'));
    }
  });

  it('its counter wraps within 32 bits, SP 800-38D 6.2', () => {
    const key = new NobleAesKey(bytes(KEY));
    const stream = new CounterStream(key, bytes(`${'ff'.repeat(12)}fffffffe`), 32);
    const expected = ['fffffffe', 'ffffffff', '00000000', '00000001'].map((low) =>
      key.encryptBlock(bytes('ff'.repeat(12) + low)),
    );
    expect(hex(stream.apply(new Uint8Array(64)))).toBe(hex(join(...expected)));
  });

  it('an empty update ends the additional data', () => {
    const aes = engine.aesKey(bytes(KEY));
    const state = engine.gcm(aes, 'encrypt', new Uint8Array(12), 16);
    state.updateAd(bytes('01'));
    state.update(new Uint8Array(0));
    expect(() => state.updateAd(bytes('02'))).toThrow();
  });

  it('refuses an empty nonce and tags of other lengths', () => {
    const aes = engine.aesKey(bytes(KEY));
    expect(() => engine.gcm(aes, 'encrypt', new Uint8Array(0), 16)).toThrow(RangeError);
    expect(() => engine.gcm(aes, 'encrypt', new Uint8Array(12), 10)).toThrow(RangeError);
  });

  it('does not write to the nonce', () => {
    const nonce = bytes(LONG_IV);
    engine.gcm(engine.aesKey(bytes(KEY)), 'encrypt', nonce, 16).update(bytes(PLAIN));
    expect(hex(nonce)).toBe(LONG_IV);
  });
});
