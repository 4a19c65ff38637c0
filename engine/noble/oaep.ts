/** EME-OAEP (RFC 8017 7.1) with MGF1 and one hash for both. */

import type { HashName, RandomBytes } from '../engine.ts';
import { digest, hashFunction } from './hashes.ts';
import { xorMgf1 } from './mgf1.ts';

/** 7.1.1 step 2. Undefined: the message is too long. */
export function encodeOaep(
  hash: HashName,
  label: Uint8Array,
  message: Uint8Array,
  length: number,
  random: RandomBytes,
): Uint8Array | undefined {
  const hLength = hashFunction(hash).outputLen;
  if (message.length > length - 2 * hLength - 2) return undefined;
  const em = new Uint8Array(length);
  const seed = em.subarray(1, 1 + hLength);
  const db = em.subarray(1 + hLength);
  seed.set(random(hLength));
  db.set(digest(hash, label));
  db[db.length - message.length - 1] = 0x01;
  db.set(message, db.length - message.length);
  xorMgf1(hash, seed, db);
  xorMgf1(hash, db, seed);
  return em;
}

/** 7.1.2 step 3, one verdict after all octets have been read (its note on Manger's attack). */
export function decodeOaep(hash: HashName, label: Uint8Array, em: Uint8Array): Uint8Array | undefined {
  const hLength = hashFunction(hash).outputLen;
  if (em.length < 2 * hLength + 2) return undefined;
  const seed = em.slice(1, 1 + hLength);
  const db = em.slice(1 + hLength);
  xorMgf1(hash, db, seed);
  xorMgf1(hash, seed, db);
  const lHash = digest(hash, label);
  let bad = em[0] as number;
  for (let i = 0; i < hLength; i++) bad |= (db[i] as number) ^ (lHash[i] as number);
  let found = 0;
  let separator = 0;
  for (let i = hLength; i < db.length; i++) {
    const byte = db[i] as number;
    const isOther = ((byte - 1) >>> 31) ^ 1;
    const isFirst = isOther & ~found;
    separator |= -isFirst & i;
    bad |= -isFirst & (byte ^ 0x01);
    found |= isOther;
  }
  bad |= found ^ 1;
  const message = bad === 0 ? db.slice(separator + 1) : undefined;
  seed.fill(0);
  db.fill(0);
  return message;
}
