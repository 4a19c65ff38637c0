/** The padding status of PSA_ALG_CBC_PKCS7 gives the message (docs/attacks/cbc-padding.md). */
import { decryptByPadding } from '../../attacks/index.ts';
import {
  PSA_ALG_CBC_PKCS7,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { PSA_ERROR_INVALID_PADDING } from '../../psa-api/status.ts';
import { ascii, concat, same } from './bytes.ts';
import type { Scenario } from './scenario.ts';
import { openTarget } from './target.ts';

const SECRET = ascii('session=c0ffee; admin');

export const cbcPadding: Scenario = {
  name: 'cbc-padding',
  fault: null,
  countermeasure: 'constant-status',
  paper: 'Vaudenay: Security Flaws Induced by CBC Padding (EUROCRYPT 2002)',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['constant-status'] : [] });
    const { psa } = target;
    const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
    const { key } = await psa.generateKey({
      type: PSA_KEY_TYPE_AES,
      bits: 128,
      alg: PSA_ALG_CBC_PKCS7,
      usage,
    });
    const { output } = await psa.cipherEncrypt(key, PSA_ALG_CBC_PKCS7, SECRET);
    let questions = 0;
    const oracle = async (iv: Uint8Array, block: Uint8Array) => {
      questions++;
      const { status } = await psa.cipherDecrypt(key, PSA_ALG_CBC_PKCS7, concat(iv, block));
      return status !== PSA_ERROR_INVALID_PADDING;
    };
    const found = await decryptByPadding(oracle, output);
    const recovered = found !== undefined && same(found.subarray(0, SECRET.length), SECRET);
    const text = recovered ? `, "${new TextDecoder('latin1').decode(SECRET)}"` : '';
    return { recovered, data: `${questions} questions${text}` };
  },
};
