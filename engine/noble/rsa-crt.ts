/**
 * RSADP and RSASP1 (RFC 8017 5.1.2, 5.2.1) in their second form, by the Chinese remainder theorem, and
 * RSAEP and RSAVP1 (5.1.1, 5.2.2). The two halves and the recombination stand apart because each is a
 * place where a fault gives the key away.
 */

import { bytesToInteger, integerToBytes } from './bytes.ts';
import { modPow } from './modpow.ts';
import type { NobleRsaPrivateKey, NobleRsaPublicKey, PrivateNumbers } from './rsa-key.ts';

/** 5.2.1 step 2.b: s_1 = m^dP mod p. */
export function halfP(key: PrivateNumbers, m: bigint): bigint {
  return modPow(m, key.dP, key.p);
}

/** 5.2.1 step 2.b: s_2 = m^dQ mod q. */
export function halfQ(key: PrivateNumbers, m: bigint): bigint {
  return modPow(m, key.dQ, key.q);
}

/** 5.2.1 step 2.b, Garner: s = s_2 + q * ((s_1 - s_2) * qInv mod p). */
export function recombine({ p, q, qInv }: PrivateNumbers, s1: bigint, s2: bigint): bigint {
  const h = ((s1 - s2) * qInv) % p;
  return s2 + q * (h < 0n ? h + p : h);
}

/** Undefined when the representative is not below n. */
export function privateOperation(key: NobleRsaPrivateKey, input: Uint8Array): Uint8Array | undefined {
  const { numbers } = key;
  const m = bytesToInteger(input);
  if (m >= numbers.n) return undefined;
  return integerToBytes(recombine(numbers, halfP(numbers, m), halfQ(numbers, m)), key.byteLength);
}

/** Undefined when the representative is not below n. */
export function publicOperation(key: NobleRsaPublicKey, input: Uint8Array): Uint8Array | undefined {
  const s = bytesToInteger(input);
  if (s >= key.n) return undefined;
  return integerToBytes(modPow(s, key.e, key.n), key.byteLength);
}
