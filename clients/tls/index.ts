/** `h5sm/tls`: TLS stacks in TypeScript whose cryptography is done by a device. docs/tls.md. */

export type { EcdsaCurve, PublicKey } from './encodings.ts';
export { readEcdsaSignature, readSpki, writeEcdsaSignature, writeSpki } from './encodings.ts';
export { PsaFailure } from './failure.ts';
export type { OnCall } from './primitives.ts';
export { Primitives } from './primitives.ts';
export { RandomPool } from './random-pool.ts';
export type { StackCrypto, TlsKey } from './stack.ts';
export type { Supported } from './supported.ts';
export { supportedBy } from './supported.ts';
export type { TlsCrypto, TlsCryptoOptions } from './tls-crypto.ts';
export { createTlsCrypto } from './tls-crypto.ts';
