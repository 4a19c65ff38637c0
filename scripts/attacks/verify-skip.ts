/** A signature that nobody made (docs/attacks/verify-skip.md). */
import { wellFormedForgery } from '../../attacks/index.ts';
import {
  PSA_ALG_ECDSA,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_SIGNATURE } from '../../psa-api/status.ts';
import { isDetected } from './detected.ts';
import type { Scenario } from './scenario.ts';
import { openTarget } from './target.ts';

const FAULT = 'alg.ecdsa.verify:nth=1->force(true)';
const ALG = PSA_ALG_ECDSA(PSA_ALG_SHA_256);

export const verifySkip: Scenario = {
  name: 'verify-skip',
  fault: FAULT,
  countermeasure: 'double-compare',
  paper: 'Fault Attacks on ECC Signature Verification (TCHES 2025)',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['double-compare'] : [] });
    const { psa } = target;
    const { key } = await psa.generateKey({
      type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
      bits: 256,
      alg: ALG,
      usage: PSA_KEY_USAGE_VERIFY_HASH,
    });
    const hash = new Uint8Array(32).fill(0x66);
    const forgery = wellFormedForgery(32);
    const verify = () => psa.verifyHash(key, ALG, hash, forgery);
    const { status } = await target.under(FAULT, verify);
    if (isDetected(status)) return { recovered: false, data: '1 forged signature, detected' };
    const after = await verify();
    return {
      recovered: after.status === PSA_ERROR_INVALID_SIGNATURE,
      data: '1 forged signature, accepted once',
    };
  },
};
