/** Faults from the command line, of an emulator that runs and of one for a command. */
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../rpc/client/connect.ts';
import { named } from '../../support/status.ts';
import { folderForTest, h5sm, launch, nextLine, ready } from './h5sm.ts';

beforeAll(ready);

describe('h5sm fault', () => {
  it('adds, lists and clears', async () => {
    const folder = folderForTest();
    const emulator = launch(['start', '--json', '--quiet', '--store', 'memory'], { folder });
    const { endpoint } = JSON.parse(await nextLine(emulator));
    const ask = (...words: readonly string[]) => h5sm(words, { folder });
    const added = await ask(
      'fault',
      'add',
      'api.psa_generate_random.leave:nth=2->return(PSA_ERROR_INSUFFICIENT_ENTROPY)',
      '{ "point": "rng.draw", "effect": "count" }',
    );
    expect(added).toMatchObject({ code: 0, stdout: '1\n2\n' });
    const psa = await connect(endpoint);
    expect(await named(psa.generateRandom(4))).toBe('SUCCESS');
    expect(await named(psa.generateRandom(4))).toBe('INSUFFICIENT_ENTROPY');
    const listed = await ask('fault', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toEqual([
      expect.objectContaining({ id: 1, visits: 2, hits: 1 }),
      { id: 2, line: 'rng.draw->count', visits: 2, hits: 2 },
    ]);
    expect((await ask('fault', 'list')).stdout).toMatch(
      /^id +visits +hits +fault\n1 +2 +1 +api\.psa_generate_random/,
    );
    expect(await ask('fault', 'clear', '1')).toMatchObject({ code: 0 });
    expect(await ask('fault', 'clear', '1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no fault 1'),
    });
    expect(await ask('fault', 'clear')).toMatchObject({ code: 0 });
    expect(JSON.parse((await ask('fault', 'list', '--json')).stdout)).toEqual([]);
    const wrong = await ask('fault', 'add', 'rng.draw->stcuk');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain(
      'no effect stcuk; did you mean stuck?\n  rng.draw->stcuk\n            ^^^^^',
    );
    await psa.close();
    emulator.child.kill('SIGTERM');
    await emulator.ended;
  });

  it('are set by exec before the command runs, more than one, and tell of spoilt random numbers', async () => {
    const script = `
      const { connect } = await import(${JSON.stringify(new URL('../../../dist/index.js', import.meta.url).href)});
      const psa = await connect();
      const zeros = (await psa.generateRandom(4)).output;
      console.log(Buffer.from(zeros).toString('hex'), (await psa.generateRandom(4)).status);
      await psa.close();`;
    const { code, stdout, stderr } = await h5sm([
      'exec',
      '--fault',
      'rng.draw->zero',
      '--fault',
      'api.psa_generate_random.enter:nth=2->return(PSA_ERROR_HARDWARE_FAILURE)',
      '--',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '00000000 -147\n' });
    expect(stderr).toContain('h5sm: INSECURE: random numbers are spoilt by rng.draw->zero');
  });

  it.each([
    [['--fault', 'rng.drw->zero'], '--fault: no point rng.drw; did you mean rng.draw?'],
    [['--countermeasures', 'hedged-nounce'], 'no such countermeasure; did you mean hedged-nonce?'],
  ])('refuses %j before anything is started', async (flags, what) => {
    const { code, stderr } = await h5sm(['exec', ...flags, '--', 'true']);
    expect(code).toBe(2);
    expect(stderr).toContain(what);
  });
});
