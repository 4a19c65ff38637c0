/** Answers on stdout: JSON for programs, aligned text for people. */
import { isOn } from './arguments.ts';
import type { Invocation } from './verbs.ts';

export const print = <T>(invocation: Invocation, value: T, text: (value: T) => string): void => {
  // A reader that has seen enough, as `head`, is no failure.
  process.stdout.once('error', () => process.exit(0));
  process.stdout.write(isOn(invocation, 'json') ? `${JSON.stringify(value)}\n` : text(value));
};

export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
};

export const hex = (value: number, digits = 8): string => `0x${value.toString(16).padStart(digits, '0')}`;
