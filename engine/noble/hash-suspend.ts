/**
 * The inside of a running Merkle-Damgard hash, taken out and put back: chaining words, the block not yet full,
 * and the length so far. The library keeps them in fields that its types do not show; this is the only place
 * that knows them. Sponges and our own hashes have no such fields, and so no such form.
 */

import type { SuspendedHash } from '../engine.ts';
import type { HashFunction, RunningHash } from './hashes.ts';
import { loadBE, loadLE, storeBE, storeLE } from './words.ts';

interface MerkleDamgard extends RunningHash {
  readonly blockLen: number;
  /** The byte order of words. */
  readonly isLE: boolean;
  readonly buffer: Uint8Array;
  /** Bytes in the buffer. */
  pos: number;
  /** Bytes hashed so far, those in the buffer among them. */
  length: number;
  /** The chaining value in words of 32 bits; a word of 64 bits is two, the upper first. */
  get(): number[];
  set(...words: number[]): void;
}

function isMerkleDamgard(hash: RunningHash & Partial<MerkleDamgard>): hash is MerkleDamgard {
  return (
    typeof hash.blockLen === 'number' &&
    typeof hash.isLE === 'boolean' &&
    hash.buffer instanceof Uint8Array &&
    typeof hash.pos === 'number' &&
    typeof hash.length === 'number' &&
    typeof hash.get === 'function' &&
    typeof hash.set === 'function'
  );
}

export function suspend(hash: RunningHash): SuspendedHash | undefined {
  if (!isMerkleDamgard(hash)) return undefined;
  const words = hash.get();
  const state = new Uint8Array(4 * words.length);
  const store = hash.isLE ? storeLE : storeBE;
  for (const [i, word] of words.entries()) store(state, 4 * i, word);
  return { inputLength: hash.length, state, unprocessed: hash.buffer.slice(0, hash.pos) };
}

export function resume(
  hashFunction: HashFunction,
  { inputLength, state, unprocessed }: SuspendedHash,
): RunningHash | undefined {
  const hash: RunningHash = hashFunction.create();
  if (!isMerkleDamgard(hash) || !Number.isSafeInteger(inputLength) || inputLength < 0) return undefined;
  const count = hash.get().length;
  if (state.length !== 4 * count || unprocessed.length !== inputLength % hash.blockLen) return undefined;
  const load = hash.isLE ? loadLE : loadBE;
  hash.set(...Array.from({ length: count }, (_, i) => load(state, 4 * i)));
  hash.buffer.set(unprocessed);
  hash.pos = unprocessed.length;
  hash.length = inputLength;
  return hash;
}
