/** RSA keys and encodings as far as an analyst needs them: RSAPublicKey read, RSAPrivateKey written (RFC 8017 A.1). */

import { bitLength, bytesToInteger, gcd, integerToBytes, invert } from './numbers.ts';

export interface RsaPublicNumbers {
  readonly n: bigint;
  readonly e: bigint;
  /** Length of the modulus. */
  readonly byteLength: number;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** One element of DER with the tag expected: what is in it, and what follows it. */
const element = (der: Uint8Array, tag: number): [Uint8Array, Uint8Array] => {
  const [found, first = 0] = der;
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : Number(bytesToInteger(der.subarray(2, 2 + count)));
  const start = 2 + count;
  if (found !== tag || start + length > der.length) throw new RangeError('not an RSAPublicKey in DER');
  return [der.subarray(start, start + length), der.subarray(start + length)];
};

/** What psa_export_public_key gives. Throws for anything else. */
export const readRsaPublicKey = (der: Uint8Array): RsaPublicNumbers => {
  const [body] = element(der, SEQUENCE);
  const [modulus, rest] = element(body, INTEGER);
  const [exponent] = element(rest, INTEGER);
  const n = bytesToInteger(modulus);
  return { n, e: bytesToInteger(exponent), byteLength: Math.ceil(bitLength(n) / 8) };
};

const encoded = (tag: number, content: readonly number[]): number[] => {
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  const bytes = integerToBytes(BigInt(length), Math.ceil(bitLength(BigInt(length)) / 8));
  return [tag, 0x80 | bytes.length, ...bytes, ...content];
};

/** The private key of which one prime is known. */
export const rsaPrivateKey = ({ n, e }: RsaPublicNumbers, p: bigint): Uint8Array => {
  const q = n / p;
  if (p * q !== n) throw new RangeError('not a factor of the modulus');
  const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);
  const d = invert(e, lambda);
  const numbers = [0n, n, e, d, p, q, d % (p - 1n), d % (q - 1n), invert(q, p)];
  // A leading zero keeps an integer positive.
  const integers = numbers.map((x) =>
    encoded(INTEGER, [...integerToBytes(x, Math.floor(bitLength(x) / 8) + 1)]),
  );
  return Uint8Array.from(encoded(SEQUENCE, integers.flat()));
};

/** The last octet of the hash's object identifier (RFC 8017 B.1), and its length. */
const HASHES = { sha256: [1, 32], sha384: [2, 48], sha512: [3, 64] } as const;

/** EMSA-PKCS1-v1_5 (RFC 8017 9.2) of a digest, `length` long. */
export const emsaPkcs1 = (hash: keyof typeof HASHES, digest: Uint8Array, length: number): Uint8Array => {
  const [last, digestLength] = HASHES[hash];
  if (digest.length !== digestLength) throw new RangeError(`${digest.length} bytes are no ${hash} digest`);
  const oid = [0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last];
  const info = encoded(SEQUENCE, [...encoded(SEQUENCE, [...oid, 0x05, 0]), ...encoded(0x04, [...digest])]);
  const padding = new Array<number>(length - info.length - 3).fill(0xff);
  return Uint8Array.of(0, 1, ...padding, 0, ...info);
};
