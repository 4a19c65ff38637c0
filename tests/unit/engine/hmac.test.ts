/** HMAC against RFC 4231 and node:crypto. */

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName } from '../../../engine/engine.ts';
import { ascii, bytes, counting, engine, generator, hex, SEED, split } from './support.ts';

const HASHES: readonly HashName[] = [
  'md5',
  'ripemd160',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha512-224',
  'sha512-256',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
];

function ours(hash: HashName, key: Uint8Array, ...parts: Uint8Array[]): string {
  const state = engine.hmacKey(hash, key).start();
  for (const part of parts) state.update(part);
  return hex(state.digest());
}

const HI = [bytes('0b'.repeat(20)), ascii('Hi There')] as const;
const JEFE = [ascii('Jefe'), ascii('what do ya want for nothing?')] as const;
const LONG_KEY = [
  bytes('aa'.repeat(131)),
  ascii('Test Using Larger Than Block-Size Key - Hash Key First'),
] as const;

const RFC4231: readonly (readonly [string, HashName, readonly [Uint8Array, Uint8Array], string])[] = [
  ['4.2', 'sha224', HI, '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22'],
  ['4.2', 'sha256', HI, 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    '4.2',
    'sha384',
    HI,
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
  ],
  [
    '4.2',
    'sha512',
    HI,
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde' +
      'daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  ],
  ['4.3', 'sha256', JEFE, '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  ['4.7', 'sha256', LONG_KEY, '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54'],
];

describe('HMAC', () => {
  it.each(RFC4231)('RFC 4231 %s with %s', (_, hash, [key, data], mac) => {
    expect(ours(hash, key, data)).toBe(mac);
  });

  it.each(HASHES)(`%s in any portions with keys of any length, seed ${SEED}`, (hash) => {
    const random = generator();
    const { block } = engine.hashLengths(hash);
    for (const keyLength of [0, 1, block - 1, block, block + 1, 300]) {
      const key = random.bytes(keyLength);
      const data = random.bytes(random.below(300));
      expect(ours(hash, key, ...split(data, random))).toBe(createHmac(hash, key).update(data).digest('hex'));
    }
  });

  it('runs several MACs of one key at once', () => {
    const key = engine.hmacKey('sha256', JEFE[0]);
    const first = key.start();
    const second = key.start();
    first.update(JEFE[1].subarray(0, 5));
    second.update(ascii('something else'));
    first.update(JEFE[1].subarray(5));
    const expected = createHmac('sha256', 'Jefe').update('something else').digest('hex');
    expect(hex(second.digest())).toBe(expected);
    expect(hex(first.digest())).toBe(RFC4231[4]?.[3]);
  });

  it('is of no use after wipe', () => {
    const key = engine.hmacKey('sha256', JEFE[0]);
    const state = key.start();
    key.wipe();
    expect(() => key.start().digest()).toThrow();
    expect(() => state.digest()).toThrow();
    const wiped = engine.hmacKey('sha256', JEFE[0]).start();
    wiped.wipe();
    expect(() => wiped.digest()).toThrow();
  });

  it('takes the 512-bit SHAKE256 like any hash', () => {
    expect(ours('shake256-512', JEFE[0], JEFE[1])).toHaveLength(128);
  });
});

describe('the keyed hash of Zigbee', () => {
  it('C.6.1', () => {
    const mac = engine.hmacKey('aes-mmo-zigbee', counting(0x40, 16)).start();
    mac.update(counting(0xc0, 1));
    expect(hex(mac.digest())).toBe('4512807bf94cb3400f0e2c25fb76e999');
  });
});
