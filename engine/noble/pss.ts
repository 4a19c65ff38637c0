/** EMSA-PSS (RFC 8017 9.1) with MGF1 and one hash for both. */

import type { HashName } from '../engine.ts';
import { digest, hashFunction } from './hashes.ts';
import { xorMgf1 } from './mgf1.ts';

const TRAILER = 0xbc;
const PADDING1 = new Uint8Array(8);

/** The bits of the first octet that an encoding of `emBits` may use. */
function firstMask(emBits: number): number {
  return 0xff >>> (8 * Math.ceil(emBits / 8) - emBits);
}

/** 9.1.1. Undefined: digest and salt do not fit. */
export function encodePss(
  hash: HashName,
  mHash: Uint8Array,
  salt: Uint8Array,
  emBits: number,
): Uint8Array | undefined {
  const emLength = Math.ceil(emBits / 8);
  const dbLength = emLength - mHash.length - 1;
  if (dbLength < salt.length + 1) return undefined;
  const em = new Uint8Array(emLength);
  const h = digest(hash, PADDING1, mHash, salt);
  const db = em.subarray(0, dbLength);
  db[dbLength - salt.length - 1] = 0x01;
  db.set(salt, dbLength - salt.length);
  xorMgf1(hash, h, db);
  db[0] = (db[0] as number) & firstMask(emBits);
  em.set(h, dbLength);
  em[emLength - 1] = TRAILER;
  return em;
}

/** H and H' of 9.1.2 step 14, which are to be compared. */
export interface PssHashes {
  readonly found: Uint8Array;
  readonly computed: Uint8Array;
}

/** 9.1.2 up to step 13; `em` is ceil(emBits / 8) long. Undefined: inconsistent already. */
export function openPss(
  hash: HashName,
  mHash: Uint8Array,
  saltLength: number | 'any',
  em: Uint8Array,
  emBits: number,
): PssHashes | undefined {
  const hLength = hashFunction(hash).outputLen;
  const dbLength = em.length - hLength - 1;
  if (dbLength < 1 || em[em.length - 1] !== TRAILER) return undefined;
  const mask = firstMask(emBits);
  const db = em.slice(0, dbLength);
  const h = em.subarray(dbLength, em.length - 1);
  if (((db[0] as number) & ~mask) !== 0) return undefined;
  xorMgf1(hash, h, db);
  db[0] = (db[0] as number) & mask;
  const separator = db.findIndex((byte) => byte !== 0);
  if (separator < 0 || db[separator] !== 0x01) return undefined;
  const salt = db.subarray(separator + 1);
  if (saltLength !== 'any' && salt.length !== saltLength) return undefined;
  return { found: h, computed: digest(hash, PADDING1, mHash, salt) };
}
