/** Asymmetric signature in one call. PSA Crypto 1.3, 10.7; the functions with a context since 1.4. */
import {
  PSA_ALG_IS_SIGN_HASH,
  PSA_ALG_IS_SIGN_MESSAGE,
  PSA_KEY_TYPE_IS_KEY_PAIR,
  PSA_KEY_USAGE_SIGN_HASH,
  PSA_KEY_USAGE_SIGN_MESSAGE,
  PSA_KEY_USAGE_VERIFY_HASH,
  PSA_KEY_USAGE_VERIFY_MESSAGE,
} from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { NOTHING } from '../outcome.ts';
import type { Services } from '../services.ts';
import { isTypeFor, type SignatureScheme, signatureScheme } from '../signature-schemes.ts';
import {
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  type PsaError,
} from '../status.ts';
import { hashTakes } from '../support.ts';
import { useKey } from '../use-key.ts';

export type SignatureHandlers = Pick<
  Handlers,
  | 'psa_sign_message'
  | 'psa_verify_message'
  | 'psa_sign_hash'
  | 'psa_verify_hash'
  | 'psa_sign_message_with_context'
  | 'psa_verify_message_with_context'
  | 'psa_sign_hash_with_context'
  | 'psa_verify_hash_with_context'
>;

export type Kind = 'message' | 'hash';
export type Purpose = 'sign' | 'verify';

const USAGE = {
  sign: { message: PSA_KEY_USAGE_SIGN_MESSAGE, hash: PSA_KEY_USAGE_SIGN_HASH },
  verify: { message: PSA_KEY_USAGE_VERIFY_MESSAGE, hash: PSA_KEY_USAGE_VERIFY_HASH },
};

/** RFC 8032 5.1.5 and 5.2.5: a context has at most 255 bytes. */
const MAX_CONTEXT = 255;

/** An algorithm without a context takes an empty one. */
export const contextFits = ({ takesContext }: SignatureScheme, context: Uint8Array): boolean =>
  context.length === 0 || (takesContext && context.length <= MAX_CONTEXT);

/** The key and the scheme it makes with the algorithm. */
export const signatureKey = (
  services: Services,
  caller: Caller,
  id: number,
  alg: number,
  kind: Kind,
  purpose: Purpose,
): { key: Key; scheme: SignatureScheme } | PsaError => {
  const suits = kind === 'message' ? PSA_ALG_IS_SIGN_MESSAGE(alg) : PSA_ALG_IS_SIGN_HASH(alg);
  if (!suits) return PSA_ERROR_INVALID_ARGUMENT;
  const key = useKey(services, caller, id, alg, USAGE[purpose][kind], purpose === 'verify');
  if (typeof key === 'number') return key;
  const { type } = key.attributes;
  // 10.7.6 lists two statuses for a key of another type: to sign with it is invalid, to verify not supported.
  if (purpose === 'sign' && !(PSA_KEY_TYPE_IS_KEY_PAIR(type) && isTypeFor(type, alg)))
    return PSA_ERROR_INVALID_ARGUMENT;
  const scheme = signatureScheme(services, key, alg);
  if (typeof scheme === 'number') return scheme;
  return { key, scheme };
};

export const signatureHandlers = (services: Services): SignatureHandlers => {
  const { engine } = services;

  /** The scheme of a call in one part, which takes the context. */
  const prepare = (
    caller: Caller,
    id: number,
    alg: number,
    kind: Kind,
    purpose: Purpose,
    context: Uint8Array,
  ): SignatureScheme | PsaError => {
    const found = signatureKey(services, caller, id, alg, kind, purpose);
    if (typeof found === 'number') return found;
    return contextFits(found.scheme, context) ? found.scheme : PSA_ERROR_INVALID_ARGUMENT;
  };

  /** What is signed: the message or its hash, or the hash as given, if it has the right length. */
  const inputOf = (scheme: SignatureScheme, kind: Kind, input: Uint8Array): Uint8Array | PsaError => {
    const { hash } = scheme;
    if (hash === undefined) return input;
    if (kind === 'hash')
      return input.length === engine.hashLengths(hash).output ? input : PSA_ERROR_INVALID_ARGUMENT;
    if (!hashTakes(hash, input.length)) return PSA_ERROR_INVALID_ARGUMENT;
    const state = engine.hash(hash);
    state.update(input);
    return state.digest();
  };

  const sign = (
    caller: Caller,
    id: number,
    alg: number,
    kind: Kind,
    input: Uint8Array,
    context: Uint8Array,
    room: number,
  ) => {
    const scheme = prepare(caller, id, alg, kind, 'sign', context);
    if (typeof scheme === 'number') return scheme;
    const signed = inputOf(scheme, kind, input);
    if (typeof signed === 'number') return signed;
    if (scheme.length > room) return PSA_ERROR_BUFFER_TOO_SMALL;
    const signature = scheme.sign(signed, context);
    return typeof signature === 'number' ? signature : ([signature] as [Uint8Array]);
  };

  const verify = (
    caller: Caller,
    id: number,
    alg: number,
    kind: Kind,
    input: Uint8Array,
    context: Uint8Array,
    signature: Uint8Array,
  ): [] | PsaError => {
    const scheme = prepare(caller, id, alg, kind, 'verify', context);
    if (typeof scheme === 'number') return scheme;
    const signed = inputOf(scheme, kind, input);
    if (typeof signed === 'number') return signed;
    return scheme.verify(signed, context, signature) ? DONE : PSA_ERROR_INVALID_SIGNATURE;
  };

  return {
    psa_sign_message: (caller, key, alg, input, room) =>
      sign(caller, key, alg, 'message', input, NOTHING, room),
    psa_verify_message: (caller, key, alg, input, signature) =>
      verify(caller, key, alg, 'message', input, NOTHING, signature),
    psa_sign_hash: (caller, key, alg, hash, room) => sign(caller, key, alg, 'hash', hash, NOTHING, room),
    psa_verify_hash: (caller, key, alg, hash, signature) =>
      verify(caller, key, alg, 'hash', hash, NOTHING, signature),
    psa_sign_message_with_context: (caller, key, alg, input, context, room) =>
      sign(caller, key, alg, 'message', input, context, room),
    psa_verify_message_with_context: (caller, key, alg, input, context, signature) =>
      verify(caller, key, alg, 'message', input, context, signature),
    psa_sign_hash_with_context: (caller, key, alg, hash, context, room) =>
      sign(caller, key, alg, 'hash', hash, context, room),
    psa_verify_hash_with_context: (caller, key, alg, hash, context, signature) =>
      verify(caller, key, alg, 'hash', hash, context, signature),
  };
};
