/** CTR with a counter that does not move (docs/attacks/ctr-counter-stuck.md). */
import { readStuckCounter } from '../../attacks/index.ts';
import { PSA_ALG_CTR, PSA_KEY_TYPE_AES, PSA_KEY_USAGE_ENCRYPT } from '../../psa-api/constants.ts';
import { ascii, same } from './bytes.ts';
import { isDetected } from './detected.ts';
import type { Scenario } from './scenario.ts';
import { openTarget } from './target.ts';

const HEADER = ascii('version 1, cfg: ');
const SECRET = ascii('the password of the update server is hunter2 ...');

const FAULT = 'alg.ctr.counter:window=2..4->stale';

export const ctrCounterStuck: Scenario = {
  name: 'ctr-counter-stuck',
  fault: FAULT,
  countermeasure: 'double-compute',
  paper: 'SP 800-38A, appendix B: counter blocks must not repeat',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['double-compute'] : [] });
    const { psa } = target;
    const usage = PSA_KEY_USAGE_ENCRYPT;
    const { key } = await psa.generateKey({ type: PSA_KEY_TYPE_AES, bits: 256, alg: PSA_ALG_CTR, usage });
    const message = new Uint8Array([...HEADER, ...SECRET]);
    const { status, output } = await target.under(FAULT, () => psa.cipherEncrypt(key, PSA_ALG_CTR, message));
    if (isDetected(status)) return { recovered: false, data: 'no ciphertext' };
    const found = readStuckCounter(output.subarray(16), HEADER).subarray(HEADER.length);
    const text = new TextDecoder('latin1').decode(found);
    return { recovered: same(found, SECRET), data: `one ciphertext, its header known: "${text}"` };
  },
};
