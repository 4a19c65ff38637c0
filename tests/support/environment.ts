/** What tests are told from outside. */

export const environment: {
  readonly CI?: string;
  /** Repeats a run with the seed that it printed. */
  readonly H5SM_TEST_SEED?: string;
  /** How many times as many random cases; 1 where it is not given. */
  readonly H5SM_TEST_TIMES?: string;
} = process.env;
