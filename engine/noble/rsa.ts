/** The schemes of RFC 8017: each an encoding of a message and one operation with the key. */

import type { HashName, Rsa, RsaPrivateKey, RsaPublicKey } from '../engine.ts';
import { equalBytes } from './bytes.ts';
import { hashFunction } from './hashes.ts';
import { decodeOaep, encodeOaep } from './oaep.ts';
import { decodeEncryption, encodeEncryption, encodeSignature } from './pkcs1.ts';
import { encodePss, openPss, type PssHashes } from './pss.ts';
import { privateOperation, publicOperation } from './rsa-crt.ts';
import {
  decodePrivateKey,
  decodePublicKey,
  encodePublicKey,
  NobleRsaPrivateKey,
  NobleRsaPublicKey,
} from './rsa-key.ts';
import { generateKey, generateKeyLong } from './rsa-keygen.ts';

/** A private key serves as its public one. */
export function ownPublic(key: RsaPublicKey): NobleRsaPublicKey {
  if (key instanceof NobleRsaPublicKey) return key;
  return ownPrivate(key).public;
}

export function ownPrivate(key: RsaPublicKey): NobleRsaPrivateKey {
  if (!(key instanceof NobleRsaPrivateKey)) throw new TypeError('an RSA key of another engine');
  return key;
}

export function checkDigest(hash: HashName | undefined, digest: Uint8Array): void {
  if (hash !== undefined && digest.length !== hashFunction(hash).outputLen) {
    throw new RangeError(`${digest.length} bytes are no ${hash} digest`);
  }
}

function signEncoded(key: RsaPrivateKey, em: Uint8Array | undefined): Uint8Array | undefined {
  if (em === undefined) return undefined;
  return privateOperation(ownPrivate(key), em);
}

/** 8.2.2 and 8.1.2 step 2. */
export function openSignature(key: RsaPublicKey, signature: Uint8Array): Uint8Array | undefined {
  if (signature.length !== key.byteLength) return undefined;
  return publicOperation(ownPublic(key), signature);
}

/** 8.1.2 up to the comparison that decides; undefined: the signature is not valid already. */
export function openPssSignature(
  key: RsaPublicKey,
  hash: HashName,
  digest: Uint8Array,
  saltLength: number | 'any',
  signature: Uint8Array,
): PssHashes | undefined {
  checkDigest(hash, digest);
  const em = openSignature(key, signature);
  if (em === undefined) return undefined;
  const emBits = key.bits - 1;
  const excess = em.length - Math.ceil(emBits / 8);
  if (excess > 0 && em[0] !== 0) return undefined;
  return openPss(hash, digest, saltLength, em.subarray(excess), emBits);
}

function openCiphertext(key: RsaPrivateKey, ciphertext: Uint8Array): Uint8Array | undefined {
  if (ciphertext.length !== key.byteLength) return undefined;
  return privateOperation(ownPrivate(key), ciphertext);
}

export const rsa: Rsa = {
  privateKey: decodePrivateKey,
  publicKey: decodePublicKey,
  encodePublicKey: (key) => encodePublicKey(ownPublic(key)),
  generate: generateKey,
  generateLong: generateKeyLong,

  signPkcs1(key, hash, digest) {
    checkDigest(hash, digest);
    return signEncoded(key, encodeSignature(hash, digest, key.byteLength));
  },

  verifyPkcs1(key, hash, digest, signature) {
    checkDigest(hash, digest);
    const expected = encodeSignature(hash, digest, key.byteLength);
    const em = openSignature(key, signature);
    return expected !== undefined && em !== undefined && equalBytes(em, expected);
  },

  signPss(key, hash, digest, saltLength, random) {
    checkDigest(hash, digest);
    if (saltLength > key.byteLength) return undefined;
    return signEncoded(key, encodePss(hash, digest, random(saltLength), key.bits - 1));
  },

  verifyPss(key, hash, digest, saltLength, signature) {
    const hashes = openPssSignature(key, hash, digest, saltLength, signature);
    return hashes !== undefined && equalBytes(hashes.found, hashes.computed);
  },

  encryptPkcs1(key, message, random) {
    const em = encodeEncryption(message, key.byteLength, random);
    return em && publicOperation(ownPublic(key), em);
  },

  decryptPkcs1(key, ciphertext) {
    const em = openCiphertext(key, ciphertext);
    return em && decodeEncryption(em);
  },

  encryptOaep(key, hash, label, message, random) {
    const em = encodeOaep(hash, label, message, key.byteLength, random);
    return em && publicOperation(ownPublic(key), em);
  },

  decryptOaep(key, hash, label, ciphertext) {
    const em = openCiphertext(key, ciphertext);
    return em && decodeOaep(hash, label, em);
  },
};
