/**
 * RSA (RFC 8017) with a probe between the steps of the private operation, in signing and deciphering alike, and at
 * the comparison of verification.
 *
 * `alg.rsa.crt.p` and `q` are the halves s_1 and s_2 (5.2.1 step 2.b), as long as their primes, `recombine` what
 * they make, as long as the modulus: all big-endian. `alg.rsa.verify` compares the encoded messages (8.2.2 step 4),
 * for PSS the hashes H and H' (9.1.2 step 14).
 */

import type { Engine, HashName, Rsa, RsaPrivateKey, RsaPublicKey } from '../engine.ts';
import { bitLength, bytesToInteger, equalBytes, integerToBytes } from '../noble/bytes.ts';
import { decodeOaep } from '../noble/oaep.ts';
import { decodeEncryption, encodeSignature } from '../noble/pkcs1.ts';
import { encodePss } from '../noble/pss.ts';
import { checkDigest, openPssSignature, openSignature, ownPrivate } from '../noble/rsa.ts';
import { halfP, halfQ, recombine } from '../noble/rsa-crt.ts';
import type { NobleRsaPrivateKey } from '../noble/rsa-key.ts';
import type { Probe } from '../probe.ts';

/** 5.1.2 and 5.2.1; undefined when the representative is not below n. */
function privateOperation(key: NobleRsaPrivateKey, input: Uint8Array, probe: Probe): Uint8Array | undefined {
  const { numbers } = key;
  const m = bytesToInteger(input);
  if (m >= numbers.n) return undefined;
  const half = (point: string, value: bigint, prime: bigint) =>
    bytesToInteger(probe.data(point, integerToBytes(value, Math.ceil(bitLength(prime) / 8))));
  const s1 = half('alg.rsa.crt.p', halfP(numbers, m), numbers.p);
  const s2 = half('alg.rsa.crt.q', halfQ(numbers, m), numbers.q);
  // A disturbed half may be above its prime, and Garner's sum above n.
  const s = recombine(numbers, s1, s2) % numbers.n;
  return probe.data('alg.rsa.crt.recombine', integerToBytes(s, key.byteLength));
}

function signing(plain: Rsa, probe: Probe): Pick<Rsa, 'signPkcs1' | 'signPss'> {
  return {
    signPkcs1(key, hash, digest) {
      if (!probe.wants('alg.rsa.crt')) return plain.signPkcs1(key, hash, digest);
      checkDigest(hash, digest);
      const em = encodeSignature(hash, digest, key.byteLength);
      return em && privateOperation(ownPrivate(key), em, probe);
    },
    signPss(key, hash, digest, saltLength, random) {
      if (!probe.wants('alg.rsa.crt')) return plain.signPss(key, hash, digest, saltLength, random);
      checkDigest(hash, digest);
      if (saltLength > key.byteLength) return undefined;
      const em = encodePss(hash, digest, random(saltLength), key.bits - 1);
      return em && privateOperation(ownPrivate(key), em, probe);
    },
  };
}

function deciphering(plain: Rsa, probe: Probe): Pick<Rsa, 'decryptPkcs1' | 'decryptOaep'> {
  const open = (key: RsaPrivateKey, ciphertext: Uint8Array) =>
    ciphertext.length === key.byteLength ? privateOperation(ownPrivate(key), ciphertext, probe) : undefined;
  return {
    decryptPkcs1(key, ciphertext) {
      if (!probe.wants('alg.rsa.crt')) return plain.decryptPkcs1(key, ciphertext);
      const em = open(key, ciphertext);
      return em && decodeEncryption(em);
    },
    decryptOaep(key, hash, label, ciphertext) {
      if (!probe.wants('alg.rsa.crt')) return plain.decryptOaep(key, hash, label, ciphertext);
      const em = open(key, ciphertext);
      return em && decodeOaep(hash, label, em);
    },
  };
}

function verifying(plain: Rsa, probe: Probe): Pick<Rsa, 'verifyPkcs1' | 'verifyPss'> {
  const compare = (a: Uint8Array, b: Uint8Array) =>
    probe.check('alg.rsa.verify', a.length, (length) =>
      equalBytes(a.subarray(0, length), b.subarray(0, length)),
    );
  return {
    verifyPkcs1(key: RsaPublicKey, hash: HashName | undefined, digest, signature) {
      if (!probe.wants('alg.rsa.verify')) return plain.verifyPkcs1(key, hash, digest, signature);
      checkDigest(hash, digest);
      const expected = encodeSignature(hash, digest, key.byteLength);
      const em = openSignature(key, signature);
      return expected !== undefined && em !== undefined && compare(em, expected);
    },
    verifyPss(key, hash, digest, saltLength, signature) {
      if (!probe.wants('alg.rsa.verify')) return plain.verifyPss(key, hash, digest, saltLength, signature);
      const hashes = openPssSignature(key, hash, digest, saltLength, signature);
      return hashes !== undefined && compare(hashes.found, hashes.computed);
    },
  };
}

export function faultyRsa({ rsa: plain }: Engine, probe: Probe): Pick<Engine, 'rsa'> {
  return {
    rsa: { ...plain, ...signing(plain, probe), ...deciphering(plain, probe), ...verifying(plain, probe) },
  };
}
