/** docs/attacks/ecdsa-biased-nonce.md; the smaller biases with `npm run test:long`. */
import { describe, expect, test } from 'vitest';
import { biasedNonce, biasedNonces } from '../../scripts/attacks/ecdsa-biased-nonce.ts';
import { TIMES } from '../support/generator.ts';
import { bothWays } from './both-ways.ts';

for (const scenario of biasedNonces) bothWays(scenario);
bothWays(biasedNonce({ end: 'low', bits: 64 }));

test('a bias of the secret itself comes after the hedging', async () => {
  const scenario = biasedNonce({ end: 'high', bits: 64 }, 'alg.ecdsa.k->clear(ffffffffffffffff)');
  expect(await scenario.run(true)).toMatchObject({ recovered: true });
});

describe.runIf(TIMES > 1)('long', () => {
  bothWays(biasedNonce({ end: 'high', bits: 16 }));
  bothWays(biasedNonce({ end: 'high', bits: 8 }));
});
