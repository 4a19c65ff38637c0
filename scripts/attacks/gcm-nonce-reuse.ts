/** Two GCM messages under one nonce, and a third that the device never made (docs/attacks/gcm-nonce-reuse.md). */
import { forgeTag, recoverHashKey, type SealedMessage } from '../../attacks/index.ts';
import {
  PSA_ALG_GCM,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../../psa-api/constants.ts';
import { aeadOperationInit, type Psa } from '../../psa-api/generated/psa.ts';
import { ascii, concat, hex, same } from './bytes.ts';
import { isDetected } from './detected.ts';
import type { Finding, Scenario } from './scenario.ts';
import { openTarget, type Target } from './target.ts';

const NONE = new Uint8Array(0);
const MESSAGES = ['pay 100 to alice', 'pay 250 to carol'].map(ascii);
const HONEST = ascii('pay 1 to the postman, with thanks');
const FORGED = ascii('pay 999 to mallory, say nothing..');
const KEY = {
  type: PSA_KEY_TYPE_AES,
  bits: 128,
  alg: PSA_ALG_GCM,
  usage: PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT,
};

interface Sealed extends SealedMessage {
  readonly nonce: Uint8Array;
}

const seal = async (psa: Psa, key: number, message: Uint8Array): Promise<Sealed | undefined> => {
  const operation = aeadOperationInit();
  await psa.aeadEncryptSetup(operation, key, PSA_ALG_GCM);
  const { nonce } = await psa.aeadGenerateNonce(operation);
  const { status: updated, output: ciphertext } = await psa.aeadUpdate(operation, message);
  if (isDetected(updated)) return undefined;
  const { status, tag } = await psa.aeadFinish(operation);
  return isDetected(status) ? undefined : { nonce, additionalData: NONE, ciphertext, tag };
};

/** Two messages sealed each under the fault; then one without, which becomes another. */
const reuse = async ({ psa, under }: Target, fault: string): Promise<Finding> => {
  const { key } = await psa.generateKey(KEY);
  const sealed: Sealed[] = [];
  for (const message of MESSAGES) {
    const one = await under(fault, () => seal(psa, key, message));
    if (one !== undefined) sealed.push(one);
  }
  const [a, b] = sealed;
  if (a === undefined || b === undefined) return { recovered: false, data: `${sealed.length} messages` };
  const h = recoverHashKey(a, b);
  const honest = await seal(psa, key, HONEST);
  if (honest === undefined) return { recovered: false, data: 'a message without a fault was refused' };
  const ciphertext = honest.ciphertext.map((byte, i) => byte ^ (HONEST[i] ?? 0) ^ (FORGED[i] ?? 0));
  const additionalData = ascii('urgent');
  const tag = forgeTag(h, honest, { additionalData, ciphertext });
  const { status, plaintext } = await psa.aeadDecrypt(
    key,
    PSA_ALG_GCM,
    honest.nonce,
    additionalData,
    concat(ciphertext, tag),
  );
  const says = new TextDecoder('latin1').decode(plaintext);
  return {
    recovered: status === 0 && same(plaintext, FORGED),
    data: `2 messages, H ${hex(h)}, a third accepted as "${says}"`,
  };
};

const FAULT = 'alg.gcm.counter:nth=1->clear(ffffffffffffffffffffffff)';

export const gcmNonceReuse: Scenario = {
  name: 'gcm-nonce-reuse',
  fault: FAULT,
  countermeasure: 'double-compute',
  paper: 'Joux: Authentication Failures in NIST version of GCM (2006)',
  async run(isProtected) {
    using target = await openTarget({ countermeasures: isProtected ? ['double-compute'] : [] });
    return await reuse(target, FAULT);
  },
};

/** The same by a generator that gives the same bytes each time. */
export const STUCK_GENERATOR = 'rng.draw:fn=psa_aead_generate_nonce->zero';

export const reuseByGenerator = async (isProtected: boolean): Promise<Finding> => {
  using target = await openTarget({ countermeasures: isProtected ? ['double-compute'] : [] });
  return await reuse(target, STUCK_GENERATOR);
};
