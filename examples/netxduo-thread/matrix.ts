/** The matrix: each mistake with each suite on each profile, what came of it, and whether that is what had to. */
import { availableParallelism } from 'node:os';
import { EXPECTATIONS, type Expectation, expectationOf, type Outcome } from './expectations.ts';
import { Stage } from './stage.ts';
import { PROFILES, type ProfileName, type SuiteName, suiteNames } from './suites.ts';
import { type VariantName, variantNames } from './variants.ts';

export interface Case {
  readonly variant: VariantName;
  readonly suite: SuiteName;
  readonly profile: ProfileName;
}

export interface Seen extends Case {
  readonly expected: Expectation;
  readonly outcome: Outcome;
  readonly isExpected: boolean;
}

export const CASES: readonly Case[] = variantNames.flatMap((variant) =>
  suiteNames.flatMap((suite) => PROFILES.map((profile) => ({ variant, suite, profile }))),
);

const isSame = (one: Outcome, other: Outcome): boolean =>
  one.client === other.client &&
  one.openssl === other.openssl &&
  one.diagnosis.join() === other.diagnosis.join();

export class Matrix {
  readonly #stage = new Stage();
  readonly #table: readonly Expectation[];
  readonly #waiting: (() => void)[] = [];
  /** A handshake is two processes at work in turn. */
  #free = Math.max(2, availableParallelism());

  constructor(table: readonly Expectation[] = EXPECTATIONS) {
    this.#table = table;
  }

  /** Waits for its turn. */
  async see(one: Case): Promise<Seen> {
    const { variant, suite, profile } = one;
    const expected = expectationOf(this.#table, variant, suite, profile);
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      const outcome = await this.#stage.run(variant, suite, profile);
      return { ...one, expected, outcome, isExpected: isSame(outcome, expected) };
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }

  close(): void {
    this.#stage.close();
  }
}
