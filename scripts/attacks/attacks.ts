/** All attacks that are shown, in the order of the table. */
import { aesDfa } from './aes-dfa.ts';
import { bleichenbacher } from './bleichenbacher.ts';
import { cbcPadding } from './cbc-padding.ts';
import { ctrCounterStuck } from './ctr-counter-stuck.ts';
import { biasedNonces } from './ecdsa-biased-nonce.ts';
import { differentials } from './ecdsa-differential.ts';
import { nonceReuse, nonceReuseBySnapshot } from './ecdsa-nonce-reuse.ts';
import { eddsaDifferentials } from './eddsa-differential.ts';
import { gcmNonceReuse } from './gcm-nonce-reuse.ts';
import { invalidCurve } from './invalid-curve.ts';
import { itsRollback } from './its-rollback.ts';
import { manger } from './manger.ts';
import { rsaCrt } from './rsa-crt.ts';
import type { Scenario } from './scenario.ts';
import { shortenedCompare } from './shortened-compare.ts';
import { verifySkip } from './verify-skip.ts';

export const ATTACKS: readonly Scenario[] = [
  ...rsaCrt,
  nonceReuse,
  nonceReuseBySnapshot,
  ...biasedNonces,
  ...differentials,
  ...eddsaDifferentials,
  invalidCurve,
  aesDfa,
  gcmNonceReuse,
  ctrCounterStuck,
  verifySkip,
  shortenedCompare,
  cbcPadding,
  bleichenbacher,
  manger,
  itsRollback,
];
