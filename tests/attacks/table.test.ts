/** The table of `npm run attacks`; that its attacks succeed and are stopped is tested attack by attack. */
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ATTACKS } from '../../scripts/attacks/attacks.ts';
import type { Scenario } from '../../scripts/attacks/scenario.ts';
import { runRow, surprisesOf, tableOf } from '../../scripts/attacks/table.ts';

const pageOf = ({ name }: Scenario): string => name.split(/[ ,]/)[0] ?? '';

/** An attack that recovers as told, with the countermeasure off and on. */
const fake = (open: boolean, closed: boolean): Scenario => ({
  name: 'fake',
  fault: null,
  countermeasure: 'hedged-nonce',
  paper: '',
  run: async (isProtected) => ({ recovered: isProtected ? closed : open, data: '2 signatures' }),
});

describe('the table of attacks', () => {
  it('has every attack that has a page, and each has one', () => {
    const pages = readdirSync(new URL('../../docs/attacks', import.meta.url)).map((file) =>
      file.replace('.md', ''),
    );
    expect(new Set(ATTACKS.map(pageOf))).toEqual(new Set(pages));
    for (const page of pages)
      expect(existsSync(new URL(`${page}.test.ts`, import.meta.url)), page).toBe(true);
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
  });

  it.each([
    [true, false, []],
    [false, false, ['fake: nothing was recovered from 2 signatures']],
    [true, true, ['fake: recovered in spite of hedged-nonce']],
  ])('open %s, guarded %s: %j is a surprise', async (open, closed, surprises) => {
    const row = await runRow(fake(open, closed));
    expect(surprisesOf(row)).toEqual(surprises);
    expect(tableOf([row])).toContain(closed ? 'NOT by hedged-nonce' : '  hedged-nonce');
  });
});
