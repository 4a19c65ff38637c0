/** Counts by function and by explanation. */
import type { Comparison, Difference } from './compare.ts';
import { EXPLANATIONS, explain } from './differences.ts';

interface Counts {
  calls: number;
  equal: number;
  explained: number;
  unexplained: number;
  /** Not compared, since an earlier difference had left different states. */
  after: number;
}

const COLUMNS = ['calls', 'equal', 'explained', 'unexplained', 'after'] as const;

const none = (): Counts => ({ calls: 0, equal: 0, explained: 0, unexplained: 0, after: 0 });

const row = (name: string, counts: Counts): string =>
  [name.padEnd(36), ...COLUMNS.map((column) => String(counts[column]).padStart(12))].join('');

export class Tally {
  readonly #functions = new Map<string, Counts>();
  readonly #explanations = new Map<string, number>();

  #of(name: string): Counts {
    const counts = this.#functions.get(name) ?? none();
    this.#functions.set(name, counts);
    return counts;
  }

  #count(name: string, column: keyof Counts): void {
    const counts = this.#of(name);
    counts.calls++;
    counts[column]++;
  }

  /** What nothing explains. */
  add({ equal, differences, followers }: Comparison): Difference[] {
    for (const name of equal) this.#count(name, 'equal');
    for (const name of followers) this.#count(name, 'after');
    return differences.filter((difference) => {
      const explanation = explain(difference);
      this.#count(difference.line.name, explanation === undefined ? 'unexplained' : 'explained');
      if (explanation !== undefined)
        this.#explanations.set(explanation.id, (this.#explanations.get(explanation.id) ?? 0) + 1);
      return explanation === undefined;
    });
  }

  #total(): Counts {
    const total = none();
    for (const counts of this.#functions.values())
      for (const column of COLUMNS) total[column] += counts[column];
    return total;
  }

  /** Calls that were compared: not those after a difference. */
  get compared(): number {
    const { calls, after } = this.#total();
    return calls - after;
  }

  summary(): string {
    const { calls, ...parts } = this.#total();
    const each = Object.entries(parts).map(([name, count]) => `${count} ${name}`);
    return `${calls} calls: ${each.join(', ')}`;
  }

  table(): string {
    const functions = [...this.#functions].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [
      ['function'.padEnd(36), ...COLUMNS.map((column) => column.padStart(12))].join(''),
      ...functions.map(([name, counts]) => row(name, counts)),
      row('all', this.#total()),
      '',
      ...EXPLANATIONS.map(
        ({ id }) => `${id.padEnd(36)}${String(this.#explanations.get(id) ?? 0).padStart(12)}`,
      ),
    ].join('\n');
  }
}
