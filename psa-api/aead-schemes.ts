/** Which AEAD a key type and an algorithm make together, and which lengths it takes. PSA Crypto 1.3, 10.5.1. */
import type { AeadState, Direction } from '../engine/engine.ts';
import {
  PSA_AEAD_TAG_LENGTH,
  PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG,
  PSA_ALG_CCM,
  PSA_ALG_CHACHA20_POLY1305,
  PSA_ALG_GCM,
  PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER,
  PSA_ALG_XCHACHA20_POLY1305,
  PSA_BLOCK_CIPHER_BLOCK_LENGTH,
  PSA_KEY_TYPE_AES,
  PSA_KEY_TYPE_CHACHA20,
  PSA_KEY_TYPE_XCHACHA20,
} from './constants.ts';
import type { Key } from './key.ts';
import type { Services } from './services.ts';
import { PSA_ERROR_INVALID_ARGUMENT, PSA_ERROR_NOT_SUPPORTED, type PsaError } from './status.ts';
import { aesKey } from './use-key.ts';

export interface Lengths {
  readonly ad: number;
  readonly text: number;
}

export interface AeadScheme {
  readonly tagLength: number;
  /** Length of a generated nonce for a text of this length. */
  generatedNonce(text: number): number;
  /** The status for a nonce that cannot be of this length, with a text of this length if one is announced. */
  checkNonce(nonceLength: number, text: number): PsaError | undefined;
  /** CCM computes with the lengths before anything else; they must be announced before the nonce. */
  readonly needsLengths: boolean;
  start(
    services: Services,
    key: Key,
    direction: Direction,
    nonce: Uint8Array,
    lengths: Lengths | undefined,
  ): AeadState;
}

const valid = (is: boolean): PsaError | undefined => (is ? undefined : PSA_ERROR_INVALID_ARGUMENT);

const gcm = (tagLength: number): AeadScheme => ({
  tagLength,
  generatedNonce: () => 12,
  checkNonce: (length) => valid(length >= 1),
  needsLengths: false,
  start: (services, key, direction, nonce) =>
    services.engine.gcm(aesKey(services, key), direction, nonce, tagLength),
});

/** SP 800-38C A.1: nonce and text length share 15 bytes. */
const ccmAccepts = (nonceLength: number, text: number): boolean =>
  nonceLength >= 7 && nonceLength <= 13 && text < 2 ** (8 * (15 - nonceLength));

const ccm = (tagLength: number): AeadScheme => ({
  tagLength,
  // Of the lengths that leave room to count the text, the longest.
  generatedNonce: (text) => [13, 12, 11, 10, 9, 8].find((length) => ccmAccepts(length, text)) ?? 7,
  checkNonce: (length, text) => valid(ccmAccepts(length, text)),
  needsLengths: true,
  start: (services, key, direction, nonce, lengths) =>
    services.engine.ccm(
      aesKey(services, key),
      direction,
      nonce,
      tagLength,
      lengths?.ad ?? 0,
      lengths?.text ?? 0,
    ),
});

const chacha = (
  name: 'chacha20' | 'xchacha20',
  nonceLength: number,
  checkNonce: (nonceLength: number) => PsaError | undefined,
): AeadScheme => ({
  tagLength: 16,
  generatedNonce: () => nonceLength,
  checkNonce,
  needsLengths: false,
  start: ({ engine }, key, direction, nonce) => engine.chachaPoly1305(name, key.data, direction, nonce),
});

/** A nonce of 8 bytes selects the original variant, which an implementation need not have (10.5.1). */
const CHACHA20 = chacha('chacha20', 12, (length) =>
  length === 8 ? PSA_ERROR_NOT_SUPPORTED : valid(length === 12),
);
const XCHACHA20 = chacha('xchacha20', 24, (length) => valid(length === 24));

/** SP 800-38D 5.2.1.2 and SP 800-38C A.1; Poly1305 has one length. */
const TAG_LENGTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [PSA_ALG_GCM, [4, 8, 12, 13, 14, 15, 16]],
  [PSA_ALG_CCM, [4, 6, 8, 10, 12, 14, 16]],
  [PSA_ALG_CHACHA20_POLY1305, [16]],
  [PSA_ALG_XCHACHA20_POLY1305, [16]],
]);

const AES_BITS = [128, 192, 256];

export const aeadScheme = ({ attributes: { type, bits } }: Key, alg: number): AeadScheme | PsaError => {
  const base = PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(alg);
  const onBlocks = PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg);
  if (onBlocks && PSA_BLOCK_CIPHER_BLOCK_LENGTH(type) !== 16) return PSA_ERROR_INVALID_ARGUMENT;
  const tags = TAG_LENGTHS.get(base);
  if (tags === undefined || (onBlocks && type !== PSA_KEY_TYPE_AES)) return PSA_ERROR_NOT_SUPPORTED;
  const fits =
    base === PSA_ALG_CHACHA20_POLY1305
      ? type === PSA_KEY_TYPE_CHACHA20
      : base === PSA_ALG_XCHACHA20_POLY1305
        ? type === PSA_KEY_TYPE_XCHACHA20
        : AES_BITS.includes(bits);
  const tagLength = PSA_AEAD_TAG_LENGTH(type, bits, alg);
  if (!fits || !tags.includes(tagLength)) return PSA_ERROR_INVALID_ARGUMENT;
  if (base === PSA_ALG_GCM) return gcm(tagLength);
  if (base === PSA_ALG_CCM) return ccm(tagLength);
  return base === PSA_ALG_CHACHA20_POLY1305 ? CHACHA20 : XCHACHA20;
};
