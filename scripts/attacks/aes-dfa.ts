/** Two faulty ciphertexts give an AES-128 key (docs/attacks/aes-dfa.md). */
import { type FaultyPair, recoverAes128Keys } from '../../attacks/index.ts';
import { PSA_ALG_ECB_NO_PADDING, PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT } from '../../psa-api/constants.ts';
import { ascii, hex, same } from './bytes.ts';
import { isDetected } from './detected.ts';
import type { Scenario } from './scenario.ts';
import { openTarget } from './target.ts';

const PLAINTEXT = ascii('one known block.');
/** Two bits of two bytes of the state that enters round 8. */
const FAULTS = ['alg.aes.round8:nth=1->flip(3)', 'alg.aes.round8:nth=1->flip(70)'];

export const aesDfa: Scenario = {
  name: 'aes-dfa',
  fault: FAULTS[0] ?? '',
  countermeasure: 'double-compute',
  paper: 'Piret, Quisquater: A Differential Fault Attack Technique against SPN Structures (CHES 2003)',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['double-compute'] : [] });
    const { psa } = target;
    const attributes = { type: PSA_KEY_TYPE_AES, alg: PSA_ALG_ECB_NO_PADDING };
    const { key } = await psa.generateKey({ ...attributes, bits: 128, usage: PSA_KEY_USAGE_ENCRYPT });
    const encrypt = () => psa.cipherEncrypt(key, PSA_ALG_ECB_NO_PADDING, PLAINTEXT);
    const { output: correct } = await encrypt();
    const pairs: FaultyPair[] = [];
    for (const fault of FAULTS) {
      const { status, output } = await target.under(fault, encrypt);
      if (!isDetected(status)) pairs.push({ correct, faulty: output });
    }
    const challenge = ascii('another block ..');
    const { output: expected } = await psa.cipherEncrypt(key, PSA_ALG_ECB_NO_PADDING, challenge);
    let found = '';
    for (const candidate of recoverAes128Keys(pairs)) {
      const { key: guess } = await psa.importKey({ ...attributes, usage: PSA_KEY_USAGE_ENCRYPT }, candidate);
      const { output } = await psa.cipherEncrypt(guess, PSA_ALG_ECB_NO_PADDING, challenge);
      if (same(output, expected)) found = hex(candidate);
    }
    const data = `${pairs.length} faulty ciphertexts${found === '' ? '' : `, key ${found}`}`;
    return { recovered: found !== '', data };
  },
};
