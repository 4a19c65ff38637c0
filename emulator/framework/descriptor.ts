/**
 * `struct tfm_crypto_pack_iovec`, the first vector of every call of the crypto service: what C passes by value. A
 * client fills in what its function needs and leaves the rest as it was, so nothing here says that a field is wrong.
 */
import { readSize, readU16, readU32, type Word } from './memory.ts';

/** The structure by its length: that of TF-M 1.5, and of 1.6 with the two lengths of multi-part AEAD. */
interface Layout {
  readonly length: number;
  readonly word: Word;
  readonly hasLengths: boolean;
}

const LAYOUTS: readonly Layout[] = [
  { length: 44, word: 4, hasLengths: false },
  { length: 56, word: 8, hasLengths: false },
  { length: 52, word: 4, hasLengths: true },
  { length: 72, word: 8, hasLengths: true },
];

/** The nonce's place in it. */
const NONCE = 16;

export interface Descriptor {
  /** Which function, by its place in the list of the service (crypto-messages.ts). */
  readonly function: number;
  readonly step: number;
  readonly key: number;
  readonly alg: number;
  /** The handle of a multi-part operation. */
  readonly operation: number;
  readonly capacity: number;
  readonly adLength: number | undefined;
  readonly plaintextLength: number | undefined;
  /** Undefined where its length says that it does not fit. */
  readonly nonce: Uint8Array | undefined;
}

/** Undefined for a vector of any other length. */
export const readDescriptor = (bytes: Uint8Array): Descriptor | undefined => {
  const layout = LAYOUTS.find(({ length }) => length === bytes.length);
  if (layout === undefined) return undefined;
  const { word, hasLengths } = layout;
  // Five fields of 32 bits, then the first size_t at the next place that suits it.
  const capacity = Math.ceil(20 / word) * word;
  const lengths = capacity + word;
  const nonce = lengths + (hasLengths ? 2 * word : 0);
  const nonceLength = readU32(bytes, nonce + NONCE);
  return {
    function: readU32(bytes, 0),
    step: readU16(bytes, 4),
    key: readU32(bytes, 8),
    alg: readU32(bytes, 12),
    operation: readU32(bytes, 16),
    capacity: readSize(bytes, capacity, word),
    adLength: hasLengths ? readSize(bytes, lengths, word) : undefined,
    plaintextLength: hasLengths ? readSize(bytes, lengths + word, word) : undefined,
    nonce: nonceLength > NONCE ? undefined : bytes.subarray(nonce, nonce + nonceLength),
  };
};

/** How long it is on the board, where everything has 32 bits. */
export const lengthOnBoard = (length: number): number => (length === 56 ? 44 : length === 72 ? 52 : length);
