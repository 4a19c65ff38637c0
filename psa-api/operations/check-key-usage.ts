/**
 * Asking what a key can be used for. PSA Crypto 1.4, 9.5.2. Whether a key fits an algorithm is asked of the functions
 * that would use it, as far as they can tell without computing.
 */
import { isAgreement } from '../agreement.ts';
import {
  PSA_ALG_ECDH,
  PSA_ALG_GET_HASH,
  PSA_ALG_IS_AEAD,
  PSA_ALG_IS_ASYMMETRIC_ENCRYPTION,
  PSA_ALG_IS_CIPHER,
  PSA_ALG_IS_JPAKE,
  PSA_ALG_IS_KEY_AGREEMENT,
  PSA_ALG_IS_KEY_DERIVATION,
  PSA_ALG_IS_KEY_ENCAPSULATION,
  PSA_ALG_IS_KEY_WRAP,
  PSA_ALG_IS_MAC,
  PSA_ALG_IS_PAKE,
  PSA_ALG_IS_RSA_OAEP,
  PSA_ALG_IS_SIGN_HASH,
  PSA_ALG_IS_SIGN_MESSAGE,
  PSA_ALG_IS_SPAKE2P,
  PSA_ALG_IS_STANDALONE_KEY_AGREEMENT,
  PSA_ALG_IS_WILDCARD,
  PSA_ALG_KEY_AGREEMENT_GET_BASE,
  PSA_ALG_KEY_AGREEMENT_GET_KDF,
  PSA_ALG_NONE,
  PSA_ALG_SHA_256,
  PSA_ALG_SHA_512,
  PSA_ALG_SPAKE2P_MATTER,
  PSA_ECC_FAMILY_TWISTED_EDWARDS,
  PSA_HASH_LENGTH,
  PSA_KEY_TYPE_ECC_GET_FAMILY,
  PSA_KEY_TYPE_IS_DH,
  PSA_KEY_TYPE_IS_ECC,
  PSA_KEY_TYPE_IS_KEY_PAIR,
  PSA_KEY_TYPE_IS_PUBLIC_KEY,
  PSA_KEY_TYPE_IS_SPAKE2P,
  PSA_KEY_TYPE_PASSWORD,
  PSA_KEY_TYPE_PASSWORD_HASH,
  PSA_KEY_USAGE_CACHE,
  PSA_KEY_USAGE_COPY,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_DERIVE,
  PSA_KEY_USAGE_DERIVE_PUBLIC,
  PSA_KEY_USAGE_ENCRYPT,
  PSA_KEY_USAGE_EXPORT,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_UNWRAP,
  PSA_KEY_USAGE_VERIFY_DERIVATION,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
  PSA_KEY_USAGE_WRAP,
} from '../constants.ts';
import { derivationAlgorithm } from '../derivation-algorithms.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Answer, type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { chain } from '../maybe.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
  type PsaError,
} from '../status.ts';
import { HMAC_HASHES } from '../support.ts';
import { useKey } from '../use-key.ts';
import { aeadHandlers } from './aead.ts';
import { encryptionKey } from './asymmetric-encryption.ts';
import { cipherHandlers } from './cipher.ts';
import { encapsulationKey } from './key-encapsulation.ts';
import { wrappingKey } from './key-wrap.ts';
import { macHandlers } from './mac.ts';
import { signatureKey } from './signature.ts';
import type { OperationState } from './states.ts';

export type CheckKeyUsageHandlers = Pick<Handlers, 'psa_check_key_usage'>;

/** Flags of 9.5.2 that have no algorithm. */
const MANAGEMENT: readonly number[] = [PSA_KEY_USAGE_EXPORT, PSA_KEY_USAGE_COPY, PSA_KEY_USAGE_CACHE];

type Ask = (caller: Caller, id: number, alg: number, usage: number) => Answer<[]>;

/** One category of algorithms: the usages that are roles in it, and the question whether the key fits. */
interface Category {
  includes(alg: number): boolean;
  readonly usages: readonly number[];
  readonly ask: Ask;
}

const CRYPT = [PSA_KEY_USAGE_ENCRYPT, PSA_KEY_USAGE_DECRYPT];
const MESSAGE = [PSA_KEY_USAGE_SIGN_MESSAGE, PSA_KEY_USAGE_VERIFY_MESSAGE];
const HASH = [PSA_KEY_USAGE_SIGN_HASH, PSA_KEY_USAGE_VERIFY_HASH];

/** RFC 9383 4, and Matter's own suite. */
const SPAKE2P_HASHES = [PSA_ALG_SHA_256, PSA_ALG_SHA_512];
const JPAKE_KEYS = [PSA_KEY_TYPE_PASSWORD, PSA_KEY_TYPE_PASSWORD_HASH];

/** The outcome of a question that gives a key where it does not refuse. */
const settled = (found: object | PsaError): [] | PsaError => (typeof found === 'number' ? found : DONE);

/** The outcome of a setup, whose operation is not wanted. */
const tried = (setup: Answer<[OperationState]>): Answer<[]> =>
  chain(setup, (answer) => {
    if (typeof answer === 'number') return answer;
    answer[0].wipe();
    return DONE;
  });

const isAgreementKey = ({ attributes: { type } }: Key, base: number): boolean =>
  base === PSA_ALG_ECDH
    ? PSA_KEY_TYPE_IS_ECC(type) && PSA_KEY_TYPE_ECC_GET_FAMILY(type) !== PSA_ECC_FAMILY_TWISTED_EDWARDS
    : PSA_KEY_TYPE_IS_DH(type);

export const checkKeyUsageHandlers = (services: Services): CheckKeyUsageHandlers => {
  const { engine, keys } = services;
  const mac = macHandlers(services);
  const cipher = cipherHandlers(services);
  const aead = aeadHandlers(services);

  const encryption: Ask = (caller, id, alg, usage) => {
    const key = encryptionKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    // RFC 8017 7.1.1: two hashes and two bytes beside the message.
    const least = PSA_ALG_IS_RSA_OAEP(alg) ? 2 * PSA_HASH_LENGTH(PSA_ALG_GET_HASH(alg)) + 2 : 0;
    return key.attributes.bits / 8 < least ? PSA_ERROR_INVALID_ARGUMENT : DONE;
  };

  const derivation: Ask = (caller, id, alg, usage) => {
    const key = useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    const algorithm = derivationAlgorithm(engine, alg);
    if (algorithm === undefined) return PSA_ERROR_NOT_SUPPORTED;
    const { type } = key.attributes;
    // A password hash is what an output is compared with (10.8, psa_key_derivation_verify_key).
    const compares = usage === PSA_KEY_USAGE_VERIFY_DERIVATION && type === PSA_KEY_TYPE_PASSWORD_HASH;
    const fits = compares || algorithm.steps.some(({ keyTypes }) => keyTypes.includes(type));
    return fits ? DONE : PSA_ERROR_INVALID_ARGUMENT;
  };

  const agreement: Ask = (caller, id, alg, usage) => {
    const isPublic = usage === PSA_KEY_USAGE_DERIVE_PUBLIC;
    // Whoever has a public key may export and use it, whatever its policy says.
    const key = isPublic ? keys.find(caller.owner, id) : useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    const base = PSA_ALG_KEY_AGREEMENT_GET_BASE(alg);
    if (!isAgreement(base)) return PSA_ERROR_NOT_SUPPORTED;
    if (
      !PSA_ALG_IS_STANDALONE_KEY_AGREEMENT(alg) &&
      derivationAlgorithm(engine, PSA_ALG_KEY_AGREEMENT_GET_KDF(alg)) === undefined
    )
      return PSA_ERROR_NOT_SUPPORTED;
    const hasRole = isPublic || PSA_KEY_TYPE_IS_KEY_PAIR(key.attributes.type);
    return hasRole && isAgreementKey(key, base) ? DONE : PSA_ERROR_INVALID_ARGUMENT;
  };

  const jpake: Ask = (caller, id, alg, usage) => {
    const key = useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    if (!HMAC_HASHES.has(PSA_ALG_GET_HASH(alg))) return PSA_ERROR_NOT_SUPPORTED;
    return JPAKE_KEYS.includes(key.attributes.type) ? DONE : PSA_ERROR_INVALID_ARGUMENT;
  };

  const spake2p: Ask = (caller, id, alg, usage) => {
    // No cipher suite has another hash.
    if (alg !== PSA_ALG_SPAKE2P_MATTER && !SPAKE2P_HASHES.includes(PSA_ALG_GET_HASH(alg)))
      return PSA_ERROR_INVALID_ARGUMENT;
    const key = useKey(services, caller, id, alg, PSA_KEY_USAGE_DERIVE);
    if (typeof key === 'number') return key;
    const { type } = key.attributes;
    // The verifier has the public key or the pair, the prover the pair.
    const hasRole = usage === PSA_KEY_USAGE_DERIVE_PUBLIC || PSA_KEY_TYPE_IS_KEY_PAIR(type);
    return hasRole && PSA_KEY_TYPE_IS_SPAKE2P(type) ? DONE : PSA_ERROR_INVALID_ARGUMENT;
  };

  const unknown: Ask = (caller, id, alg, usage) => {
    const key = useKey(services, caller, id, alg, usage);
    return typeof key === 'number' ? key : PSA_ERROR_NOT_SUPPORTED;
  };

  const DERIVE_ROLES = [PSA_KEY_USAGE_DERIVE, PSA_KEY_USAGE_DERIVE_PUBLIC];
  const CATEGORIES: readonly Category[] = [
    {
      includes: PSA_ALG_IS_MAC,
      usages: MESSAGE,
      ask: (caller, id, alg, usage) =>
        tried(
          usage === PSA_KEY_USAGE_SIGN_MESSAGE
            ? mac.psa_mac_sign_setup(caller, id, alg)
            : mac.psa_mac_verify_setup(caller, id, alg),
        ),
    },
    {
      includes: PSA_ALG_IS_CIPHER,
      usages: CRYPT,
      ask: (caller, id, alg, usage) =>
        tried(
          usage === PSA_KEY_USAGE_ENCRYPT
            ? cipher.psa_cipher_encrypt_setup(caller, id, alg)
            : cipher.psa_cipher_decrypt_setup(caller, id, alg),
        ),
    },
    {
      includes: PSA_ALG_IS_AEAD,
      usages: CRYPT,
      ask: (caller, id, alg, usage) =>
        tried(
          usage === PSA_KEY_USAGE_ENCRYPT
            ? aead.psa_aead_encrypt_setup(caller, id, alg)
            : aead.psa_aead_decrypt_setup(caller, id, alg),
        ),
    },
    {
      includes: PSA_ALG_IS_SIGN_MESSAGE,
      usages: MESSAGE,
      ask: (caller, id, alg, usage) => {
        const purpose = usage === PSA_KEY_USAGE_SIGN_MESSAGE ? 'sign' : 'verify';
        return settled(signatureKey(services, caller, id, alg, 'message', purpose));
      },
    },
    {
      includes: PSA_ALG_IS_SIGN_HASH,
      usages: HASH,
      ask: (caller, id, alg, usage) => {
        const purpose = usage === PSA_KEY_USAGE_SIGN_HASH ? 'sign' : 'verify';
        return settled(signatureKey(services, caller, id, alg, 'hash', purpose));
      },
    },
    { includes: PSA_ALG_IS_ASYMMETRIC_ENCRYPTION, usages: CRYPT, ask: encryption },
    {
      includes: PSA_ALG_IS_KEY_ENCAPSULATION,
      usages: CRYPT,
      ask: (...question) => settled(encapsulationKey(services, ...question)),
    },
    {
      includes: PSA_ALG_IS_KEY_WRAP,
      usages: [PSA_KEY_USAGE_WRAP, PSA_KEY_USAGE_UNWRAP],
      ask: (...question) => settled(wrappingKey(services, ...question)),
    },
    {
      includes: PSA_ALG_IS_KEY_DERIVATION,
      usages: [PSA_KEY_USAGE_DERIVE, PSA_KEY_USAGE_VERIFY_DERIVATION],
      ask: derivation,
    },
    { includes: PSA_ALG_IS_KEY_AGREEMENT, usages: DERIVE_ROLES, ask: agreement },
    // Both sides of J-PAKE have the password.
    { includes: PSA_ALG_IS_JPAKE, usages: [PSA_KEY_USAGE_DERIVE], ask: jpake },
    { includes: PSA_ALG_IS_SPAKE2P, usages: DERIVE_ROLES, ask: spake2p },
    {
      includes: (alg) => PSA_ALG_IS_PAKE(alg) && !PSA_ALG_IS_JPAKE(alg),
      usages: [PSA_KEY_USAGE_DERIVE],
      ask: unknown,
    },
  ];

  return {
    psa_check_key_usage(caller, id, alg, usage) {
      if (MANAGEMENT.includes(usage)) {
        if (alg !== PSA_ALG_NONE) return PSA_ERROR_INVALID_ARGUMENT;
        const key = keys.find(caller.owner, id);
        if (typeof key === 'number') return key;
        // 9.5.2: a public key is exported without the flag.
        const isFree = usage === PSA_KEY_USAGE_EXPORT && PSA_KEY_TYPE_IS_PUBLIC_KEY(key.attributes.type);
        return isFree || (key.attributes.usage & usage) !== 0 ? DONE : PSA_ERROR_NOT_PERMITTED;
      }
      if (PSA_ALG_IS_WILDCARD(alg)) return PSA_ERROR_INVALID_ARGUMENT;
      const category = CATEGORIES.find(({ includes, usages }) => includes(alg) && usages.includes(usage));
      return category === undefined ? PSA_ERROR_INVALID_ARGUMENT : category.ask(caller, id, alg, usage);
    },
  };
};
