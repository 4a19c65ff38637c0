/** Where a campaign's runs are made: the state they begin with, the golden run, and each case against it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import { createPsa } from '../../psa-api/generated/psa.ts';
import { keyTypeName } from '../../psa-api/key-type-names.ts';
import { createDevice, type DeviceOptions } from '../device.ts';
import type { TraceMark } from '../trace/event.ts';
import { type Budget, budgetOf } from './budget.ts';
import { callLine, excerpt, traceHash } from './calls.ts';
import { CampaignError, isModule, type LoadedCampaign } from './campaign-file.ts';
import type { Case, Visits } from './case.ts';
import { classify } from './classify.ts';
import { casesOf, countedPoints } from './generators/generate.ts';
import { type Bench, judge, kindOf, oracleNames } from './oracles/judge.ts';
import { loadUserOracles, successCodes } from './oracles/user.ts';
import type { CaseResult, End, Excerpt, Finding } from './outcome.ts';
import { performCommand, type Serve } from './perform-command.ts';
import { loadScenario, performModule } from './perform-module.ts';
import type { Leftover, Performance, Run } from './run.ts';
import { isStoring, stateOf, storeProblems } from './state.ts';
import { type KnownKey, WatchedDevice } from './watched-device.ts';

type Perform = (watched: WatchedDevice, budget: Budget, negative: boolean) => Promise<Performance>;

/** Calls that `detected` may take. */
const LATE = 8;

export interface Golden {
  readonly run: Run;
  readonly visits: Visits;
  readonly hash: string;
  readonly lines: readonly string[];
  /** Why a second golden run differs, where one does. */
  readonly unsteady: Excerpt | undefined;
  /** What the oracles find without a fault; it is not held against the cases. */
  readonly findings: readonly Finding[];
}

export interface Laboratory {
  readonly golden: Golden;
  readonly cases: readonly Case[];
  run(faults: readonly string[], index: number): Promise<{ readonly result: CaseResult; readonly run: Run }>;
}

const readSnapshot = ({ campaign, folder }: LoadedCampaign): Uint8Array | undefined => {
  if (campaign.snapshot === undefined) return undefined;
  const path = resolve(folder, campaign.snapshot);
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new CampaignError(`snapshot: ${error instanceof Error ? error.message : error}`);
  }
};

type Base = Pick<DeviceOptions, 'profile' | 'insecureSeed' | 'snapshot'>;

/** The device before `prepare`, and what is done with it once. */
const begin = async (
  loaded: LoadedCampaign,
  prepare:
    | ((
        psa: Parameters<NonNullable<Awaited<ReturnType<typeof loadScenario>>['prepare']>>[0],
      ) => Promise<void>)
    | undefined,
): Promise<{ readonly base: Base; readonly initial: readonly KnownKey[] }> => {
  const { profile, seed } = loaded.campaign;
  const given = readSnapshot(loaded);
  const insecureSeed = seed ?? (given === undefined ? 1 : undefined);
  let device: ReturnType<typeof createDevice>;
  try {
    device = createDevice({ profile, insecureSeed, snapshot: given });
  } catch (error) {
    throw new CampaignError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  try {
    if (prepare !== undefined) {
      const session = device.connect();
      const psa = createPsa(session.call);
      await psa.cryptoInit();
      await prepare({ ...psa, call: session.call, service: device, negative: false });
      session.close();
    }
    const initial = device.keys().flatMap(({ owner, id, type, usage }): KnownKey[] => {
      const data = device.insecureKeyData(owner, id);
      return typeof data === 'number' ? [] : [{ owner, id, type, usage, from: -1, data: data.slice() }];
    });
    return { base: { insecureSeed, snapshot: device.snapshot() }, initial };
  } catch (error) {
    throw new CampaignError(`scenario.prepare: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    device.close();
  }
};

/** Keys that nobody was told of, since the call that made them answered a failure, are nobody's to destroy. */
const leftoversOf = (marks: readonly TraceMark[], made: readonly KnownKey[]): readonly Leftover[] =>
  marks.flatMap(({ operations = [], keys = [], client }) => [
    ...operations.map(({ family, alg }) => `${family} operation (${algorithmName(alg)})`),
    ...keys.flatMap((id) => {
      const known = made.findLast((key) => key.id === id && key.owner === client);
      return known === undefined ? [] : [`volatile key (${keyTypeName(known.type)})`];
    }),
  ]);

/** A last call may take long without anybody counting after it. */
const inTime = (end: End, boardTime: number, { virtualMs }: Budget): End =>
  end.kind !== 'hang' && boardTime / 1e6 > virtualMs
    ? { kind: 'hang', why: `${virtualMs} ms of board time` }
    : end;

/** A device in which a call hangs cannot be freed of faults; nobody asks it anything any more. */
const calm = ({ faults }: WatchedDevice): void => {
  try {
    faults.clear();
  } catch {}
};

/** A retry is tried where something was left behind. */
const retryOf = async (
  again: () => Promise<Performance>,
  left: number,
  usual: number,
): Promise<End | undefined> => (left > usual ? (await again()).end : undefined);

class Runs implements Laboratory {
  golden!: Golden;
  cases: readonly Case[] = [];
  readonly #loaded: LoadedCampaign;
  readonly #perform: Perform;
  readonly #base: Base;
  #bench: Bench;
  #budget: Budget;

  constructor(loaded: LoadedCampaign, perform: Perform, base: Base, bench: Bench) {
    this.#loaded = loaded;
    this.#perform = perform;
    this.#base = base;
    this.#bench = bench;
    this.#budget = budgetOf(loaded.campaign);
  }

  async #once(
    faults: readonly string[],
    negative = false,
  ): Promise<{ readonly run: Run; readonly visits: Visits }> {
    const { countermeasures } = this.#loaded.campaign;
    const device = { ...this.#base, ...(countermeasures === undefined ? {} : { countermeasures }) };
    const watched = new WatchedDevice({ device, faults, budget: this.#budget });
    try {
      const performance = await this.#perform(watched, this.#budget, negative);
      const { events, left, made, bugs, struckAt } = watched;
      const hits = watched.faults.list().map((fault) => fault.hits);
      const visits = watched.faults.visits();
      const kept = { events: events.slice(), made: made.slice(), bugs: bugs.slice(), struckAt };
      const leftovers = leftoversOf(left, made);
      const { boardTime } = watched;
      const end = inTime(performance.end, boardTime, this.#budget);
      calm(watched);
      // Of a run that refused nobody compares it.
      const state = end.kind === 'completed' ? stateOf(watched.device, kept.events) : undefined;
      const retry = await retryOf(
        () => this.#perform(watched, this.#budget, negative),
        leftovers.length,
        this.#bench.golden?.leftovers.length ?? Number.POSITIVE_INFINITY,
      );
      const all = retry === undefined ? kept.events : watched.events;
      const isStored = performance.end.kind !== 'hang' && isStoring(all, faults);
      const store = isStored ? await storeProblems(watched.device, all, watched.unanswered) : [];
      return {
        run: { ...performance, ...kept, end, faults, hits, leftovers, state, retry, store, boardTime },
        visits,
      };
    } finally {
      watched.close();
    }
  }

  async open(): Promise<void> {
    const { campaign } = this.#loaded;
    const counting = countedPoints(campaign).map((point) => `${point}->count`);
    const { run, visits } = await this.#once(counting);
    if (run.end.kind !== 'completed')
      throw new CampaignError(
        `scenario: the golden run, without a fault, ${run.end.kind === 'failed' ? 'fails' : 'does not end well'}: ${run.end.why}`,
      );
    const findings = await judge(run, this.#bench);
    const lines = run.events.map(callLine);
    this.#budget = budgetOf(campaign, run.events.length);
    this.#bench = { ...this.#bench, golden: run };
    const second = (await this.#once([])).run;
    const unsteady = excerpt(lines, second.events.map(callLine));
    this.golden = { run, visits, hash: traceHash(run.events), lines, unsteady, findings };
    if (campaign.scenario.negative === true) await this.#checkNegative();
    this.cases = casesOf(campaign, { visits });
  }

  async #checkNegative(): Promise<void> {
    const { run } = await this.#once([], true);
    if (run.end.kind === 'completed')
      throw new CampaignError(
        'scenario.negative: the run with the bad input succeeds without a fault; it has to fail (device.negative, H5SM_NEGATIVE=1)',
      );
  }

  async run(
    faults: readonly string[],
    index: number,
  ): Promise<{ readonly result: CaseResult; readonly run: Run }> {
    const { campaign, path } = this.#loaded;
    const { run } = await this.#once(faults);
    const negative = campaign.scenario.negative === true ? (await this.#once(faults, true)).run : undefined;
    const hits = run.hits.map((count, i) => Math.max(count, negative?.hits[i] ?? 0));
    const known = new Set(this.golden.findings.map(kindOf));
    const findings = [
      ...(await judge(run, this.#bench)).filter((finding) => !known.has(kindOf(finding))),
      ...negativeFindings(negative),
    ];
    const seen = { ...run, hits, bugs: [...run.bugs, ...(negative?.bugs ?? [])] };
    const late = campaign.late ?? LATE;
    const result: CaseResult = {
      index,
      faults,
      class: classify({ run: seen, golden: this.golden.run, findings, late }),
      end: run.end,
      ...(negative === undefined ? {} : { negative: negative.end }),
      hits,
      calls: run.events.length,
      trace: traceHash(run.events),
      findings,
      excerpt: excerpt(this.golden.lines, run.events.map(callLine)),
      replay: replayLine(path, faults),
    };
    return { result, run };
  }
}

const negativeFindings = (negative: Run | undefined): readonly Finding[] =>
  negative?.end.kind === 'completed'
    ? [
        {
          oracle: 'negative',
          class: 'security',
          property: 'forgery-accepted',
          detail: 'the run with the bad input succeeded',
        },
      ]
    : [];

/** A word of a shell's. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export const replayLine = (path: string, faults: readonly string[]): string =>
  ['h5sm campaign replay', quoted(path), ...faults.map((fault) => `--fault ${quoted(fault)}`)].join(' ');

/** Makes the golden runs and the list of cases. Throws CampaignError. `serve`: for scenarios that are commands. */
export const openLaboratory = async (loaded: LoadedCampaign, serve?: Serve): Promise<Laboratory> => {
  const { campaign } = loaded;
  const { scenario } = campaign;
  const own = await loadUserOracles(loaded);
  const success = successCodes(campaign);
  let perform: Perform;
  let prepare: Parameters<typeof begin>[1];
  if (isModule(scenario)) {
    const { scenario: call, prepare: once } = await loadScenario(loaded, scenario);
    perform = (watched, { wallMs }, negative) => performModule(call, watched, wallMs, negative);
    prepare = once;
  } else {
    if (serve === undefined) throw new CampaignError('scenario.command: this caller cannot run commands');
    perform = (watched, { wallMs }, negative) =>
      performCommand(loaded, scenario, serve, watched, { wallMs, negative, success });
  }
  const { base, initial } = await begin(loaded, prepare);
  const { slowdown } = budgetOf(campaign);
  const bench = { golden: undefined, initial, oracles: oracleNames(campaign), own, slowdown };
  const runs = new Runs(loaded, perform, base, bench);
  await runs.open();
  return runs;
};
