/** The deterministic per-signature secret of RFC 6979 3.2, with any hash on any curve. */

import type { IField } from '@noble/curves/abstract/modular.js';
import type { HashName } from '../engine.ts';
import { bytesToInteger, concatBytes } from './bytes.ts';
import { NobleHmacKey } from './hmac.ts';

const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);

function hmac(hash: HashName, key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const hmacKey = new NobleHmacKey(hash, key);
  const out = new Uint8Array(hmacKey.outputLength);
  hmacKey.macInto(out, ...parts);
  hmacKey.wipe();
  return out;
}

/** `accept` answers undefined to a k for which there is no signature; the next one follows by step h.3. */
export function deterministicNonce<T>(
  hash: HashName,
  Fn: IField<bigint>,
  privateKey: bigint,
  hashInteger: bigint,
  accept: (k: bigint) => T | undefined,
): T {
  const seed = concatBytes(Fn.toBytes(privateKey), Fn.toBytes(hashInteger));
  const reseed = (separator: Uint8Array, data: Uint8Array) => {
    key = hmac(hash, key, v, separator, data);
    v = hmac(hash, key, v);
  };
  let key = hmac(hash, new Uint8Array(0)).fill(0);
  let v: Uint8Array = new Uint8Array(key.length).fill(1);
  reseed(ZERO, seed);
  reseed(ONE, seed);
  for (;;) {
    let t: Uint8Array = new Uint8Array(0);
    while (8 * t.length < Fn.BITS) {
      v = hmac(hash, key, v);
      t = concatBytes(t, v);
    }
    const k = bytesToInteger(t) >> BigInt(8 * t.length - Fn.BITS);
    const result = Fn.isValidNot0(k) ? accept(k) : undefined;
    if (result !== undefined) return result;
    reseed(ZERO, new Uint8Array(0));
  }
}
