/** The faults that are set: asked at each point, they count its visits and say what happens there. */
import type { FaultControl, FaultReport } from '../../psa-api/service.ts';
import type { Effect, Fault, Trigger } from './fault.ts';
import { parseFault } from './line.ts';
import { isInside, pattern, pointsLike } from './points.ts';
import { lineOf } from './spec.ts';

/** The call under way, as filters see it. */
export interface CallUnderWay {
  readonly functionName: string;
  readonly client: number;
  readonly key: number | undefined;
  readonly alg: number | undefined;
  readonly length: number;
}

export interface FaultsParts {
  /** What decides where `p=` is given. */
  readonly seed: string;
  /** Hears of each strike. */
  readonly onStrike: (line: string, point: string) => void;
  /** The set of faults has changed: whether there are any, and any inside the core. Throws to refuse. */
  readonly onChange: (wanted: { readonly any: boolean; readonly inside: boolean }) => void;
  /** Faults that spoil random numbers are told loudly. */
  readonly onInsecure: (message: string) => void;
}

export interface Strike {
  readonly effects: readonly Effect[];
  /** The parameter that a data effect is for. */
  readonly param: string | undefined;
}

interface Armed {
  readonly id: number;
  readonly fault: Fault;
  readonly like: RegExp;
  readonly fnLike: RegExp | undefined;
  readonly draw: () => number;
  visits: number;
  hits: number;
}

const NOTHING: Strike = { effects: [], param: undefined };

/** Numbers in 0..1 that repeat with the text (FNV-1a, then mulberry32). */
const drawer = (text: string): (() => number) => {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let z = Math.imul(state ^ (state >>> 15), state | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
  };
};

const differs = (wanted: number | undefined, is: number | undefined): boolean =>
  wanted !== undefined && wanted !== is;

export class Faults implements FaultControl {
  readonly #parts: FaultsParts;
  readonly #armed = new Map<number, Armed>();
  readonly #visits = new Map<string, number>();
  /** What waits at a point, worked out once. */
  #at = new Map<string, readonly Armed[]>();
  #wants = new Map<string, boolean>();
  #last = 0;
  #seq = 0;
  #call: CallUnderWay | undefined;
  #paused = 0;

  constructor(parts: FaultsParts) {
    this.#parts = parts;
  }

  add(fault: unknown): number {
    const parsed = parseFault(lineOf(fault));
    const id = this.#last + 1;
    const { fn } = parsed.trigger;
    this.#change(
      () => {
        this.#armed.set(id, {
          id,
          fault: parsed,
          like: pattern(parsed.point),
          fnLike: fn === undefined ? undefined : pattern(fn),
          draw: drawer(`${this.#parts.seed} ${id} ${parsed.line}`),
          visits: 0,
          hits: 0,
        });
      },
      () => this.#armed.delete(id),
    );
    this.#last = id;
    if (this.#spoilsRandom(parsed))
      this.#parts.onInsecure(
        `random numbers are spoilt by ${parsed.line}: keys and signatures made now are worthless`,
      );
    return id;
  }

  list(): readonly FaultReport[] {
    return [...this.#armed.values()].map(({ id, fault, visits, hits }) => ({
      id,
      line: fault.line,
      visits,
      hits,
    }));
  }

  clear(id?: number): void {
    const gone = [...this.#armed.values()].filter((armed) => id === undefined || armed.id === id);
    if (id !== undefined && gone.length === 0)
      throw new RangeError(`no fault ${id}; list says which there are`);
    this.#change(
      () => {
        for (const armed of gone) this.#armed.delete(armed.id);
      },
      () => {
        for (const armed of gone) this.#armed.set(armed.id, armed);
      },
    );
  }

  visits(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#visits);
  }

  /** Whether a fault waits at this point or below it. */
  wants(point: string): boolean {
    if (this.#paused > 0) return false;
    let wanted = this.#wants.get(point);
    if (wanted === undefined) {
      const below = `${point}.`;
      wanted = [...this.#armed.values()].some(
        ({ fault, like }) => like.test(point) || like.test(`${below}x`) || fault.point.startsWith(below),
      );
      this.#wants.set(point, wanted);
    }
    return wanted;
  }

  /** From here on visits are of this call. */
  begin(call: CallUnderWay): void {
    this.#seq++;
    this.#call = call;
  }

  get underWay(): CallUnderWay | undefined {
    return this.#call;
  }

  /** The call under way, given back after an answer that came later. */
  resume(call: CallUnderWay | undefined): void {
    this.#call = call;
  }

  /** Without faults and counts: what the emulator does for itself. */
  undisturbed<T>(act: () => T): T {
    this.#paused++;
    try {
      return act();
    } finally {
      this.#paused--;
    }
  }

  /** One visit of a point. */
  visit(point: string): Strike {
    const waiting = this.#waiting(point);
    if (waiting.length === 0 || this.#paused > 0) return NOTHING;
    this.#visits.set(point, (this.#visits.get(point) ?? 0) + 1);
    const striking = waiting.filter((armed) => this.#strikes(armed));
    for (const { fault } of striking)
      if (fault.effects.some(({ name }) => name !== 'count')) this.#parts.onStrike(fault.line, point);
    if (striking.length === 0) return NOTHING;
    return {
      effects: striking.flatMap(({ fault }) => fault.effects),
      param: striking.find(({ fault }) => fault.trigger.param !== undefined)?.fault.trigger.param,
    };
  }

  #strikes(armed: Armed): boolean {
    const { trigger } = armed.fault;
    if (!this.#passes(armed, trigger)) return false;
    armed.visits++;
    const { visits } = armed;
    const { nth, every, after, window, p, times } = trigger;
    const isChosen =
      !differs(nth, visits) &&
      (every === undefined || visits % every === 0) &&
      (after === undefined || visits > after) &&
      (window === undefined || (visits >= window[0] && visits <= window[1])) &&
      (p === undefined || armed.draw() < p) &&
      (times === undefined || armed.hits < times);
    if (isChosen) armed.hits++;
    return isChosen;
  }

  #passes({ fnLike }: Armed, { client, key, alg, len, seq }: Trigger): boolean {
    const call = this.#call;
    if (fnLike !== undefined && !fnLike.test(call?.functionName ?? '')) return false;
    return !(
      differs(client, call?.client) ||
      differs(key, call?.key) ||
      differs(alg, call?.alg) ||
      differs(len, call?.length) ||
      differs(seq, this.#seq)
    );
  }

  #waiting(point: string): readonly Armed[] {
    let waiting = this.#at.get(point);
    if (waiting === undefined) {
      waiting = [...this.#armed.values()].filter(({ like }) => like.test(point));
      this.#at.set(point, waiting);
    }
    return waiting;
  }

  #spoilsRandom({ point, effects }: Fault): boolean {
    return pattern(point).test('rng.draw') && effects.some(({ name }) => name !== 'count');
  }

  /** Undone where it is refused. */
  #change(act: () => void, undo: () => void): void {
    act();
    const forget = () => {
      this.#at = new Map();
      this.#wants = new Map();
    };
    forget();
    try {
      const faults = [...this.#armed.values()].map(({ fault }) => fault);
      this.#parts.onChange({
        any: faults.length > 0,
        inside: faults.some(({ point }) => pointsLike(point).some(isInside)),
      });
    } catch (error) {
      undo();
      forget();
      throw error;
    }
  }
}
