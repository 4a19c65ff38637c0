/** What a caller hears of a fault that a countermeasure saw. */
import { expect, it } from 'vitest';
import {
  PSA_ALG_DETERMINISTIC_ECDSA,
  PSA_ALG_ECDH,
  PSA_ALG_SHA_256,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../../../psa-api/constants.ts';
import { PSA_ERROR_CORRUPTION_DETECTED, PSA_ERROR_INVALID_ARGUMENT } from '../../../../psa-api/status.ts';
import { openForTest } from '../../../support/device.ts';

const type = PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1);
const HASH = new Uint8Array(32).fill(7);

// The bench throws when the device takes it for an error of its own.
it('a signature that does not verify is PSA_ERROR_CORRUPTION_DETECTED, and no output', async () => {
  const { psa, device } = await openForTest({ countermeasures: ['verify-after-sign'] });
  const alg = PSA_ALG_DETERMINISTIC_ECDSA(PSA_ALG_SHA_256);
  const usage = PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH;
  const { key } = await psa.generateKey({ type, bits: 256, usage, alg });
  device.faults.add('alg.ecdsa.hash:nth=1->flip(3)');
  const answer = await psa.signHash(key, alg, HASH);
  expect(answer.status).toBe(PSA_ERROR_CORRUPTION_DETECTED);
  expect(answer.signature).toHaveLength(0);
  const { status, signature } = await psa.signHash(key, alg, HASH);
  expect(status).toBe(0);
  expect((await psa.verifyHash(key, alg, HASH, signature)).status).toBe(0);
});

it('a peer off the curve is the caller’s mistake, and a fault only if it got through', async () => {
  const { psa, device } = await openForTest({ countermeasures: ['point-check'] });
  const { key } = await psa.generateKey({ type, bits: 256, usage: PSA_KEY_USAGE_DERIVE, alg: PSA_ALG_ECDH });
  const peer = new Uint8Array(65).fill(1).with(0, 4);
  expect((await psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer)).status).toBe(PSA_ERROR_INVALID_ARGUMENT);
  device.faults.add('alg.ecdh.validate->skip');
  expect((await psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer)).status).toBe(PSA_ERROR_CORRUPTION_DETECTED);
});
