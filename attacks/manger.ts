/**
 * RSAES-OAEP and a device that tells whether the first octet of the encoded message was zero: J. Manger, "A Chosen
 * Ciphertext Attack on RSA Optimal Asymmetric Encryption Padding (OAEP) as Standardized in PKCS #1 v2.0" (CRYPTO 2001).
 * Little more than one question for each bit of the modulus. Steps are numbered as in the paper.
 */
import { bytesToInteger, ceilDiv, integerToBytes, modPow } from './numbers.ts';
import type { RsaPublicNumbers } from './rsa-key.ts';

/** Whether a ciphertext decrypts to an integer with a first octet of zero. */
export type FirstOctetOracle = (ciphertext: Uint8Array) => Promise<boolean>;

/** The encoded message of a ciphertext, as long as the modulus; undefined where the answers contradict each other. */
export const decryptByFirstOctet = async (
  { n, e, byteLength }: RsaPublicNumbers,
  oracle: FirstOctetOracle,
  ciphertext: Uint8Array,
): Promise<Uint8Array | undefined> => {
  const B = 1n << BigInt(8 * (byteLength - 1));
  const c = bytesToInteger(ciphertext);
  const isBelow = (f: bigint): Promise<boolean> =>
    oracle(integerToBytes((c * modPow(f, e, n)) % n, byteLength));

  // Step 1: the first power of two that takes the message to B and beyond.
  let f1 = 2n;
  while (await isBelow(f1)) {
    f1 *= 2n;
    if (f1 > n) return undefined;
  }
  // Step 2: a multiple that goes just once around n.
  const half = f1 / 2n;
  let f2 = ((n + B) / B) * half;
  while (!(await isBelow(f2))) {
    f2 += half;
    if (f2 > 4n * half * (n / B + 1n)) return undefined;
  }
  // Step 3: halve what is left.
  let low = ceilDiv(n, f2);
  let high = (n + B) / f2;
  while (low < high) {
    const turns = (((2n * B) / (high - low)) * low) / n;
    const f3 = ceilDiv(turns * n, low);
    const border = turns * n + B;
    if (await isBelow(f3)) high = border / f3;
    else low = ceilDiv(border, f3);
  }
  return low === high ? integerToBytes(low, byteLength) : undefined;
};
