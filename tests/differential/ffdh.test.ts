/** Diffie-Hellman in the groups of RFC 7919 against OpenSSL. */

import { createDiffieHellman, type DiffieHellman } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import {
  PSA_ALG_FFDH,
  PSA_DH_FAMILY_RFC7919,
  PSA_KEY_TYPE_DH_KEY_PAIR,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_EXPORT,
} from '../../psa-api/constants.ts';
import { hex, unhex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { FFDHE } from '../support/ffdhe.ts';
import { cases, SEED } from '../support/generator.ts';
import { must } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

/** An agreement takes from 40 ms to 2 s with exponents of full length, and a key of one's own as much again. */
const GROUPS = [
  [2048, 100],
  [3072, 20],
  [4096, 4],
  [6144, 1],
  [8192, 1],
] as const;

describe(`against OpenSSL, seed ${SEED}`, () => {
  it.each(GROUPS)('ffdhe%i, few cases, as its numbers are large', async (bits, count) => {
    const length = bits / 8;
    const wide = (data: Uint8Array): Uint8Array => unhex(hex(data).padStart(2 * length, '0'));
    const prime = Buffer.from(FFDHE[bits].toString(16), 'hex');
    const party = (privateKey?: Uint8Array): DiffieHellman => {
      const made = createDiffieHellman(prime, 2);
      if (privateKey !== undefined) made.setPrivateKey(privateKey);
      made.generateKeys();
      return made;
    };
    const attributes = {
      type: PSA_KEY_TYPE_DH_KEY_PAIR(PSA_DH_FAMILY_RFC7919),
      bits,
      alg: PSA_ALG_FFDH,
      usage: PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT,
    };
    const other = party();
    const peer = wide(other.getPublicKey());
    const { key: first } = await must(psa.generateKey(attributes));
    await cases(`ffdhe${bits}`, count, async (random, i) => {
      // One's own key, or a short exponent of OpenSSL's kind.
      const key = i % 2 === 0 ? first : (await must(psa.importKey(attributes, wide(random.bytes(40))))).key;
      const own = (await must(psa.exportPublicKey(key))).data;
      const { output } = await must(psa.rawKeyAgreement(PSA_ALG_FFDH, key, peer));
      expect(hex(output)).toBe(hex(wide(other.computeSecret(own))));
      if (i > 1) return;
      const twin = party((await must(psa.exportKey(key))).data);
      expect(hex(own)).toBe(hex(wide(twin.getPublicKey())));
    });
  });
});
