/** Every status that the specification documents for a function, and what provokes it. */
import { describe, expect, it } from 'vitest';
import { DOCUMENTED } from '../../../psa-api/documented-statuses.ts';
import { FUNCTIONS } from '../../../psa-api/functions.ts';
import { shortName } from '../../support/status.ts';
import { ROWS } from './all.ts';
import { perform } from './perform.ts';
import { UNPROVOKED } from './unprovoked.ts';

describe('a documented status', () => {
  it.each(ROWS.map((row) => [row.function, row.status, row.when, row] as const))(
    '%s answers %s: %s',
    (...[, , , row]) => perform(row),
  );
});

describe('the documentation', () => {
  const documented = Object.entries(DOCUMENTED).flatMap(([name, { statuses }]) =>
    statuses.map((status) => `${name} ${shortName(status)}`),
  );
  const provoked = new Set(ROWS.map((row) => `${row.function} ${row.status}`));
  const unprovoked = UNPROVOKED.flatMap(({ statuses, functions }) =>
    functions.flatMap((name) => statuses.map((status) => `${name} ${status}`)),
  );

  it('is of every function that crosses the wire, and of no other', () => {
    const remote = FUNCTIONS.filter(({ local }) => !local).map(({ name }) => name);
    expect(Object.keys(DOCUMENTED)).toEqual(remote);
  });

  it('has a row for every status of every function, or a reason why nothing provokes it', () => {
    expect(documented.filter((pair) => !provoked.has(pair) && !unprovoked.includes(pair))).toEqual([]);
  });

  it('knows every row', () => {
    expect([...provoked].filter((pair) => !documented.includes(pair))).toEqual([]);
  });

  it('knows every pair that nothing provokes, and no row does', () => {
    expect(unprovoked.filter((pair) => !documented.includes(pair) || provoked.has(pair))).toEqual([]);
    expect(new Set(unprovoked).size).toBe(unprovoked.length);
  });
});
