/**
 * What an open operation has been given so far: enough to build its state anew elsewhere, whatever its family. A
 * snapshot keeps this instead of the states themselves.
 */

import type { RandomBytes } from '../engine/engine.ts';
import type { Inputs, Value } from './call.ts';

/** One call on the operation, and the random bytes it drew. */
export interface Step {
  readonly functionId: number;
  readonly inputs: Inputs;
  readonly draws: readonly Uint8Array[];
}

/** Beyond this the bytes are not kept, and the operation cannot be part of a snapshot. */
export const JOURNAL_LIMIT = 1024 * 1024;

const copied = (value: Value): Value => (value instanceof Uint8Array ? value.slice() : value);
const lengthOf = (value: Value): number => (value instanceof Uint8Array ? value.length : 0);

export class OperationJournal {
  #steps: Step[] = [];
  #bytes = 0;

  /** undefined: more was given than is kept. */
  get steps(): readonly Step[] | undefined {
    return this.#bytes > JOURNAL_LIMIT ? undefined : this.#steps;
  }

  add(functionId: number, inputs: Inputs, draws: readonly Uint8Array[]): void {
    this.#bytes += inputs.reduce<number>((sum, value) => sum + lengthOf(value), 0);
    if (this.#bytes > JOURNAL_LIMIT) this.#forget();
    else this.#steps.push({ functionId, inputs: inputs.map(copied), draws });
  }

  /** Of an operation that begins as a clone. */
  clone(): OperationJournal {
    const clone = new OperationJournal();
    clone.#bytes = this.#bytes;
    clone.#steps = this.#steps.map(({ functionId, inputs, draws }) => ({
      functionId,
      inputs: inputs.map(copied),
      draws: draws.map((draw) => draw.slice()),
    }));
    return clone;
  }

  wipe(): void {
    this.#forget();
  }

  #forget(): void {
    for (const { inputs, draws } of this.#steps) {
      for (const value of [...inputs, ...draws]) if (value instanceof Uint8Array) value.fill(0);
    }
    this.#steps = [];
  }
}

/** Stands before the generator: hears what a call draws, and draws the same again when it is told to. */
export interface DrawRecorder {
  readonly random: RandomBytes;
  start(): void;
  /** What has been drawn since `start`. */
  stop(): readonly Uint8Array[];
  /** The next draws, instead of the generator's. */
  replay(draws: readonly Uint8Array[]): void;
}

export const createDrawRecorder = (generate: RandomBytes): DrawRecorder => {
  let heard: Uint8Array[] | undefined;
  let queue: Uint8Array[] = [];
  return {
    random: (length) => {
      const next = queue.shift();
      const bytes = next === undefined ? generate(length) : next.slice();
      heard?.push(bytes.slice());
      return bytes;
    },
    start: () => {
      heard = [];
    },
    stop: () => {
      const draws = heard ?? [];
      heard = undefined;
      queue = [];
      return draws;
    },
    replay: (draws) => {
      queue = [...draws];
    },
  };
};
