/** All attacks that are shown, in the order of the table. */
import { biasedNonces } from './ecdsa-biased-nonce.ts';
import { differentials } from './ecdsa-differential.ts';
import { nonceReuse, nonceReuseBySnapshot } from './ecdsa-nonce-reuse.ts';
import { eddsaDifferentials } from './eddsa-differential.ts';
import { invalidCurve } from './invalid-curve.ts';
import { rsaCrt } from './rsa-crt.ts';
import type { Scenario } from './scenario.ts';

export const ATTACKS: readonly Scenario[] = [
  ...rsaCrt,
  nonceReuse,
  nonceReuseBySnapshot,
  ...biasedNonces,
  ...differentials,
  ...eddsaDifferentials,
  invalidCurve,
];
