/**
 * Random bytes on hand: TLS stacks ask for them in synchronous functions, a device answers later. The pool is filled
 * from psa_generate_random ahead of time. One that has run dry throws: falling back to another source would be a
 * handshake that the device had no part in, without anybody noticing.
 */
export class RandomPool {
  readonly #generate: (length: number) => Promise<Uint8Array>;
  readonly #bytes: Uint8Array;
  /** The bytes not given out yet are the first #left ones. */
  #left = 0;
  #filling: Promise<void> | undefined;
  #failure: unknown;
  #closed = false;

  constructor(size: number, generate: (length: number) => Promise<Uint8Array>) {
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`a random pool of ${size} bytes: expected a positive integer`);
    this.#bytes = new Uint8Array(size);
    this.#generate = generate;
  }

  /** Resolves when the pool is full; rejects where the device gives no random bytes. */
  async fill(): Promise<void> {
    while (!this.#closed && this.#left < this.#bytes.length) {
      this.#failure = undefined;
      this.#filling ??= this.#refill();
      await this.#filling;
      if (this.#failure !== undefined) throw this.#failure;
    }
  }

  /** Never the same bytes twice; starts a refill in the background below half of the size. */
  take(length: number): Uint8Array {
    if (this.#closed) throw new Error(`${length} random bytes: the adapter is closed`);
    if (length > this.#left) {
      const why = this.#failure instanceof Error ? `; the last refill failed: ${this.#failure.message}` : '';
      throw new Error(
        `${length} random bytes: the pool holds ${this.#left} of ${this.#bytes.length}${why}; ` +
          'raise randomPool, or await fillRandomPool() before',
        { cause: this.#failure },
      );
    }
    this.#left -= length;
    const taken = this.#bytes.slice(this.#left, this.#left + length);
    this.#bytes.fill(0, this.#left, this.#left + length);
    if (this.#left < this.#bytes.length / 2) this.#filling ??= this.#refill();
    return taken;
  }

  /** Wipes the pool; waits for a refill under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#filling;
    this.#left = 0;
    this.#bytes.fill(0);
  }

  /** Never rejects: `take` and `fill` say what happened. */
  async #refill(): Promise<void> {
    try {
      const fresh = await this.#generate(this.#bytes.length - this.#left);
      // What was taken meanwhile came off the end, so there is room for all of it.
      this.#bytes.set(fresh, this.#left);
      this.#left += fresh.length;
      fresh.fill(0);
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#filling = undefined;
    }
  }
}
