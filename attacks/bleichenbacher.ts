/**
 * RSAES-PKCS1-v1_5 and a device that tells whether the padding was right: D. Bleichenbacher, "Chosen Ciphertext Attacks
 * Against Protocols Based on the RSA Encryption Standard PKCS #1" (CRYPTO 1998). A conforming message lies between 2B and
 * 3B - 1; each multiple of it that conforms too narrows that down, until one is left. Steps are numbered as in the paper.
 */
import { bytesToInteger, ceilDiv, integerToBytes, modPow } from './numbers.ts';
import type { RsaPublicNumbers } from './rsa-key.ts';

/** Whether a ciphertext decrypts to a conforming message. */
export type ConformingOracle = (ciphertext: Uint8Array) => Promise<boolean>;

interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

/** Step 3: what each interval and each number of turns around n leave. */
const narrowed = (intervals: readonly Interval[], s: bigint, n: bigint, B: bigint): Interval[] => {
  const left = new Map<string, Interval>();
  for (const { low, high } of intervals) {
    const last = (high * s - 2n * B) / n;
    for (let r = ceilDiv(low * s - 3n * B + 1n, n); r <= last; r++) {
      const interval = { low: ceilDiv(2n * B + r * n, s), high: (3n * B - 1n + r * n) / s };
      if (interval.low < low) interval.low = low;
      if (interval.high > high) interval.high = high;
      if (interval.low <= interval.high) left.set(`${interval.low} ${interval.high}`, interval);
    }
  }
  return [...left.values()];
};

/** The encoded message of a conforming ciphertext, as long as the modulus; undefined after `most` questions. */
export const decryptByConformity = async (
  { n, e, byteLength }: RsaPublicNumbers,
  oracle: ConformingOracle,
  ciphertext: Uint8Array,
  most: number,
): Promise<Uint8Array | undefined> => {
  const B = 1n << BigInt(8 * (byteLength - 2));
  const c = bytesToInteger(ciphertext);
  let left = most;
  const conforms = (s: bigint): Promise<boolean> => {
    left--;
    return oracle(integerToBytes((c * modPow(s, e, n)) % n, byteLength));
  };
  /** Steps 2.a and 2.b: the next multiplier from this one on. */
  const search = async (from: bigint): Promise<bigint | undefined> => {
    for (let s = from; left > 0; s++) if (await conforms(s)) return s;
    return undefined;
  };
  /** Step 2.c: with one interval left, only multipliers that halve it. */
  const searchNarrow = async ({ low, high }: Interval, last: bigint): Promise<bigint | undefined> => {
    for (let r = ceilDiv(2n * (high * last - 2n * B), n); left > 0; r++) {
      const end = (3n * B - 1n + r * n) / low;
      for (let s = ceilDiv(2n * B + r * n, high); s <= end && left > 0; s++) if (await conforms(s)) return s;
    }
    return undefined;
  };
  let intervals: readonly Interval[] = [{ low: 2n * B, high: 3n * B - 1n }];
  let s = await search(ceilDiv(n, 3n * B));
  while (s !== undefined) {
    intervals = narrowed(intervals, s, n, B);
    const [only] = intervals;
    // Answers that contradict each other come from no such oracle.
    if (only === undefined) return undefined;
    if (intervals.length === 1 && only.low === only.high) return integerToBytes(only.low, byteLength);
    s = intervals.length === 1 ? await searchNarrow(only, s) : await search(s + 1n);
  }
  return undefined;
};
