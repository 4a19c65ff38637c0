/** HKDF (RFC 5869) and the TLS 1.2 PRF (RFC 5246 5) as streams of bytes, and the whole of key derivation. */

import type { HashName, Kdf } from '../engine.ts';
import { ownAesKey } from './aes-key.ts';
import { BlockStream } from './block-stream.ts';
import { CmacPrf, cmacPrf128 } from './cmac-prf.ts';
import { CounterKdf } from './counter-kdf.ts';
import { NobleHmacKey } from './hmac.ts';
import { Pbkdf2 } from './pbkdf2.ts';

/** The last octet of HKDF's info is the block number, RFC 5869 2.3. */
const HKDF_BLOCKS = 255;

/** RFC 5869 2.3: T(i) = HMAC(PRK, T(i-1) || info || i). */
class HkdfExpand extends BlockStream {
  readonly #info: Uint8Array;
  readonly #counter = new Uint8Array(1);
  #blocks = 0;

  constructor(hash: HashName, prk: Uint8Array, info: Uint8Array) {
    super(new NobleHmacKey(hash, prk));
    this.#info = info.slice();
  }

  protected override next(): undefined {
    if (this.#blocks === HKDF_BLOCKS) throw new RangeError('HKDF: more than 255 blocks');
    const previous = this.#blocks === 0 ? this.block.subarray(0, 0) : this.block;
    this.#blocks += 1;
    this.#counter[0] = this.#blocks;
    this.prf.macInto(this.block, previous, this.#info, this.#counter);
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
    super(new NobleHmacKey(hash, secret));
    this.#seed = labelAndSeed.slice();
    this.#a = new Uint8Array(this.block.length);
  }

  protected override next(): undefined {
    this.prf.macInto(this.#a, this.#started ? this.#a : this.#seed);
    this.#started = true;
    this.prf.macInto(this.block, this.#a, this.#seed);
  }

  override wipe(): void {
    super.wipe();
    this.#seed.fill(0);
    this.#a.fill(0);
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
  pbkdf2Hmac: (hash, password, salt, iterations) =>
    new Pbkdf2(new NobleHmacKey(hash, password), salt, iterations),
  pbkdf2AesCmac: (password, salt, iterations) => new Pbkdf2(cmacPrf128(password), salt, iterations),
  counterHmac: (hash, key, label, context, outputLength) =>
    CounterKdf.ofHmac(new NobleHmacKey(hash, key), label, context, outputLength),
  counterCmac: (key, label, context, outputLength) =>
    CounterKdf.ofCmac(new CmacPrf(ownAesKey(key).clone()), label, context, outputLength),
};
