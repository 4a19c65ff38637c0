/** One connection of the fuzzer: sends anything, knows what has to come back, and complains where it does not. */
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Inputs } from '../../psa-api/call.ts';
import { functionById } from '../../psa-api/functions.ts';
import { decode, type Elements, encode, encodeFrame } from '../../rpc/elements.ts';
import { FrameReader } from '../../rpc/frame.ts';
import { writeRequest } from '../../rpc/generated/codec.ts';
import { wrongAnswer } from './check.ts';
import { type Meaning, Model } from './model.ts';
import { isSlow } from './slow.ts';

/** No call that the fuzzer makes may take longer. */
export const SLOW_MS = 5000;
const LOST_MS = 4 * SLOW_MS;

/** A refused client that goes on writing for longer than this may find the connection gone before it has read why. */
const FAREWELL_MS = 900;

/** Something that must not happen. */
export class Violation extends Error {
  readonly talk: Talk;
  /** Only the time was wrong. */
  readonly isSlow: boolean;

  constructor(message: string, talk: Talk, isSlow: boolean) {
    super(message);
    this.talk = talk;
    this.isSlow = isSlow;
  }
}

/** What was sent, and what came back for it. */
export interface Sent {
  readonly bytes: Uint8Array;
  readonly answers: Elements[];
}

interface Expected {
  readonly meaning: Meaning;
  readonly step: Sent;
  readonly since: number;
  readonly settle: (answer: Elements | undefined) => void;
}

const nothing = (): void => {};

const isUnwanted = (meaning: Meaning): boolean => {
  const row = meaning.kind === 'call' ? functionById(meaning.id) : undefined;
  return row !== undefined && meaning.kind === 'call' && isSlow(row, meaning.inputs);
};

export class Talk {
  readonly steps: Sent[] = [];
  readonly #socket: net.Socket;
  readonly #reader = new FrameReader();
  readonly #model = new Model();
  readonly #expected: Expected[] = [];
  #seq = 1;
  #lastAnswer = 0;
  #ended = false;
  /** Set by who ends the connection: then nothing has to come any more. */
  #leaving = false;
  #violation: Violation | undefined;
  #wake: () => void = nothing;
  readonly #watch = setInterval(() => this.#lookForLost(), LOST_MS / 4);
  /** The slowest answer so far, in milliseconds. */
  slowest = 0;
  /** What it was the answer to. */
  slowestOf = '';
  answers = 0;
  /** Functions that have answered PSA_SUCCESS. */
  readonly succeeded = new Set<number>();
  /** Frames sent, whole or not. */
  frames = 0;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    socket.on('error', nothing);
    socket.on('close', () => this.#closed());
  }

  static open(path: string): Promise<Talk> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(path);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Talk(socket));
      });
    });
  }

  get violation(): Violation | undefined {
    return this.#violation;
  }

  /** The server has ended the connection, or was told something that ends it. */
  get over(): boolean {
    return this.#ended || this.#model.refused;
  }

  get greeted(): boolean {
    return this.#model.greeted;
  }

  nextSeq(): number {
    this.#seq = this.#seq === 0xffffffff ? 0 : this.#seq + 1;
    return this.#seq;
  }

  /** Bytes as they are, cut into `pieces`; what they mean is worked out here. */
  async send(bytes: Uint8Array, pieces = 1, settle: Expected['settle'] = nothing): Promise<void> {
    if (this.over) {
      settle(undefined);
      return;
    }
    if (this.#model.copy().feed(bytes).some(isUnwanted)) {
      settle(undefined);
      return;
    }
    const step: Sent = { bytes, answers: [] };
    this.steps.push(step);
    const meanings = this.#model.feed(bytes);
    this.frames += Math.max(meanings.length, 1);
    const since = performance.now();
    meanings.forEach((meaning, i) => {
      this.#expected.push({ meaning, step, since, settle: i === 0 ? settle : nothing });
    });
    if (meanings.length === 0) settle(undefined);
    const size = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += size) {
      if (at > 0) await turn();
      if (!this.#socket.destroyed) this.#socket.write(bytes.subarray(at, at + size));
    }
  }

  hello(owner: number, lastHandle: number): Promise<void> {
    return this.send(
      encodeFrame([this.nextSeq(), 0, 1, owner, new Uint8Array(0), lastHandle]) ?? new Uint8Array(0),
    );
  }

  /** The frame of a well-formed call. */
  frame(id: number, inputs: Inputs): Uint8Array {
    const elements = writeRequest[id]?.(this.nextSeq(), inputs) ?? [this.#seq, id];
    return encodeFrame(elements) ?? encode([]);
  }

  /** A well-formed call; its answer, or undefined where the connection has ended. */
  call(id: number, inputs: Inputs): Promise<Elements | undefined> {
    return new Promise((resolve) => void this.send(this.frame(id, inputs), 1, resolve));
  }

  /** Writes of one turn leave together. */
  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  /** Waits until all has been answered, or the connection was ended as it had to be. */
  async settled(): Promise<void> {
    while (!this.#isSettled()) await this.#woken();
    if (this.#violation !== undefined) throw this.#violation;
  }

  #isSettled(): boolean {
    if (this.#violation !== undefined || this.#ended) return true;
    return this.#expected.length === 0 && !this.#model.refused;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #lookForLost(): void {
    const oldest = this.#expected[0]?.since;
    if (oldest !== undefined && performance.now() - Math.max(oldest, this.#lastAnswer) > LOST_MS)
      this.#complain(`no answer within ${LOST_MS} ms`, true);
  }

  /** Ends the connection: at once, or after what was written. */
  async leave(abruptly: boolean): Promise<void> {
    this.#leaving = true;
    if (this.#socket.closed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    if (abruptly) this.#socket.destroy();
    else this.#socket.destroySoon();
    await closed;
  }

  #complain(message: string, isSlow = false): void {
    this.#violation ??= new Violation(message, this, isSlow);
    this.#leaving = true;
    this.#socket.destroy();
    this.#wake();
  }

  #receive(chunk: Uint8Array): void {
    try {
      this.#reader.push(chunk);
      for (let payload = this.#reader.next(); payload !== undefined; payload = this.#reader.next())
        this.#answer(decode(payload));
    } catch (error) {
      this.#complain(`bytes that are no answer: ${error instanceof Error ? error.message : String(error)}`);
    }
    this.#wake();
  }

  #answer(answer: Elements): void {
    const expected = this.#expected.shift();
    if (expected === undefined) {
      this.#complain('an answer to no request');
      return;
    }
    const now = performance.now();
    const took = now - Math.max(expected.since, this.#lastAnswer);
    this.#lastAnswer = now;
    const { meaning } = expected;
    if (took > this.slowest) {
      this.slowest = took;
      this.slowestOf = meaning.kind === 'call' ? (functionById(meaning.id)?.name ?? '') : meaning.kind;
    }
    this.answers++;
    expected.step.answers.push(answer);
    if (meaning.kind === 'call' && answer[1] === 0) this.succeeded.add(meaning.id);
    const wrong = wrongAnswer(meaning, answer);
    if (wrong !== undefined) this.#complain(wrong);
    else if (took > SLOW_MS) this.#complain(`answered after ${Math.round(took)} ms`, true);
    expected.settle(answer);
  }

  #closed(): void {
    this.#ended = true;
    clearInterval(this.#watch);
    const lost = this.#expected.splice(0);
    for (const { settle } of lost) settle(undefined);
    const [first] = lost;
    const missedFarewell = first?.meaning.kind === 'refused' && performance.now() - first.since > FAREWELL_MS;
    if (missedFarewell) this.#leaving = true;
    if (!this.#leaving && lost.length > 0) this.#complain('the connection ended before the answer');
    else if (!this.#leaving && !this.#model.refused) this.#complain('the connection ended without a reason');
    this.#wake();
  }
}
