/** PAKE cipher suites: algorithm, primitive and key confirmation that belong together. PSA Crypto 1.3, 10.11.2. */
import type { CurveName, HashName, Spake2pSuite } from '../engine/engine.ts';
import type { CipherSuite } from './call.ts';
import {
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_JPAKE,
  PSA_ALG_IS_SPAKE2P_CMAC,
  PSA_ALG_IS_SPAKE2P_HMAC,
  PSA_ALG_SPAKE2P_MATTER,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_PAKE_CONFIRMED_KEY,
  PSA_PAKE_PRIMITIVE_TYPE_ECC,
  PSA_PAKE_UNCONFIRMED_KEY,
} from './constants.ts';
import { WEIERSTRASS } from './key-sizes.ts';
import { spake2pCurve } from './spake2p-keys.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';
import { HMAC_HASHES } from './support.ts';

export type PakeSuite =
  | { readonly protocol: 'jpake'; readonly curve: CurveName; readonly hash: HashName }
  | { readonly protocol: 'spake2p'; readonly suite: Spake2pSuite };

const confirmationOf = (alg: number): Spake2pSuite['confirmation'] | undefined => {
  if (PSA_ALG_IS_SPAKE2P_HMAC(alg)) return 'hmac';
  if (PSA_ALG_IS_SPAKE2P_CMAC(alg)) return 'cmac';
  return alg === PSA_ALG_SPAKE2P_MATTER ? 'matter' : undefined;
};

/** `alg` is of the category. */
export const pakeSuite = ({
  alg,
  type,
  family,
  bits,
  keyConfirmation,
}: CipherSuite): PakeSuite | PsaError => {
  const confirmation = confirmationOf(alg);
  if (!PSA_ALG_IS_JPAKE(alg) && confirmation === undefined) return PSA_ERROR_NOT_SUPPORTED;
  const hash = alg === PSA_ALG_SPAKE2P_MATTER ? 'sha256' : HMAC_HASHES.get(PSA_ALG_GET_HASH(alg));
  if (hash === undefined) return PSA_ERROR_NOT_SUPPORTED;
  if (type !== PSA_PAKE_PRIMITIVE_TYPE_ECC || family !== PSA_ECC_FAMILY_SECP_R1)
    return PSA_ERROR_NOT_SUPPORTED;
  if (confirmation === undefined) {
    const curve = WEIERSTRASS.get(family)?.get(bits);
    if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
    // J-PAKE has no confirmation of its own (10.11.5), SPAKE2+ always has one (10.11.6): nothing else fits them.
    return keyConfirmation === PSA_PAKE_UNCONFIRMED_KEY
      ? { protocol: 'jpake', curve, hash }
      : PSA_ERROR_INVALID_ARGUMENT;
  }
  const curve = spake2pCurve(bits);
  if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
  if (keyConfirmation !== PSA_PAKE_CONFIRMED_KEY) return PSA_ERROR_INVALID_ARGUMENT;
  return { protocol: 'spake2p', suite: { curve, hash, confirmation } };
};
