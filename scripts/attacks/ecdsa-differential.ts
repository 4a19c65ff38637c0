/** Deterministic ECDSA of one hash, right and with a fault after the secret was fixed. */

import { recoverFromDifference } from '../../attacks/index.ts';
import { PSA_ALG_DETERMINISTIC_ECDSA, PSA_ALG_SHA_256 } from '../../psa-api/constants.ts';
import { numbered, signingKey } from './ecdsa-target.ts';
import { type Scenario, withTarget } from './scenario.ts';

const ALG = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);

const differential = (
  what: string,
  fault: string,
  countermeasure: 'verify-after-sign' | 'hedged-nonce',
): Scenario => {
  const scenario: Scenario = {
    name: `ecdsa-differential, ${what}`,
    fault,
    countermeasure,
    paper: 'Ambrose et al., CT-RSA 2018; Poddebniak et al., EuroS&P 2018',
    run: (isProtected) =>
      withTarget(scenario, isProtected, async ({ psa, device }) => {
        const key = await signingKey(psa, ALG);
        const good = await key.sign(numbered(1));
        device.faults.add(fault);
        const faulty = await key.sign(numbered(1));
        const recovered =
          good === undefined || faulty === undefined
            ? undefined
            : recoverFromDifference(key.target, good, faulty.signature);
        return { recovered: await key.accepts(recovered), data: '1 right and 1 faulty signature of 1 hash' };
      }),
  };
  return scenario;
};

export const differentials: readonly Scenario[] = [
  differential('hash', 'alg.ecdsa.hash->flip(77)', 'verify-after-sign'),
  differential('sum before s', 'alg.ecdsa.s->flip(130)', 'verify-after-sign'),
  differential('r', 'alg.ecdsa.r->xor(c0ffee)', 'verify-after-sign'),
  differential('hash, hedged', 'alg.ecdsa.hash->flip(77)', 'hedged-nonce'),
];
