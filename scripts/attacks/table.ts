/** The table of attacks: each against a device without its countermeasure, and with it. */
import type { Finding, Scenario } from './scenario.ts';

export interface Row {
  readonly scenario: Scenario;
  readonly open: Finding;
  readonly closed: Finding;
  /** Of the run that recovers, in milliseconds. */
  readonly time: number;
}

export const runRow = async (scenario: Scenario): Promise<Row> => {
  const begin = performance.now();
  const open = await scenario.run(false);
  const time = performance.now() - begin;
  return { scenario, open, closed: await scenario.run(true), time };
};

/** What is otherwise than it has to be. */
export const surprisesOf = ({ scenario, open, closed }: Row): readonly string[] => [
  ...(open.recovered ? [] : [`${scenario.name}: nothing was recovered from ${open.data}`]),
  ...(closed.recovered ? [`${scenario.name}: recovered in spite of ${scenario.countermeasure}`] : []),
];

const COLUMNS = ['attack', 'fault', 'data needed', 'time', 'recovered', 'stopped by'] as const;

const cellsOf = ({ scenario, open, closed, time }: Row): readonly string[] => [
  scenario.name,
  scenario.fault ?? 'none',
  open.data,
  time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(1)} s`,
  open.recovered ? 'yes' : 'NO',
  closed.recovered ? `NOT by ${scenario.countermeasure}` : scenario.countermeasure,
];

export const tableOf = (rows: readonly Row[]): string => {
  const cells = [COLUMNS, ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return `${cells.map(line).join('\n')}\n`;
};
