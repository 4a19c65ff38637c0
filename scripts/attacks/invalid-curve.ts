/** ECDH with peers on other curves, which nobody validates. */

import { invalidPeers, recoverFromInvalidCurves } from '../../attacks/index.ts';
import {
  PSA_ALG_ECDH,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
} from '../../psa-api/constants.ts';
import { check } from '../../rpc/client/check.ts';
import { type Scenario, withTarget } from './scenario.ts';

const FAULT = 'alg.ecdh.validate->skip';
const KEY = {
  type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
  bits: 256,
  usage: PSA_KEY_USAGE_DERIVE,
  alg: PSA_ALG_ECDH,
};

export const invalidCurve: Scenario = {
  name: 'invalid-curve',
  fault: FAULT,
  countermeasure: 'point-check',
  paper: 'Biehl, Meyer, Mueller, CRYPTO 2000; Antipa et al., PKC 2003',
  run: (isProtected) =>
    withTarget(invalidCurve, isProtected, async ({ psa, device }) => {
      const { key } = check(await psa.generateKey(KEY));
      const { data: publicKey } = check(await psa.exportPublicKey(key));
      device.faults.add(FAULT);
      const peers = invalidPeers();
      const secrets: (Uint8Array | undefined)[] = [];
      for (const peer of peers) {
        const { status, output } = await psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer);
        secrets.push(status === 0 ? output : undefined);
      }
      const data = `${peers.length} shared secrets`;
      const recovered = recoverFromInvalidCurves(publicKey, secrets);
      if (recovered === undefined) return { recovered: false, data };
      // The same private key has the same public half.
      const { key: copy } = check(await psa.importKey(KEY, recovered));
      const { data: other } = check(await psa.exportPublicKey(copy));
      return { recovered: Buffer.from(other).equals(publicKey), data };
    }),
};
