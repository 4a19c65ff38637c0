/** The stack's names for algorithms, as PSA's: what type of key they take, what the key may do, and with which. */
import {
  PSA_ALG_CBC_NO_PADDING,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_ECDH,
  PSA_ALG_ECDSA,
  PSA_ALG_GCM,
  PSA_ALG_RSA_PKCS1V15_CRYPT,
  PSA_ALG_RSA_PKCS1V15_SIGN,
  PSA_ALG_RSA_PSS,
  PSA_ALG_SHA_1,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_384,
  PSA_ALG_SHA_512,
  PSA_ECC_FAMILY_MONTGOMERY,
  PSA_ECC_FAMILY_SECP_R1,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
} from '../../psa-api/constants.ts';
import type {
  AeadName,
  CipherName,
  CurveName,
  EncryptionName,
  HashName,
  KeyAlgorithm,
  SignatureName,
} from './stack.ts';

export const HASHES: Readonly<Record<HashName, number>> = {
  'SHA-1': PSA_ALG_SHA_1,
  'SHA-256': PSA_ALG_SHA_256,
  'SHA-384': PSA_ALG_SHA_384,
};

interface SymmetricKey {
  readonly type: number;
  readonly bits: number;
  readonly alg: number;
}

export const CIPHERS: Readonly<Record<AeadName | CipherName, SymmetricKey>> = {
  'AES-128-GCM': { type: PSA_KEY_TYPE_AES, bits: 128, alg: PSA_ALG_GCM },
  'AES-256-GCM': { type: PSA_KEY_TYPE_AES, bits: 256, alg: PSA_ALG_GCM },
  'CHACHA20-POLY1305': { type: PSA_KEY_TYPE_CHACHA20, bits: 256, alg: PSA_ALG_CHACHA20_POLY1305 },
  'AES-128-CBC': { type: PSA_KEY_TYPE_AES, bits: 128, alg: PSA_ALG_CBC_NO_PADDING },
};

interface Curve {
  readonly family: number;
  readonly bits: number;
}

export const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-256': { family: PSA_ECC_FAMILY_SECP_R1, bits: 256 },
  'P-384': { family: PSA_ECC_FAMILY_SECP_R1, bits: 384 },
  X25519: { family: PSA_ECC_FAMILY_MONTGOMERY, bits: 255 },
};

/** The one algorithm of key agreement here. */
export const AGREEMENT: number = PSA_ALG_ECDH;

/** RFC 5246 7.4.1.4.1: in TLS 1.2 an ECDSA scheme names no curve, so the key decides, whatever the name says. */
export type PublicKeyFamily = 'RSA' | 'ECDSA';

interface PublicKeyUse {
  readonly family: PublicKeyFamily;
  readonly alg: number;
}

export const ENCRYPTIONS: Readonly<Record<EncryptionName, PublicKeyUse>> = {
  'RSA-PCKS1_5': { family: 'RSA', alg: PSA_ALG_RSA_PKCS1V15_CRYPT },
};

export const SIGNATURES: Readonly<Record<SignatureName, PublicKeyUse>> = {
  // RFC 8446 4.2.3: the salt is as long as the hash, which is what PSA_ALG_RSA_PSS insists on.
  'RSA-PSS-SHA256': { family: 'RSA', alg: PSA_ALG_RSA_PSS(PSA_ALG_SHA_256) },
  'RSA-PKCS1-SHA1': { family: 'RSA', alg: PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_1) },
  'RSA-PKCS1-SHA256': { family: 'RSA', alg: PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_256) },
  'RSA-PKCS1-SHA384': { family: 'RSA', alg: PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_384) },
  'RSA-PKCS1-SHA512': { family: 'RSA', alg: PSA_ALG_RSA_PKCS1V15_SIGN(PSA_ALG_SHA_512) },
  'ECDSA-SECP256R1-SHA256': { family: 'ECDSA', alg: PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
  'ECDSA-SECP256R1-SHA384': { family: 'ECDSA', alg: PSA_ALG_ECDSA(PSA_ALG_SHA_384) },
  'ECDSA-SECP384R1-SHA256': { family: 'ECDSA', alg: PSA_ALG_ECDSA(PSA_ALG_SHA_256) },
  'ECDSA-SECP384R1-SHA384': { family: 'ECDSA', alg: PSA_ALG_ECDSA(PSA_ALG_SHA_384) },
};

/** Whether `table` has this name, so that what is no name of the stack's is told from what the device lacks. */
export const isIn = <Name extends KeyAlgorithm>(
  table: Readonly<Record<Name, unknown>>,
  name: KeyAlgorithm,
): name is Name => Object.hasOwn(table, name);
