/** The cryptography of @reclaimprotocol/tls, done by a device. Keys are names; what they name is in the device. */
import {
  type KeyAttributes,
  PSA_ALG_HMAC,
  PSA_KEY_TYPE_ECC_KEY_PAIR,
  PSA_KEY_TYPE_ECC_PUBLIC_KEY,
  PSA_KEY_TYPE_HMAC,
  PSA_KEY_TYPE_RSA_PUBLIC_KEY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../../psa-api/constants.ts';
import type { Psa } from '../../psa-api/generated/psa.ts';
import {
  AGREEMENT,
  CIPHERS,
  CURVES,
  ENCRYPTIONS,
  HASHES,
  isIn,
  type PublicKeyFamily,
  SIGNATURES,
} from './algorithms.ts';
import { type PublicKey, readEcdsaSignature, readSpki } from './encodings.ts';
import { about } from './failure.ts';
import { type OnCall, Primitives } from './primitives.ts';
import { RandomPool } from './random-pool.ts';
import type { CurveName, EncryptionName, KeyAlgorithm, SignatureName, StackCrypto, TlsKey } from './stack.ts';

export interface TlsCryptoOptions {
  /** Bytes of random numbers on hand; a handshake takes about a hundred. 1024 where not given. */
  readonly randomPool?: number;
  /** Whether `exportKey` gives secret keys too. Without it the device refuses: PSA_ERROR_NOT_PERMITTED. */
  readonly exportable?: boolean;
  /** Hears of every PSA call before it is made, by its name in C. */
  readonly onCall?: OnCall;
}

export interface TlsCrypto extends StackCrypto, AsyncDisposable {
  /** Keys in the device that `close` is going to destroy. */
  keyCount(): number;
  /** Resolves when the random pool is full again. */
  fillRandomPool(): Promise<void>;
  /** Destroys every key that the stack imported or generated: it never does so itself. */
  close(): Promise<void>;
}

const DEFAULT_POOL = 1024;

const idOf = (key: TlsKey, purpose: string): number => {
  if (key.kind !== 'key') throw new TypeError(`${purpose}: this is a peer's public key (${key.algorithm})`);
  return key.id;
};

const agreementPair = (algorithm: CurveName) => ({
  type: PSA_KEY_TYPE_ECC_KEY_PAIR(CURVES[algorithm].family),
  bits: CURVES[algorithm].bits,
  alg: AGREEMENT,
  usage: PSA_KEY_USAGE_DERIVE,
});

const publicKeyType = (kind: PublicKey['kind']): { readonly type: number; readonly bits?: number } => {
  if (kind === 'RSA') return { type: PSA_KEY_TYPE_RSA_PUBLIC_KEY };
  const { family, bits } = CURVES[kind];
  return { type: PSA_KEY_TYPE_ECC_PUBLIC_KEY(family), bits };
};

/**
 * Everything that the stack computes goes through `psa`; there is no other cryptography here to fall back to. Of what
 * the device does not have, the functions reject with a PsaFailure that names algorithm and status.
 */
export const createTlsCrypto = async (psa: Psa, options: TlsCryptoOptions = {}): Promise<TlsCrypto> => {
  const device = new Primitives(psa, options.onCall);
  const pool = new RandomPool(options.randomPool ?? DEFAULT_POOL, (length) => device.random(length));
  await pool.fill();
  const exportable = options.exportable === true ? PSA_KEY_USAGE_EXPORT : 0;

  const importPublic = async (
    algorithm: SignatureName | EncryptionName,
    raw: Uint8Array,
    use: { readonly family: PublicKeyFamily; readonly alg: number },
    usage: number,
  ): Promise<TlsKey> => {
    const { kind, data } = readSpki(raw);
    const family = kind === 'RSA' ? 'RSA' : 'ECDSA';
    if (family !== use.family) throw new Error(`${algorithm}: this is a public key for ${family} (${kind})`);
    const id = await device.importKey({ ...publicKeyType(kind), alg: use.alg, usage }, data);
    return kind === 'RSA' ? { kind: 'key', algorithm, id } : { kind: 'key', algorithm, id, curve: kind };
  };

  const importSecret = async (
    algorithm: KeyAlgorithm,
    attributes: Partial<KeyAttributes>,
    raw: Uint8Array,
  ): Promise<TlsKey> => {
    const usage = (attributes.usage ?? 0) | exportable;
    return { kind: 'key', algorithm, id: await device.importKey({ ...attributes, usage }, raw) };
  };

  const importKey = async (algorithm: KeyAlgorithm, raw: Uint8Array, form?: unknown): Promise<TlsKey> => {
    if (isIn(CIPHERS, algorithm)) {
      // The stack does not say whether it is going to write or to read with it.
      const usage = PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_DECRYPT;
      return importSecret(algorithm, { ...CIPHERS[algorithm], usage }, raw);
    }
    if (isIn(HASHES, algorithm)) {
      const alg = PSA_ALG_HMAC(HASHES[algorithm]);
      return importSecret(
        algorithm,
        { type: PSA_KEY_TYPE_HMAC, alg, usage: PSA_KEY_USAGE_SIGN_MESSAGE },
        raw,
      );
    }
    if (isIn(CURVES, algorithm)) {
      if (form !== 'private') return { kind: 'public', algorithm, bytes: raw.slice() };
      return importSecret(algorithm, agreementPair(algorithm), raw);
    }
    if (isIn(SIGNATURES, algorithm))
      return importPublic(algorithm, raw, SIGNATURES[algorithm], PSA_KEY_USAGE_VERIFY_MESSAGE);
    if (isIn(ENCRYPTIONS, algorithm))
      return importPublic(algorithm, raw, ENCRYPTIONS[algorithm], PSA_KEY_USAGE_ENCRYPT);
    throw new TypeError(`${String(algorithm)}: no algorithm of this stack`);
  };

  const close = async (): Promise<void> => {
    await pool.close();
    await device.close();
  };

  return {
    // Own functions without `this`: the stack copies them into an object of its own.
    importKey: (algorithm, raw, form) => about(algorithm, () => importKey(algorithm, raw, form)),

    exportKey: (key) =>
      about(key.algorithm, async () =>
        key.kind === 'public' ? key.bytes.slice() : device.exportKey(key.id),
      ),

    generateKeyPair: (algorithm) =>
      about(algorithm, async () => {
        const pair = agreementPair(algorithm);
        const id = await device.generateKey({ ...pair, usage: pair.usage | exportable });
        const bytes = await device.exportPublicKey(id);
        return { pubKey: { kind: 'public', algorithm, bytes }, privKey: { kind: 'key', algorithm, id } };
      }),

    calculateSharedSecret: (algorithm, privateKey, publicKey) =>
      about(algorithm, async () => {
        if (publicKey.kind !== 'public') throw new TypeError(`${algorithm}: the peer's key is not public`);
        return device.agree(idOf(privateKey, algorithm), publicKey.bytes);
      }),

    randomBytes: (length) => pool.take(length),

    asymmetricEncrypt: (algorithm, { publicKey, data }) =>
      about(algorithm, async () =>
        device.encrypt(idOf(publicKey, algorithm), ENCRYPTIONS[algorithm].alg, data),
      ),

    encrypt: (algorithm, { key, iv, data }) =>
      about(algorithm, async () => device.cbcEncrypt(idOf(key, algorithm), iv, data)),

    decrypt: (algorithm, { key, iv, data }) =>
      about(algorithm, async () => device.cbcDecrypt(idOf(key, algorithm), iv, data)),

    authenticatedEncrypt: (algorithm, { key, iv, data, aead }) =>
      about(algorithm, async () => {
        const { alg } = CIPHERS[algorithm];
        const { ciphertext, tag } = await device.aeadEncrypt(idOf(key, algorithm), alg, iv, aead, data);
        return { ciphertext, authTag: tag };
      }),

    authenticatedDecrypt: (algorithm, { key, iv, data, aead, authTag }) =>
      about(algorithm, async () => {
        const { alg } = CIPHERS[algorithm];
        const plaintext = await device.aeadDecrypt(idOf(key, algorithm), alg, iv, aead, data, authTag);
        return { plaintext };
      }),

    verify: (algorithm, { data, signature, publicKey }) =>
      about(algorithm, async () => {
        const id = idOf(publicKey, algorithm);
        const curve = publicKey.kind === 'key' ? publicKey.curve : undefined;
        const bare = curve === undefined ? signature : readEcdsaSignature(signature, curve);
        return bare !== undefined && device.verifyMessage(id, SIGNATURES[algorithm].alg, data, bare);
      }),

    hash: (algorithm, data) => about(algorithm, () => device.hash(HASHES[algorithm], data)),

    hmac: (algorithm, key, data) =>
      about(algorithm, async () => device.mac(idOf(key, algorithm), PSA_ALG_HMAC(HASHES[algorithm]), data)),

    extract: (algorithm, hashLength, ikm, salt) =>
      about(algorithm, () => {
        const bytes = typeof salt === 'string' ? new TextEncoder().encode(salt) : salt;
        return device.hkdfExtract(HASHES[algorithm], bytes, ikm, hashLength);
      }),

    keyCount: () => device.keyCount,
    fillRandomPool: () => pool.fill(),
    close,
    [Symbol.asyncDispose]: close,
  };
};
