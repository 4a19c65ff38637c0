/** The matrix of `npm run thread`: each mistake with each suite on each profile comes to what it has to. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPECTATIONS } from '../../../examples/netxduo-thread/expectations.ts';
import { CASES, type Case, Matrix, type Seen } from '../../../examples/netxduo-thread/matrix.ts';
import { FLAGS, mistake, THREAD_SOURCES } from '../../../examples/netxduo-thread/programs.ts';
import { thread } from '../../../examples/netxduo-thread/thread.ts';
import { VARIANTS, type Variant, variantNames } from '../../../examples/netxduo-thread/variants.ts';
import { ROOT, run, scratch, succeed, with32 } from '../c/programs.ts';

const macros = variantNames.flatMap((name) => {
  const { macro }: Variant = VARIANTS[name];
  return macro === undefined ? [] : [macro];
});

describe('the matrix', () => {
  const matrix = new Matrix();
  const seen = new Map<Case, Promise<Seen>>();

  // Compiling comes first, and a handshake waits for processes: they go side by side.
  beforeAll(() => {
    for (const one of CASES) {
      const result = matrix.see(one);
      result.catch(() => undefined);
      seen.set(one, result);
    }
  });

  afterAll(() => matrix.close());

  it.each(CASES)('$variant, $suite, $profile', async (one) => {
    const { expected, outcome } = (await seen.get(one)) as Seen;
    const { client, openssl, diagnosis, why } = expected;
    expect(outcome, why).toEqual({ client, openssl, diagnosis });
  });
});

describe('npm run thread', () => {
  const words = ['corrected', 'tls1.3', 'stm32h573-sm-1.2'];
  const changed = (change: { readonly client?: string; readonly diagnosis?: readonly string[] }) =>
    EXPECTATIONS.map((row) => (row.variant === 'corrected' ? { ...row, ...change } : row));

  const print = async (table = EXPECTATIONS) => {
    const said: string[] = [];
    const code = await thread(words, (text) => said.push(text), table);
    return { code, said: said.join('') };
  };

  it('ends with 0 where all is as expected', async () => {
    const { code, stdout } = await run(process.execPath, [
      `${ROOT}dist/examples/netxduo-thread/main.js`,
      ...words,
    ]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('all 1 as expected')]);
  });

  it('ends with 1 and says what differs where another outcome is expected', async () => {
    const { code, said } = await print(changed({ client: 'failed at Certificate: 0x5' }));
    expect(code).toBe(1);
    expect(said).toMatch(/failed at Certificate: 0x5 .*nothing found +DIFFERS\n +but seen: +ok +no alert/);
    expect(said).toMatch(/1 of 1 DIFFER/);
  });

  it('ends with 1 where another diagnosis is expected', async () => {
    const { code, said } = await print(changed({ diagnosis: ['operation-leak'] }));
    expect(code).toBe(1);
    expect(said).toMatch(/operation-leak +DIFFERS\n +but seen: +ok +no alert +nothing found/);
  });

  it('ends with 2 for a word that is no name', async () => {
    const main = `${ROOT}dist/examples/netxduo-thread/main.js`;
    const { code, stdout } = await run(process.execPath, [main, 'corected']);
    expect([code, stdout]).toEqual([2, expect.stringMatching(/corected: no variant \(gcm-as-cbc, /)]);
  });

  it('has one expectation for each case, with a reason', () => {
    const covered = EXPECTATIONS.flatMap(({ variant, suites, profiles }) =>
      suites.flatMap((suite) => profiles.map((profile) => [variant, suite, profile].join())),
    );
    const cases = CASES.map(({ variant, suite, profile }) => [variant, suite, profile].join());
    expect(covered.toSorted()).toEqual(cases.toSorted());
    expect(EXPECTATIONS.filter(({ why }) => why === '')).toEqual([]);
  });
});

describe.runIf(with32())('with 32 bits', () => {
  const folder = scratch();
  afterAll(() => folder.remove());

  it.each(macros)('the adaptation compiles without warnings: %s', async (macro) => {
    const flags = [...FLAGS, ...mistake(macro), '-m32', '-O1', '-Wstrict-prototypes'];
    await succeed('gcc', [...flags, '-c', ...THREAD_SOURCES], { cwd: folder.path });
  });
});
