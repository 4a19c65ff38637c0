/** The encodings EMSA-PKCS1-v1_5 and EME-PKCS1-v1_5 (RFC 8017 9.2, 7.2). */

import type { HashName, RandomBytes } from '../engine.ts';
import { concatBytes } from './bytes.ts';

/** 00 01 or 00 02 ahead, a zero behind, and at least eight octets of PS. */
const OVERHEAD = 11;
const MIN_PS = 8;

/** A generator that never gives enough octets other than zero is broken, by chance or by a fault. */
const MAX_DRAWS = 256;

/** Object identifiers of RFC 8017 B.1, and of NIST's register for SHA-3. SHAKE has no DigestInfo. */
const OIDS: Readonly<Partial<Record<HashName, readonly number[]>>> = {
  md5: [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05],
  ripemd160: [0x2b, 0x24, 0x03, 0x02, 0x01],
  sha1: [0x2b, 0x0e, 0x03, 0x02, 0x1a],
  sha224: nist(4),
  sha256: nist(1),
  sha384: nist(2),
  sha512: nist(3),
  'sha512-224': nist(5),
  'sha512-256': nist(6),
  'sha3-224': nist(7),
  'sha3-256': nist(8),
  'sha3-384': nist(9),
  'sha3-512': nist(10),
};

/** 2.16.840.1.101.3.4.2.x */
function nist(last: number): readonly number[] {
  return [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last];
}

/** DigestInfo of A.2.4, parameters NULL; every length is below 128. */
function digestInfo(hash: HashName, digest: Uint8Array): Uint8Array | undefined {
  const oid = OIDS[hash];
  if (oid === undefined) return undefined;
  const algorithm = [0x30, oid.length + 4, 0x06, oid.length, ...oid, 0x05, 0x00];
  const length = algorithm.length + 2 + digest.length;
  return concatBytes(Uint8Array.of(0x30, length, ...algorithm, 0x04, digest.length), digest);
}

/** 9.2. Without a hash the digest itself stands for the DigestInfo. Undefined: it does not fit. */
export function encodeSignature(
  hash: HashName | undefined,
  digest: Uint8Array,
  length: number,
): Uint8Array | undefined {
  const t = hash === undefined ? digest : digestInfo(hash, digest);
  if (t === undefined || t.length + OVERHEAD > length) return undefined;
  const em = new Uint8Array(length).fill(0xff);
  em[0] = 0x00;
  em[1] = 0x01;
  em[length - t.length - 1] = 0x00;
  em.set(t, length - t.length);
  return em;
}

/** PS of 7.2.1 step 2.a: random octets other than zero. */
function fillNonZero(target: Uint8Array, random: RandomBytes): void {
  let at = 0;
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    for (const byte of random(target.length - at)) {
      if (byte !== 0) target[at++] = byte;
    }
    if (at === target.length) return;
  }
  throw new Error(`not enough octets other than zero in ${MAX_DRAWS} draws`);
}

/** 7.2.1. Undefined: the message is too long. */
export function encodeEncryption(
  message: Uint8Array,
  length: number,
  random: RandomBytes,
): Uint8Array | undefined {
  if (message.length + OVERHEAD > length) return undefined;
  const em = new Uint8Array(length);
  em[1] = 0x02;
  fillNonZero(em.subarray(2, length - message.length - 1), random);
  em.set(message, length - message.length);
  return em;
}

/** 7.2.2 step 3, one verdict after all octets have been read. */
export function decodeEncryption(em: Uint8Array): Uint8Array | undefined {
  let bad = (em[0] as number) | ((em[1] as number) ^ 0x02);
  let found = 0;
  let separator = 0;
  for (let i = 2; i < em.length; i++) {
    const isZero = ((em[i] as number) - 1) >>> 31;
    separator |= -(isZero & ~found) & i;
    found |= isZero;
  }
  bad |= found ^ 1;
  bad |= (separator - 2 - MIN_PS) >>> 31;
  return bad === 0 ? em.slice(separator + 1) : undefined;
}
