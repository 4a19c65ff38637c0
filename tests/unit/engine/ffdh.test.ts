/** The groups of RFC 7919 and Diffie-Hellman in them against OpenSSL's primes and node:crypto. */

import { checkPrimeSync, createDiffieHellman, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { FfdhGroup, FfdhGroupName } from '../../../engine/engine.ts';
import { bytes, engine, generator, hex, SEED } from './support.ts';

/** SHA-256 of the primes as OpenSSL 3 has them. */
const PRIMES: readonly (readonly [FfdhGroupName, string])[] = [
  ['ffdhe2048', '9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966'],
  ['ffdhe3072', '0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17'],
  ['ffdhe4096', '4648414224ac881b3d0dc59b466f96d06a558278776807797ecf1f66ff397b3e'],
  ['ffdhe6144', '227ac9066b3ddd9e193670cda2388fa884f65ba0cf98b742d1fe77a6687c79c7'],
  ['ffdhe8192', '770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833'],
];

function encoded(group: FfdhGroup, integer: bigint): Uint8Array {
  return bytes(integer.toString(16).padStart(2 * group.byteLength, '0'));
}

/** The prime is one above the greatest private key. */
function primeOf(group: FfdhGroup): bigint {
  let prime = 1n;
  for (let bit = BigInt(group.bits - 1); bit >= 0n; bit--) {
    const tried = prime + (1n << bit);
    if (tried >> BigInt(group.bits) === 0n && group.isPrivateKey(encoded(group, tried - 1n))) prime = tried;
  }
  return prime;
}

describe.each(PRIMES)('%s', (name, digest) => {
  const group = engine.ffdhGroup(name);
  const p = primeOf(group);

  it('has the prime of RFC 7919', () => {
    expect(group.name).toBe(name);
    expect(group.bits).toBe(Number(name.slice(5)));
    expect(group.byteLength).toBe(group.bits / 8);
    expect(createHash('sha256').update(encoded(group, p)).digest('hex')).toBe(digest);
  });

  it('knows its keys', () => {
    const accepts = (is: 'isPrivateKey' | 'isPublicKey', integers: bigint[]) =>
      integers.map((integer) => group[is](encoded(group, integer)));
    expect(accepts('isPrivateKey', [0n, 1n, 2n, p - 1n, p])).toEqual([false, true, true, true, false]);
    expect(accepts('isPublicKey', [0n, 1n, 2n, p - 2n, p - 1n, p])).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
    expect(group.isPublicKey(encoded(group, 2n).subarray(1))).toBe(false);
    expect(group.isPrivateKey(encoded(group, 2n).subarray(1))).toBe(false);
  });
});

describe.each(['ffdhe2048', 'ffdhe3072'] as const)(`%s, seed ${SEED}`, (name) => {
  const group = engine.ffdhGroup(name);
  const p = primeOf(group);
  const random = generator();

  it('agrees with node:crypto', () => {
    const node = createDiffieHellman(Buffer.from(encoded(group, p)), 2);
    node.setPrivateKey(random.bytes(64));
    node.generateKeys();
    const privateKey = group.generate(random.bytes);
    const publicKey = group.publicKey(privateKey);
    const theirs = node.getPublicKey();
    const peer = new Uint8Array(group.byteLength);
    peer.set(theirs, peer.length - theirs.length);
    const secret = node.computeSecret(publicKey);
    expect(hex(group.agree(privateKey, peer) ?? bytes(''))).toBe(
      secret.toString('hex').padStart(2 * group.byteLength, '0'),
    );
  });

  it('has no secret with an invalid peer, nor one that is 1', () => {
    const privateKey = group.generate(random.bytes);
    for (const y of [0n, 1n, p - 1n, p]) {
      expect(group.agree(privateKey, encoded(group, y))).toBeUndefined();
    }
    expect(group.agree(privateKey, new Uint8Array(3).fill(2))).toBeUndefined();
    const order = encoded(group, (p - 1n) / 2n);
    expect(group.agree(order, encoded(group, 4n))).toBeUndefined();
  });

  it('draws again outside its range, throws on what is no private key', () => {
    const draws = [new Uint8Array(group.byteLength), encoded(group, p), encoded(group, 5n)];
    expect(group.generate(() => draws.shift() ?? bytes(''))).toEqual(encoded(group, 5n));
    expect(() => group.generate((length) => new Uint8Array(length))).toThrow();
    expect(() => group.publicKey(encoded(group, p))).toThrow(RangeError);
    expect(() => group.agree(bytes('02'), encoded(group, 2n))).toThrow(RangeError);
  });
});

it('ffdhe2048 is of a safe prime', () => {
  const p = primeOf(engine.ffdhGroup('ffdhe2048'));
  expect(checkPrimeSync(p)).toBe(true);
  expect(checkPrimeSync((p - 1n) / 2n)).toBe(true);
});
