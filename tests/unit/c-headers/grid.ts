/** Every function-like macro over the product of its parameters' values, in C and in TypeScript, in the same order. */

import { type Domain, domain } from './domains.ts';
import { includes, type Macro } from './headers.ts';

/** Points of one macro; a larger product is sampled with a prime stride, which visits every value of each parameter. */
const MOST_POINTS = 120_000;
const PRIMES = [1, 2, 3, 5, 7, 11, 17, 29, 53, 101, 199, 397, 797, 1597, 3203, 6421, 12853] as const;

export interface Grid {
  readonly macro: string;
  readonly domains: readonly Domain[];
  readonly total: number;
  readonly stride: number;
}

/** Smallest prime that keeps the number of points down and has no common factor with the product. */
function strideFor(macro: string, total: number): number {
  const stride = PRIMES.find((prime) => total / prime <= MOST_POINTS && (prime === 1 || total % prime !== 0));
  if (stride === undefined) throw new Error(`${macro}: ${total} points are too many to sample`);
  return stride;
}

export function gridOf({ name, parameters = [] }: Macro): Grid {
  const domains = parameters.map((parameter) => domain(name, parameter));
  const total = domains.reduce((product, { values }) => product * values.length, 1);
  return { macro: name, domains, total, stride: strideFor(name, total) };
}

export const points = ({ total, stride }: Grid): number => Math.ceil(total / stride);

/** The last parameter runs fastest. */
export function argumentsAt({ domains }: Grid, index: number): number[] {
  const chosen: number[] = [];
  let rest = index;
  for (const { values } of [...domains].reverse()) {
    chosen.unshift(values[rest % values.length] ?? Number.NaN);
    rest = Math.floor(rest / values.length);
  }
  return chosen;
}

const literal = (ctype: string, value: number): string => `(${ctype})${value}u`;

/** One u32 of the host's byte order for each point. */
function cFunction({ macro, domains, total, stride }: Grid): string {
  const tables = domains.map(
    ({ ctype, values }, i) =>
      `static const ${ctype} ${macro}_${i}[] = { ${values.map((v) => literal(ctype, v)).join(', ')} };`,
  );
  const picks = domains
    .map(({ ctype, values }, i) => ({
      i,
      text: `const ${ctype} v${i} = ${macro}_${i}[rest % ${values.length}u]; rest /= ${values.length}u;`,
    }))
    .reverse();
  const args = domains.map((_, i) => `v${i}`).join(', ');
  return [
    ...tables,
    `static void run_${macro}(void) {`,
    '  unsigned long long index;',
    `  for (index = 0; index < ${total}u; index += ${stride}u) {`,
    '    unsigned long long rest = index;',
    ...picks.map(({ text }) => `    ${text}`),
    '    (void)rest;',
    `    put((uint32_t)(${macro}(${args})));`,
    '  }',
    '}',
  ].join('\n');
}

export const gridProgram = (grids: readonly Grid[]): string =>
  [
    '#include <stdio.h>',
    includes,
    'static void put(uint32_t value) { fwrite(&value, sizeof value, 1, stdout); }',
    ...grids.map(cFunction),
    'int main(void) {',
    ...grids.map(({ macro }) => `  run_${macro}();`),
    '  return fflush(stdout) == 0 ? 0 : 1;',
    '}',
  ].join('\n');

/** The macro with constant arguments, taken from the middle of the grid. */
export const constantCall = (grid: Grid): string => {
  const args = argumentsAt(grid, Math.floor(grid.total / 2));
  return `${grid.macro}(${args.map((value, i) => literal(grid.domains[i]?.ctype ?? 'size_t', value)).join(', ')})`;
};
