/** ECDH over the NIST curves against OpenSSL, with keys made there and keys made here. */
import { diffieHellman } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { PSA_ALG_ECDH } from '../../psa-api/constants.ts';
import { hex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { CURVES, opensslPair, sharedPairs } from '../support/ec-keys.ts';
import { cases, SEED } from '../support/generator.ts';
import { must } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;

describe(`ECDH against OpenSSL, seed ${SEED}`, () => {
  it.each(CURVES)('P-$bits', async (curve) => {
    const keys = await sharedPairs(psa, curve, PSA_ALG_ECDH);
    await cases(`ECDH ${curve.bits}`, CASES, async (random) => {
      const { key, privateKey } = random.pick(keys);
      const peer = random.below(2) === 0 ? random.pick(keys) : opensslPair(curve);
      const expected = diffieHellman({ privateKey, publicKey: peer.publicKey });
      const { output } = await must(psa.rawKeyAgreement(PSA_ALG_ECDH, key, peer.point));
      expect(hex(output)).toBe(hex(expected));
    });
  });
});
