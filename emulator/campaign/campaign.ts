/** Runs a campaign: all of its cases, or a shard of them, some of which may be done already. */

import { budgetOf } from './budget.ts';
import { isModule, type LoadedCampaign } from './campaign-file.ts';
import type { Case } from './case.ts';
import { type Laboratory, replayLine } from './laboratory.ts';
import type { CaseResult } from './outcome.ts';
import { type Runner, WorkerRunner } from './pool.ts';
import { type Summary, withinPatience } from './results.ts';

export interface Shard {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

export interface RunOptions {
  /** How many at once. */
  readonly jobs: number;
  readonly shard?: Shard | undefined;
  readonly done?: readonly CaseResult[] | undefined;
  /** `false`: in this thread; a scenario that never gives way then stops everything. */
  readonly workers?: boolean | undefined;
  readonly onResult?: ((result: CaseResult, left: number) => void) | undefined;
}

const isOfShard = ({ index }: Case, shard: Shard | undefined): boolean =>
  shard === undefined || index % shard.of === shard.number - 1;

/** A worker has two runs and a retry of each to make before anybody gives it up. */
const GRACE = 4;
const GRACE_MS = 2000;

const lostIn =
  (loaded: LoadedCampaign) =>
  (one: Case, why: string): CaseResult => ({
    index: one.index,
    faults: one.faults,
    class: 'hang',
    end: { kind: 'hang', why },
    hits: one.faults.map(() => 1),
    calls: 0,
    trace: '',
    findings: [],
    replay: replayLine(loaded.path, one.faults),
  });

const runnersFor = (
  loaded: LoadedCampaign,
  laboratory: Laboratory,
  { jobs, workers = true }: RunOptions,
): readonly Runner[] => {
  const inThisThread: Runner = {
    run: async ({ faults, index }) => (await laboratory.run(faults, index)).result,
    close: async () => {},
  };
  const { scenario } = loaded.campaign;
  return Array.from({ length: jobs }, () =>
    workers && isModule(scenario)
      ? new WorkerRunner({
          path: loaded.path,
          patienceMs: GRACE * budgetOf(loaded.campaign).wallMs + GRACE_MS,
          lost: lostIn(loaded),
        })
      : inThisThread,
  );
};

/** Of a random generator that has seen nothing new for long: whether the next case is needed. */
const isEnough = (results: readonly CaseResult[], { patience }: Summary): boolean => {
  if (patience === undefined) return false;
  const sorted = [...results].sort((a, b) => a.index - b.index);
  return withinPatience(sorted, patience).length < sorted.length;
};

/** The results in the order of the cases; of a shard, or of all. */
export const runCampaign = async (
  loaded: LoadedCampaign,
  laboratory: Laboratory,
  summary: Summary,
  options: RunOptions,
): Promise<readonly CaseResult[]> => {
  const { shard, done = [], onResult } = options;
  const mine = laboratory.cases.filter((one) => isOfShard(one, shard));
  const over = new Set(done.map(({ index }) => index));
  const waiting = mine.filter(({ index }) => !over.has(index));
  const results = [...done];
  let next = 0;
  let isOver = false;
  const runners = runnersFor(loaded, laboratory, options);
  const work = async (runner: Runner): Promise<void> => {
    for (let one = waiting[next++]; one !== undefined && !isOver; one = waiting[next++]) {
      const result = await runner.run(one);
      results.push(result);
      onResult?.(result, waiting.length - (results.length - done.length));
      // A shard does not know what the others have seen: merging them decides.
      isOver ||= shard === undefined && isEnough(results, summary);
    }
  };
  try {
    await Promise.all(runners.map(work));
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    await Promise.all(runners.map((runner) => runner.close()));
  }
  const sorted = results.sort((a, b) => a.index - b.index);
  return shard === undefined ? withinPatience(sorted, summary.patience) : sorted;
};
