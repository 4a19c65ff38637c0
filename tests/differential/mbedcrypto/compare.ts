/** Two sets of answers to one script, line by line. */
import { Facts, type KeyFacts, type OperationFacts, reads, writes } from './facts.ts';
import { type Line, numbersOf, parseLine } from './script.ts';

export interface Answer {
  readonly status: number;
  /** What follows the status: outputs, attributes. */
  readonly rest: string;
}

/** A call that the two answered differently. */
export interface Difference {
  /** Its place in the script. */
  readonly at: number;
  readonly line: Line;
  readonly numbers: readonly number[];
  /** Whether the script has called psa_crypto_init. */
  readonly initialized: boolean;
  readonly key: KeyFacts | undefined;
  readonly operation: OperationFacts | undefined;
  /** Where there are two operations, the second. */
  readonly target: OperationFacts | undefined;
  readonly theirs: Answer;
  readonly ours: Answer;
}

export interface Comparison {
  readonly equal: readonly string[];
  readonly differences: readonly Difference[];
  /** Calls on something that an earlier difference left in different states. */
  readonly followers: readonly string[];
}

const answer = (text: string): Answer => {
  const space = text.indexOf(' ');
  return space < 0
    ? { status: Number(text), rest: '' }
    : { status: Number(text.slice(0, space)), rest: text.slice(space + 1) };
};

/** "32:0a0b..." becomes "32:" */
const withoutBytes = (text: string): string => text.replaceAll(/:[0-9a-f]*/g, ':');

export const compare = (
  script: readonly string[],
  theirs: readonly string[],
  ours: readonly string[],
): Comparison => {
  const facts = new Facts();
  const apart = new Set<string>();
  const equal: string[] = [];
  const differences: Difference[] = [];
  const followers: string[] = [];

  const part = (line: Line): void => {
    for (const register of writes(line)) apart.add(register);
  };

  for (const [at, text] of script.entries()) {
    const line = parseLine(text);
    const involved = reads(line);
    if (line.name.endsWith('_abort')) for (const register of involved) apart.delete(register);
    if (involved.some((register) => apart.has(register))) {
      followers.push(line.name);
      part(line);
      continue;
    }
    const [a, b] = [answer(theirs[at] ?? ''), answer(ours[at] ?? '')];
    const random = facts.isRandom(line);
    const same =
      a.status === b.status &&
      (a.rest === b.rest || (random && withoutBytes(a.rest) === withoutBytes(b.rest)));
    if (same) {
      equal.push(line.name);
      if (a.status === 0) facts.note(line);
      else facts.refused(line, a.status);
      continue;
    }
    differences.push({
      at,
      line,
      numbers: numbersOf(line),
      initialized: facts.initialized,
      key: facts.key(line),
      operation: facts.operation(line),
      target: facts.target(line),
      theirs: a,
      ours: b,
    });
    part(line);
    // What was made or destroyed on one side only.
    if (/_(destroy|import|generate|copy|output)_key$/.test(line.name))
      for (const register of involved) apart.add(register);
  }
  return { equal, differences, followers };
};
