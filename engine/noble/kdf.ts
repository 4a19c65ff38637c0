/** HKDF (RFC 5869), the TLS 1.2 PRF (RFC 5246 5) and PBKDF2 (RFC 8018 5.2), as streams of bytes. */

import type { HashName, Kdf, KdfStream } from '../engine.ts';
import { NobleHmacKey } from './hmac.ts';
import { storeBE } from './words.ts';

/** The last octet of HKDF's info is the block number, RFC 5869 2.3. */
const HKDF_BLOCKS = 255;

/** A stream made block by block; what a read leaves of a block waits for the next. */
abstract class BlockStream implements KdfStream {
  protected readonly hmac: NobleHmacKey;
  protected readonly block: Uint8Array;
  #used: number;

  constructor(hash: HashName, key: Uint8Array) {
    this.hmac = new NobleHmacKey(hash, key);
    this.block = new Uint8Array(this.hmac.outputLength);
    this.#used = this.block.length;
  }

  /** The next block into `block`. */
  protected abstract next(): void;

  read(length: number): Uint8Array {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      if (this.#used === this.block.length) {
        this.next();
        this.#used = 0;
      }
      const part = this.block.subarray(this.#used, this.#used + length - at);
      out.set(part, at);
      at += part.length;
      this.#used += part.length;
    }
    return out;
  }

  wipe(): void {
    this.hmac.wipe();
    this.block.fill(0);
    this.#used = this.block.length;
  }
}

/** RFC 5869 2.3: T(i) = HMAC(PRK, T(i-1) || info || i). */
class HkdfExpand extends BlockStream {
  readonly #info: Uint8Array;
  readonly #counter = new Uint8Array(1);
  #blocks = 0;

  constructor(hash: HashName, prk: Uint8Array, info: Uint8Array) {
    super(hash, prk);
    this.#info = info.slice();
  }

  protected override next(): void {
    if (this.#blocks === HKDF_BLOCKS) throw new RangeError('HKDF: more than 255 blocks');
    const previous = this.#blocks === 0 ? this.block.subarray(0, 0) : this.block;
    this.#blocks += 1;
    this.#counter[0] = this.#blocks;
    this.hmac.macInto(this.block, previous, this.#info, this.#counter);
  }

  override wipe(): void {
    super.wipe();
    this.#info.fill(0);
  }
}

/** RFC 5246 5: A(i) = HMAC(secret, A(i-1)), block i = HMAC(secret, A(i) || seed), A(0) = seed. */
class TlsPrf extends BlockStream {
  readonly #seed: Uint8Array;
  readonly #a: Uint8Array;
  #started = false;

  constructor(hash: HashName, secret: Uint8Array, labelAndSeed: Uint8Array) {
    super(hash, secret);
    this.#seed = labelAndSeed.slice();
    this.#a = new Uint8Array(this.block.length);
  }

  protected override next(): void {
    this.hmac.macInto(this.#a, this.#started ? this.#a : this.#seed);
    this.#started = true;
    this.hmac.macInto(this.block, this.#a, this.#seed);
  }

  override wipe(): void {
    super.wipe();
    this.#seed.fill(0);
    this.#a.fill(0);
  }
}

/** RFC 8018 5.2: T_i = U_1 xor ... xor U_c, U_1 = PRF(P, S || INT(i)), U_j = PRF(P, U_(j-1)). */
class Pbkdf2 extends BlockStream {
  readonly #salt: Uint8Array;
  readonly #iterations: number;
  readonly #index = new Uint8Array(4);
  readonly #u: Uint8Array;
  #blocks = 0;

  constructor(hash: HashName, password: Uint8Array, salt: Uint8Array, iterations: number) {
    super(hash, password);
    if (iterations < 1) throw new RangeError('PBKDF2: no iterations');
    this.#salt = salt.slice();
    this.#iterations = iterations;
    this.#u = new Uint8Array(this.block.length);
  }

  protected override next(): void {
    const u = this.#u;
    const sum = this.block;
    this.#blocks += 1;
    storeBE(this.#index, 0, this.#blocks);
    this.hmac.macInto(u, this.#salt, this.#index);
    sum.set(u);
    for (let j = 1; j < this.#iterations; j++) {
      this.hmac.macInto(u, u);
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) ^ (u[i] as number);
    }
  }

  override wipe(): void {
    super.wipe();
    this.#salt.fill(0);
    this.#u.fill(0);
  }
}

export const kdf: Kdf = {
  hkdfExtract(hash, salt, secret) {
    const key = new NobleHmacKey(hash, salt);
    const prk = new Uint8Array(key.outputLength);
    key.macInto(prk, secret);
    key.wipe();
    return prk;
  },
  hkdfExpand: (hash, prk, info) => new HkdfExpand(hash, prk, info),
  tls12Prf: (hash, secret, labelAndSeed) => new TlsPrf(hash, secret, labelAndSeed),
  pbkdf2Hmac: (hash, password, salt, iterations) => new Pbkdf2(hash, password, salt, iterations),
};
