/** A CryptoKey (Web Cryptography API, clause 13): what a caller may see of it, and behind it what names the key. */
import type { webcrypto } from 'node:crypto';
import type { KeyAttributes } from '../../psa-api/constants.ts';
import type { Device } from './device.ts';
import { failure } from './errors.ts';
import type { KeyUsage } from './params.ts';

/**
 * Where the key is:
 * - `device`: in the device, under an id, with PSA usage flags. Private and secret keys are there.
 * - `public`: bytes in the format of psa_import_key. It enters the device for the length of each use, so that
 *   public keys, which nobody destroys, never fill it.
 * - `material`: input of a key derivation whose hash is not known yet, which PSA's policy would need.
 */
export type Place =
  | { readonly kind: 'device'; readonly id: number; readonly usage: number }
  | { readonly kind: 'public'; readonly attributes: Partial<KeyAttributes>; readonly data: Uint8Array }
  | { readonly kind: 'material'; readonly data: Uint8Array };

export interface PsaKeyAlgorithm {
  readonly name: string;
  readonly [member: string]: unknown;
}

export class PsaCryptoKey implements webcrypto.CryptoKey {
  readonly type: 'public' | 'private' | 'secret';
  readonly extractable: boolean;
  readonly algorithm: PsaKeyAlgorithm;
  readonly usages: webcrypto.KeyUsage[];
  readonly #device: Device;
  #place: Place | undefined;

  /** Use importKey, generateKey or keyFromId. */
  constructor(
    device: Device,
    place: Place,
    type: 'public' | 'private' | 'secret',
    algorithm: PsaKeyAlgorithm,
    extractable: boolean,
    usages: readonly KeyUsage[],
  ) {
    this.#device = device;
    this.#place = place;
    this.type = type;
    this.extractable = extractable;
    this.algorithm = Object.freeze(algorithm);
    this.usages = [...usages];
    Object.freeze(this.usages);
    Object.freeze(this);
  }

  get [Symbol.toStringTag](): string {
    return 'CryptoKey';
  }

  /** TypeError for what is no key of this device, such as a key of Node's own crypto. */
  static of(device: Device, key: unknown): PsaCryptoKey {
    if (typeof key !== 'object' || key === null || !(#place in key))
      throw new TypeError('a key that this crypto did not make: import it here, or use keyFromId');
    if (key.#device !== device) throw new TypeError('a key of another device');
    return key;
  }

  /** InvalidAccessError for a key that was destroyed: its id may be another key's by now. */
  static place(key: PsaCryptoKey): Place {
    if (key.#place === undefined)
      throw failure('InvalidAccessError', `this ${key.type} ${key.algorithm.name} key was destroyed`);
    return key.#place;
  }

  static forget(key: PsaCryptoKey): void {
    key.#place = undefined;
  }
}

export interface PsaCryptoKeyPair {
  publicKey: PsaCryptoKey;
  privateKey: PsaCryptoKey;
}

/** The id of a key in the device. */
export const idOf = (key: PsaCryptoKey): number => {
  const place = PsaCryptoKey.place(key);
  if (place.kind !== 'device') throw new TypeError(`a ${key.type} ${key.algorithm.name} key has no id`);
  return place.id;
};
