/** A report as JUnit XML: a test for each case, its class a property, how to repeat it in its output. */
import { type CaseResult, CLASSES } from '../outcome.ts';
import type { Report } from '../results.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0, 2.2: what is no character of it becomes a question mark. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML has not
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '?')
    .replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

const whyOf = ({ end, findings }: CaseResult): string =>
  [
    `ended: ${end.kind}${end.kind === 'completed' ? '' : `, ${end.why}`}`,
    ...findings.map(({ property, detail }) => `${property}: ${detail}`),
  ].join('\n');

const testCase = (result: CaseResult, name: string, isAccepted: boolean): string =>
  [
    `  <testcase classname="${escaped(name)}" name="${escaped(result.faults.join(' '))}" time="0">`,
    `    <properties><property name="class" value="${result.class}"/></properties>`,
    ...(isAccepted
      ? []
      : [
          `    <failure type="${result.class}" message="${result.class}">${escaped(whyOf(result))}</failure>`,
        ]),
    `    <system-out>${escaped(result.replay)}</system-out>`,
    '  </testcase>',
  ].join('\n');

export const junit = ({ summary, results }: Report): string => {
  const accepted = new Set(summary.accept);
  const failures = results.filter((result) => !accepted.has(result.class)).length;
  const counts = CLASSES.map(
    (kind) =>
      `    <property name="${kind}" value="${results.filter((result) => result.class === kind).length}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escaped(summary.name)}" tests="${results.length}" failures="${failures}" errors="0" skipped="0">`,
    '  <properties>',
    ...counts,
    '  </properties>',
    ...results.map((result) => testCase(result, summary.name, accepted.has(result.class))),
    '</testsuite>',
    '',
  ].join('\n');
};
