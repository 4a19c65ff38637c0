/**
 * Hash states taken out and put back, against initial values of the standards, published digests and node:crypto:
 * nothing here takes the library's word for what its fields hold.
 */

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName, SuspendedHash } from '../../../engine/engine.ts';
import { ascii, bytes, engine, generator, hex, join, SEED, split } from './support.ts';

/** RFC 1321 3.3, RIPEMD-160, FIPS 180-4 5.3: the chaining value before the first block. */
const INITIAL = {
  md5: '0123456789abcdeffedcba9876543210',
  ripemd160: '0123456789abcdeffedcba9876543210f0e1d2c3',
  sha1: '67452301efcdab8998badcfe10325476c3d2e1f0',
  sha224: 'c1059ed8367cd5073070dd17f70e5939ffc00b316858151164f98fa7befa4fa4',
  sha256: '6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19',
  sha384:
    'cbbb9d5dc1059ed8629a292a367cd5079159015a3070dd17152fecd8f70e5939' +
    '67332667ffc00b318eb44a8768581511db0c2e0d64f98fa747b5481dbefa4fa4',
  sha512:
    '6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1' +
    '510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179',
  'sha512-224':
    '8c3d37c819544da273e1996689dcd4d61dfab7ae32ff9c82679dd514582f9fcf' +
    '0f6d2b697bd44da877e36f7304c489423f9d85a86a1d36c81112e6ad91d692a1',
  'sha512-256':
    '22312194fc2bf72c9f555fa3c84c64c22393b86b6f53b151963877195940eabd' +
    '96283ee2a88effe3be5e1e25538639922b0199fc2c85b8aa0eb72ddc81c52ca2',
} as const satisfies Partial<Record<HashName, string>>;
type Suspendable = keyof typeof INITIAL;
const NAMES = Object.keys(INITIAL) as Suspendable[];

function reference(name: Suspendable, data: Uint8Array): string {
  return createHash(name).update(data).digest('hex');
}

function suspendedAfter(name: HashName, ...parts: Uint8Array[]): SuspendedHash {
  const state = engine.hash(name);
  for (const part of parts) state.update(part);
  const suspended = state.suspend();
  if (suspended === undefined) throw new Error(`${name} cannot be suspended`);
  return suspended;
}

/** The digest of what was suspended and `rest`; empty if it cannot be resumed. */
function resumed(name: HashName, suspended: SuspendedHash, rest: Uint8Array): string {
  const state = engine.resumeHash(name, suspended);
  state?.update(rest);
  return hex(state?.digest() ?? bytes(''));
}

/** The padding of a message of `length` bytes: a one, zeros, and the length in bits, in 8 or 16 bytes. */
function padding(name: Suspendable, length: number): Uint8Array {
  const { block } = engine.hashLengths(name);
  const field = new Uint8Array(block / 8);
  new DataView(field.buffer).setUint32(field.length - 4, 8 * length);
  if (name === 'md5' || name === 'ripemd160') field.reverse();
  const zeros = (2 * block - 1 - field.length - (length % block)) % block;
  return join(bytes('80'), new Uint8Array(zeros), field);
}

describe.each(NAMES)('%s', (name) => {
  const { output, block } = engine.hashLengths(name);
  const initial = INITIAL[name];
  const random = generator();

  it('begins with the initial value of its standard', () => {
    expect(suspendedAfter(name)).toEqual({ inputLength: 0, state: bytes(initial), unprocessed: bytes('') });
  });

  it('resumed by hand with "abc" not yet processed gives its digest', () => {
    const byHand = { inputLength: 3, state: bytes(initial), unprocessed: ascii('abc') };
    expect(suspendedAfter(name, ascii('abc'))).toEqual(byHand);
    expect(resumed(name, byHand, bytes(''))).toBe(reference(name, ascii('abc')));
  });

  it('holds the digest of a message once its padding has passed', () => {
    for (const length of [3, block - 1, block, 2 * block + 7]) {
      const message = random.bytes(length);
      const padded = join(message, padding(name, length));
      const { inputLength, state, unprocessed } = suspendedAfter(name, padded);
      expect(inputLength).toBe(padded.length);
      expect(unprocessed).toHaveLength(0);
      expect(hex(state.subarray(0, output))).toBe(reference(name, message));
    }
  });

  it('goes on from there as every length extension does', () => {
    const message = random.bytes(50);
    const padded = join(message, padding(name, message.length));
    const whole = join(padded, ascii('and more'));
    expect(resumed(name, suspendedAfter(name, padded), ascii('and more'))).toBe(reference(name, whole));
  });

  it(`goes on at every position, seed ${SEED}`, () => {
    const message = random.bytes(2 * block + 20);
    const expected = reference(name, message);
    for (let at = 0; at <= message.length; at++) {
      const suspended = suspendedAfter(name, ...split(message.subarray(0, at), random));
      expect(suspended.inputLength).toBe(at);
      expect(suspended.unprocessed).toEqual(message.subarray(at - (at % block), at));
      expect(suspended.state).toHaveLength(initial.length / 2);
      expect(resumed(name, suspended, message.subarray(at))).toBe(expected);
    }
  });

  it('is not disturbed by being suspended, and shares nothing', () => {
    const state = engine.hash(name);
    state.update(ascii('one '));
    const suspended = state.suspend() ?? suspendedAfter(name);
    const copy = structuredClone(suspended);
    state.update(ascii('two'));
    expect(suspended).toEqual(copy);
    expect(hex(state.digest())).toBe(reference(name, ascii('one two')));
    const again = engine.resumeHash(name, suspended);
    again?.update(ascii('three'));
    expect(suspended).toEqual(copy);
    suspended.state.fill(0);
    suspended.unprocessed.fill(0);
    expect(hex(again?.digest() ?? bytes(''))).toBe(reference(name, ascii('one three')));
  });

  it('counts more bits than 32 hold', () => {
    const start = { inputLength: 2 ** 40, state: bytes(initial), unprocessed: bytes('') };
    const ours = engine.resumeHash(name, start);
    ours?.update(ascii('x'));
    expect(ours?.suspend()?.inputLength).toBe(2 ** 40 + 1);
    const other = { ...start, inputLength: start.inputLength % 2 ** 32 };
    expect(resumed(name, start, ascii('x'))).not.toBe(resumed(name, other, ascii('x')));
  });

  it('refuses lengths that do not belong together', () => {
    const good = suspendedAfter(name, random.bytes(block + 5));
    expect(engine.resumeHash(name, good)).toBeDefined();
    const bad: SuspendedHash[] = [
      { ...good, inputLength: block + 6 },
      { ...good, inputLength: -1 },
      { ...good, inputLength: 2 ** 60 + 5 },
      { ...good, inputLength: 5.5 },
      { ...good, unprocessed: good.unprocessed.subarray(1) },
      { ...good, inputLength: 2 * block, unprocessed: new Uint8Array(block) },
      { ...good, state: good.state.subarray(1) },
      { ...good, state: join(good.state, bytes('00')) },
      { ...good, state: bytes('') },
    ];
    for (const each of bad) expect(engine.resumeHash(name, each)).toBeUndefined();
  });
});

describe('no other hash', () => {
  it.each([
    'sha256-192',
    'sha3-224',
    'sha3-256',
    'sha3-384',
    'sha3-512',
    'shake128-256',
    'shake256-192',
    'shake256-256',
    'shake256-512',
    'aes-mmo-zigbee',
  ] as const)('%s', (name) => {
    expect(engine.hash(name).suspend()).toBeUndefined();
    expect(engine.resumeHash(name, suspendedAfter('sha256'))).toBeUndefined();
  });
});
