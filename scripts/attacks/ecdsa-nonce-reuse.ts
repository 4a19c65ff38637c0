/** Nonce reuse: by a generator that is stuck, and by a snapshot that is restored. */

import { recoverFromNonceReuse } from '../../attacks/index.ts';
import { PSA_ALG_ECDSA, PSA_ALG_SHA_256 } from '../../psa-api/constants.ts';
import { numbered, signingKey } from './ecdsa-target.ts';
import { type Finding, type Scenario, withTarget } from './scenario.ts';
import type { Target } from './target.ts';

const PAPER = 'ElGamal 1985; fail0verflow, 27C3 2010';
const ALG = PSA_ALG_ECDSA(PSA_ALG_SHA_256);
const STUCK = 'rng.draw->stuck';

/** Two hashes signed, with what happens between the two signatures. */
const attack = async (
  { psa }: Target,
  before: () => void,
  between: () => void,
  data: string,
): Promise<Finding> => {
  const key = await signingKey(psa, ALG);
  before();
  const first = await key.sign(numbered(1));
  between();
  const second = await key.sign(numbered(2));
  const recovered =
    first === undefined || second === undefined
      ? undefined
      : recoverFromNonceReuse(key.target, first, second);
  return { recovered: await key.accepts(recovered), data };
};

const stuck: Scenario = {
  name: 'ecdsa-nonce-reuse',
  fault: STUCK,
  countermeasure: 'hedged-nonce',
  paper: PAPER,
  run: (isProtected) =>
    withTarget(stuck, isProtected, (target) =>
      attack(
        target,
        () => target.device.faults.add(STUCK),
        () => {},
        '2 signatures of 2 hashes',
      ),
    ),
};

const restored: Scenario = {
  name: 'ecdsa-nonce-reuse by snapshot',
  fault: null,
  countermeasure: 'hedged-nonce',
  paper: PAPER,
  run: (isProtected) =>
    withTarget(restored, isProtected, (target) => {
      let snapshot = new Uint8Array(0);
      return attack(
        target,
        () => {
          snapshot = new Uint8Array(target.device.snapshot());
        },
        () => target.device.restore(snapshot),
        '2 signatures of 2 hashes, a snapshot restored in between',
      );
    }),
};

export const nonceReuse = stuck;
export const nonceReuseBySnapshot = restored;
