/** RSASSA-PKCS1-v1_5 with a fault in one half of the private operation. */

import { readRsaPublicKey, recoverFromOne, recoverFromPair } from '../../attacks/index.ts';
import {
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_SHA_256,
  PSA_KEY_TYPE_RSA_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { check } from '../../rpc/client/check.ts';
import { numbered } from './ecdsa-target.ts';
import { type Scenario, withTarget } from './scenario.ts';

const ALG = PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256);
const FORGED = new Uint8Array(32).fill(0xf0);
const KEY = {
  type: PSA_KEY_TYPE_RSA_KEY_PAIR,
  bits: 1024,
  usage: PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH,
  alg: ALG,
};

/** The recovered key, put into the device as another one, signs what the first one is said to have signed. */
const accepts = async (psa: Psa, key: number, der: Uint8Array | undefined): Promise<boolean> => {
  if (der === undefined) return false;
  const { key: recovered } = check(await psa.importKey(KEY, der));
  const { signature } = check(await psa.signHash(recovered, ALG, FORGED));
  return (await psa.verifyHash(key, ALG, FORGED, signature)).status === 0;
};

const crt = (
  name: string,
  half: 'p' | 'q',
  signatures: 'pair' | 'one',
  countermeasure: 'verify-after-sign' | 'infective-crt',
): Scenario => {
  const fault = `alg.rsa.crt.${half}->flip(99)`;
  const scenario: Scenario = {
    name,
    fault,
    countermeasure,
    paper: signatures === 'pair' ? 'Boneh, DeMillo, Lipton, EUROCRYPT 1997' : 'Lenstra, memo 1996',
    run: (isProtected) =>
      withTarget(scenario, isProtected, async ({ psa, device }) => {
        const { key } = check(await psa.generateKey(KEY));
        const target = readRsaPublicKey(check(await psa.exportPublicKey(key)).data);
        const hash = numbered(1);
        const good = check(await psa.signHash(key, ALG, hash));
        const id = device.faults.add(fault);
        const faulty = await psa.signHash(key, ALG, hash);
        // What is recovered signs on a device that works.
        device.faults.clear(id);
        const data =
          signatures === 'pair' ? '1 right and 1 faulty signature' : '1 faulty signature, its hash';
        if (faulty.status !== 0) return { recovered: false, data };
        const der =
          signatures === 'pair'
            ? recoverFromPair(target, good.signature, faulty.signature)
            : recoverFromOne(target, 'sha256', hash, faulty.signature);
        return { recovered: await accepts(psa, key, der), data };
      }),
  };
  return scenario;
};

export const rsaCrt: readonly Scenario[] = [
  crt('rsa-crt, a pair', 'p', 'pair', 'verify-after-sign'),
  crt('rsa-crt, one signature', 'q', 'one', 'verify-after-sign'),
  crt('rsa-crt, a pair, infective', 'q', 'pair', 'infective-crt'),
  crt('rsa-crt, one signature, infective', 'p', 'one', 'infective-crt'),
];
