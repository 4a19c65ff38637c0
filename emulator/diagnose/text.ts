/** Findings for people: in full after a run, and as hints while it lasts. */
import type { Evidence, Finding } from './finding.ts';

const WIDTH = 100;
const INDENT = ' '.repeat(13);

/** Words in lines, under a name. */
const row = (name: string, words: readonly string[]): string => {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || INDENT.length + line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.map((line, i) => `${(i === 0 ? `   ${name}` : '').padEnd(INDENT.length)}${line}`).join('\n');
};

const textRow = (name: string, text: string): string => row(name, text.split(' '));

const evidenceRow = (evidence: readonly Evidence[]): string =>
  row(
    'evidence',
    evidence.map(({ seq, function: name }, i) => `#${seq} ${name}${i + 1 < evidence.length ? ',' : ''}`),
  );

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What else is known of how often it happened. */
const repeats = ({ times, consequences }: Finding): string => {
  const follow = `${plural(consequences, 'later failure')} follow${consequences === 1 ? 's' : ''} from it`;
  return [...(times > 1 ? [`met ${times} times`] : []), ...(consequences > 0 ? [follow] : [])].join('; ');
};

const findingText = (finding: Finding, place: number): string => {
  const { title, rule, certainty, what, details, evidence, explanation, fix } = finding;
  const further = repeats(finding);
  return [
    `${place}. ${title} (${rule}, ${certainty})`,
    textRow('what', what),
    ...details.map((line) => `${INDENT}- ${line}`),
    evidenceRow(evidence),
    ...(further === '' ? [] : [textRow('further', further)]),
    textRow('why', explanation),
    textRow('fix', fix),
  ].join('\n');
};

/** All findings of a trace of so many calls. */
export const findingsText = (findings: readonly Finding[], calls: number): string =>
  findings.length === 0
    ? `nothing found in ${plural(calls, 'call')}\n`
    : `${findings.map((finding, i) => findingText(finding, i + 1)).join('\n\n')}\n`;

/** A finding as it is made. */
export const hintText = ({ title, rule, certainty, what, details, evidence, fix }: Finding): string =>
  [
    `h5sm: hint: ${title} (${rule}, ${certainty})`,
    textRow('what', what),
    ...details.map((line) => `${INDENT}- ${line}`),
    evidenceRow(evidence),
    textRow('fix', fix),
    '',
  ].join('\n');
