/** A MAC of which one byte is compared (docs/attacks/shortened-compare.md). */
import { forgeByFirstByte } from '../../attacks/index.ts';
import {
  PSA_ALG_HMAC,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import { ascii } from './bytes.ts';
import type { Scenario } from './scenario.ts';
import { openTarget } from './target.ts';

const ALG = PSA_ALG_HMAC(PSA_ALG_SHA_256);
const MESSAGE = ascii('firmware 6.6.6');

const FAULT = 'alg.mac.compare->compare(1)';

export const shortenedCompare: Scenario = {
  name: 'shortened-compare',
  fault: FAULT,
  countermeasure: 'double-compare',
  paper: 'Trusted Firmware-M: Physical attack mitigation, on comparisons under fault injection',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['double-compare'] : [] });
    const { psa } = target;
    const usage = PSA_KEY_USAGE_VERIFY_MESSAGE;
    const { key } = await psa.generateKey({ type: PSA_KEY_TYPE_HMAC, bits: 256, alg: ALG, usage });
    const accepts = async (mac: Uint8Array) => (await psa.macVerify(key, ALG, MESSAGE, mac)).status === 0;
    const forged = await target.under(FAULT, () => forgeByFirstByte(32, accepts));
    if (forged === undefined) return { recovered: false, data: '256 tries, none accepted' };
    return {
      recovered: !(await accepts(forged.mac)),
      data: `a wrong MAC accepted after ${forged.tries} tries`,
    };
  },
};
