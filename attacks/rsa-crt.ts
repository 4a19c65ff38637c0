/**
 * A fault in one half of an RSA signature made with the Chinese remainder theorem factors the modulus: Boneh, DeMillo
 * and Lipton, "On the Importance of Checking Cryptographic Protocols for Faults" (EUROCRYPT '97), with a right signature
 * of the same message; A. K. Lenstra's memo of 1996, with the message alone.
 */

import { bytesToInteger, gcd, modPow } from './numbers.ts';
import { emsaPkcs1, type RsaPublicNumbers, rsaPrivateKey } from './rsa-key.ts';

/** A prime factor makes the whole key. */
const fromMultiple = (target: RsaPublicNumbers, multiple: bigint): Uint8Array | undefined => {
  const p = gcd(multiple, target.n);
  return p === 1n || p === target.n ? undefined : rsaPrivateKey(target, p);
};

/** An RSAPrivateKey structure (DER) from two signatures of one message; undefined where they do not differ so. */
export const recoverFromPair = (
  target: RsaPublicNumbers,
  good: Uint8Array,
  faulty: Uint8Array,
): Uint8Array | undefined => fromMultiple(target, bytesToInteger(good) - bytesToInteger(faulty));

/**
 * An RSAPrivateKey structure (DER) from one faulty signature RSASSA-PKCS1-v1_5 and the digest that was signed. With a
 * random padding (PSS) the encoded message is not known, and there is nothing to compare with.
 */
export const recoverFromOne = (
  target: RsaPublicNumbers,
  hash: 'sha256' | 'sha384' | 'sha512',
  digest: Uint8Array,
  faulty: Uint8Array,
): Uint8Array | undefined => {
  const m = bytesToInteger(emsaPkcs1(hash, digest, target.byteLength));
  return fromMultiple(target, modPow(bytesToInteger(faulty), target.e, target.n) - m);
};
