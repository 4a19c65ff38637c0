/**
 * The cryptography that @reclaimprotocol/tls asks for, by its shape: its names of algorithms and the functions it
 * calls, so that nothing of that package has to be imported. A test holds this against the package's own type.
 */

import type { EcdsaCurve } from './encodings.ts';

export type AeadName = 'AES-256-GCM' | 'AES-128-GCM' | 'CHACHA20-POLY1305';
export type CipherName = 'AES-128-CBC';
export type CurveName = 'X25519' | 'P-256' | 'P-384';
export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-1';
/** RSAES-PKCS1-v1_5, spelt as the stack spells it. */
export type EncryptionName = 'RSA-PCKS1_5';
export type SignatureName =
  | 'RSA-PSS-SHA256'
  | 'RSA-PKCS1-SHA1'
  | 'RSA-PKCS1-SHA256'
  | 'RSA-PKCS1-SHA384'
  | 'RSA-PKCS1-SHA512'
  | 'ECDSA-SECP256R1-SHA256'
  | 'ECDSA-SECP256R1-SHA384'
  | 'ECDSA-SECP384R1-SHA256'
  | 'ECDSA-SECP384R1-SHA384';
export type KeyAlgorithm = AeadName | CipherName | HashName | CurveName | EncryptionName | SignatureName;

/**
 * A key as the stack holds it: a name for what is in the device. Peers of a key agreement are bytes, because that
 * is how psa_raw_key_agreement takes them.
 */
export type TlsKey =
  | {
      readonly kind: 'key';
      readonly algorithm: KeyAlgorithm;
      readonly id: number;
      /** Of an ECDSA public key: what it takes to read a signature. */
      readonly curve?: EcdsaCurve;
    }
  | { readonly kind: 'public'; readonly algorithm: CurveName; readonly bytes: Uint8Array };

interface Sealing {
  readonly key: TlsKey;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

interface AuthenticatedSealing extends Sealing {
  /** The additional data. */
  readonly aead: Uint8Array;
}

/** Functions of the stack's `Crypto` interface; none of them needs its `this`. */
export interface StackCrypto {
  importKey(algorithm: KeyAlgorithm, raw: Uint8Array, form?: unknown): Promise<TlsKey>;
  exportKey(key: TlsKey): Promise<Uint8Array>;
  generateKeyPair(algorithm: CurveName): Promise<{ pubKey: TlsKey; privKey: TlsKey }>;
  calculateSharedSecret(algorithm: CurveName, privateKey: TlsKey, publicKey: TlsKey): Promise<Uint8Array>;
  randomBytes(length: number): Uint8Array;
  asymmetricEncrypt(
    algorithm: EncryptionName,
    options: { readonly publicKey: TlsKey; readonly data: Uint8Array },
  ): Promise<Uint8Array>;
  /** `data` is whole blocks: the padding of TLS is on it. */
  encrypt(algorithm: CipherName, options: Sealing): Promise<Uint8Array>;
  decrypt(algorithm: CipherName, options: Sealing): Promise<Uint8Array>;
  authenticatedEncrypt(
    algorithm: AeadName,
    options: AuthenticatedSealing,
  ): Promise<{ ciphertext: Uint8Array; authTag: Uint8Array }>;
  authenticatedDecrypt(
    algorithm: AeadName,
    options: AuthenticatedSealing & { readonly authTag: Uint8Array },
  ): Promise<{ plaintext: Uint8Array }>;
  verify(
    algorithm: SignatureName,
    options: { readonly publicKey: TlsKey; readonly data: Uint8Array; readonly signature: Uint8Array },
  ): Promise<boolean>;
  hash(algorithm: HashName, data: Uint8Array): Promise<Uint8Array>;
  hmac(algorithm: HashName, key: TlsKey, data: Uint8Array): Promise<Uint8Array>;
  extract(
    algorithm: HashName,
    hashLength: number,
    ikm: Uint8Array,
    salt: Uint8Array | string,
  ): Promise<Uint8Array>;
}
