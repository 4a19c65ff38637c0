/** OAEP under a fault that leaves the first octet to decide (docs/attacks/manger.md). */
import { decryptByFirstOctet } from '../../attacks/index.ts';
import { decodeOaep } from '../../engine/noble/oaep.ts';
import { PSA_ALG_RSA_OAEP, PSA_ALG_SHA_256 } from '../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_PADDING } from '../../psa-api/status.ts';
import { ascii, same } from './bytes.ts';
import { openRsaTarget } from './rsa-target.ts';
import type { Scenario } from './scenario.ts';

const ALG = PSA_ALG_RSA_OAEP(PSA_ALG_SHA_256);
const SECRET = ascii('wrapped firmware key');
const NO_LABEL = new Uint8Array(0);

const FAULT = 'alg.rsa.oaep.compare->force(true)';

export const manger: Scenario = {
  name: 'manger',
  fault: FAULT,
  countermeasure: 'double-compare',
  paper: 'Manger: A Chosen Ciphertext Attack on RSA-OAEP as Standardized in PKCS #1 v2.0 (CRYPTO 2001)',
  async run(isProtected) {
    const countermeasures = isProtected ? (['double-compare'] as const) : [];
    using target = await openRsaTarget(ALG, { countermeasures });
    const { psa, key, publicKey } = target;
    const { output } = await psa.asymmetricEncrypt(key, ALG, SECRET, NO_LABEL);
    let questions = 0;
    const oracle = async (ciphertext: Uint8Array) => {
      questions++;
      const { status } = await psa.asymmetricDecrypt(key, ALG, ciphertext, NO_LABEL);
      return status !== PSA_ERROR_INVALID_PADDING;
    };
    const found = await target.under(FAULT, () => decryptByFirstOctet(publicKey, oracle, output));
    const message = found && decodeOaep('sha256', NO_LABEL, found);
    const recovered = message !== undefined && same(message, SECRET);
    return {
      recovered,
      data: `${questions} questions${recovered ? `, "${new TextDecoder().decode(message)}"` : ''}`,
    };
  },
};
