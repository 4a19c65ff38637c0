/** Files of Wycheproof, and the account of what became of every case in one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the project: the vectors are shared with other projects and are not part of this one. */
export const FOLDER = fileURLToPath(new URL('../../../shared/vectors/wycheproof/', import.meta.url));

export interface Case {
  readonly tcId: number;
  readonly comment: string;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

export interface Group<C extends Case> {
  readonly tests: readonly C[];
}

interface Content<C extends Case, G extends Group<C>> {
  readonly numberOfTests: number;
  readonly testGroups: readonly G[];
}

const ENDING = '_test.json';

export const names = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length))
    .sort();

/** A file's text, trusted to have the fields that its schema promises. */
export const load = <C extends Case, G extends Group<C>>(name: string): Content<C, G> =>
  JSON.parse(readFileSync(`${FOLDER}${name}${ENDING}`, 'utf8')) as Content<C, G>;

export const isPresent = existsSync(FOLDER);

/** What a case came to. Every case of the files that are run can be asked of the API. */
export interface Verdict {
  readonly accepted: boolean;
  readonly problem?: string | undefined;
}

export const accepted: Verdict = { accepted: true };
export const problem = (text: string): Verdict => ({ accepted: false, problem: text });

/** A refusal is right when its status is one of `expected`. */
export const refused = (status: string, ...expected: readonly string[]): Verdict => ({
  accepted: false,
  problem: expected.includes(status)
    ? undefined
    : `refused with ${status}, expected ${expected.join(' or ')}`,
});

export class Account {
  readonly problems: string[] = [];
  /** What became of acceptable cases, by their flags. */
  readonly #acceptable = new Map<string, number>();
  readonly #counts = { valid: 0, invalid: 0, acceptable: 0 };
  #total = 0;

  /** How many cases were looked at, whatever came of them. */
  get total(): number {
    return this.#total;
  }

  enter({ tcId, comment, flags, result }: Case, verdict: Verdict): void {
    this.#total++;
    const title = `${tcId} ${result} [${flags.join(' ')}] ${comment}`.trimEnd();
    this.#counts[result]++;
    const { accepted: isAccepted, problem: text } = verdict;
    if (text !== undefined) this.problems.push(`${title}: ${text}`);
    else if (result === 'acceptable') {
      const outcome = `${isAccepted ? 'accepted' : 'refused'} [${flags.join(' ')}]`;
      this.#acceptable.set(outcome, (this.#acceptable.get(outcome) ?? 0) + 1);
    } else if (isAccepted !== (result === 'valid'))
      this.problems.push(`${title}: ${isAccepted ? 'accepted' : 'refused'}`);
  }

  summary(name: string): string {
    const { valid, invalid, acceptable } = this.#counts;
    const lines = [
      `${name}: ${this.#total} cases, ${valid} valid, ${invalid} invalid, ${acceptable} acceptable`,
      ...[...this.#acceptable].map(([outcome, n]) => `  ${n} acceptable ${outcome}`),
    ];
    return lines.join('\n');
  }
}
