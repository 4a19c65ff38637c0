/** A report for people at a terminal. */
import { type CaseResult, CLASSES } from '../outcome.ts';
import type { Report } from '../results.ts';

/** Cases that are listed at most. */
const LISTED = 20;

export const isAccepted = ({ summary }: Pick<Report, 'summary'>, { class: kind }: CaseResult): boolean =>
  summary.accept.includes(kind);

export const countsText = (results: readonly CaseResult[]): string =>
  CLASSES.flatMap((kind) => {
    const count = results.filter((result) => result.class === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  }).join(', ');

const caseLines = (result: CaseResult): readonly string[] => [
  `${result.class}  ${result.faults.join(' ')}`,
  ...(result.end.kind === 'completed' ? [] : [`  ${result.end.kind}: ${result.end.why}`]),
  ...result.findings.map(({ property, detail }) => `  ${property}: ${detail}`),
  `  ${result.replay}`,
];

/** Counts, then the cases that are not accepted. */
export const reportText = (report: Report): string => {
  const { summary, results } = report;
  const worse = results.filter((result) => !isAccepted(report, result));
  return [
    ...worse.slice(0, LISTED).flatMap(caseLines),
    ...(worse.length > LISTED ? [`... and ${worse.length - LISTED} more that are not accepted`] : []),
    `${summary.name}: ${results.length} cases: ${countsText(results) || 'none'}`,
    '',
  ].join('\n');
};

/** Of a single case: why it is of its class. */
export const caseText = (result: CaseResult): string => `${caseLines(result).join('\n')}\n`;
