/**
 * GCM with one nonce for two messages: A. Joux, "Authentication Failures in NIST version of GCM" (comments to NIST,
 * 2006), the "forbidden attack".
 *
 * The tag is a polynomial in the hash subkey H plus a mask that follows from the nonce. Two tags with one mask give an
 * equation in H alone; for messages of one block, of one length and without additional data it is
 * T + T' = (C + C') * H^2, which has one root.
 */
import { fromElement, inverse, multiply, squareRoot, toElement } from './gcm-field.ts';

const BLOCK = 16;

export interface SealedMessage {
  readonly additionalData: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** Whole, 16 bytes. */
  readonly tag: Uint8Array;
}

const padded = (bytes: Uint8Array): bigint => {
  const block = new Uint8Array(BLOCK);
  block.set(bytes);
  return toElement(block);
};

/** SP 800-38D 6.4 and 7.1 step 5. */
const ghash = (h: bigint, { additionalData, ciphertext }: Omit<SealedMessage, 'tag'>): bigint => {
  let y = 0n;
  for (const part of [additionalData, ciphertext])
    for (let at = 0; at < part.length; at += BLOCK)
      y = multiply(y ^ padded(part.subarray(at, at + BLOCK)), h);
  const lengths = (BigInt(8 * additionalData.length) << 64n) | BigInt(8 * ciphertext.length);
  return multiply(y ^ lengths, h);
};

/**
 * H, 16 bytes, from two messages under one key and nonce: without additional data, ciphertexts of one length of at most
 * 16 bytes. Throws RangeError for others, and where both messages are the same.
 */
export const recoverHashKey = (a: SealedMessage, b: SealedMessage): Uint8Array => {
  const isFit = ({ additionalData, ciphertext }: SealedMessage) =>
    additionalData.length === 0 && ciphertext.length <= BLOCK;
  if (!isFit(a) || !isFit(b) || a.ciphertext.length !== b.ciphertext.length)
    throw new RangeError('two messages of one block and one length, without additional data, are needed');
  const difference = padded(a.ciphertext) ^ padded(b.ciphertext);
  if (difference === 0n) throw new RangeError('twice the same message says nothing about H');
  return fromElement(squareRoot(multiply(toElement(a.tag) ^ toElement(b.tag), inverse(difference))));
};

/** The tag, 16 bytes, of another message under the nonce of a known one. */
export const forgeTag = (
  hashKey: Uint8Array,
  known: SealedMessage,
  forged: Omit<SealedMessage, 'tag'>,
): Uint8Array => {
  const h = toElement(hashKey);
  return fromElement(toElement(known.tag) ^ ghash(h, known) ^ ghash(h, forged));
};
