/** `h5sm/webcrypto`: the Web Cryptography API on the keys of a device. docs/webcrypto.md. */

export { PsaFailure } from '../tls/failure.ts';
export type { OnCall } from '../tls/primitives.ts';
export { type CryptoOptions, createCrypto, type PsaCrypto } from './crypto.ts';
export { PsaCryptoKey, type PsaCryptoKeyPair } from './crypto-key.ts';
export type { Identifier, Params } from './params.ts';
export { PsaSubtleCrypto } from './subtle.ts';
