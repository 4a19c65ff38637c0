/** `h5sm/attacks`: what recovers keys from public data; each attack names the paper that it is from. */

export { type FaultyPair, recoverAes128Keys } from './aes-dfa.ts';
export { type ConformingOracle, decryptByConformity } from './bleichenbacher.ts';
export { decryptByPadding, type PaddingOracle } from './cbc-padding.ts';
export { readStuckCounter } from './ctr-counter-stuck.ts';
export type { EcdsaCurve, EcdsaTarget, SignedHash } from './ecdsa.ts';
export { type Bias, recoverFromBiasedNonces, signaturesFor } from './ecdsa-biased-nonce.ts';
export { recoverFromDifference, singleBits } from './ecdsa-differential.ts';
export { recoverFromNonceReuse } from './ecdsa-nonce-reuse.ts';
export { oneBitAway, recoverEddsaScalar, type SignedMessage, signWithScalar } from './eddsa-differential.ts';
export { forgeTag, recoverHashKey, type SealedMessage } from './gcm-nonce-reuse.ts';
export { invalidPeers, recoverFromInvalidCurves } from './invalid-curve.ts';
export { P256_WEAK_POINTS, type WeakPoint } from './invalid-curve-points.ts';
export { reduceLattice } from './lattice.ts';
export { decryptByFirstOctet, type FirstOctetOracle } from './manger.ts';
export { recoverFromOne, recoverFromPair } from './rsa-crt.ts';
export { emsaPkcs1, type RsaPublicNumbers, readRsaPublicKey } from './rsa-key.ts';
export { forgeByFirstByte, type MacOracle } from './shortened-compare.ts';
export { wellFormedForgery } from './verify-skip.ts';
