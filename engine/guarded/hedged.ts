/**
 * 'hedged-nonce': a per-signature secret that depends on fresh randomness, on the private key and on the hash, so that
 * a generator that repeats itself gives no secret twice for two hashes, and a hash signed twice has two secrets.
 */

import type { Engine, NonceSource, RandomBytes } from '../engine.ts';
import { concatBytes } from '../noble/bytes.ts';

function hmac(engine: Engine, key: Uint8Array, ...parts: Uint8Array[]): Uint8Array {
  const hmacKey = engine.hmacKey('sha512', key);
  const state = hmacKey.start();
  for (const part of parts) state.update(part);
  const mac = state.digest();
  hmacKey.wipe();
  return mac;
}

/** HMAC(key, 0 || data) || HMAC(key, 1 || data) || ..., going on where the last draw ended a block. */
export function expand(engine: Engine, key: Uint8Array, data: Uint8Array): RandomBytes {
  let counter = 0;
  return (length) => {
    let out: Uint8Array = new Uint8Array(0);
    while (out.length < length) {
      const block = Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter);
      out = concatBytes(out, hmac(engine, key, block, data));
      counter++;
    }
    return out.slice(0, length);
  };
}

/** The key of the stream is HMAC(private key, random || hash), its noise as long as the private key. */
export function hedgedNonce(
  engine: Engine,
  random: RandomBytes,
  privateKey: Uint8Array,
  hash: Uint8Array,
  nonce: NonceSource,
): NonceSource {
  const draw = 'random' in nonce ? nonce.random : random;
  const seed = hmac(engine, privateKey, draw(privateKey.length), hash);
  return { random: expand(engine, seed, new Uint8Array(0)) };
}
