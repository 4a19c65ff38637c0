/** A hash of which only the first bytes are given. */

import type { HashFunction, RunningHash } from './hashes.ts';

class TruncatedHash implements RunningHash {
  readonly #whole: RunningHash;
  readonly #wholeLength: number;
  readonly #length: number;

  constructor(whole: RunningHash, wholeLength: number, length: number) {
    this.#whole = whole;
    this.#wholeLength = wholeLength;
    this.#length = length;
  }

  update(data: Uint8Array): void {
    this.#whole.update(data);
  }

  digest(): Uint8Array {
    return this.#whole.digest().slice(0, this.#length);
  }

  digestInto(out: Uint8Array): void {
    const whole = new Uint8Array(this.#wholeLength);
    this.#whole.digestInto(whole);
    out.set(whole.subarray(0, this.#length));
  }

  clone(): TruncatedHash {
    return new TruncatedHash(this.#whole.clone(), this.#wholeLength, this.#length);
  }

  _cloneInto(to: TruncatedHash): TruncatedHash {
    this.#whole._cloneInto(to.#whole as never);
    return to;
  }

  destroy(): void {
    this.#whole.destroy();
  }
}

export function truncated(hash: HashFunction, length: number): HashFunction {
  const { outputLen, blockLen } = hash;
  return {
    outputLen: length,
    blockLen,
    create: () => new TruncatedHash(hash.create(), outputLen, length),
  };
}
