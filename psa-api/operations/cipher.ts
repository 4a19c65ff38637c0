/** Unauthenticated ciphers. PSA Crypto 1.3, 10.4. */
import type * as Engine from '../../engine/engine.ts';
import { concat } from '../bytes.ts';
import { type CipherScheme, cipherScheme } from '../cipher-schemes.ts';
import {
  PSA_ALG_CTR,
  PSA_ALG_IS_CIPHER,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_AES,
  PSA_KEY_USAGE_DECRYPT,
  PSA_KEY_USAGE_ENCRYPT,
} from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { NOTHING } from '../outcome.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_PADDING,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';
import type { OperationState } from './states.ts';

export interface CipherState extends OperationState {
  readonly key: Key;
  readonly direction: Engine.Direction;
  readonly scheme: CipherScheme;
  /** The running cipher; undefined until the IV is there. */
  cipher: Engine.CipherState | undefined;
  /** Bytes of input so far. */
  length: number;
}

export type CipherHandlers = Pick<
  Handlers,
  | 'psa_cipher_encrypt'
  | 'psa_cipher_decrypt'
  | 'psa_cipher_encrypt_setup'
  | 'psa_cipher_decrypt_setup'
  | 'psa_cipher_generate_iv'
  | 'psa_cipher_set_iv'
  | 'psa_cipher_update'
  | 'psa_cipher_finish'
>;

/** The rest of a message, or the status of a length or padding that does not fit the mode. */
const finish = (cipher: Engine.CipherState): Uint8Array | PsaError => {
  const rest = cipher.finish();
  if (rest === 'partial-block') return PSA_ERROR_INVALID_ARGUMENT;
  return rest === 'bad-padding' ? PSA_ERROR_INVALID_PADDING : rest;
};

export const cipherHandlers = (services: Services): CipherHandlers => {
  const { random, supports } = services;

  const setup = (
    caller: Caller,
    id: number,
    alg: number,
    direction: Engine.Direction,
  ): CipherState | PsaError => {
    if (!PSA_ALG_IS_CIPHER(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const usage = direction === 'encrypt' ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_DECRYPT;
    const key = useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;

    const scheme = cipherScheme(key, alg);
    if (typeof scheme === 'number') return scheme;
    const state: CipherState = {
      alg,
      key,
      direction,
      scheme,
      cipher: undefined,
      length: 0,
      wipe: () => state.cipher?.wipe(),
    };
    if (scheme.ivLength === 0) begin(state, NOTHING);
    return state;
  };

  const begin = (state: CipherState, iv: Uint8Array): Engine.CipherState => {
    state.cipher = state.scheme.start(services, state.key, state.direction, iv);
    return state.cipher;
  };

  /** Whether the message may go on for as long as this input. */
  const grows = (state: CipherState, input: Uint8Array): boolean => {
    state.length += input.length;
    return state.length <= (state.scheme.maxLength ?? state.length);
  };

  /** One-shot ciphers carry the IV in front of the ciphertext (10.4.2). */
  const whole = (
    state: CipherState,
    iv: Uint8Array,
    input: Uint8Array,
    prefix: Uint8Array,
  ): Uint8Array | PsaError => {
    if (!grows(state, input)) return PSA_ERROR_INVALID_ARGUMENT;
    const cipher = state.cipher ?? begin(state, iv);
    const body = cipher.update(input);
    const rest = finish(cipher);
    return typeof rest === 'number' ? rest : concat(prefix, body, rest);
  };

  const bounded = (output: Uint8Array | PsaError, room: number): [Uint8Array] | PsaError => {
    if (typeof output === 'number') return output;
    return output.length > room ? PSA_ERROR_BUFFER_TOO_SMALL : [output];
  };

  return {
    psa_cipher_encrypt(caller, key, alg, input, outputSize) {
      const state = setup(caller, key, alg, 'encrypt');
      if (typeof state === 'number') return state;
      const iv = random(state.scheme.ivLength);
      return bounded(whole(state, iv, input, iv), outputSize);
    },

    psa_cipher_decrypt(caller, key, alg, input, outputSize) {
      const state = setup(caller, key, alg, 'decrypt');
      if (typeof state === 'number') return state;
      if (input.length < state.scheme.ivLength) return PSA_ERROR_INVALID_ARGUMENT;
      const iv = input.subarray(0, state.scheme.ivLength);
      return bounded(whole(state, iv, input.subarray(state.scheme.ivLength), NOTHING), outputSize);
    },

    psa_cipher_encrypt_setup(caller, key, alg) {
      const state = setup(caller, key, alg, 'encrypt');
      return typeof state === 'number' ? state : [state];
    },

    psa_cipher_decrypt_setup(caller, key, alg) {
      const state = setup(caller, key, alg, 'decrypt');
      return typeof state === 'number' ? state : [state];
    },

    psa_cipher_generate_iv(_, state, ivSize) {
      // 10.4.3: for encryption, for an algorithm with an IV, once, before any data.
      if (state.direction === 'decrypt' || state.cipher !== undefined) return PSA_ERROR_BAD_STATE;
      if (state.scheme.ivLength > ivSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const iv = random(state.scheme.ivLength);
      begin(state, iv);
      return [iv];
    },

    psa_cipher_set_iv(_, state, iv) {
      if (state.cipher !== undefined) return PSA_ERROR_BAD_STATE;
      if (!state.scheme.accepts(iv.length)) return PSA_ERROR_INVALID_ARGUMENT;
      const short = state.alg === PSA_ALG_CTR && iv.length < PSA_BLOCK_CIPHER_BLOCK_LENGTH(PSA_KEY_TYPE_AES);
      if (short && !supports.shortCtrIv) return PSA_ERROR_INVALID_ARGUMENT;
      begin(state, iv);
      return DONE;
    },

    psa_cipher_update(_, state, input, outputSize) {
      const { cipher } = state;
      if (cipher === undefined) return PSA_ERROR_BAD_STATE;
      if (!grows(state, input)) return PSA_ERROR_INVALID_ARGUMENT;
      if (cipher.updateLength(input.length) > outputSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      return [cipher.update(input)];
    },

    psa_cipher_finish(_, { cipher }, outputSize) {
      return cipher === undefined ? PSA_ERROR_BAD_STATE : bounded(finish(cipher), outputSize);
    },
  };
};
