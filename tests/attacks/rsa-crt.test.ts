/** docs/attacks/rsa-crt.md */
import { describe, expect, test } from 'vitest';
import { readRsaPublicKey, recoverFromOne, recoverFromPair } from '../../attacks/index.ts';
import { createNobleEngine } from '../../engine/noble/index.ts';
import { rsaCrt } from '../../scripts/attacks/rsa-crt.ts';
import { RSA1024 } from '../unit/engine/rsa-keys.ts';
import { bothWays } from './both-ways.ts';

for (const scenario of rsaCrt) bothWays(scenario);

describe('without a fault', () => {
  test('there is nothing to find', () => {
    const { rsa } = createNobleEngine();
    const key = rsa.privateKey(RSA1024);
    if (key === undefined) throw new Error('not a key');
    const target = readRsaPublicKey(rsa.encodePublicKey(key.public));
    const digest = new Uint8Array(32).fill(5);
    const good = rsa.signPkcs1(key, 'sha256', digest) as Uint8Array;
    const spoilt = good.with(9, (good[9] as number) ^ 1);
    expect(recoverFromPair(target, good, good)).toBeUndefined();
    // A signature that is wrong modulo both primes.
    expect(recoverFromPair(target, good, spoilt)).toBeUndefined();
    expect(recoverFromOne(target, 'sha256', digest, good)).toBeUndefined();
    expect(recoverFromOne(target, 'sha256', digest, spoilt)).toBeUndefined();
  });
});
