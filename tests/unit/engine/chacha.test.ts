/** ChaCha20 and XChaCha20, alone and with Poly1305, against RFC 8439, draft-irtf-cfrg-xchacha-03 and node:crypto. */

import { createCipheriv } from 'node:crypto';
import { hchacha } from '@noble/ciphers/chacha.js';
import { describe, expect, it } from 'vitest';
import type { AeadState, CipherState, Direction, StreamCipherName } from '../../../engine/engine.ts';
import { ascii, bytes, counting, engine, generator, hex, join, SEED, split } from './support.ts';

const SUNSCREEN = ascii(
  "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " +
    'sunscreen would be it.',
);

function run(state: CipherState, parts: readonly Uint8Array[]): Uint8Array {
  const out = parts.map((part) => {
    expect(state.updateLength(part.length)).toBe(part.length);
    return state.update(part);
  });
  expect(state.pending).toBe(0);
  expect(state.finish()).toHaveLength(0);
  return join(...out);
}

function apply(name: StreamCipherName, key: Uint8Array, iv: Uint8Array, input: Uint8Array): Uint8Array {
  return run(engine.streamCipher(name, key, iv), [input]);
}

/** OpenSSL's counts in 64 bits: counter of 8 and nonce of 8, or, which is the same without a carry, 4 and 12. */
function openssl(key: Uint8Array, start: Uint8Array, input: Uint8Array): Uint8Array {
  return new Uint8Array(createCipheriv('chacha20', key, start).update(input));
}

describe('ChaCha20', () => {
  it('RFC 8439 2.4.2', () => {
    const iv = bytes('01000000000000000000004a00000000');
    expect(hex(apply('chacha20', counting(0, 32), iv, SUNSCREEN))).toBe(
      '6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b' +
        'f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8' +
        '07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736' +
        '5af90bbf74a35be6b40b8eedf2785e42874d',
    );
  });

  it('RFC 8439 A.1 tests 1 and 2, with the counter absent', () => {
    expect(hex(apply('chacha20', new Uint8Array(32), new Uint8Array(12), new Uint8Array(96)))).toBe(
      '76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
        'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
        '9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed',
    );
  });

  it(`as OpenSSL in any portions, seed ${SEED}`, () => {
    const random = generator();
    for (let round = 0; round < 60; round++) {
      const key = random.bytes(32);
      const length = [8, 12, 16][round % 3] ?? 12;
      const iv = random.bytes(length);
      const input = random.bytes(random.below(400));
      const copy = input.slice();
      const start = join(new Uint8Array(16 - length), iv);
      const ours = run(engine.streamCipher('chacha20', key, iv), split(input, random));
      expect(ours).toEqual(openssl(key, start, input));
      expect(input).toEqual(copy);
    }
  });

  it('of RFC 8439 wraps after 2^32 blocks and leaves the nonce alone', () => {
    const [key, nonce] = [counting(1, 32), counting(9, 12)];
    const stream = apply('chacha20', key, join(bytes('feffffff'), nonce), new Uint8Array(256));
    expect(stream.subarray(0, 128)).toEqual(
      openssl(key, join(bytes('feffffff'), nonce), new Uint8Array(128)),
    );
    expect(stream.subarray(128)).toEqual(openssl(key, join(bytes('00000000'), nonce), new Uint8Array(128)));
  });

  it('keeps no hold of the bytes given, and is of no use after wipe', () => {
    const [key, iv] = [counting(1, 32), counting(9, 12)];
    const expected = apply('chacha20', key, iv, SUNSCREEN);
    const state = engine.streamCipher('chacha20', key, iv);
    key.fill(0);
    iv.fill(0);
    expect(state.update(SUNSCREEN)).toEqual(expected);
    state.wipe();
    expect(() => state.update(new Uint8Array(64))).toThrow();
  });
});

describe('XChaCha20', () => {
  const KEY = counting(0x80, 32);
  const NONCE = counting(0x40, 24);

  it('draft A.3.1, which begins at counter 1', () => {
    const iv = join(bytes('0100000000000000'), NONCE);
    expect(hex(apply('xchacha20', KEY, iv, SUNSCREEN)).slice(0, 64)).toBe(
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb',
    );
    const whole = apply('xchacha20', KEY, NONCE, join(new Uint8Array(64), SUNSCREEN));
    expect(whole.subarray(64)).toEqual(apply('xchacha20', KEY, iv, SUNSCREEN));
  });

  it(`is ChaCha20 under the derived key with a counter of 64 bits, seed ${SEED}`, () => {
    const random = generator();
    for (const counter of ['0000000000000000', 'ffffffff00000000', 'ffffffffffffffff', 'feffffff01000080']) {
      const [key, nonce] = [random.bytes(32), random.bytes(24)];
      const derived = new Uint32Array(8);
      const words = (from: Uint8Array) => new Uint32Array(from.slice().buffer);
      hchacha(words(ascii('expand 32-byte k')), words(key), words(nonce.slice(0, 16)), derived);
      const start = join(bytes(counter), nonce.subarray(16));
      const input = random.bytes(300);
      const expected = openssl(new Uint8Array(derived.buffer), start, input);
      const ours = engine.streamCipher('xchacha20', key, join(bytes(counter), nonce));
      expect(run(ours, split(input, random))).toEqual(expected);
    }
  });

  it('draft 2.2.1: the derived key', () => {
    const nonce = join(bytes('000000090000004a0000000031415927'), new Uint8Array(8));
    const derived = bytes('82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc');
    expect(apply('xchacha20', counting(0, 32), nonce, new Uint8Array(80))).toEqual(
      apply('chacha20', derived, new Uint8Array(8), new Uint8Array(80)),
    );
  });
});

describe('a stream cipher', () => {
  it('takes the lengths of IV that it names, and keys of 32', () => {
    for (let length = 0; length < 40; length++) {
      const start = (name: StreamCipherName) => () =>
        engine.streamCipher(name, new Uint8Array(32), new Uint8Array(length));
      if ([8, 12, 16].includes(length)) expect(start('chacha20')).not.toThrow();
      else expect(start('chacha20')).toThrow(RangeError);
      if ([24, 32].includes(length)) expect(start('xchacha20')).not.toThrow();
      else expect(start('xchacha20')).toThrow(RangeError);
    }
    expect(() => engine.streamCipher('chacha20', new Uint8Array(16), new Uint8Array(12))).toThrow(RangeError);
  });
});

function seal(
  name: StreamCipherName,
  key: Uint8Array,
  nonce: Uint8Array,
  direction: Direction,
  ad: readonly Uint8Array[],
  message: readonly Uint8Array[],
): { text: Uint8Array; tag: Uint8Array } {
  const state: AeadState = engine.chachaPoly1305(name, key, direction, nonce);
  for (const part of ad) state.updateAd(part);
  const text = join(...message.map((part) => state.update(part)));
  return { text, tag: state.tag() };
}

describe('with Poly1305', () => {
  const KEY = counting(0x80, 32);
  const AD = bytes('50515253c0c1c2c3c4c5c6c7');
  const CASES = [
    [
      'RFC 8439 2.8.2',
      'chacha20',
      bytes('070000004041424344454647'),
      'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6' +
        '3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36' +
        '92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc' +
        '3ff4def08e4b7a9de576d26586cec64b6116',
      '1ae10b594f09e26a7e902ecbd0600691',
    ],
    [
      'draft A.3.1',
      'xchacha20',
      counting(0x40, 24),
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb' +
        '731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452' +
        '2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9' +
        '21f9664c97637da9768812f615c68b13b52e',
      'c0875924c1c7987947deafd8780acf49',
    ],
  ] as const;
  it.each(CASES)('%s', (_, name, nonce, cipher, tag) => {
    const sealed = seal(name, KEY, nonce, 'encrypt', [AD], [SUNSCREEN]);
    expect([hex(sealed.text), hex(sealed.tag)]).toEqual([cipher, tag]);
    const opened = seal(name, KEY, nonce, 'decrypt', [AD], [bytes(cipher)]);
    expect([opened.text, hex(opened.tag)]).toEqual([SUNSCREEN, tag]);
  });

  it(`as OpenSSL in any portions, seed ${SEED}`, () => {
    const random = generator();
    for (let round = 0; round < 60; round++) {
      const [key, nonce] = [random.bytes(32), random.bytes(12)];
      const [ad, plain] = [random.bytes(random.below(60)), random.bytes(random.below(300))];
      const node = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
      node.setAAD(ad, { plaintextLength: plain.length });
      const cipher = join(node.update(plain), node.final());
      const tag = new Uint8Array(node.getAuthTag());
      const sealed = seal('chacha20', key, nonce, 'encrypt', split(ad, random), split(plain, random));
      expect(sealed).toEqual({ text: cipher, tag });
      const opened = seal('chacha20', key, nonce, 'decrypt', split(ad, random), split(cipher, random));
      expect(opened).toEqual({ text: plain, tag });
    }
  });

  it('refuses other lengths of nonce and data out of order, and is spent after its tag', () => {
    const start = (name: StreamCipherName, length: number) => () =>
      engine.chachaPoly1305(name, KEY, 'encrypt', new Uint8Array(length));
    for (const length of [0, 8, 16, 24]) expect(start('chacha20', length)).toThrow(RangeError);
    for (const length of [0, 12, 32]) expect(start('xchacha20', length)).toThrow(RangeError);
    const state = start('chacha20', 12)();
    state.update(bytes('00'));
    expect(() => state.updateAd(bytes('00'))).toThrow();
    state.tag();
    expect(() => state.tag()).toThrow();
  });
});
