/** Hashes against published digests, Zigbee's appendix C.5 and node:crypto. */

import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashName } from '../../../engine/engine.ts';
import { ascii, bytes, counting, engine, generator, hex, join, SEED, split } from './support.ts';

const NODE_NAMES: Readonly<Record<Exclude<HashName, 'aes-mmo-zigbee'>, string>> = {
  md5: 'md5',
  ripemd160: 'ripemd160',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  'sha256-192': 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha512-224': 'sha512-224',
  'sha512-256': 'sha512-256',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
  'shake128-256': 'shake128',
  'shake256-192': 'shake256',
  'shake256-256': 'shake256',
  'shake256-512': 'shake256',
};
const NAMES = [...Object.keys(NODE_NAMES), 'aes-mmo-zigbee'] as HashName[];

/** Zigbee B.6, the whole message at once, a block's cipher under each hash so far. */
function aesMmo(data: Uint8Array): string {
  const bits = 8 * data.length;
  const length =
    bits < 2 ** 16 ? bits.toString(16).padStart(4, '0') : `${bits.toString(16).padStart(8, '0')}0000`;
  const zeros = (32 - ((data.length + 1 + length.length / 2) % 16)) % 16;
  const message = join(data, bytes('80'), new Uint8Array(zeros), bytes(length));
  let hash: Uint8Array = new Uint8Array(16);
  for (let at = 0; at < message.length; at += 16) {
    const block = message.subarray(at, at + 16);
    const cipher = createCipheriv('aes-128-ecb', hash, null).update(block);
    hash = block.map((byte, i) => byte ^ (cipher[i] ?? 0));
  }
  return hex(hash);
}

function reference(name: HashName, data: Uint8Array): string {
  if (name === 'aes-mmo-zigbee') return aesMmo(data);
  const { output } = engine.hashLengths(name);
  const options = name.startsWith('shake') ? { outputLength: output } : {};
  const digest = createHash(NODE_NAMES[name], options).update(data).digest('hex');
  return digest.slice(0, 2 * output);
}

function ours(name: HashName, ...parts: Uint8Array[]): string {
  const state = engine.hash(name);
  for (const part of parts) state.update(part);
  return hex(state.digest());
}

const ABC: readonly (readonly [HashName, string])[] = [
  ['md5', '900150983cd24fb0d6963f7d28e17f72'],
  ['ripemd160', '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
  ['sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['sha224', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'],
  ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['sha512-256', '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ['sha3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'],
];

describe('hash', () => {
  it.each(ABC)('%s of "abc"', (name, digest) => {
    expect(ours(name, ascii('abc'))).toBe(digest);
  });

  it('shake256-512 of nothing, FIPS 202 example', () => {
    expect(ours('shake256-512')).toBe(
      '46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f' +
        'd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be',
    );
  });

  it.each([
    ['C.5.1', counting(0xc0, 1), 'ae3a102a28d43ee0d4a09e22788b206c'],
    ['C.5.2', counting(0xc0, 16), 'a7977e88bc0b61e8210827109a228f2d'],
    ['C.5.3', counting(0, 8191), '24ec2fe75bbffcb34789bc0610e7f165'],
    ['C.5.4', counting(0, 8192), 'dc6b0687f09f8607131c170b3bd31591'],
    ['C.5.5', counting(0, 8201), '72c9b15e178aa843e4a16c58e33643a3'],
    ['C.5.6', counting(0, 8202), 'bc9828d59b2aa323daf20be5f2e66511'],
  ])('Zigbee %s', (_, message, digest) => {
    expect(ours('aes-mmo-zigbee', message)).toBe(digest);
  });

  it.each(NAMES)(`%s in any portions, seed ${SEED}`, (name) => {
    const random = generator();
    for (let length = 0; length < 400; length += 37) {
      const data = random.bytes(length);
      expect(ours(name, ...split(data, random))).toBe(reference(name, data));
    }
  });

  it.each(NAMES)('%s says its lengths', (name) => {
    const { output } = engine.hashLengths(name);
    expect(ours(name)).toHaveLength(2 * output);
  });

  it('knows the blocks that HMAC needs', () => {
    expect(engine.hashLengths('sha256').block).toBe(64);
    expect(engine.hashLengths('sha384').block).toBe(128);
    expect(engine.hashLengths('sha3-256').block).toBe(136);
    expect(engine.hashLengths('shake256-512').block).toBe(136);
    expect(engine.hashLengths('shake128-256').block).toBe(168);
    expect(engine.hashLengths('sha256-192').block).toBe(64);
    expect(engine.hashLengths('aes-mmo-zigbee').block).toBe(16);
  });

  it.each(NAMES)('a clone of %s goes its own way', (name) => {
    const state = engine.hash(name);
    state.update(ascii('one '));
    const clone = state.clone();
    state.update(ascii('two'));
    clone.update(ascii('three'));
    expect(hex(state.digest())).toBe(reference(name, ascii('one two')));
    expect(hex(clone.digest())).toBe(reference(name, ascii('one three')));
  });

  it.each(NAMES)('%s is spent after wipe, and its clone is not', (name) => {
    const state = engine.hash(name);
    state.update(ascii('abc'));
    const clone = state.clone();
    state.wipe();
    expect(() => state.digest()).toThrow();
    expect(hex(clone.digest())).toBe(reference(name, ascii('abc')));
  });
});

describe('equal', () => {
  it('compares lengths and contents', () => {
    expect(engine.equal(ascii('abc'), ascii('abc'))).toBe(true);
    expect(engine.equal(ascii('abc'), ascii('abd'))).toBe(false);
    expect(engine.equal(ascii('abc'), ascii('abcd'))).toBe(false);
    expect(engine.equal(ascii(''), ascii(''))).toBe(true);
  });
});
