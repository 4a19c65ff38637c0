/** Ed25519 of one message, right and with a fault in the hash of R, A and the message. */

import { recoverEddsaScalar, signWithScalar } from '../../attacks/index.ts';
import {
  PSA_ALG_PURE_EDDSA,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { check } from '../../rpc/client/check.ts';
import { type Scenario, withTarget } from './scenario.ts';

const ALG = PSA_ALG_PURE_EDDSA;
const FAULT = 'alg.eddsa.hash->flip(300)';
const MESSAGE = new TextEncoder().encode('firmware 1.0');
const FORGED = new TextEncoder().encode('firmware of somebody else');

const differential = (what: string, countermeasure: 'verify-after-sign' | 'hedged-nonce'): Scenario => {
  const scenario: Scenario = {
    name: what,
    fault: FAULT,
    countermeasure,
    paper: 'Romailler, Pelissier, FDTC 2017',
    run: (isProtected) =>
      withTarget(scenario, isProtected, async ({ psa, device }) => {
        const type = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_TWISTED_EDWARDS);
        const usage = PSA_KEY_USAGE_SIGN_MESSAGE | PSA_KEY_USAGE_VERIFY_MESSAGE;
        const { key } = check(await psa.generateKey({ type, bits: 255, usage, alg: ALG }));
        const { data: publicKey } = check(await psa.exportPublicKey(key));
        const good = check(await psa.signMessage(key, ALG, MESSAGE));
        device.faults.add(FAULT);
        const faulty = await psa.signMessage(key, ALG, MESSAGE);
        const scalar =
          faulty.status === 0
            ? recoverEddsaScalar(publicKey, { message: MESSAGE, signature: good.signature }, faulty.signature)
            : undefined;
        const data = '1 right and 1 faulty signature of 1 message';
        if (scalar === undefined) return { recovered: false, data };
        const forged = signWithScalar(scalar, publicKey, FORGED, new Uint8Array(32).fill(1));
        return { recovered: (await psa.verifyMessage(key, ALG, FORGED, forged)).status === 0, data };
      }),
  };
  return scenario;
};

export const eddsaDifferentials: readonly Scenario[] = [
  differential('eddsa-differential', 'verify-after-sign'),
  differential('eddsa-differential, hedged', 'hedged-nonce'),
];
