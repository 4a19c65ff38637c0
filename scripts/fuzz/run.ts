/** Many conversations with one emulator, and what is wrong with any of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { functionById, functionByName } from '../../psa-api/functions.ts';
import { converse, type Kind, kindOf } from './conversation.ts';
import { type Finding, findingOf, replay } from './corpus.ts';
import { Emulator } from './emulator.ts';
import { CALLS } from './mind.ts';
import { meaningOf } from './model.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';
import { Talk, Violation } from './talk.ts';
import { OWNERS, PERSISTENT_IDS } from './values.ts';

const AT_ONCE = 12;
const MOST_FINDINGS = 10;
/** Heaps breathe; a leak of a byte per frame would be more than this. */
const MEMORY_SLACK_MIB = 128;
const SETTLE_TRIES = 40;

export interface Found {
  readonly message: string;
  /** What the emulator said on stderr. */
  readonly stderr: string;
  readonly finding: Finding | undefined;
  /** Whether the finding alone shows it, in an emulator of its own. */
  readonly repeats: boolean;
}

export interface Report {
  readonly seed: string;
  readonly frames: number;
  readonly connections: number;
  readonly answers: number;
  readonly seconds: number;
  readonly slowest: number;
  /** What it was the answer to. */
  readonly slowestOf: string;
  /** Answers that came too late here, and in time when asked for alone. */
  readonly late: number;
  /** Functions that nobody called well. */
  readonly neverSucceeded: readonly string[];
  readonly perKind: Readonly<Record<Kind, number>>;
  readonly memory: {
    readonly warm: number | undefined;
    readonly end: number | undefined;
    readonly peak: number;
  };
  readonly found: readonly Found[];
}

export interface Progress {
  readonly frames: number;
  readonly memory: number | undefined;
  readonly seconds: number;
}

export interface FuzzOptions {
  readonly seed: string;
  readonly profile?: string;
  readonly progress?: (progress: Progress) => void;
}

/** Plays a finding to a new emulator; what went wrong, if anything. */
const alone = async (finding: Finding, profile: string): Promise<string | undefined> => {
  const emulator = await Emulator.start('1', profile);
  try {
    await replay(emulator.socket, finding);
    await sleep(100);
    return emulator.died ?? (emulator.stderr === '' ? undefined : emulator.stderr);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await emulator.stop();
  }
};

const repeatable = async (
  message: string,
  talk: Talk,
  profile: string,
): Promise<{ finding: Finding; repeats: boolean }> => {
  const finding = findingOf(message, talk.steps, talk.greeted);
  if ((await alone(finding, profile)) === undefined) return { finding, repeats: false };
  const fails = async (candidate: Finding) => (await alone(candidate, profile)) !== undefined;
  return { finding: await shrink(finding, fails), repeats: true };
};

/** What was answered last. */
const lastFunction = ({ steps, greeted }: Talk): string => {
  const bytes = steps.findLast(({ answers }) => answers.length > 0)?.bytes;
  const meaning = bytes === undefined ? undefined : meaningOf(bytes.subarray(4), greeted);
  return meaning?.kind === 'call' ? (functionById(meaning.id)?.name ?? '') : (meaning?.kind ?? '');
};

class Run {
  readonly #seed: string;
  readonly #profile: string;
  readonly #wanted: number;
  readonly #progress: (progress: Progress) => void;
  readonly #began = performance.now();
  readonly #perKind: Record<Kind, number> = { bytes: 0, calls: 0, flows: 0, http: 0 };
  readonly #found: Found[] = [];
  readonly #seen = new Set<string>();
  #emulator: Emulator;
  #frames = 0;
  #connections = 0;
  #answers = 0;
  #slowest = 0;
  #slowestOf = '';
  #late = 0;
  readonly #succeeded = new Set<number>();
  #next = 0;
  #warm: number | undefined;
  #peak = 0;
  #reported = 0;

  constructor(emulator: Emulator, wanted: number, { seed, profile, progress }: Required<FuzzOptions>) {
    this.#emulator = emulator;
    this.#seed = seed;
    this.#profile = profile;
    this.#wanted = wanted;
    this.#progress = progress;
  }

  get #isOver(): boolean {
    return (
      this.#frames >= this.#wanted || this.#found.length >= MOST_FINDINGS || this.#emulator.died !== undefined
    );
  }

  async whole(): Promise<Report> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#worker()));
    if (this.#emulator.died === undefined) await this.#checkEnd();
    const end = this.#emulator.memory();
    const report = {
      seed: this.#seed,
      frames: this.#frames,
      connections: this.#connections,
      answers: this.#answers,
      seconds: (performance.now() - this.#began) / 1000,
      slowest: this.#slowest,
      slowestOf: this.#slowestOf,
      late: this.#late,
      neverSucceeded: CALLS.filter((row) => !this.#succeeded.has(row.id)).map((row) => row.name),
      perKind: this.#perKind,
      memory: { warm: this.#warm, end, peak: this.#peak },
      found: this.#found,
    };
    await this.#emulator.stop();
    return report;
  }

  async #worker(): Promise<void> {
    while (!this.#isOver) {
      const random = new Random(`${this.#seed}/${this.#next++}`);
      const kind = kindOf(random);
      this.#connections++;
      try {
        this.#count(kind, await converse(this.#emulator.socket, kind, random));
      } catch (error) {
        await this.#complaint(kind, error);
      }
    }
  }

  #count(kind: Kind, talk: Talk | undefined): void {
    const frames = talk?.frames ?? 1;
    this.#frames += frames;
    this.#perKind[kind] += frames;
    this.#answers += talk?.answers ?? 0;
    for (const id of talk?.succeeded ?? []) this.#succeeded.add(id);
    if (talk !== undefined && talk.slowest > this.#slowest) {
      this.#slowest = talk.slowest;
      this.#slowestOf = talk.slowestOf;
    }
    const tenth = Math.floor((10 * this.#frames) / this.#wanted);
    if (tenth === this.#reported) return;
    this.#reported = tenth;
    const memory = this.#emulator.memory();
    this.#warm ??= memory;
    this.#peak = Math.max(this.#peak, memory ?? 0);
    this.#progress({ frames: this.#frames, memory, seconds: (performance.now() - this.#began) / 1000 });
  }

  async #complaint(kind: Kind, error: unknown): Promise<void> {
    // What the emulator has to say about it comes by another way.
    await sleep(200);
    const { died } = this.#emulator;
    const stderr = this.#emulator.takeErrors();
    const talk = error instanceof Violation ? error.talk : undefined;
    if (talk !== undefined) this.#count(kind, talk);
    const message = died ?? (error instanceof Error ? error.message : String(error));
    const signature = `${message.replaceAll(/\d+/g, 'n')} ${talk === undefined ? '' : lastFunction(talk)}`;
    if (this.#seen.has(signature)) return;
    this.#seen.add(signature);
    const shown =
      talk === undefined
        ? { finding: undefined, repeats: false }
        : await repeatable(message, talk, this.#profile);
    // All connections end with an emulator: only the one whose frames end another is to blame.
    if (died !== undefined && !shown.repeats) this.#seen.delete(signature);
    // A machine that has other things to do makes anything slow.
    if (error instanceof Violation && error.isSlow && !shown.repeats) {
      this.#late++;
      this.#seen.delete(signature);
      return;
    }
    this.#found.push({ message, stderr, ...shown });
  }

  /** What the connections leave behind, persistent keys apart: those are destroyed first. */
  async #checkEnd(): Promise<void> {
    const destroy = functionByName('psa_destroy_key')?.id ?? 0;
    for (const owner of OWNERS) {
      const talk = await Talk.open(this.#emulator.socket);
      await talk.hello(owner, 0);
      await talk.call(1, []);
      for (const id of PERSISTENT_IDS) await talk.call(destroy, [id]);
      await talk.leave(false);
    }
    let left = '';
    for (let i = 0; i < SETTLE_TRIES; i++) {
      const { operations, keys } = await this.#emulator.status();
      left = `${operations.length} operations, ${keys.volatile} volatile and ${keys.persistent} persistent keys`;
      if (operations.length + keys.volatile + keys.persistent === 0) left = '';
      if (left === '') break;
      await sleep(50);
    }
    if (left !== '') this.#note(`left behind by closed connections: ${left}`);
    const errors = this.#emulator.takeErrors();
    if (errors !== '' && this.#found.length === 0) this.#note(`on stderr: ${errors}`);
    const end = this.#emulator.memory() ?? 0;
    if (this.#warm !== undefined && end > this.#warm + MEMORY_SLACK_MIB)
      this.#note(`memory grew from ${this.#warm} to ${end} MiB`);
  }

  #note(message: string): void {
    this.#found.push({ message, stderr: '', finding: undefined, repeats: false });
  }
}

export const fuzz = async (
  frames: number,
  { seed, profile = 'psa-full', progress = () => {} }: FuzzOptions,
): Promise<Report> =>
  new Run(await Emulator.start(seed, profile), frames, { seed, profile, progress }).whole();
