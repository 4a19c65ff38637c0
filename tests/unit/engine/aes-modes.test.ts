/** AES and its unauthenticated modes against FIPS 197, SP 800-38A and node:crypto. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { CipherMode, Direction } from '../../../engine/engine.ts';
import { bytes, counting, engine, generator, hex, join, SEED, split } from './support.ts';

const KEY128 = '2b7e151628aed2a6abf7158809cf4f3c';
const KEY192 = '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b';
const KEY256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';
const IV = '000102030405060708090a0b0c0d0e0f';
const COUNTER = 'f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff';
const PLAIN =
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
  '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';

const SP80038A: readonly (readonly [string, CipherMode, string, string | undefined, string])[] = [
  [
    'F.1.1',
    'ecb',
    KEY128,
    undefined,
    '3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf' +
      '43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4',
  ],
  [
    'F.1.3',
    'ecb',
    KEY192,
    undefined,
    'bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eef' +
      'ef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e',
  ],
  [
    'F.1.5',
    'ecb',
    KEY256,
    undefined,
    'f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870' +
      'b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7',
  ],
  [
    'F.2.1',
    'cbc',
    KEY128,
    IV,
    '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2' +
      '73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7',
  ],
  [
    'F.2.5',
    'cbc',
    KEY256,
    IV,
    'f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d' +
      '39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b',
  ],
  [
    'F.3.13',
    'cfb',
    KEY128,
    IV,
    '3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b' +
      '26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6',
  ],
  [
    'F.4.1',
    'ofb',
    KEY128,
    IV,
    '3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825' +
      '9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e',
  ],
  [
    'F.5.1',
    'ctr',
    KEY128,
    COUNTER,
    '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff' +
      '5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee',
  ],
  [
    'F.5.5',
    'ctr',
    KEY256,
    COUNTER,
    '601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5' +
      '2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6',
  ],
];

type Outcome = Uint8Array | 'partial-block' | 'bad-padding';

function run(
  mode: CipherMode,
  direction: Direction,
  key: Uint8Array,
  iv: Uint8Array | undefined,
  parts: readonly Uint8Array[],
): Outcome {
  const state = engine.cipher(engine.aesKey(key), mode, direction, iv);
  const out: Uint8Array[] = [];
  for (const part of parts) {
    const promised = state.updateLength(part.length);
    const given = state.update(part);
    expect(given.length).toBe(promised);
    out.push(given);
  }
  const last = state.finish();
  return typeof last === 'string' ? last : join(...out, last);
}

function shown(outcome: Outcome): string {
  return typeof outcome === 'string' ? outcome : hex(outcome);
}

describe('AES', () => {
  it.each([
    ['C.1', 16, '69c4e0d86a7b0430d8cdb78070b4c55a'],
    ['C.2', 24, 'dda97ca4864cdfe06eaf70a0ec0d7191'],
    ['C.3', 32, '8ea2b7ca516745bfeafc49904b496089'],
  ])('FIPS 197 %s', (_, keyLength, cipher) => {
    const key = counting(0, keyLength);
    const plain = bytes('00112233445566778899aabbccddeeff');
    expect(shown(run('ecb', 'encrypt', key, undefined, [plain]))).toBe(cipher);
    expect(shown(run('ecb', 'decrypt', key, undefined, [bytes(cipher)]))).toBe(hex(plain));
    expect(engine.aesKey(key).bits).toBe(8 * keyLength);
  });

  it('refuses a key of another length', () => {
    expect(() => engine.aesKey(new Uint8Array(20))).toThrow(RangeError);
  });

  it('keeps no hold of the bytes given, and is of no use after wipe', () => {
    const given = bytes(KEY128);
    const key = engine.aesKey(given);
    given.fill(0);
    const state = engine.cipher(key, 'ecb', 'encrypt');
    expect(hex(state.update(bytes(PLAIN).subarray(0, 16)))).toBe('3ad77bb40d7a3660a89ecaf32466ef97');
    key.wipe();
    expect(() => state.update(new Uint8Array(16))).toThrow();
    expect(() => engine.cmac(key).digest()).toThrow();
    expect(() => engine.gcm(key, 'encrypt', new Uint8Array(12), 16)).toThrow();
  });
});

describe('cipher modes', () => {
  it.each(SP80038A)('SP 800-38A %s %s', (_, mode, key, iv, cipher) => {
    const ivBytes = iv === undefined ? undefined : bytes(iv);
    expect(shown(run(mode, 'encrypt', bytes(key), ivBytes, [bytes(PLAIN)]))).toBe(cipher);
    expect(shown(run(mode, 'decrypt', bytes(key), ivBytes, [bytes(cipher)]))).toBe(PLAIN);
  });

  const MODES: readonly (readonly [CipherMode, string])[] = [
    ['ecb', 'ecb'],
    ['cbc', 'cbc'],
    ['cbc-pkcs7', 'cbc'],
    ['ctr', 'ctr'],
    ['cfb', 'cfb'],
    ['ofb', 'ofb'],
  ];
  it.each(MODES)(`%s in any portions, seed ${SEED}`, (mode, nodeMode) => {
    const random = generator();
    for (let round = 0; round < 60; round++) {
      const key = random.bytes([16, 24, 32][round % 3] ?? 16);
      const iv = mode === 'ecb' ? undefined : random.bytes(16);
      const whole = mode === 'ecb' || mode === 'cbc';
      const plain = random.bytes(whole ? 16 * random.below(12) : random.below(200));
      const copy = plain.slice();
      const name = `aes-${8 * key.length}-${nodeMode}`;
      const cipher = createCipheriv(name, key, iv ?? null).setAutoPadding(mode === 'cbc-pkcs7');
      const expected = join(cipher.update(plain), cipher.final());
      expect(shown(run(mode, 'encrypt', key, iv, split(plain, random)))).toBe(hex(expected));
      expect(shown(run(mode, 'decrypt', key, iv, split(expected, random)))).toBe(hex(plain));
      expect(plain).toEqual(copy);
    }
  });

  it('CTR carries through all 128 bits and wraps', () => {
    const key = bytes(KEY128);
    for (const iv of ['f'.repeat(32), `${'0'.repeat(24)}fffffffe`, `00${'f'.repeat(30)}`]) {
      const plain = generator().bytes(100);
      const expected = createCipheriv('aes-128-ctr', key, bytes(iv)).update(plain);
      expect(shown(run('ctr', 'encrypt', key, bytes(iv), [plain]))).toBe(hex(expected));
      expect(shown(run('ctr', 'encrypt', key, bytes(iv), split(plain, generator())))).toBe(hex(expected));
    }
  });

  it.each(['ecb', 'cbc'] as const)('%s gives every whole block at once and refuses a partial one', (mode) => {
    const iv = mode === 'ecb' ? undefined : bytes(IV);
    const state = engine.cipher(engine.aesKey(bytes(KEY128)), mode, 'decrypt', iv);
    expect(state.update(new Uint8Array(16))).toHaveLength(16);
    expect(state.pending).toBe(0);
    expect(state.update(new Uint8Array(5))).toHaveLength(0);
    expect(state.pending).toBe(5);
    expect(state.updateLength(27)).toBe(32);
    expect(state.finish()).toBe('partial-block');
  });

  it('takes an IV of a block, and for ECB none', () => {
    const key = engine.aesKey(bytes(KEY128));
    expect(() => engine.cipher(key, 'cbc', 'encrypt', new Uint8Array(12))).toThrow(RangeError);
    expect(() => engine.cipher(key, 'ctr', 'encrypt')).toThrow(RangeError);
    expect(() => engine.cipher(key, 'ecb', 'encrypt', new Uint8Array(16))).toThrow(RangeError);
  });

  it('does not write to the IV', () => {
    const iv = bytes(IV);
    run('cbc', 'encrypt', bytes(KEY128), iv, [bytes(PLAIN)]);
    run('ctr', 'encrypt', bytes(KEY128), iv, [bytes(PLAIN)]);
    run('ofb', 'encrypt', bytes(KEY128), iv, [bytes(PLAIN)]);
    expect(hex(iv)).toBe(IV);
  });
});

describe('CBC with PKCS#7', () => {
  const key = bytes(KEY128);
  const iv = bytes(IV);
  /** A ciphertext whose plaintext is these blocks, padding or not. */
  const sealed = (plain: Uint8Array) => run('cbc', 'encrypt', key, iv, [plain]) as Uint8Array;

  it('holds back the last block until the end', () => {
    const state = engine.cipher(engine.aesKey(key), 'cbc-pkcs7', 'decrypt', iv);
    const cipher = sealed(bytes(`${'00'.repeat(16)}41${'0f'.repeat(15)}`));
    expect(state.update(cipher.subarray(0, 16))).toHaveLength(0);
    expect(state.pending).toBe(16);
    expect(state.update(cipher.subarray(16, 17))).toHaveLength(16);
    expect(state.update(cipher.subarray(17))).toHaveLength(0);
    expect(state.finish()).toEqual(bytes('41'));
  });

  it.each([
    ['count of zero', '00'.repeat(16)],
    ['count above a block', `${'11'.repeat(16)}`],
    ['count far above a block', `${'ff'.repeat(16)}`],
    ['one byte wrong', `${'00'.repeat(12)}04030404`],
    ['first byte wrong', `0f${'10'.repeat(15)}`],
  ])('%s is bad padding', (_, block) => {
    expect(run('cbc-pkcs7', 'decrypt', key, iv, [sealed(bytes(block))])).toBe('bad-padding');
  });

  it('a whole block of padding is good', () => {
    expect(run('cbc-pkcs7', 'decrypt', key, iv, [sealed(bytes('10'.repeat(16)))])).toHaveLength(0);
  });

  it('an incomplete or absent ciphertext is a partial block', () => {
    expect(run('cbc-pkcs7', 'decrypt', key, iv, [])).toBe('partial-block');
    expect(run('cbc-pkcs7', 'decrypt', key, iv, [new Uint8Array(31)])).toBe('partial-block');
  });

  it('unpads what node:crypto padded', () => {
    const decipher = createDecipheriv('aes-128-cbc', key, iv);
    const padded = run('cbc-pkcs7', 'encrypt', key, iv, [counting(0, 33)]) as Uint8Array;
    expect(join(decipher.update(padded), decipher.final())).toEqual(counting(0, 33));
  });
});
