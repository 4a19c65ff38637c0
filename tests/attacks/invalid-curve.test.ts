/** docs/attacks/invalid-curve.md */
import { expect, test } from 'vitest';
import { invalidPeers, recoverFromInvalidCurves } from '../../attacks/index.ts';
import { createNobleEngine } from '../../engine/noble/index.ts';
import { invalidCurve } from '../../scripts/attacks/invalid-curve.ts';
import { bothWays } from './both-ways.ts';

bothWays(invalidCurve);

test('without the fault none of the peers is taken', () => {
  const curve = createNobleEngine().curve('secp256r1');
  const privateKey = new Uint8Array(32).fill(3);
  const secrets = invalidPeers().map((peer) => curve.ecdh(privateKey, peer));
  expect(secrets).toEqual([undefined, undefined, undefined, undefined, undefined]);
  expect(recoverFromInvalidCurves(curve.publicKey(privateKey), secrets)).toBeUndefined();
});
