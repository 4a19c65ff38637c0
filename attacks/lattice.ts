/**
 * Lattice reduction by Lenstra, Lenstra and Lovasz ("Factoring polynomials with rational coefficients", 1982), in
 * integers alone: Gram-Schmidt coefficients are kept over their common denominators (Cohen, "A Course in Computational
 * Algebraic Number Theory", 2.6.3), so that nothing is ever rounded.
 */

type Row = bigint[];

const dot = (a: Row, b: Row): bigint => a.reduce((sum, x, i) => sum + x * (b[i] as bigint), 0n);

const nearest = (numerator: bigint, denominator: bigint): bigint => {
  const doubled = 2n * numerator + denominator;
  const quotient = doubled / (2n * denominator);
  return doubled < 0n && quotient * 2n * denominator !== doubled ? quotient - 1n : quotient;
};

/** Lovasz' condition with 99/100. */
const DELTA = { numerator: 99n, denominator: 100n };

class Reduction {
  readonly rows: Row[];
  /** Products of squared Gram-Schmidt lengths; `#d[i]` of the first i rows. */
  readonly #d: bigint[] = [1n];
  /** Coefficients, times `#d[j + 1]`. */
  readonly #lambda: bigint[][];

  constructor(basis: readonly (readonly bigint[])[]) {
    this.rows = basis.map((row) => [...row]);
    this.#lambda = this.rows.map((row) => row.map(() => 0n));
    this.rows.forEach((_, k) => {
      this.#orthogonalize(k);
    });
  }

  #orthogonalize(k: number): void {
    for (let j = 0; j <= k; j++) {
      let u = dot(this.rows[k] as Row, this.rows[j] as Row);
      for (let i = 0; i < j; i++) u = (this.#dAt(i + 1) * u - this.#at(k, i) * this.#at(j, i)) / this.#dAt(i);
      if (j < k) this.#set(k, j, u);
      else this.#d[k + 1] = u;
    }
    if (this.#d[k + 1] === 0n) throw new RangeError(`row ${k} depends on those before it`);
  }

  #dAt(i: number): bigint {
    return this.#d[i] as bigint;
  }

  #at(k: number, j: number): bigint {
    return (this.#lambda[k] as Row)[j] as bigint;
  }

  #set(k: number, j: number, value: bigint): void {
    (this.#lambda[k] as Row)[j] = value;
  }

  #reduce(k: number, l: number): void {
    const q = nearest(this.#at(k, l), this.#dAt(l + 1));
    if (q === 0n) return;
    const [row, other] = [this.rows[k] as Row, this.rows[l] as Row];
    for (let i = 0; i < row.length; i++) row[i] = (row[i] as bigint) - q * (other[i] as bigint);
    for (let i = 0; i < l; i++) this.#set(k, i, this.#at(k, i) - q * this.#at(l, i));
    this.#set(k, l, this.#at(k, l) - q * this.#dAt(l + 1));
  }

  #swap(k: number): void {
    [this.rows[k - 1], this.rows[k]] = [this.rows[k] as Row, this.rows[k - 1] as Row];
    for (let j = 0; j < k - 1; j++) {
      const kept = this.#at(k, j);
      this.#set(k, j, this.#at(k - 1, j));
      this.#set(k - 1, j, kept);
    }
    const lambda = this.#at(k, k - 1);
    const [before, here, after] = [this.#dAt(k - 1), this.#dAt(k), this.#dAt(k + 1)];
    const next = (before * after + lambda * lambda) / here;
    for (let i = k + 1; i < this.rows.length; i++) {
      const t = this.#at(i, k);
      const changed = (after * this.#at(i, k - 1) - lambda * t) / here;
      this.#set(i, k, changed);
      this.#set(i, k - 1, (next * t + lambda * changed) / after);
    }
    this.#d[k] = next;
  }

  #isOrdered(k: number): boolean {
    const lambda = this.#at(k, k - 1);
    const left = this.#dAt(k + 1) * this.#dAt(k - 1) + lambda * lambda;
    return left * DELTA.denominator >= this.#dAt(k) * this.#dAt(k) * DELTA.numerator;
  }

  run(): void {
    for (let k = 1; k < this.rows.length; ) {
      this.#reduce(k, k - 1);
      if (this.#isOrdered(k)) {
        for (let l = k - 2; l >= 0; l--) this.#reduce(k, l);
        k++;
      } else {
        this.#swap(k);
        k = Math.max(1, k - 1);
      }
    }
  }
}

/** A reduced basis of the lattice that the rows span; they have to be independent. The first row is short. */
export const reduceLattice = (basis: readonly (readonly bigint[])[]): bigint[][] => {
  const reduction = new Reduction(basis);
  reduction.run();
  return reduction.rows;
};
