/** Makes the records of a trace, keeps the last ones and hands each to whoever listens (docs/trace.md). */
import { hash } from 'node:crypto';
import type { Outcome } from '../../psa-api/call.ts';
import type { TraceView } from '../../psa-api/service.ts';
import type { Lookup } from '../call-view.ts';
import type { TraceEvent, TraceMark, TraceRecord } from './event.ts';
import type { ObservedCall, OnOutcome } from './observer.ts';
import { Ring } from './ring.ts';
import { describe, type Shape, shapeById, type Values } from './shape.ts';

/** The format of the records: the `version` of the first one. */
export const TRACE_VERSION = 1;

export interface TraceOptions {
  /** Hears of every record as it is made. */
  readonly sink?: ((record: TraceRecord) => void) | undefined;
  /** Records the bytes of all inputs and outputs, keys among them, not their digests alone. */
  readonly revealInsecure?: boolean | undefined;
  /** How many records are kept in memory: 10,000 where not given. */
  readonly keep?: number | undefined;
}

export interface RecorderParts {
  /** undefined: nothing is recorded until somebody listens. */
  readonly options: TraceOptions | undefined;
  readonly device: { readonly profile: string; readonly seed: string | null };
  readonly lookup: Lookup;
  /** Board time now, nanoseconds. */
  readonly clock: () => number;
  /** Called when recording begins or ends. */
  readonly onSwitch: () => void;
  readonly onBug: (error: unknown, where: string) => void;
}

const KEPT = 10_000;

const digest = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex').slice(0, 16);

/** Milliseconds since the Unix epoch. */
const now = (): number => performance.timeOrigin + performance.now();

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
/** An event in the making. */
type Draft = Mutable<TraceEvent> & Values;
type Moment = 'seq' | 'time' | 'board';
type Listener = (record: TraceRecord) => void;

/** What is known before the call is carried out; built in one piece, since this is done for every call. */
const draftOf = (
  { caller, view, inputs, functionId, board, boardDuration }: ObservedCall,
  shape: Shape | undefined,
): Draft => {
  const draft: Draft = {
    seq: 0,
    time: 0,
    board,
    boardDuration,
    duration: 0,
    client: caller.owner,
    connection: caller.connection,
    function: shape?.row.name ?? `0x${functionId.toString(16).padStart(4, '0')}`,
    status: 0,
    scalars: {},
    lengths: {},
    digests: {},
  };
  if (view?.key !== undefined) draft.key = view.key;
  if (view?.alg !== undefined) draft.alg = view.alg;
  if (view?.keyType !== undefined) draft.keyType = view.keyType;
  if (view?.keyBits !== undefined) draft.keyBits = view.keyBits;
  if (shape?.family !== undefined) draft.family = shape.family;
  if (shape?.handleAt !== undefined) draft.handle = inputs[shape.handleAt] as number;
  if (shape?.sourceAt !== undefined) draft.source = inputs[shape.sourceAt] as number;
  return draft;
};

export class Recorder implements TraceView<TraceRecord> {
  readonly #parts: RecorderParts;
  readonly #ring: Ring;
  readonly #reveals: boolean;
  readonly #listeners = new Set<Listener>();
  #start: TraceMark | undefined;
  #seq = 0;

  constructor(parts: RecorderParts) {
    const { sink, keep = KEPT, revealInsecure = false } = parts.options ?? {};
    if (!Number.isSafeInteger(keep) || keep < 1)
      throw new RangeError(`a trace that keeps ${keep} records: expected a positive integer`);
    this.#parts = parts;
    this.#ring = new Ring(keep);
    this.#reveals = revealInsecure;
    if (sink !== undefined) this.#listeners.add(sink);
    if (this.isRecording()) this.#begin();
  }

  isRecording(): boolean {
    return this.#parts.options !== undefined || this.#listeners.size > 0;
  }

  since(seq = 0): readonly TraceRecord[] {
    const kept = this.#ring.since(seq);
    const start = this.#start;
    return seq > 0 || start === undefined || kept[0]?.seq === start.seq ? kept : [start, ...kept];
  }

  listen(listener: Listener): () => void {
    // Each has a place of its own, also where two are the same function.
    const own: Listener = (record) => listener(record);
    this.#listeners.add(own);
    this.#begin();
    this.#parts.onSwitch();
    return () => {
      this.#listeners.delete(own);
      this.#parts.onSwitch();
    };
  }

  mark(mark: Omit<TraceMark, Moment>): void {
    if (this.isRecording()) this.#emit(this.#stamp(mark));
  }

  /** Before a call; its inputs are looked at now, since what they name may be gone afterwards. */
  readonly observe = (call: ObservedCall): OnOutcome => {
    const shape = shapeById(call.functionId);
    const event = draftOf(call, shape);
    if (this.#reveals) event.bytes = {};
    if (shape !== undefined) describe(shape.inputs, call.inputs, digest, event);
    const begun = performance.now();
    return (outcome, refused) => {
      event.duration = Math.round((performance.now() - begun) * 1e6);
      event.time = now();
      [event.status] = outcome;
      if (refused) event.refusedBy = 'client';
      if (shape !== undefined) this.#conclude(event, shape, outcome);
      event.seq = ++this.#seq;
      this.#emit(event);
    };
  };

  #conclude(event: Draft, shape: Shape, outcome: Outcome): void {
    if (shape.handleAt !== undefined) {
      const handle = outcome[1] as number;
      event.handleAfter = handle;
      // psa_hash_resume says what the algorithm is only when it has read the state.
      if (event.alg === undefined && shape.family !== undefined && handle !== 0) {
        const alg = this.#parts.lookup.operation(event.client, shape.family, handle)?.alg;
        if (alg !== undefined) event.alg = alg;
      }
    }
    if (outcome[0] !== 0) return;
    if (shape.madeAt !== undefined) event.made = outcome[shape.madeAt] as number;
    describe(shape.outputs, outcome, digest, event);
  }

  #begin(): void {
    if (this.#start !== undefined) return;
    this.#start = this.#stamp({ event: 'start', ...this.#parts.device, version: TRACE_VERSION });
    this.#emit(this.#start);
  }

  #stamp({ event, ...rest }: Omit<TraceMark, Moment>): TraceMark {
    return { event, seq: ++this.#seq, time: now(), board: this.#parts.clock(), ...rest };
  }

  #emit(record: TraceRecord): void {
    this.#ring.push(record);
    for (const listener of this.#listeners) {
      try {
        listener(record);
      } catch (error) {
        this.#parts.onBug(error, 'a listener of the trace');
      }
    }
  }
}
