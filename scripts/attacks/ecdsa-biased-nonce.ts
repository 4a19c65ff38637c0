/** A generator whose draws have zeros at one end, and so the secrets of randomized ECDSA. */

import { type Bias, recoverFromBiasedNonces, type SignedHash, signaturesFor } from '../../attacks/index.ts';
import { PSA_ALG_ECDSA, PSA_ALG_SHA_256 } from '../../psa-api/constants.ts';
import { numbered, signingKey } from './ecdsa-target.ts';
import { type Scenario, withTarget } from './scenario.ts';

const ALG = PSA_ALG_ECDSA(PSA_ALG_SHA_256);

/**
 * A bias of any size; the fewer bits, the more signatures and the longer the lattice takes. `fault` is another line
 * with the same effect on the secrets.
 */
export const biasedNonce = (bias: Bias, fault = `rng.draw->bias(${bias.end},${bias.bits})`): Scenario => {
  const scenario: Scenario = {
    name: `ecdsa-biased-nonce, ${bias.bits} ${bias.end} bits`,
    fault,
    countermeasure: 'hedged-nonce',
    paper: 'Howgrave-Graham, Smart 2001; Naccache et al., PKC 2005',
    run: (isProtected) =>
      withTarget(scenario, isProtected, async ({ psa, device }) => {
        const key = await signingKey(psa, ALG);
        device.faults.add(fault);
        const signed: SignedHash[] = [];
        const count = signaturesFor('secp256r1', bias);
        for (let i = 0; i < count; i++) signed.push(...[(await key.sign(numbered(i))) ?? []].flat());
        const recovered = recoverFromBiasedNonces(key.target, signed, bias);
        return { recovered: await key.accepts(recovered), data: `${count} signatures` };
      }),
  };
  return scenario;
};

export const biasedNonces = ([128, 64, 32] as const).map((bits) => biasedNonce({ end: 'high', bits }));
