/** A P-256 key in the device: its public half, its signatures, and whether the device takes what somebody else signed. */

import { p256 } from '@noble/curves/nist.js';
import type { EcdsaTarget, SignedHash } from '../../attacks/index.ts';
import {
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_VERIFY_HASH,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { check } from '../../rpc/client/check.ts';

export interface SigningKey {
  readonly target: EcdsaTarget;
  /** undefined where the device answers an error. */
  sign(hash: Uint8Array): Promise<SignedHash | undefined>;
  /** A signature that `privateKey` makes, of a hash that the device never signed, is one of the device's key. */
  accepts(privateKey: Uint8Array | undefined): Promise<boolean>;
}

/** The hashes that the attacks ask for. */
export const numbered = (number: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => (i * 73 + number * 151 + 29) & 0xff);

const FORGED = new Uint8Array(32).fill(0xf0);

export const signingKey = async (psa: Psa, alg: number): Promise<SigningKey> => {
  const { key } = check(
    await psa.generateKey({
      type: PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1),
      bits: 256,
      usage: PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_VERIFY_HASH,
      alg,
    }),
  );
  const { data: publicKey } = check(await psa.exportPublicKey(key));
  return {
    target: { curve: 'secp256r1', publicKey },
    async sign(hash) {
      const { status, signature } = await psa.signHash(key, alg, hash);
      return status === 0 ? { hash, signature } : undefined;
    },
    async accepts(privateKey) {
      if (privateKey === undefined) return false;
      const signature = p256.sign(FORGED, privateKey, { prehash: false, lowS: false });
      return (await psa.verifyHash(key, alg, FORGED, signature)).status === 0;
    },
  };
};
