/** What the demo shows: one row for each thing tried. */

export interface Row {
  readonly what: string;
  readonly ok: boolean;
  /** What was seen, or what went wrong. */
  readonly detail: string;
  /** Calls of the PSA API that it took. */
  readonly calls?: string;
}

/** The row of `work`, a failing one where it throws. */
export const rowOf = async (what: string, work: () => Promise<Omit<Row, 'what' | 'ok'>>): Promise<Row> => {
  try {
    return { what, ok: true, ...(await work()) };
  } catch (error) {
    return { what, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
};

export const tableText = (rows: readonly Row[]): string => {
  const cells = [
    ['what', 'result', 'PSA calls', 'seen'],
    ...rows.map(({ what, ok, detail, calls = '' }) => [what, ok ? 'ok' : 'FAILED', calls, detail]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return cells.map((row) => `${line(row).trimEnd()}\n`).join('');
};
