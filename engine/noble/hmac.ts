/**
 * HMAC (RFC 2104, FIPS 198-1). Noble's own HMAC takes no SHAKE and absorbs both padded blocks at every
 * start; this one keeps them absorbed in the key.
 */

import type { HashName, HmacKey, MacState } from '../engine.ts';
import { copyState, digest, type HashFunction, hashFunction, type RunningHash } from './hashes.ts';

const IPAD = 0x36;
const OPAD = 0x5c;

function absorbPad(hash: HashFunction, block: Uint8Array, pad: number): RunningHash {
  const running = hash.create();
  running.update(block.map((byte) => byte ^ pad));
  return running;
}

export class NobleHmacKey implements HmacKey {
  readonly outputLength: number;
  readonly #inner: RunningHash;
  readonly #outer: RunningHash;
  readonly #work: RunningHash;

  constructor(name: HashName, key: Uint8Array) {
    const hash = hashFunction(name);
    const block = new Uint8Array(hash.blockLen);
    block.set(key.length > hash.blockLen ? digest(name, key) : key);
    this.outputLength = hash.outputLen;
    this.#inner = absorbPad(hash, block, IPAD);
    this.#outer = absorbPad(hash, block, OPAD);
    this.#work = hash.create();
    block.fill(0);
  }

  start(): MacState {
    return new HmacState(this, this.#inner.clone());
  }

  /** HMAC(parts in order) into `out`, which may be one of the parts. */
  macInto(out: Uint8Array, ...parts: Uint8Array[]): void {
    copyState(this.#inner, this.#work);
    for (const part of parts) this.#work.update(part);
    this.#work.digestInto(out);
    this.close(out);
  }

  /** H(K xor opad || inner digest), in place. */
  close(inner: Uint8Array): void {
    copyState(this.#outer, this.#work);
    this.#work.update(inner);
    this.#work.digestInto(inner);
  }

  wipe(): void {
    this.#inner.destroy();
    this.#outer.destroy();
    this.#work.destroy();
  }
}

class HmacState implements MacState {
  readonly #key: NobleHmacKey;
  readonly #inner: RunningHash;

  constructor(key: NobleHmacKey, inner: RunningHash) {
    this.#key = key;
    this.#inner = inner;
  }

  update(data: Uint8Array): void {
    this.#inner.update(data);
  }

  digest(): Uint8Array {
    const out = this.#inner.digest();
    this.#key.close(out);
    this.#inner.destroy();
    return out;
  }

  wipe(): void {
    this.#inner.destroy();
  }
}
