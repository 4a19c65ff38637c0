/** All that the oracles of a campaign find in a run. */
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';
import type { Run } from '../run.ts';
import { type Campaign, ORACLES, type OracleName } from '../schema.ts';
import type { KnownKey } from '../watched-device.ts';
import { goldenFindings } from './golden.ts';
import { nonceFindings } from './nonces.ts';
import { rngFindings } from './rng.ts';
import { secretFindings } from './secrets.ts';
import { statusFindings } from './statuses.ts';
import { type UserOracle, userFindings } from './user.ts';
import { verdictFindings } from './verdicts.ts';

export interface Bench {
  /** undefined while the golden run itself is judged. */
  readonly golden: Run | undefined;
  /** Keys that were in the device before. */
  readonly initial: readonly KnownKey[];
  readonly oracles: ReadonlySet<OracleName>;
  readonly own: readonly UserOracle[];
  readonly slowdown: number;
}

export const oracleNames = ({ oracles }: Campaign): ReadonlySet<OracleName> => {
  const named = oracles?.filter((oracle) => typeof oracle === 'string');
  return new Set(named === undefined || named.length === 0 ? ORACLES : named);
};

const NO_EVENTS: readonly TraceEvent[] = [];

const leakFindings = (run: Run, golden: Run | undefined): readonly Finding[] => {
  const known = [...(golden?.leftovers ?? [])];
  return run.leftovers.flatMap((name) => {
    const at = known.indexOf(name);
    if (at >= 0) {
      known.splice(at, 1);
      return [];
    }
    return [{ oracle: 'leaks', class: 'degraded', property: 'leak', detail: `${name} left behind` } as const];
  });
};

const retryFindings = ({ retry }: Run): readonly Finding[] =>
  retry === undefined || retry.kind === 'completed'
    ? []
    : [
        {
          oracle: 'leaks',
          class: 'degraded',
          property: 'no-retry',
          detail: `a second run on the same device, without the fault, ${retry.kind === 'failed' ? 'fails' : 'does not end well'}: ${retry.why}`,
        },
      ];

const slowFindings = (run: Run, golden: Run | undefined, slowdown: number): readonly Finding[] => {
  if (golden === undefined) return [];
  const slow = (now: number, then: number): boolean => then > 0 && now > then * slowdown;
  const isSlow = slow(run.events.length, golden.events.length) || slow(run.boardTime, golden.boardTime);
  return isSlow
    ? [
        {
          oracle: 'slowdown',
          class: 'degraded',
          property: 'slow',
          detail: `${run.events.length} calls instead of ${golden.events.length}, ${run.boardTime} ns of board time instead of ${golden.boardTime}`,
        },
      ]
    : [];
};

const storeFindings = (run: Run, golden: Run | undefined): readonly Finding[] =>
  run.store
    .filter((problem) => golden?.store.includes(problem) !== true)
    .map((detail) => ({ oracle: 'keystore', class: 'corrupt', property: 'keystore', detail }));

export const judge = async (run: Run, bench: Bench): Promise<readonly Finding[]> => {
  const { golden, oracles, initial } = bench;
  const keys = [...initial, ...run.made];
  const completed = run.end.kind === 'completed';
  const when = (name: OracleName, find: () => readonly Finding[]): readonly Finding[] =>
    oracles.has(name) ? find() : [];
  return [
    ...run.findings,
    ...when('golden-diff', () => (golden !== undefined && completed ? goldenFindings(run, golden) : [])),
    ...when('statuses', () => statusFindings(run.events, run.faults)),
    ...when('ignored-status', () =>
      completed ? verdictFindings(run.events, golden?.events ?? NO_EVENTS) : [],
    ),
    ...when('keystore', () => storeFindings(run, golden)),
    ...when('leaks', () => [...leakFindings(run, golden), ...retryFindings(run)]),
    ...when('nonces', () => nonceFindings(run.events, keys)),
    ...when('rng', () => rngFindings(run.events, keys)),
    ...when('secrets', () =>
      secretFindings(run.events, keys, [run.stdout, ...run.outputs.map(({ value }) => value)]),
    ),
    ...slowFindings(run, golden, bench.slowdown),
    ...(await userFindings(run, golden, bench.own)),
  ];
};

/** What tells a finding from others, wherever in a run it comes: what the golden run has too is no news. */
export const kindOf = ({ oracle, property, detail }: Finding): string =>
  `${oracle} ${property} ${detail.replaceAll(/\d+/g, '#')}`;
