/** Power that a fault takes away in the middle of a call. */

/** Nothing goes on from here; the device begins anew. */
export class PowerLost extends Error {
  constructor() {
    super('power was lost, by a fault');
    this.name = 'PowerLost';
  }
}

export class Power {
  #lost = false;

  lose(): never {
    this.#lost = true;
    throw new PowerLost();
  }

  /** What needs power cannot be done without. */
  check(): void {
    if (this.#lost) throw new PowerLost();
  }

  get isLost(): boolean {
    return this.#lost;
  }

  restore(): void {
    this.#lost = false;
  }
}
