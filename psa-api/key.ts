/** A key as the operations see it, and the store they get it from. */
import type { AesKey, DesKey, HashName, HmacKey, RsaPrivateKey, RsaPublicKey } from '../engine/engine.ts';
import type { KeyAttributes } from './attributes.ts';
import type { Caller } from './handler.ts';
import type { PsaError, PsaStatus } from './status.ts';

/** What has been computed from the key's bytes once and is worth keeping as long as the key. */
export interface KeyCache {
  aes?: AesKey;
  des?: DesKey;
  xts?: readonly [data: AesKey, tweak: AesKey];
  rsaPrivate?: RsaPrivateKey;
  rsaPublic?: RsaPublicKey;
  /** The public part of a key pair in its export format. */
  publicPart?: Uint8Array;
  readonly hmac: Map<HashName, HmacKey>;
}

export interface Key {
  /** Complete: id and size are filled in, SIGN_HASH and VERIFY_HASH carry their message flags. */
  readonly attributes: KeyAttributes;
  readonly owner: number;
  /** The key in its export format (PSA Crypto 1.3, 9.2, "Key format" of each type). */
  readonly data: Uint8Array;
  readonly cache: KeyCache;
  /** Set when the key is destroyed: an operation that holds it fails from then on (9.6.2). */
  readonly destroyed: boolean;
}

export interface KeyStore {
  /** PSA_ERROR_INVALID_HANDLE for an id that is no key of this owner; storage errors as they are. */
  find(owner: number, id: number): Key | PsaError;
  /** Whether a key could be created with this id: persistent ids are unique for their owner. */
  exists(owner: number, id: number): boolean;
  /** Takes `data` over. Volatile keys get an id and end with the caller's connection. */
  create(caller: Caller, attributes: KeyAttributes, data: Uint8Array): number | PsaError;
  destroy(owner: number, id: number): PsaStatus;
  purge(owner: number, id: number): PsaStatus;
}

/** Wipes a cache; the engine objects in it must not be in use any more. */
export const wipeCache = (cache: KeyCache): void => {
  cache.aes?.wipe();
  cache.des?.wipe();
  for (const key of cache.xts ?? []) key.wipe();
  cache.rsaPrivate?.wipe();
  for (const key of cache.hmac.values()) key.wipe();
  cache.hmac.clear();
  delete cache.aes;
  delete cache.des;
  delete cache.xts;
  delete cache.rsaPrivate;
  delete cache.rsaPublic;
  delete cache.publicPart;
};
