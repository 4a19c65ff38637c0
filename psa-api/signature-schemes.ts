/** Which signature scheme a key and an algorithm make together. PSA Crypto 1.3, 10.7. */
import type { EdwardsCurveName, HashName, Rsa } from '../engine/engine.ts';
import {
  PSA_ALG_ED448PH,
  PSA_ALG_ED25519PH,
  PSA_ALG_EDDSA_CTX,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_DETERMINISTIC_ECDSA,
  PSA_ALG_IS_ECDSA,
  PSA_ALG_IS_HASH_AND_SIGN,
  PSA_ALG_IS_RSA_PKCS1V15_SIGN,
  PSA_ALG_IS_RSA_PSS,
  PSA_ALG_IS_RSA_PSS_ANY_SALT,
  PSA_ALG_NONE,
  PSA_ALG_PURE_EDDSA,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_RSA,
} from './constants.ts';
import type { Key } from './key.ts';
import { curveOf, publicPart, rsaPrivate, rsaPublic } from './key-material.ts';
import { EDWARDS } from './key-sizes.ts';
import type { Services } from './services.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';
import { HASHES, HMAC_HASHES } from './support.ts';

export interface SignatureScheme {
  /** The hash of a hash-and-sign algorithm; undefined where a hash of any kind, or a message, is signed. */
  readonly hash: HashName | undefined;
  /** Messages are signed as they are and not hashed before. */
  readonly signsMessages: boolean;
  readonly takesContext: boolean;
  /** Length of every signature. */
  readonly length: number;
  /** `input` is the hash, or the message where messages are signed. */
  sign(input: Uint8Array, context: Uint8Array): Uint8Array | PsaError;
  verify(input: Uint8Array, context: Uint8Array, signature: Uint8Array): boolean;
}

const hashOf = (alg: number): HashName | undefined | PsaError => {
  const hash = PSA_ALG_IS_HASH_AND_SIGN(alg) ? PSA_ALG_GET_HASH(alg) : PSA_ALG_NONE;
  return hash === PSA_ALG_NONE ? undefined : (HASHES.get(hash) ?? PSA_ERROR_NOT_SUPPORTED);
};

const ecdsa = ({ engine, random }: Services, key: Key, alg: number): SignatureScheme | PsaError => {
  const curve = curveOf(engine, key.attributes.type, key.attributes.bits);
  if (curve === undefined) return PSA_ERROR_NOT_SUPPORTED;
  const hash = hashOf(alg);
  if (typeof hash === 'number') return hash;
  const deterministic = PSA_ALG_IS_DETERMINISTIC_ECDSA(alg);
  // RFC 6979 stands on HMAC, which is not defined for every hash (10.3.2, table of HMAC hashes).
  if (deterministic && !HMAC_HASHES.has(PSA_ALG_GET_HASH(alg))) return PSA_ERROR_NOT_SUPPORTED;
  return {
    hash,
    signsMessages: false,
    takesContext: false,
    length: 2 * curve.byteLength,
    sign: (input) =>
      curve.sign(key.data, input, deterministic && hash !== undefined ? { rfc6979: hash } : { random }),
    verify: (input, _context, signature) => {
      const point = publicPart(engine, key);
      return point !== undefined && curve.verify(point, input, signature);
    },
  };
};

/** RFC 8017 9.1.1 leaves two bytes beside hash and salt; 10.7.3: the salt is as long as the hash, or as fits. */
const pssSaltLength = (modulusBits: number, hashLength: number): number =>
  Math.min(hashLength, Math.ceil((modulusBits - 1) / 8) - hashLength - 2);

const pss = ({ engine, random }: Services, key: Key, alg: number, hash: HashName): SignatureScheme => ({
  hash,
  signsMessages: false,
  takesContext: false,
  length: rsaPublic(engine, key).byteLength,
  sign: (input) => {
    const rsa = rsaPrivate(engine, key);
    const salt = pssSaltLength(rsa.bits, input.length);
    const signature = salt < 0 ? undefined : engine.rsa.signPss(rsa, hash, input, salt, random);
    return signature ?? PSA_ERROR_INVALID_ARGUMENT;
  },
  verify: (input, _context, signature) => {
    const rsa = rsaPublic(engine, key);
    const salt = PSA_ALG_IS_RSA_PSS_ANY_SALT(alg) ? 'any' : pssSaltLength(rsa.bits, input.length);
    return (salt === 'any' || salt >= 0) && engine.rsa.verifyPss(rsa, hash, input, salt, signature);
  },
});

const pkcs1 = (rsa: Rsa, { engine }: Services, key: Key, hash: HashName | undefined): SignatureScheme => ({
  hash,
  signsMessages: false,
  takesContext: false,
  length: rsaPublic(engine, key).byteLength,
  sign: (input) => rsa.signPkcs1(rsaPrivate(engine, key), hash, input) ?? PSA_ERROR_INVALID_ARGUMENT,
  verify: (input, _context, signature) => rsa.verifyPkcs1(rsaPublic(engine, key), hash, input, signature),
});

/** EdDSA algorithms: the curve they need, the hash that comes first, whether a context goes in. */
const EDDSA: ReadonlyMap<number, { curve?: EdwardsCurveName; hash?: HashName; context: boolean }> = new Map<
  number,
  { curve?: EdwardsCurveName; hash?: HashName; context: boolean }
>([
  [PSA_ALG_PURE_EDDSA, { context: false }],
  [PSA_ALG_EDDSA_CTX, { context: true }],
  [PSA_ALG_ED25519PH, { curve: 'ed25519', hash: 'sha512', context: true }],
  [PSA_ALG_ED448PH, { curve: 'ed448', hash: 'shake256-512', context: true }],
]);

const eddsa = ({ engine }: Services, key: Key, alg: number): SignatureScheme | PsaError => {
  const { type, bits } = key.attributes;
  const rule = EDDSA.get(alg);
  const name = EDWARDS.get(bits);
  const onEdwards =
    PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) === PSA_ECC_FAMILY_TWISTED_EDWARDS;
  if (rule === undefined || name === undefined || !onEdwards) return PSA_ERROR_INVALID_ARGUMENT;
  if (rule.curve !== undefined && rule.curve !== name) return PSA_ERROR_INVALID_ARGUMENT;
  const curve = engine.edwardsCurve(name);
  const options = (context: Uint8Array) => ({
    prehashed: rule.hash !== undefined,
    // Ed25519 without a context is another algorithm than Ed25519ctx with an empty one (RFC 8032 5.1).
    ...(alg === PSA_ALG_PURE_EDDSA ? {} : { context }),
  });
  return {
    hash: rule.hash,
    signsMessages: rule.hash === undefined,
    takesContext: rule.context,
    length: 2 * curve.byteLength,
    sign: (input, context) => curve.sign(key.data, input, options(context)),
    verify: (input, context, signature) => {
      const point = publicPart(engine, key);
      return point !== undefined && curve.verify(point, input, signature, options(context));
    },
  };
};

/** Whether keys of the type are for the algorithm; true of an algorithm that is not known here. */
export const isTypeFor = (type: number, alg: number): boolean => {
  if (PSA_ALG_IS_ECDSA(alg) || EDDSA.has(alg)) return PSA_KEY_TYPE_IS_ECC(type);
  const isRsa = PSA_ALG_IS_RSA_PSS(alg) || PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg);
  return !isRsa || PSA_KEY_TYPE_IS_RSA(type);
};

export const signatureScheme = (services: Services, key: Key, alg: number): SignatureScheme | PsaError => {
  const { type } = key.attributes;
  if (EDDSA.has(alg)) return eddsa(services, key, alg);
  if (PSA_ALG_IS_ECDSA(alg)) {
    if (!PSA_KEY_TYPE_IS_ECC(type)) return PSA_ERROR_NOT_SUPPORTED;
    return curveOf(services.engine, type, key.attributes.bits) === undefined
      ? PSA_ERROR_INVALID_ARGUMENT
      : ecdsa(services, key, alg);
  }
  const isPss = PSA_ALG_IS_RSA_PSS(alg);
  if (!isPss && !PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg)) return PSA_ERROR_NOT_SUPPORTED;
  if (!PSA_KEY_TYPE_IS_RSA(type)) return PSA_ERROR_NOT_SUPPORTED;
  const hash = hashOf(alg);
  if (typeof hash === 'number') return hash;
  if (!isPss) return pkcs1(services.engine.rsa, services, key, hash);
  return hash === undefined ? PSA_ERROR_INVALID_ARGUMENT : pss(services, key, alg, hash);
};
