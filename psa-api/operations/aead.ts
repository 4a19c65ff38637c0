/** Authenticated encryption with associated data. PSA Crypto 1.3, 10.5. */
import type * as Engine from '../../engine/engine.ts';
import { type AeadScheme, aeadScheme, type Lengths } from '../aead-schemes.ts';
import { concat } from '../bytes.ts';
import { PSA_ALG_IS_AEAD, PSA_KEY_USAGE_DECRYPT, PSA_KEY_USAGE_ENCRYPT } from '../constants.ts';
import type { Handlers } from '../generated/handlers.ts';
import { type Caller, DONE } from '../handler.ts';
import type { Key } from '../key.ts';
import { NOTHING } from '../outcome.ts';
import type { Services } from '../services.ts';
import {
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_BUFFER_TOO_SMALL,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_SIGNATURE,
  type PsaError,
} from '../status.ts';
import { useKey } from '../use-key.ts';
import type { OperationState } from './states.ts';

export interface AeadState extends OperationState {
  readonly key: Key;
  readonly direction: Engine.Direction;
  readonly scheme: AeadScheme;
  /** The running cipher; undefined until the nonce is there. */
  aead: Engine.AeadState | undefined;
  /** Total lengths as announced; undefined where they were not. */
  lengths: Lengths | undefined;
  ad: number;
  text: number;
  /** Set by the first psa_aead_update: additional data is over. */
  inText: boolean;
}

export type AeadHandlers = Pick<
  Handlers,
  | 'psa_aead_encrypt'
  | 'psa_aead_decrypt'
  | 'psa_aead_encrypt_setup'
  | 'psa_aead_decrypt_setup'
  | 'psa_aead_set_lengths'
  | 'psa_aead_generate_nonce'
  | 'psa_aead_set_nonce'
  | 'psa_aead_update_ad'
  | 'psa_aead_update'
  | 'psa_aead_finish'
  | 'psa_aead_verify'
>;

export const aeadHandlers = (services: Services): AeadHandlers => {
  const { engine, random } = services;

  const setup = (
    caller: Caller,
    id: number,
    alg: number,
    direction: Engine.Direction,
  ): AeadState | PsaError => {
    if (!PSA_ALG_IS_AEAD(alg)) return PSA_ERROR_INVALID_ARGUMENT;
    const usage = direction === 'encrypt' ? PSA_KEY_USAGE_ENCRYPT : PSA_KEY_USAGE_DECRYPT;
    const key = useKey(services, caller, id, alg, usage);
    if (typeof key === 'number') return key;
    const scheme = aeadScheme(key, alg);
    if (typeof scheme === 'number') return scheme;
    const state: AeadState = {
      alg,
      key,
      direction,
      scheme,
      aead: undefined,
      lengths: undefined,
      ad: 0,
      text: 0,
      inText: false,
      wipe: () => state.aead?.wipe(),
    };
    return state;
  };

  /** Starts the cipher, once, when what it needs is there. */
  const begin = (state: AeadState, nonce: Uint8Array): [] | PsaError => {
    const { scheme, lengths, direction, key } = state;
    if (state.aead !== undefined || (scheme.needsLengths && lengths === undefined))
      return PSA_ERROR_BAD_STATE;
    const badNonce = scheme.checkNonce(nonce.length, lengths?.text ?? 0);
    if (badNonce !== undefined) return badNonce;
    state.aead = scheme.start(services, key, direction, nonce, lengths);
    return DONE;
  };

  const updateAd = (state: AeadState, input: Uint8Array): [] | PsaError => {
    if (state.aead === undefined || state.inText) return PSA_ERROR_BAD_STATE;
    state.ad += input.length;
    if (state.lengths !== undefined && state.ad > state.lengths.ad) return PSA_ERROR_INVALID_ARGUMENT;
    state.aead.updateAd(input);
    return DONE;
  };

  const update = (state: AeadState, input: Uint8Array, room: number): [Uint8Array] | PsaError => {
    if (state.aead === undefined) return PSA_ERROR_BAD_STATE;
    if (state.lengths !== undefined && state.ad !== state.lengths.ad) return PSA_ERROR_INVALID_ARGUMENT;
    state.inText = true;
    state.text += input.length;
    if (state.lengths !== undefined && state.text > state.lengths.text) return PSA_ERROR_INVALID_ARGUMENT;
    return input.length > room ? PSA_ERROR_BUFFER_TOO_SMALL : [state.aead.update(input)];
  };

  /** The tag of all that has passed; undefined aead and totals below the announced ones are errors. */
  const tagOf = ({ aead, lengths, ad, text }: AeadState): Uint8Array | PsaError => {
    if (aead === undefined) return PSA_ERROR_BAD_STATE;
    if (lengths !== undefined && (ad !== lengths.ad || text !== lengths.text))
      return PSA_ERROR_INVALID_ARGUMENT;
    return aead.tag();
  };

  /** A whole message through the same states as a multi-part one. */
  const whole = (state: AeadState, nonce: Uint8Array, ad: Uint8Array, text: Uint8Array) => {
    state.lengths = { ad: ad.length, text: text.length };
    const begun = begin(state, nonce);
    if (typeof begun === 'number') return begun;
    const absorbed = updateAd(state, ad);
    if (typeof absorbed === 'number') return absorbed;
    const output = update(state, text, text.length);
    if (typeof output === 'number') return output;
    const tag = tagOf(state);
    return typeof tag === 'number' ? tag : { output: output[0], tag };
  };

  return {
    psa_aead_encrypt(caller, key, alg, nonce, additionalData, plaintext, ciphertextSize) {
      const state = setup(caller, key, alg, 'encrypt');
      if (typeof state === 'number') return state;
      const badNonce = state.scheme.checkNonce(nonce.length, plaintext.length);
      if (badNonce !== undefined) return badNonce;
      if (plaintext.length + state.scheme.tagLength > ciphertextSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const sealed = whole(state, nonce, additionalData, plaintext);
      return typeof sealed === 'number' ? sealed : [concat(sealed.output, sealed.tag)];
    },

    psa_aead_decrypt(caller, key, alg, nonce, additionalData, ciphertext, plaintextSize) {
      const state = setup(caller, key, alg, 'decrypt');
      if (typeof state === 'number') return state;
      const length = ciphertext.length - state.scheme.tagLength;
      if (length < 0) return PSA_ERROR_INVALID_ARGUMENT;
      const badNonce = state.scheme.checkNonce(nonce.length, length);
      if (badNonce !== undefined) return badNonce;
      if (length > plaintextSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const opened = whole(state, nonce, additionalData, ciphertext.subarray(0, length));
      if (typeof opened === 'number') return opened;
      if (engine.equal(opened.tag, ciphertext.subarray(length))) return [opened.output];
      opened.output.fill(0);
      return PSA_ERROR_INVALID_SIGNATURE;
    },

    psa_aead_encrypt_setup(caller, key, alg) {
      const state = setup(caller, key, alg, 'encrypt');
      return typeof state === 'number' ? state : [state];
    },

    psa_aead_decrypt_setup(caller, key, alg) {
      const state = setup(caller, key, alg, 'decrypt');
      return typeof state === 'number' ? state : [state];
    },

    psa_aead_set_lengths(_, state, ad, text) {
      if (state.aead !== undefined || state.lengths !== undefined) return PSA_ERROR_BAD_STATE;
      // The shortest nonce leaves the most room: no nonce could serve a longer text.
      const tooLong = state.scheme.needsLengths ? state.scheme.checkNonce(7, text) : undefined;
      if (tooLong !== undefined) return tooLong;
      state.lengths = { ad, text };
      return DONE;
    },

    psa_aead_generate_nonce(_, state, nonceSize) {
      if (state.direction === 'decrypt' || state.aead !== undefined) return PSA_ERROR_BAD_STATE;
      const length = state.scheme.generatedNonce(state.lengths?.text ?? 0);
      if (length > nonceSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const nonce = random(length);
      const begun = begin(state, nonce);
      return typeof begun === 'number' ? begun : [nonce];
    },

    psa_aead_set_nonce(_, state, nonce) {
      return begin(state, nonce);
    },

    psa_aead_update_ad(_, state, input) {
      return updateAd(state, input);
    },

    psa_aead_update(_, state, input, outputSize) {
      return update(state, input, outputSize);
    },

    psa_aead_finish(_, state, _ciphertextSize, tagSize) {
      if (state.direction === 'decrypt') return PSA_ERROR_BAD_STATE;
      if (state.aead !== undefined && state.scheme.tagLength > tagSize) return PSA_ERROR_BUFFER_TOO_SMALL;
      const tag = tagOf(state);
      return typeof tag === 'number' ? tag : [NOTHING, tag];
    },

    psa_aead_verify(_, state, _plaintextSize, expected) {
      if (state.direction === 'encrypt') return PSA_ERROR_BAD_STATE;
      const tag = tagOf(state);
      if (typeof tag === 'number') return tag;
      return engine.equal(tag, expected) ? [NOTHING] : PSA_ERROR_INVALID_SIGNATURE;
    },
  };
};
