/** CMAC against RFC 4493 and SP 800-38B's examples. */

import { describe, expect, it } from 'vitest';
import { bytes, engine, generator, hex, SEED, split } from './support.ts';

const MESSAGE = bytes(
  '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51' +
    '30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
);
const KEY128 = '2b7e151628aed2a6abf7158809cf4f3c';
const KEY192 = '8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b';
const KEY256 = '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4';

const EXAMPLES = [
  ['AES-128', KEY128, 0, 'bb1d6929e95937287fa37d129b756746'],
  ['AES-128', KEY128, 16, '070a16b46b4d4144f79bdd9dd04a287c'],
  ['AES-128', KEY128, 40, 'dfa66747de9ae63030ca32611497c827'],
  ['AES-128', KEY128, 64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ['AES-192', KEY192, 0, 'd17ddf46adaacde531cac483de7a9367'],
  ['AES-256', KEY256, 0, '028962f61b7bf89efc6b551f4667d983'],
  ['AES-256', KEY256, 16, '28a7023f452e8f82bd4bf28d8c37c35c'],
  ['AES-256', KEY256, 40, 'aaf3d8f1de5640c232f5b169b9c911e6'],
  ['AES-256', KEY256, 64, 'e1992190549f6ed5696a2c056c315410'],
] as const;

describe('CMAC', () => {
  it.each(EXAMPLES)('%s under %s, %i bytes', (_, key, length, mac) => {
    const state = engine.cmac(engine.aesKey(bytes(key)));
    state.update(MESSAGE.subarray(0, length));
    expect(hex(state.digest())).toBe(mac);
  });

  it(`in any portions, seed ${SEED}`, () => {
    const random = generator();
    const key = engine.aesKey(random.bytes(16));
    for (let length = 0; length < 130; length++) {
      const data = random.bytes(length);
      const whole = engine.cmac(key);
      whole.update(data);
      const cut = engine.cmac(key);
      for (const part of split(data, random)) cut.update(part);
      expect(hex(cut.digest())).toBe(hex(whole.digest()));
    }
  });
});
