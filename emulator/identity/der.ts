/** DER, as much of it as certificates use. Tags and lengths are written by noble's strict DER. */
import { DER } from '@noble/curves/abstract/der.js';
import { bytesToHex, hexToBytes } from '@noble/curves/utils.js';

const CONTEXT = 0xa0;

/** `_tlv.encode` works on hex digits. */
const element = (tag: number, content: Uint8Array): Uint8Array =>
  hexToBytes(DER._tlv.encode(tag, bytesToHex(content)));

const concat = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(0x30, concat(parts));
export const set = (...parts: readonly Uint8Array[]): Uint8Array => element(0x31, concat(parts));
/** `[number]`, explicit. */
export const tagged = (number: number, content: Uint8Array): Uint8Array => element(CONTEXT | number, content);
export const boolean = (value: boolean): Uint8Array => element(0x01, Uint8Array.of(value ? 0xff : 0));
export const octetString = (bytes: Uint8Array): Uint8Array => element(0x04, bytes);
export const utf8String = (text: string): Uint8Array => element(0x0c, ascii(text));
export const printableString = (text: string): Uint8Array => element(0x13, ascii(text));
export const ia5String = (text: string): Uint8Array => element(0x16, ascii(text));
/** YYMMDDHHMMSSZ, up to 2049 (RFC 5280, 4.1.2.5). */
export const utcTime = (text: string): Uint8Array => element(0x17, ascii(text));
/** YYYYMMDDHHMMSSZ. */
export const generalizedTime = (text: string): Uint8Array => element(0x18, ascii(text));

/** Big-endian and not negative: leading zeros go, one comes where the first bit is set. */
export const integer = (magnitude: Uint8Array): Uint8Array => {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : magnitude.subarray(first);
  return element(0x02, (digits[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...digits) : digits);
};

/** `unused` bits at the end do not count. */
export const bitString = (bytes: Uint8Array, unused = 0): Uint8Array =>
  element(0x03, Uint8Array.of(unused, ...bytes));

const base128 = (arc: number): number[] => {
  const digits = [arc & 0x7f];
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
};

/** Of its dotted form; the first two arcs share a number. */
export const objectIdentifier = (dotted: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Uint8Array.from([40 * first + second, ...rest].flatMap(base128)));
};
