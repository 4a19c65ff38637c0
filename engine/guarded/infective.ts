/**
 * 'infective-crt': no comparison that a second fault could skip, but a signature that a fault spoils altogether.
 *
 * With m the encoded message and s the signature made, the check value is c = s^e mod n, which is m. What is output is
 * s + G(c - m) - G(0) mod n, G being a pseudo-random function: s itself if c = m. A plain multiple r * (c - m) would
 * not do: a fault in one half alone leaves c = m modulo the other prime, so the multiple vanishes there, the output is
 * right modulo that prime, and gcd(s^e - m, n) finds it as ever. G of a difference that is not 0 is congruent to G(0)
 * modulo neither prime, but by chance. The key of G is the private exponent: nobody else can take G off again.
 */

import type { Engine, RsaPrivateKey } from '../engine.ts';
import { bytesToInteger, integerToBytes } from '../noble/bytes.ts';
import { modPow } from '../noble/modpow.ts';
import { ownPrivate } from '../noble/rsa.ts';
import { expand } from './hedged.ts';

/** More bytes than the modulus: their residue is near enough to uniform. */
const EXCESS = 16;

/** `em` and `signature` as integers of at most the modulus' length. */
export function infected(
  engine: Engine,
  key: RsaPrivateKey,
  em: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  const { n, e, d } = ownPrivate(key).numbers;
  const secret = integerToBytes(d, key.byteLength);
  const spread = (difference: bigint) =>
    bytesToInteger(
      expand(engine, secret, integerToBytes(difference, key.byteLength))(key.byteLength + EXCESS),
    );
  const s = bytesToInteger(signature);
  const difference = (modPow(s, e, n) - bytesToInteger(em) + n) % n;
  const sum = (s + spread(difference) - spread(0n)) % n;
  return integerToBytes(sum < 0n ? sum + n : sum, key.byteLength);
}
