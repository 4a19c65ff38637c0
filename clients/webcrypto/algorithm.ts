/**
 * What an algorithm does for the operations of SubtleCrypto (Web Cryptography API, clause 18.2.3: what is not there is
 * not supported). Usages and names are checked before; `data` is the caller's no more.
 */
import type { webcrypto } from 'node:crypto';
import type { KeyAttributes } from '../../psa-api/constants.ts';
import type { PsaCryptoKey, PsaCryptoKeyPair, PsaKeyAlgorithm } from './crypto-key.ts';
import type { Device } from './device.ts';
import type { KeyUsage, Params } from './params.ts';

export type KeyFormat = 'raw' | 'pkcs8' | 'spki' | 'jwk';
export type Jwk = webcrypto.JsonWebKey;
export type KeyData =
  | { readonly format: 'raw' | 'pkcs8' | 'spki'; readonly bytes: Uint8Array }
  | { readonly format: 'jwk'; readonly jwk: Jwk };

export interface KeyWish {
  readonly extractable: boolean;
  readonly usages: readonly KeyUsage[];
}

/** A secret key to be, for those that can make it inside the device. */
export interface SecretKeyPlan {
  readonly attributes: Partial<KeyAttributes>;
  readonly algorithm: PsaKeyAlgorithm;
}

export interface Algorithm {
  readonly name: string;
  generateKey?(device: Device, params: Params, wish: KeyWish): Promise<PsaCryptoKey | PsaCryptoKeyPair>;
  importKey?(device: Device, params: Params, data: KeyData, wish: KeyWish): Promise<PsaCryptoKey>;
  exportKey?(device: Device, format: KeyFormat, key: PsaCryptoKey): Promise<Uint8Array | Jwk>;
  /** A CryptoKey for a key that is in the device; InvalidAccessError where it is of another type. */
  adopt?(
    device: Device,
    id: number,
    attributes: KeyAttributes,
    params: Params,
    wish: KeyWish,
  ): Promise<PsaCryptoKey>;
  /** The public half of a key pair. */
  publicKey?(device: Device, key: PsaCryptoKey, usages: readonly KeyUsage[]): Promise<PsaCryptoKey>;
  sign?(device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array>;
  verify?(
    device: Device,
    params: Params,
    key: PsaCryptoKey,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
  encrypt?(device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array>;
  decrypt?(device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array>;
  wrapKey?(device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array>;
  unwrapKey?(device: Device, params: Params, key: PsaCryptoKey, data: Uint8Array): Promise<Uint8Array>;
  deriveBits?(device: Device, params: Params, key: PsaCryptoKey, length: number | null): Promise<Uint8Array>;
  /** Derives a key that never leaves the device; the id. */
  deriveInside?(device: Device, params: Params, key: PsaCryptoKey, plan: SecretKeyPlan): Promise<number>;
  /** "Get key length": bits that deriveKey asks for, null for all there are. */
  keyLength?(params: Params): number | null;
  /** Of a secret key of `bits`. */
  plan?(params: Params, bits: number, wish: KeyWish): SecretKeyPlan;
  digest?(device: Device, data: Uint8Array): Promise<Uint8Array>;
}

export type Operation = Exclude<keyof Algorithm, 'name'>;
