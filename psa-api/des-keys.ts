/**
 * DES keys that are made: odd parity in every byte, and no weak or semi-weak element (PSA Crypto 1.3, 9.2,
 * PSA_KEY_TYPE_DES; SP 800-67 3.3).
 *
 * Keys that are imported keep the bytes they have. The key format of 9.2 has the parity right, but psa_import_key
 * (9.6.1) may accept other formats too: the cipher does not look at the parity bits, keys without parity are common,
 * and they are exported as they came.
 */
import { chain, type Maybe } from './maybe.ts';
import type { PsaError } from './status.ts';

const ELEMENT = 8;

const withParity = (byte: number): number => {
  let ones = 0;
  for (let bits = byte >> 1; bits > 0; bits >>= 1) ones += bits & 1;
  return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
};

/** The 4 weak and the 12 semi-weak keys. */
const WEAK: ReadonlySet<string> = new Set([
  '0101010101010101',
  'fefefefefefefefe',
  '1f1f1f1f0e0e0e0e',
  'e0e0e0e0f1f1f1f1',
  '011f011f010e010e',
  '1f011f010e010e01',
  '01e001e001f101f1',
  'e001e001f101f101',
  '01fe01fe01fe01fe',
  'fe01fe01fe01fe01',
  '1fe01fe00ef10ef1',
  'e01fe01ff10ef10e',
  '1ffe1ffe0efe0efe',
  'fe1ffe1ffe0efe0e',
  'e0fee0fef1fef1fe',
  'fee0fee0fef1fef1',
]);

const hex = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

const isWeak = (element: Uint8Array): boolean => WEAK.has(hex(element));

/** Elements drawn one after the other, parity set, weak ones thrown away. */
export const makeDesKey = (
  length: number,
  draw: (length: number) => Maybe<Uint8Array | PsaError>,
): Maybe<Uint8Array | PsaError> => {
  const key = new Uint8Array(length);
  const next = (at: number): Maybe<Uint8Array | PsaError> =>
    at === length
      ? key
      : chain(draw(ELEMENT), (drawn) => {
          if (typeof drawn === 'number') return drawn;
          const element = drawn.map(withParity);
          if (isWeak(element)) return next(at);
          key.set(element, at);
          return next(at + ELEMENT);
        });
  return next(0);
};
