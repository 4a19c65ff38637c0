import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseResult } from '../../../emulator/campaign/outcome.ts';
import { campaignFile } from '../../support/campaigns.ts';
import { CLIENT, run as runProgram, STRICT } from '../c/programs.ts';
import { folderForTest, h5sm, ready } from './h5sm.ts';

beforeAll(ready);

const EXAMPLES = fileURLToPath(new URL('../../../examples/campaigns/', import.meta.url));

const EVERY = { exhaustive: { points: ['api.*.enter'], effects: ['return(documented)'] } };
const ACCEPTED = ['masked', 'detected', 'degraded'];

const campaign = (given: Parameters<typeof campaignFile>[0] = {}): string =>
  campaignFile({ generator: EVERY, accept: ACCEPTED, ...given }, folderForTest());

const resultsIn = (folder: string): CaseResult[] =>
  readFileSync(join(folder, 'results.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const bytesIn = (folder: string): string => readFileSync(join(folder, 'results.ndjson'), 'utf8');

/** A word of a shell's, as the replay lines have them. */
const shellWords = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

describe('h5sm campaign run', () => {
  it('runs every case, reports, and answers 0 where all are accepted and 1 where not', async () => {
    const out = join(folderForTest(), 'report');
    const path = campaign();
    const good = await h5sm(['campaign', 'run', path, '--out', out]);
    expect([good.code, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toMatch(/^campaign: \d+ cases: \d+ detected, \d+ degraded\n$/);
    expect(readdirSync(out).sort()).toEqual(['golden.json', 'index.html', 'junit.xml', 'results.ndjson']);
    const strict = campaign({ accept: ['masked'] });
    const bad = await h5sm(['campaign', 'run', strict, '--json']);
    expect(bad.code).toBe(1);
    expect(bad.stdout.split('\n').length - 1).toBe(resultsIn(out).length);
  });

  it('answers 2 for what is no campaign, and for wrong flags', async () => {
    const path = campaign({ acept: [] });
    const [bad, jobs, shard, resume, none] = await Promise.all([
      h5sm(['campaign', 'run', path]),
      h5sm(['campaign', 'run', campaign(), '-j', '0']),
      h5sm(['campaign', 'run', campaign(), '--shard', '3/2']),
      h5sm(['campaign', 'run', campaign(), '--resume']),
      h5sm(['campaign', 'run']),
    ]);
    expect(bad.stderr).toMatch(/campaign\.json: the file: "acept" .* did you mean accept\?\n$/);
    for (const { code } of [bad, jobs, shard, resume, none]) expect(code).toBe(2);
  });

  it('gives the same results on workers, in shards put together, and after an interruption', async () => {
    const path = campaign();
    const folder = folderForTest();
    const at = (name: string): string => join(folder, name);
    const whole = await h5sm(['campaign', 'run', path, '-j', '2', '--out', at('whole')]);
    expect(whole.code).toBe(0);
    const shards = ['1/4', '2/4', '3/4', '4/4'];
    for (const shard of shards)
      await h5sm(['campaign', 'run', path, '--shard', shard, '--out', at(`shard${shard[0]}`)]);
    const folders = shards.map((shard) => at(`shard${shard[0]}`));
    const merged = await h5sm(['campaign', 'merge', ...folders, '--out', at('merged')]);
    expect([merged.code, merged.stderr]).toEqual([0, '']);
    expect(bytesIn(at('merged'))).toBe(bytesIn(at('whole')));
    expect(merged.stdout).toBe(whole.stdout);
    for (const file of ['golden.json', 'index.html', 'junit.xml'])
      expect(readFileSync(join(at('merged'), file), 'utf8')).toBe(
        readFileSync(join(at('whole'), file), 'utf8'),
      );

    const missing = await h5sm(['campaign', 'merge', ...folders.slice(1), '--out', at('part')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/cases are missing, the first is case 0; name the folders of all shards/);

    // As an interruption leaves it: some lines, in the order in which cases ended, and the beginning of one.
    const lines = bytesIn(at('whole')).split('\n').slice(0, -1);
    const kept = lines.filter((_, i) => i % 3 === 0).reverse();
    const marked = kept.map((line) => line.replace('"index":0,', '"index":0,"kept":true,'));
    writeFileSync(join(at('shard1'), 'results.ndjson'), `${marked.join('\n')}\n`);
    appendFileSync(join(at('shard1'), 'results.ndjson'), lines[1]?.slice(0, 30) ?? '');
    await h5sm(['campaign', 'run', path, '--resume', '--out', at('shard1')]);
    // What was done was not done again.
    expect(bytesIn(at('shard1'))).toBe(bytesIn(at('whole')).replace('"index":0,', '"index":0,"kept":true,'));

    const other = await h5sm(['campaign', 'run', campaign({ seed: 9 }), '--resume', '--out', at('whole')]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('results of another campaign')]);
  });

  it('gives each case a line that repeats it, trace and all', async () => {
    const path = campaign({
      generator: { list: ['rng.draw:nth=2->flip(5)', 'api.psa_aead_encrypt.leave->flip(9)'] },
    });
    const folder = folderForTest();
    await h5sm(['campaign', 'run', path, '--out', folder]);
    const [first, second] = resultsIn(folder);
    const [, ...words] = shellWords(second?.replay ?? '');
    const traces = [join(folder, 'a'), join(folder, 'b')];
    for (const trace of traces) {
      const { stdout } = await h5sm([...words, '--json', '--trace', trace]);
      expect(JSON.parse(stdout)).toEqual(second);
    }
    const [a = '', b = ''] = traces.map((trace) => readFileSync(trace, 'utf8'));
    expect(a).toBe(b);
    expect(createHash('sha256').update(a).digest('hex')).toBe(second?.trace);
    const text = await h5sm(shellWords(first?.replay ?? '').slice(1));
    expect(text.stdout).toContain('psa_aead_encrypt(');
  });

  it('takes a worker away from a scenario that never gives way', async () => {
    const path = campaign({
      scenario: 'deaf',
      budget: { wallMs: 100 },
      generator: {
        list: ['api.psa_hash_compute.leave->return(PSA_ERROR_HARDWARE_FAILURE)', 'op.slot->count'],
      },
    });
    const { code, stdout } = await h5sm(['campaign', 'run', path, '--json']);
    const [hung, next] = stdout
      .trimEnd()
      .split('\n')
      .map((line): CaseResult => JSON.parse(line));
    expect(code).toBe(1);
    expect(hung).toMatchObject({ class: 'hang', end: { kind: 'hang' } });
    expect(next).toMatchObject({ class: 'not-reached' });
  });

  it('stops a random campaign that finds nothing new', async () => {
    const random = {
      points: ['api.psa_aead_encrypt.enter'],
      effects: ['hang'],
      seed: 1,
      count: 400,
      patience: 5,
    };
    const path = campaign({
      generator: { random: { ...random, effects: ['return(PSA_ERROR_BAD_STATE)'] } },
    });
    const whole = join(folderForTest(), 'whole');
    await h5sm(['campaign', 'run', path, '-j', '2', '--out', whole]);
    expect(resultsIn(whole)).toHaveLength(6);
  });
});

describe('a campaign over a command', () => {
  const source = join(EXAMPLES, 'signing.c');

  const compile = async (folder: string, ...flags: readonly string[]): Promise<void> => {
    const library = join(CLIENT, 'amalgamation/h5sm_psa.c');
    const args = [...STRICT, ...flags, `-I${join(CLIENT, 'include')}`, source, library, '-lpthread'];
    const { code, stderr } = await runProgram('gcc', [...args, '-o', join(folder, 'app')]);
    expect([code, stderr]).toEqual([0, '']);
  };

  const file = (folder: string, more: object = {}): string => {
    const path = join(folder, 'c.json');
    const scenario = { command: ['./app'], negative: true };
    const content = { profile: 'psa-full', scenario, generator: EVERY, accept: ACCEPTED, ...more };
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('finds nothing in a program that looks at every status', async () => {
    const folder = folderForTest();
    await compile(folder);
    const { code, stdout, stderr } = await h5sm([
      'campaign',
      'run',
      file(folder),
      '-j',
      '2',
      '--out',
      join(folder, 'r'),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^c: (\d+) cases: \1 detected\n$/);
    // Sockets and folders of the cases are gone.
    expect(readdirSync(folder).filter((name) => name.startsWith('h5sm-'))).toEqual([]);
    const detected = resultsIn(join(folder, 'r')).find((result) => result.class === 'detected');
    expect(detected).toMatchObject({
      end: { why: expect.stringMatching(/^exit code 1: psa_\w+ answered -\d+$/) },
    });
    const [, ...words] = shellWords(detected?.replay ?? '');
    expect(JSON.parse((await h5sm([...words, '--json'])).stdout)).toEqual(detected);
  });

  it('finds the planted error: statuses that nobody looks at', async () => {
    const folder = folderForTest();
    await compile(folder, '-DIGNORES_STATUS');
    const path = file(folder, { scenario: { command: ['./app'] } });
    const { code } = await h5sm(['campaign', 'run', path, '-j', '2', '--out', join(folder, 'r')]);
    expect(code).toBe(1);
    const classes = (name: string) =>
      new Set(
        resultsIn(join(folder, 'r'))
          .filter(({ faults: [line = ''] }) => line.startsWith(`api.${name}.`))
          .map((result) => result.class),
      );
    expect(classes('psa_hash_compute')).toEqual(new Set(['corrupt']));
    expect(classes('psa_sign_hash')).toEqual(new Set(['security']));
    expect(classes('psa_verify_hash')).toEqual(new Set(['security']));
  });

  it('says of a command that is not there that the campaign is wrong', async () => {
    const { code, stderr } = await h5sm(['campaign', 'run', file(folderForTest())]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/scenario\.command: .*app: .*ENOENT/)]);
    expect(existsSync('app')).toBe(false);
  });
});

describe('the campaigns of examples', () => {
  it('power may go away at any writing: nothing that was promised is lost', async () => {
    const { code, stdout } = await h5sm(['campaign', 'run', join(EXAMPLES, 'store.json')]);
    expect(stdout).toMatch(/: (\d+) cases: (\d+ masked, )?\d+ detected\n$/);
    expect(code).toBe(0);
  });

  it('a TLS 1.3 handshake in which any call fails is not taken for one that went well', async () => {
    const path = join(EXAMPLES, 'tls13.json');
    const { code, stdout, stderr } = await h5sm(['campaign', 'run', path, '--shard', '7/40', '--json']);
    // Of the same trace each time: nothing is said of runs that differ.
    expect([code, stderr]).toEqual([0, '']);
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line): CaseResult => JSON.parse(line));
    expect(results.length).toBeGreaterThan(20);
    for (const { negative, hits } of results) expect([negative?.kind, hits]).toEqual(['failed', [1]]);
  });
});
