/** The Crypto interface of the Web Cryptography API (clause 10) over a device, and what keys in a device need beside. */
import type { webcrypto } from 'node:crypto';
import type { Psa } from '../../psa-api/generated/psa.ts';
import type { OnCall } from '../tls/primitives.ts';
import { RandomPool } from '../tls/random-pool.ts';
import { PsaCryptoKey } from './crypto-key.ts';
import { Device } from './device.ts';
import { failure, translate } from './errors.ts';
import { type Identifier, usagesOf } from './params.ts';
import { normalize } from './registry.ts';
import { PsaSubtleCrypto } from './subtle.ts';

export interface CryptoOptions {
  /** Bytes of random numbers on hand for getRandomValues, which answers at once. 4096 where not given. */
  readonly randomPool?: number;
  /** Hears of every PSA call before it is made, by its name in C. */
  readonly onCall?: OnCall;
}

export interface PsaCrypto extends AsyncDisposable {
  readonly subtle: PsaSubtleCrypto;
  /** 10.1.1. OperationError where the pool has not as many bytes: raise `randomPool`, or await fillRandomPool. */
  getRandomValues<T extends ArrayBufferView | null>(array: T): T;
  /** 10.1.2. */
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
  /**
   * A key of the device as a CryptoKey: built in, persistent or made by other means. Of a key pair it is the private
   * half; `subtle.getPublicKey` gives the other. What the attributes of the key say (curve, hash, length) need not be
   * in `algorithm`. InvalidAccessError where the key is of another type or its policy does not allow a usage.
   */
  keyFromId(id: number, algorithm: Identifier, usages: readonly webcrypto.KeyUsage[]): Promise<PsaCryptoKey>;
  /** psa_destroy_key, and the end of the CryptoKey. A public key takes no room in the device. */
  destroyKey(key: webcrypto.CryptoKey): Promise<void>;
  /** Keys in the device that `close` is going to destroy. */
  keyCount(): number;
  /** Resolves when the random pool is full again. */
  fillRandomPool(): Promise<void>;
  /** Destroys every key that was imported, generated or derived here; not those of keyFromId. */
  close(): Promise<void>;
}

const DEFAULT_POOL = 4096;
/** 10.1.1. */
const QUOTA = 65_536;
/** Of psa_generate_random: what a device shares with its callers is 16 KiB. */
const PIECE = 4096;

const INTEGER_ARRAYS = /^(Int|Uint|BigInt|BigUint)\d+(Clamped)?Array$/;

/** The bytes of an array of integers. */
const bytesOf = (array: ArrayBufferView | null): Uint8Array => {
  if (!ArrayBuffer.isView(array) || !INTEGER_ARRAYS.test(Object.prototype.toString.call(array).slice(8, -1)))
    throw failure('TypeMismatchError', 'getRandomValues: expected an array of integers');
  if (array.byteLength > QUOTA)
    throw failure(
      'QuotaExceededError',
      `getRandomValues: ${array.byteLength} bytes; it gives up to ${QUOTA}`,
    );
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
};

const generated = async (device: Device, length: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += PIECE) bytes.set(await device.random(Math.min(PIECE, length - at)), at);
  return bytes;
};

/** RFC 9562 5.4, from 16 random bytes. */
const uuidOf = (bytes: Uint8Array): ReturnType<PsaCrypto['randomUUID']> => {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/**
 * Everything goes through `psa`, a connection or a device in this process; there is no other cryptography here to
 * fall back to. Failures are DOMExceptions with the names of the API, and a PsaFailure with the status as `cause`.
 */
export const createCrypto = async (psa: Psa, options: CryptoOptions = {}): Promise<PsaCrypto> => {
  const device = new Device(psa, options.onCall);
  const pool = new RandomPool(options.randomPool ?? DEFAULT_POOL, (length) => generated(device, length));
  await pool.fill();

  const take = (length: number): Uint8Array => {
    try {
      return pool.take(length);
    } catch (error) {
      throw failure('OperationError', error instanceof Error ? error.message : String(error), error);
    }
  };

  const close = async (): Promise<void> => {
    await pool.close();
    await device.close();
  };

  return {
    subtle: new PsaSubtleCrypto(device),
    getRandomValues: (array) => {
      const bytes = bytesOf(array);
      bytes.set(take(bytes.length));
      return array;
    },
    randomUUID: () => uuidOf(take(16)),
    keyFromId: async (id, identifier, usages) => {
      try {
        const { algorithm, params } = normalize(identifier, 'adopt');
        const wish = { usages: usagesOf(usages), extractable: false };
        return await algorithm.adopt(device, id, await device.attributes(id), params, wish);
      } catch (error) {
        throw translate(error);
      }
    },
    destroyKey: async (key) => {
      const own = PsaCryptoKey.of(device, key);
      const place = PsaCryptoKey.place(own);
      try {
        if (place.kind === 'device') await device.destroyKey(place.id);
        PsaCryptoKey.forget(own);
      } catch (error) {
        throw translate(error);
      }
    },
    keyCount: () => device.keyCount,
    fillRandomPool: () => pool.fill(),
    close,
    [Symbol.asyncDispose]: close,
  };
};
