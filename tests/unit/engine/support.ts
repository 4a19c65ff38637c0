/** What the engine's tests share: hexadecimal, splits, and a generator whose seed stands in the test's title. */

import { createNobleEngine } from '../../../engine/noble/index.ts';

export const engine = createNobleEngine();

const { H5SM_TEST_SEED } = process.env;
export const SEED = Number(H5SM_TEST_SEED ?? 0x5eed);

export function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
}

export function hex(data: Uint8Array): string {
  return Buffer.from(data).toString('hex');
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

export function counting(from: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => from + i);
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export interface Generator {
  bytes(length: number): Uint8Array;
  /** In 0..limit-1. */
  below(limit: number): number;
}

/** xorshift32; good enough to choose inputs, and to let a prime search end. */
export function generator(seed: number = SEED): Generator {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return {
    bytes: (length) => Uint8Array.from({ length }, () => next() >>> 11),
    below: (limit) => next() % limit,
  };
}

/** `data` cut at random places, with empty parts now and then. */
export function split(data: Uint8Array, from: Generator): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; ) {
    const length = from.below(4) === 0 ? from.below(70) : from.below(18);
    parts.push(data.subarray(at, at + length));
    at += length;
  }
  return parts;
}
