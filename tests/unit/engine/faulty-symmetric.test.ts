/** The disturbable AES, GCM, comparisons and key derivation: without a fault they are the plain engine's. */

import { describe, expect, test } from 'vitest';
import type { CipherMode, Direction, KdfStream } from '../../../engine/engine.ts';
import { createFaultyEngine } from '../../../engine/faulty/index.ts';
import type { Probe } from '../../../engine/probe.ts';
import { engine, generator, hex, join, split } from './support.ts';

/** Wants everything; the value at `point` goes through `change`. */
const probing = (change: (point: string, value: Uint8Array) => Uint8Array = (_, value) => value) => {
  const visits = new Map<string, number>();
  const probe: Probe = {
    wants: () => true,
    data: (point, value) => {
      visits.set(point, (visits.get(point) ?? 0) + 1);
      return change(point, value);
    },
    skips: () => false,
    check: (point, length, compare) => {
      visits.set(point, (visits.get(point) ?? 0) + 1);
      return compare(length);
    },
  };
  return { faulty: createFaultyEngine(engine, probe), visits };
};

const random = generator();
const KEYS = [16, 24, 32] as const;

describe('without a fault', () => {
  const { faulty } = probing();
  const MODES: readonly CipherMode[] = ['ecb', 'cbc', 'cbc-pkcs7', 'ctr', 'cfb', 'ofb', 'ccm-star'];

  test.each(MODES)('%s', (mode) => {
    for (const length of KEYS)
      for (const direction of ['encrypt', 'decrypt'] as Direction[]) {
        const key = random.bytes(length);
        const iv = mode === 'ecb' ? undefined : random.bytes(mode === 'ccm-star' ? 13 : 16);
        // The counter carries out of its last word.
        if (mode === 'ctr') iv?.fill(0xff, 3);
        const parts = split(random.bytes(16 * (1 + random.below(9))), random);
        const run = (one: typeof engine) => {
          const state = one.cipher(one.aesKey(key), mode, direction, iv);
          const out = parts.map((part) => state.update(part));
          return { out: hex(join(...out)), rest: state.finish() };
        };
        expect(run(faulty)).toEqual(run(engine));
      }
  });

  test('CMAC', () => {
    for (const length of [0, 1, 15, 16, 17, 32, 100])
      for (const bytes of KEYS) {
        const key = random.bytes(bytes);
        const parts = split(random.bytes(length), random);
        const run = (one: typeof engine) => {
          const mac = one.cmac(one.aesKey(key));
          for (const part of parts) mac.update(part);
          return hex(mac.digest());
        };
        expect(run(faulty)).toBe(run(engine));
      }
  });

  test('GCM', () => {
    for (const nonceLength of [1, 12, 16, 60])
      for (const direction of ['encrypt', 'decrypt'] as Direction[]) {
        const [key, nonce] = [random.bytes(16), random.bytes(nonceLength)];
        const [ad, text] = [split(random.bytes(random.below(40)), random), split(random.bytes(90), random)];
        const run = (one: typeof engine) => {
          const state = one.gcm(one.aesKey(key), direction, nonce, 13);
          for (const part of ad) state.updateAd(part);
          const out = text.map((part) => state.update(part));
          return hex(join(...out, state.tag()));
        };
        expect(run(faulty)).toBe(run(engine));
      }
  });

  test('key derivation', () => {
    const secret = random.bytes(20);
    const info = random.bytes(9);
    const streams: ((one: typeof engine) => KdfStream)[] = [
      ({ kdf }) => kdf.hkdfExpand('sha256', secret, info),
      ({ kdf }) => kdf.tls12Prf('sha384', secret, info),
      ({ kdf }) => kdf.pbkdf2Hmac('sha256', secret, info, 70),
      ({ kdf }) => kdf.pbkdf2AesCmac(secret, info, 3),
      ({ kdf }) => kdf.counterHmac('sha256', secret, info, info, 100),
      (one) => one.kdf.counterCmac(one.aesKey(secret.slice(0, 16)), info, info, 100),
    ];
    for (const start of streams) {
      const [ours, plain] = [start(faulty), start(engine)];
      for (const length of [1, 40, 0, 59]) expect(hex(ours.read(length))).toBe(hex(plain.read(length)));
    }
  });

  test('comparison', () => {
    const a = random.bytes(20);
    expect(faulty.equal(a, a.slice())).toBe(true);
    expect(faulty.equal(a, a.with(19, 1 ^ (a[19] as number)))).toBe(false);
    expect(faulty.equal(a, a.subarray(1))).toBe(false);
  });
});

describe('a fault', () => {
  const key = random.bytes(16);

  test('meets each round of AES once', () => {
    const { faulty, visits } = probing();
    for (const [length, rounds] of [
      [16, 10],
      [24, 12],
      [32, 14],
    ] as const) {
      visits.clear();
      faulty.cipher(faulty.aesKey(random.bytes(length)), 'ecb', 'encrypt').update(new Uint8Array(16));
      expect([...visits]).toEqual(Array.from({ length: rounds }, (_, i) => [`alg.aes.round${i + 1}`, 1]));
    }
  });

  test('in the last round changes one byte of the ciphertext', () => {
    const { faulty } = probing((point, value) =>
      point === 'alg.aes.round10' ? value.with(5, ~(value[5] ?? 0)) : value,
    );
    const block = random.bytes(16);
    const bad = faulty.cipher(faulty.aesKey(key), 'ecb', 'encrypt').update(block);
    const good = engine.cipher(engine.aesKey(key), 'ecb', 'encrypt').update(block);
    expect([...bad].flatMap((value, i) => (value === good[i] ? [] : [i]))).toEqual([1]);
  });

  test('meets J0 and every counter block of GCM, its subkey, its tag, and its comparison', () => {
    const { faulty, visits } = probing();
    const state = faulty.gcm(faulty.aesKey(key), 'encrypt', random.bytes(12), 16);
    state.update(random.bytes(33));
    const tag = state.tag();
    expect(faulty.equal(tag.subarray(0, 8), tag.slice(0, 8))).toBe(true);
    expect(Object.fromEntries(visits)).toMatchObject({
      'alg.gcm.counter': 4,
      'alg.gcm.h': 1,
      'alg.gcm.tag': 1,
      'alg.gcm.compare': 1,
    });
    expect(visits.has('alg.mac.compare')).toBe(false);
  });

  test('meets the comparison of what is no tag as that of a MAC', () => {
    const { faulty, visits } = probing();
    faulty.equal(key, key);
    expect([...visits.keys()]).toEqual(['alg.mac.compare']);
  });

  test('in a block of derived bytes stays in that block', () => {
    let block = 0;
    const { faulty } = probing((point, value) =>
      point === 'alg.kdf.block' && ++block === 2 ? new Uint8Array(32) : value,
    );
    const bad = faulty.kdf.hkdfExpand('sha256', key, key).read(96);
    const good = engine.kdf.hkdfExpand('sha256', key, key).read(96);
    expect(hex(bad)).toBe(hex(good.fill(0, 32, 64)));
  });
});
