/** What a test expects to be called, and the report of what came. */
import { ANY_STATUS, ANY_TIMES } from '../../psa-api/control-functions.ts';
import { functionById } from '../../psa-api/functions.ts';
import { statusName } from '../../psa-api/status.ts';
import type { TraceEvent } from '../trace/event.ts';
import { outcomeText } from '../trace/text.ts';

export interface Expectation {
  readonly functionId: number;
  /** A status, or ANY_STATUS. */
  readonly status: number;
  /** Exactly so often; ANY_TIMES: once or more. */
  readonly times: number;
}

/** Calls that a report lists at most: the last ones. */
const LISTED = 40;

const times = (count: number): string => `${count} time${count === 1 ? '' : 's'}`;

const isMet = (wanted: number, came: number): boolean => (wanted === ANY_TIMES ? came > 0 : came === wanted);

interface Result {
  readonly unmet: number;
  readonly report: string;
}

const listing = (calls: readonly TraceEvent[]): readonly string[] => {
  if (calls.length === 0) return ['no calls were made'];
  const from = Math.max(0, calls.length - LISTED);
  const lines = calls
    .slice(from)
    .map((event, i) => `${`${from + i + 1}`.padStart(4)}  ${outcomeText(event)}`);
  return [`calls made${from === 0 ? '' : `, the last ${LISTED} of ${calls.length}`}:`, ...lines];
};

/** A line for each expectation, those that were not met first, then the calls. */
export const compare = (expectations: readonly Expectation[], calls: readonly TraceEvent[]): Result => {
  const results = expectations.map(({ functionId, status, times: wanted }) => {
    const name = functionById(functionId)?.name ?? '';
    const came = calls.filter(
      (event) => event.function === name && (status === ANY_STATUS || event.status === status),
    ).length;
    const met = isMet(wanted, came);
    const what = `${name}${status === ANY_STATUS ? '' : ` = ${statusName(status)}`}`;
    const often = wanted === ANY_TIMES ? 'once or more' : times(wanted);
    return { met, line: `${met ? 'met' : 'NOT MET'}: ${what}, expected ${often}, came ${times(came)}` };
  });
  const sorted = results.toSorted((a, b) => Number(a.met) - Number(b.met));
  return {
    unmet: results.filter(({ met }) => !met).length,
    report: `${[...sorted.map(({ line }) => line), ...listing(calls)].join('\n')}\n`,
  };
};
