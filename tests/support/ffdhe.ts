/** The primes of RFC 7919 as its appendix A makes them: 2^b - 2^(b-64) + (floor(2^(b-130) * e) + X) * 2^64 - 1. */

/** floor(2^bits * e) by its series, with bits to spare. */
const e = (bits: bigint): bigint => {
  const spare = 64n;
  let [term, sum] = [1n << (bits + spare), 0n];
  for (let n = 1n; term > 0n; n++) {
    sum += term;
    term /= n;
  }
  return sum >> spare;
};

const prime = (b: bigint, x: bigint): bigint =>
  (1n << b) - (1n << (b - 64n)) + ((e(b - 130n) + x) << 64n) - 1n;

export const FFDHE = {
  2048: prime(2048n, 560316n),
  3072: prime(3072n, 2625351n),
  4096: prime(4096n, 5736041n),
  6144: prime(6144n, 15705020n),
  8192: prime(8192n, 10965728n),
} as const;
