/** Random inputs that repeat: the seed is in H5SM_TEST_SEED, or drawn, and is said at the start of a suite. */
import { createCipheriv, createHash, randomInt } from 'node:crypto';
import { environment } from './environment.ts';

export interface Generator {
  bytes(length: number): Uint8Array;
  /** In 0..limit-1. */
  below(limit: number): number;
  /** In low..high. */
  between(low: number, high: number): number;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  /** Lengths as messages have them: often short, often at the edge of a block, at times long. */
  length(most?: number): number;
  /** `data` cut at random places, with empty parts now and then. */
  split(data: Uint8Array): Uint8Array[];
}

export const SEED: string = environment.H5SM_TEST_SEED ?? String(randomInt(2 ** 47));

const times = environment.H5SM_TEST_TIMES ?? '1';
if (!/^[1-9]\d*$/.test(times))
  throw new Error(`H5SM_TEST_TIMES=${times}: expected a whole number, for example 20`);
export const TIMES = Number(times);

/** The stream of AES-CTR under a key made of seed and suite name. */
export const generator = (suite: string, seed: string = SEED): Generator => {
  const key = createHash('sha256').update(`${seed}/${suite}`).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const bytes = (length: number) => new Uint8Array(cipher.update(Buffer.alloc(length)));
  const below = (limit: number) => Buffer.from(bytes(6)).readUIntBE(0, 6) % limit;
  const between = (low: number, high: number) => low + below(high - low + 1);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[below(list.length)] as T;
  };
  const length = (most = 300): number => {
    const drawn = pick([
      () => below(20),
      () => 16 * below(9) + pick([-1, 0, 1]),
      () => 64 * below(5) + pick([-9, -1, 0, 1]),
      () => below(most + 1),
    ])();
    return Math.min(Math.max(drawn, 0), most);
  };
  const split = (data: Uint8Array): Uint8Array[] => {
    const parts: Uint8Array[] = [];
    for (let at = 0; at < data.length; ) {
      const n = pick([() => below(6), () => below(18), () => below(70), () => 16 * below(5)])();
      parts.push(data.subarray(at, at + n));
      at += n;
    }
    return parts;
  };
  return { bytes, below, between, pick, length, split };
};

/** Runs `check` on TIMES * `count` cases, each from a generator of its own; a failure tells how to repeat it. */
export const cases = async (
  suite: string,
  count: number,
  check: (random: Generator, index: number) => Promise<void> | void,
): Promise<void> => {
  for (let i = 0; i < TIMES * count; i++) {
    try {
      await check(generator(`${suite}/${i}`), i);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`${suite}, case ${i}, H5SM_TEST_SEED=${SEED}: ${why}`, { cause: error });
    }
  }
};
