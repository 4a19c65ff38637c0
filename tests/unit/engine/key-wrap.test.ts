/** AES key wrap against RFC 3394, RFC 5649 and node:crypto. */

import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyWrapMode } from '../../../engine/engine.ts';
import { bytes, counting, engine, generator, hex, join, SEED } from './support.ts';

const KEY_DATA = '00112233445566778899aabbccddeeff';
const RFC5649_KEK = bytes('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8');

const VECTORS: readonly (readonly [string, KeyWrapMode, Uint8Array, string, string])[] = [
  ['RFC 3394 4.1', 'kw', counting(0, 16), KEY_DATA, '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5'],
  [
    'RFC 3394 4.6',
    'kw',
    counting(0, 32),
    `${KEY_DATA}000102030405060708090a0b0c0d0e0f`,
    '28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21',
  ],
  [
    'RFC 5649 6, 20 bytes',
    'kwp',
    RFC5649_KEK,
    'c37b7e6492584340bed12207808941155068f738',
    '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
  ],
  ['RFC 5649 6, 7 bytes', 'kwp', RFC5649_KEK, '466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
];

const NODE = {
  kw: { suffix: 'wrap', iv: bytes('a6a6a6a6a6a6a6a6') },
  kwp: { suffix: 'wrap-pad', iv: bytes('a65959a6') },
} as const;

const EMPTY = bytes('');

describe('key wrap', () => {
  it.each(VECTORS)('%s', (_, mode, kek, plain, wrapped) => {
    const key = engine.aesKey(kek);
    expect(hex(engine.wrapKey(key, mode, bytes(plain)) ?? EMPTY)).toBe(wrapped);
    expect(hex(engine.unwrapKey(key, mode, bytes(wrapped)) ?? EMPTY)).toBe(plain);
  });

  it.each(['kw', 'kwp'] as const)(`%s as OpenSSL, seed ${SEED}`, (mode) => {
    const random = generator();
    const { suffix, iv } = NODE[mode];
    for (let length = mode === 'kw' ? 16 : 1; length < 150; length += mode === 'kw' ? 8 : 1) {
      const kek = random.bytes([16, 24, 32][length % 3] ?? 16);
      const plain = random.bytes(length);
      const node = createCipheriv(`id-aes${8 * kek.length}-${suffix}`, kek, iv);
      const expected = join(node.update(plain), node.final());
      const key = engine.aesKey(kek);
      expect(engine.wrapKey(key, mode, plain)).toEqual(expected);
      expect(engine.unwrapKey(key, mode, expected)).toEqual(plain);
    }
  });

  it.each(['kw', 'kwp'] as const)('%s opens nothing altered and no other length', (mode) => {
    const key = engine.aesKey(counting(0, 32));
    const wrapped = engine.wrapKey(key, mode, counting(7, 24)) ?? EMPTY;
    expect(wrapped).toHaveLength(32);
    for (let at = 0; at < wrapped.length; at++) {
      const altered = wrapped.map((byte, i) => (i === at ? byte ^ 0x10 : byte));
      expect(engine.unwrapKey(key, mode, altered)).toBeUndefined();
    }
    expect(engine.unwrapKey(engine.aesKey(counting(1, 32)), mode, wrapped)).toBeUndefined();
    for (const length of [0, 1, 8, 15, 24, 31]) {
      expect(engine.unwrapKey(key, mode, wrapped.subarray(0, length))).toBeUndefined();
    }
    expect(engine.unwrapKey(key, mode, join(wrapped, new Uint8Array(8)))).toBeUndefined();
  });

  it('refuses a padding other than zeros', () => {
    const kek = counting(0, 16);
    const key = engine.aesKey(kek);
    const block = join(bytes('a65959a600000001'), bytes('4100000000000001'));
    const forged = engine.cipher(key, 'ecb', 'encrypt').update(block);
    expect(engine.unwrapKey(key, 'kwp', forged)).toBeUndefined();
  });

  it('takes the lengths of its mode', () => {
    const key = engine.aesKey(counting(0, 16));
    for (const length of [0, 1, 8, 15, 17, 20]) {
      expect(engine.wrapKey(key, 'kw', new Uint8Array(length))).toBeUndefined();
    }
    expect(engine.wrapKey(key, 'kwp', EMPTY)).toBeUndefined();
    expect(engine.wrapKey(key, 'kwp', bytes('41'))).toHaveLength(16);
    key.wipe();
    expect(() => engine.wrapKey(key, 'kw', new Uint8Array(16))).toThrow();
    expect(() => engine.unwrapKey(key, 'kw', new Uint8Array(24))).toThrow();
  });
});
