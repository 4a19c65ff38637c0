/** What effects make of bytes. The given ones are never written to. */
import type { Effect } from './fault.ts';

type Mix = (there: number, given: number) => number;

/** The first bytes, as many as there are of both. */
const mixed = (value: Uint8Array, given: Uint8Array, mix: Mix): Uint8Array =>
  value.map((byte, i) => (i < given.length ? mix(byte, given[i] ?? 0) : byte));

const flipped = (value: Uint8Array, bit: number): Uint8Array =>
  value.map((byte, i) => (i === bit >>> 3 ? byte ^ (1 << (bit & 7)) : byte));

/** The last value at the same length: cut, or followed by zeros. */
const fitted = (value: Uint8Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  out.set(value.subarray(0, length));
  return out;
};

/** `last` is what was there at the visit before; effects that are none of bytes change nothing. */
export const changed = (value: Uint8Array, effect: Effect, last: Uint8Array | undefined): Uint8Array => {
  switch (effect.name) {
    case 'flip':
      return flipped(value, effect.number);
    case 'xor':
      return mixed(value, effect.bytes, (there, given) => there ^ given);
    case 'set':
      return mixed(value, effect.bytes, (there, given) => there | given);
    case 'clear':
      return mixed(value, effect.bytes, (there, given) => there & ~given);
    case 'overwrite':
      return mixed(value, effect.bytes, (_, given) => given);
    case 'zero':
    case 'skip':
      return new Uint8Array(value.length);
    case 'truncate':
      return value.slice(0, effect.number);
    case 'stale':
      return last === undefined ? value : fitted(last, value.length);
    default:
      return value;
  }
};

/** Bytes at points, with what was there before: for `stale`. */
export class Changes {
  readonly #last = new Map<string, Uint8Array>();

  apply(point: string, value: Uint8Array, effects: readonly Effect[]): Uint8Array {
    const last = this.#last.get(point);
    const out = effects.reduce((bytes, effect) => changed(bytes, effect, last), value);
    this.#last.set(point, out.slice());
    return out;
  }
}
