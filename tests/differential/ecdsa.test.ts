/** ECDSA over the NIST curves against OpenSSL, with keys made there and keys made here. */

import { createECDH, createHash, createHmac, sign, verify } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_ANY_HASH,
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDSA,
  PSA_ALG_ECDSA_ANY,
} from '../../psa-api/constants.ts';
import { bytesOf, hex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { CURVES, type CurveNames, sharedPairs } from '../support/ec-keys.ts';
import { cases, type Generator, SEED } from '../support/generator.ts';
import { PLAIN_HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;
const number = (data: Uint8Array): bigint => BigInt(`0x${hex(data) || '0'}`);
const fixed = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');

const inverse = (value: bigint, modulus: bigint): bigint => {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulus) + modulus) % modulus;
};

/** RFC 6979 3.2 and FIPS 186-5 6.4.1, with OpenSSL's HMAC and its multiples of the base point. */
const deterministic = (
  curve: CurveNames,
  scalar: Uint8Array,
  hashName: string,
  digest: Uint8Array,
): string => {
  const { order: n, length, bits } = curve;
  const truncated = (data: Uint8Array): bigint => {
    const excess = data.length * 8 - bits;
    return excess > 0 ? number(data) >> BigInt(excess) : number(data);
  };
  const h1 = fixed(truncated(digest) % n, length);
  const hmac = (key: Buffer, ...parts: Uint8Array[]) =>
    createHmac(hashName, key).update(Buffer.concat(parts)).digest();
  let v = Buffer.alloc(digest.length, 1);
  let k = Buffer.alloc(digest.length, 0);
  for (const mark of [0, 1]) {
    k = hmac(k, v, Uint8Array.of(mark), scalar, h1);
    v = hmac(k, v);
  }
  for (;;) {
    let t = Buffer.alloc(0);
    while (t.length * 8 < bits) {
      v = hmac(k, v);
      t = Buffer.concat([t, v]);
    }
    const nonce = truncated(t.subarray(0, length));
    if (nonce > 0n && nonce < n) {
      const point = createECDH(curve.openssl);
      point.setPrivateKey(fixed(nonce, length));
      const r = number(point.getPublicKey().subarray(1, 1 + length)) % n;
      const s = (inverse(nonce, n) * (truncated(digest) + r * number(scalar))) % n;
      return hex(fixed(r, length)) + hex(fixed(s, length));
    }
    k = hmac(k, v, Uint8Array.of(0));
    v = hmac(k, v);
  }
};

const spoilt = (signature: Uint8Array, random: Generator): Uint8Array => {
  const wrong = signature.slice();
  const at = random.below(wrong.length);
  wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
  return wrong;
};

describe.each(CURVES)(`P-$bits against OpenSSL, seed ${SEED}`, (curve) => {
  it('ECDSA with random nonces', async () => {
    const anyHash = PSA_ALG_ECDSA(PSA_ALG_ANY_HASH);
    const keys = await sharedPairs(psa, curve, anyHash);
    await cases(`ECDSA ${curve.bits}`, CASES, async (random, i) => {
      const { key, publicId, privateKey, publicKey } = random.pick(keys);
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const alg = PSA_ALG_ECDSA(hash);
      const message = random.bytes(random.length());
      const { signature } = await must(psa.signMessage(key, alg, message));
      expect(verify(hashName, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
      const theirs = bytesOf(sign(hashName, message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
      const id = i % 2 === 0 ? key : publicId;
      expect(await named(psa.verifyMessage(id, alg, message, theirs))).toBe('SUCCESS');
      expect(await named(psa.verifyMessage(id, alg, message, spoilt(theirs, random)))).toBe(
        'INVALID_SIGNATURE',
      );
    });
  });

  it('ECDSA over a hash of any length', async () => {
    const keys = await sharedPairs(psa, curve, PSA_ALG_ECDSA_ANY);
    await cases(`ECDSA_ANY ${curve.bits}`, CASES / 4, async (random) => {
      const { key, privateKey, publicKey } = random.pick(keys);
      const [hashName] = random.pick(PLAIN_HASHES);
      const message = random.bytes(random.length());
      const digest = bytesOf(createHash(hashName).update(message).digest());
      const { signature } = await must(psa.signHash(key, PSA_ALG_ECDSA_ANY, digest));
      expect(verify(hashName, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
      const theirs = bytesOf(sign(hashName, message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
      expect(await named(psa.verifyHash(key, PSA_ALG_ECDSA_ANY, digest, theirs))).toBe('SUCCESS');
    });
  });

  it('deterministic ECDSA, byte for byte', async () => {
    const keys = await sharedPairs(psa, curve, PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_ANY_HASH));
    await cases(`deterministic ECDSA ${curve.bits}`, CASES, async (random) => {
      const { key, scalar, publicKey } = random.pick(keys);
      const [hashName, hash] = random.pick(PLAIN_HASHES);
      const alg = PSA_ALG_DETERMINISTIC_ECDSA(hash);
      const message = random.bytes(random.length());
      const digest = bytesOf(createHash(hashName).update(message).digest());
      const { signature } = await must(psa.signHash(key, alg, digest));
      expect(hex(signature)).toBe(deterministic(curve, scalar, hashName, digest));
      expect(verify(hashName, message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    });
  });
});
