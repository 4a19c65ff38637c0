/**
 * Differential fault analysis of AES-128: Piret and Quisquater, "A Differential Fault Attack Technique against SPN
 * Structures, with Application to the AES and KHAZAD" (CHES 2003).
 *
 * One byte that is wrong before MixColumns of round 9 becomes four wrong bytes of the ciphertext, whose differences
 * before the last SubBytes are one of 4 * 255. Each guess of four bytes of the last round key either gives such a
 * difference or is out; two faults leave one guess or a few. One wrong byte that enters round 8 is one wrong byte in
 * each column before that MixColumns: two faulty ciphertexts then give all sixteen bytes.
 */
import { INVERSE_SBOX, keyFromLastRound, times } from './aes-rounds.ts';

/** Ciphertexts of one plaintext, 16 bytes each. */
export interface FaultyPair {
  readonly correct: Uint8Array;
  readonly faulty: Uint8Array;
}

/** FIPS 197 5.1.3, by columns. */
const MIX = [
  [2, 1, 1, 3],
  [3, 2, 1, 1],
  [1, 3, 2, 1],
  [1, 1, 3, 2],
] as const;

/** Where the four bytes of a column lie after ShiftRows (5.1.2) of the last round. */
const placesOf = (column: number): readonly number[] =>
  [0, 1, 2, 3].map((row) => row + 4 * ((column - row + 4) % 4));

const at = (bytes: Uint8Array, place: number): number => bytes[place] as number;

/** The key bytes of one place by the difference that they give before the last SubBytes. */
const keysByDifference = ({ correct, faulty }: FaultyPair, place: number): readonly number[][] => {
  const keys: number[][] = Array.from({ length: 256 }, () => []);
  for (let key = 0; key < 256; key++) {
    const good = at(INVERSE_SBOX, at(correct, place) ^ key);
    keys[good ^ at(INVERSE_SBOX, at(faulty, place) ^ key)]?.push(key);
  }
  return keys;
};

/** Four bytes of the last round key as hexadecimal digits, every guess that the pair leaves. */
const guesses = (pair: FaultyPair, column: number): Set<string> => {
  const tables = placesOf(column).map((place) => keysByDifference(pair, place));
  const left = new Set<string>();
  for (const factors of MIX)
    for (let difference = 1; difference < 256; difference++) {
      let parts = [''];
      for (const [row, factor] of factors.entries()) {
        const keys = tables[row]?.[times(factor, difference)] ?? [];
        parts = parts.flatMap((part) => keys.map((key) => part + key.toString(16).padStart(2, '0')));
      }
      for (const part of parts) left.add(part);
    }
  return left;
};

const touches = ({ correct, faulty }: FaultyPair, column: number): boolean =>
  placesOf(column).every((place) => at(correct, place) !== at(faulty, place));

/** What all pairs with a fault in this column leave. */
const guessesOfColumn = (pairs: readonly FaultyPair[], column: number): string[] => {
  const sets = pairs.filter((pair) => touches(pair, column)).map((pair) => guesses(pair, column));
  const [first, ...others] = sets;
  return first === undefined ? [] : [...first].filter((guess) => others.every((set) => set.has(guess)));
};

/** More would be no attack but a search: a column with a single pair leaves about a thousand. */
const MOST_KEYS = 65_536;

/**
 * The AES-128 keys that the pairs leave, 16 bytes each; with two pairs to a column nearly always one. None where a
 * column has no pair, where pairs do not fit the fault model, or where more than 65,536 keys are left.
 */
export const recoverAes128Keys = (pairs: readonly FaultyPair[]): readonly Uint8Array[] => {
  const columns = [0, 1, 2, 3].map((column) => guessesOfColumn(pairs, column));
  if (columns.reduce((product, { length }) => product * length, 1) > MOST_KEYS) return [];
  let keys: Uint8Array[] = [new Uint8Array(16)];
  for (const [column, parts] of columns.entries())
    keys = keys.flatMap((key) =>
      parts.map((part) => {
        const next = key.slice();
        for (const [row, place] of placesOf(column).entries())
          next[place] = Number.parseInt(part.slice(2 * row, 2 * row + 2), 16);
        return next;
      }),
    );
  return keys.map(keyFromLastRound);
};
