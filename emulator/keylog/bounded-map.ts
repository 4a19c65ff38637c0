/** A map that forgets its oldest entries: what watches from outside must not grow with what it sees. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #limit: number;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#limit) {
      const { value: oldest } = this.keys().next();
      if (oldest !== undefined) this.delete(oldest);
    }
    return this;
  }
}
