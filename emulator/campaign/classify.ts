/**
 * Which of the classes a run is of. The first whose condition holds, in the order of the list; the conditions of the
 * harmless ones exclude every finding of the worse ones. docs/campaigns.md says the same in words.
 */
import type { Finding, OutcomeClass } from './outcome.ts';
import type { Run } from './run.ts';

/** `late`: calls. */
export interface Evidence {
  readonly run: Run;
  readonly golden: Run;
  readonly findings: readonly Finding[];
  readonly late: number;
}

const has = (findings: readonly Finding[], kind: Finding['class']): boolean =>
  findings.some((finding) => finding.class === kind);

/** Calls from the one that the fault struck to the first that failed as in the golden run none did; else to the end. */
const delay = ({ events, struckAt = 0 }: Run, golden: Run): number => {
  const failed = new Map<string, number>();
  for (const { status, function: name } of golden.events)
    if (status !== 0) failed.set(`${name} ${status}`, (failed.get(`${name} ${status}`) ?? 0) + 1);
  const at = events.findIndex(({ status, function: name }, i) => {
    if (status === 0) return false;
    const known = failed.get(`${name} ${status}`) ?? 0;
    if (known > 0) failed.set(`${name} ${status}`, known - 1);
    return known === 0 && i >= struckAt;
  });
  return (at < 0 ? events.length - 1 : at) - struckAt;
};

export const classify = ({ run, golden, findings, late }: Evidence): OutcomeClass => {
  const isBroken = has(findings, 'corrupt') || has(findings, 'security') || has(findings, 'exploited');
  const { end } = run;
  if (run.hits.some((hits) => hits === 0)) return 'not-reached';
  if (!isBroken && run.bugs.length === 0) {
    const isDegraded = has(findings, 'degraded');
    if (end.kind === 'completed' && !isDegraded) return 'masked';
    if (end.kind === 'failed' && !isDegraded) return delay(run, golden) > late ? 'detected-late' : 'detected';
    if (isDegraded && (end.kind === 'completed' || end.kind === 'failed')) return 'degraded';
  }
  if (!has(findings, 'security') && !has(findings, 'exploited')) {
    if (end.kind === 'hang') return 'hang';
    if (run.bugs.length > 0) return 'crash-service';
    if (end.kind === 'crashed') return 'crash-client';
    return 'corrupt';
  }
  return has(findings, 'exploited') ? 'exploited' : 'security';
};
