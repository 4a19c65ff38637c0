/** What a device can do of what @reclaimprotocol/tls offers, found out by trying: the options of its client. */
import { PSA_ERROR_NOT_SUPPORTED } from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import { SIGNATURES } from './algorithms.ts';
import { writeSpki } from './encodings.ts';
import { PsaFailure } from './failure.ts';
import type { AeadName, CipherName, CurveName, HashName, SignatureName } from './stack.ts';
import { createTlsCrypto, type TlsCrypto } from './tls-crypto.ts';

/** Hashes: of the key schedule, and of the MAC where the cipher has none. */
const SUITES = {
  TLS_AES_128_GCM_SHA256: ['AES-128-GCM', 'SHA-256'],
  TLS_AES_256_GCM_SHA384: ['AES-256-GCM', 'SHA-384'],
  TLS_CHACHA20_POLY1305_SHA256: ['CHACHA20-POLY1305', 'SHA-256'],
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: ['AES-128-GCM', 'SHA-256'],
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: ['AES-128-GCM', 'SHA-256'],
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: ['AES-256-GCM', 'SHA-384'],
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: ['AES-256-GCM', 'SHA-384'],
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: ['CHACHA20-POLY1305', 'SHA-256'],
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: ['CHACHA20-POLY1305', 'SHA-256'],
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: ['AES-128-CBC', 'SHA-256', 'SHA-1'],
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: ['AES-128-CBC', 'SHA-256', 'SHA-1'],
  TLS_RSA_WITH_AES_128_GCM_SHA256: ['AES-128-GCM', 'SHA-256', 'RSA-PCKS1_5'],
} as const satisfies Readonly<Record<string, readonly (AeadName | CipherName | HashName | 'RSA-PCKS1_5')[]>>;

const NAMED_CURVES = {
  SECP256R1: 'P-256',
  SECP384R1: 'P-384',
  X25519: 'X25519',
} as const satisfies Readonly<Record<string, CurveName>>;

/** The stack's ECDSA_SECP384R1_SHA256 has the code point, and is used as, ecdsa_secp384r1_sha384. */
const SCHEMES = {
  ECDSA_SECP256R1_SHA256: 'ECDSA-SECP256R1-SHA256',
  ECDSA_SECP384R1_SHA256: 'ECDSA-SECP384R1-SHA384',
  RSA_PSS_RSAE_SHA256: 'RSA-PSS-SHA256',
  RSA_PKCS1_SHA256: 'RSA-PKCS1-SHA256',
  RSA_PKCS1_SHA384: 'RSA-PKCS1-SHA384',
  RSA_PKCS1_SHA512: 'RSA-PKCS1-SHA512',
} as const satisfies Readonly<Record<string, SignatureName>>;

export interface Supported {
  cipherSuites: (keyof typeof SUITES)[];
  namedCurves: (keyof typeof NAMED_CURVES)[];
  signatureAlgorithms: (keyof typeof SCHEMES)[];
}

type Part = AeadName | CipherName | HashName | CurveName | SignatureName | 'RSA-PCKS1_5';

const ZEROS = { block: new Uint8Array(16), nonce: new Uint8Array(12), none: new Uint8Array(0) };

/** RSAPublicKey (RFC 8017 A.1.1) of 2^2047 + 1 and 65537: no one's key, good enough to be refused or not. */
const rsaPublicKey = (): Uint8Array => {
  const modulus = new Uint8Array(257);
  modulus[1] = 0x80;
  modulus[256] = 1;
  return Uint8Array.of(0x30, 0x82, 1, 10, 0x02, 0x82, 1, 1, ...modulus, 0x02, 3, 1, 0, 1);
};

/** A public key of the kind that `signature` takes. */
const publicKey = async (crypto: TlsCrypto, signature: SignatureName): Promise<Uint8Array> => {
  if (SIGNATURES[signature].family === 'RSA') return writeSpki({ kind: 'RSA', data: rsaPublicKey() });
  const kind = signature.includes('SECP384R1') ? 'P-384' : 'P-256';
  const { pubKey } = await crypto.generateKeyPair(kind);
  return writeSpki({ kind, data: await crypto.exportKey(pubKey) });
};

const use = async (crypto: TlsCrypto, part: Part): Promise<unknown> => {
  const { block, nonce, none } = ZEROS;
  switch (part) {
    case 'AES-128-GCM':
    case 'AES-256-GCM':
    case 'CHACHA20-POLY1305': {
      const key = await crypto.importKey(part, new Uint8Array(part === 'AES-128-GCM' ? 16 : 32));
      return crypto.authenticatedEncrypt(part, { key, iv: nonce, aead: none, data: none });
    }
    case 'AES-128-CBC':
      return crypto.encrypt(part, { key: await crypto.importKey(part, block), iv: block, data: block });
    case 'SHA-1':
    case 'SHA-256':
    case 'SHA-384':
      return crypto.hmac(part, await crypto.importKey(part, block), none);
    case 'P-256':
    case 'P-384':
    case 'X25519':
      return crypto.generateKeyPair(part);
    case 'RSA-PCKS1_5': {
      const spki = writeSpki({ kind: 'RSA', data: rsaPublicKey() });
      return crypto.asymmetricEncrypt(part, { publicKey: await crypto.importKey(part, spki), data: block });
    }
    default: {
      const key = await crypto.importKey(part, await publicKey(crypto, part), 'public');
      // r = s = 1: a signature by its form.
      const signature =
        SIGNATURES[part].family === 'RSA' ? new Uint8Array(256) : Uint8Array.of(48, 6, 2, 1, 1, 2, 1, 1);
      return crypto.verify(part, { publicKey: key, data: none, signature });
    }
  }
};

/** Names of `table` whose parts can all be used. */
const filter = async <Name extends string>(
  table: Readonly<Record<Name, Part | readonly Part[]>>,
  can: (part: Part) => Promise<boolean>,
): Promise<Name[]> => {
  const names: Name[] = [];
  for (const name of Object.keys(table) as Name[]) {
    const parts = await Promise.all([table[name]].flat().map((part) => can(part as Part)));
    if (parts.every(Boolean)) names.push(name);
  }
  return names;
};

/**
 * The suites, curves and signature algorithms to give to the stack's client. It takes some 60 calls and leaves
 * nothing behind: once for each device is enough.
 */
export const supportedBy = async (psa: Psa): Promise<Supported> => {
  const crypto = await createTlsCrypto(psa, { randomPool: 1 });
  const answers = new Map<Part, Promise<boolean>>();
  const ask = async (part: Part): Promise<boolean> => {
    try {
      await use(crypto, part);
      return true;
    } catch (error) {
      if (error instanceof PsaFailure && error.status === PSA_ERROR_NOT_SUPPORTED) return false;
      throw error;
    }
  };
  const can = (part: Part): Promise<boolean> => {
    const answer = answers.get(part) ?? ask(part);
    answers.set(part, answer);
    return answer;
  };
  try {
    return {
      cipherSuites: await filter(SUITES, can),
      namedCurves: await filter(NAMED_CURVES, can),
      signatureAlgorithms: await filter(SCHEMES, can),
    };
  } finally {
    await crypto.close();
  }
};
