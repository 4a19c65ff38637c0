/**
 * EME-OAEP decoding (RFC 8017 7.1.2 step 3) whose verdict falls apart in two: the first octet, and the rest. A fault at
 * `alg.rsa.oaep.compare`, the comparison of the label's hash and of the separator with what they should be, leaves
 * the first octet alone to decide: then the status says what Manger's attack asks. Without a fault the two are one.
 */

import type { Engine, Rsa } from '../engine.ts';
import { equalBytes } from '../noble/bytes.ts';
import { digest, hashFunction } from '../noble/hashes.ts';
import { xorMgf1 } from '../noble/mgf1.ts';
import { ownPrivate } from '../noble/rsa.ts';
import { privateOperation } from '../noble/rsa-crt.ts';
import type { Probe } from '../probe.ts';

export function faultyOaep({ rsa: plain }: Pick<Engine, 'rsa'>, probe: Probe): Pick<Rsa, 'decryptOaep'> {
  return {
    decryptOaep(key, hash, label, ciphertext) {
      if (!probe.wants('alg.rsa.oaep')) return plain.decryptOaep(key, hash, label, ciphertext);
      const hLength = hashFunction(hash).outputLen;
      if (ciphertext.length !== key.byteLength || key.byteLength < 2 * hLength + 2) return undefined;
      const em = privateOperation(ownPrivate(key), ciphertext);
      if (em === undefined) return undefined;
      const seed = em.slice(1, 1 + hLength);
      const db = em.slice(1 + hLength);
      xorMgf1(hash, db, seed);
      xorMgf1(hash, seed, db);
      const found = db.subarray(hLength).findIndex((octet) => octet !== 0);
      const separator = found < 0 ? db.length : hLength + found;
      const lHash = digest(hash, label);
      const isRight = probe.check(
        'alg.rsa.oaep.compare',
        hLength,
        (length) => equalBytes(db.subarray(0, length), lHash.subarray(0, length)) && db[separator] === 0x01,
      );
      const message = isRight && em[0] === 0 ? db.slice(separator + 1) : undefined;
      seed.fill(0);
      db.fill(0);
      return message;
    },
  };
}
