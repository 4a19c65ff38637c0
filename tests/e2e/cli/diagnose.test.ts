import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTest, h5sm, launch, MAIN, nextLine, ready } from './h5sm.ts';

beforeAll(ready);

const LIBRARY = pathToFileURL(join(MAIN, '../../../index.js')).href;

/** A program with a device of its environment, `d`, a hash object `op` that runs and a copy of it. */
const program = (body: string): string[] => [
  process.execPath,
  '--input-type=module',
  '-e',
  `import * as h5sm from '${LIBRARY}';
   const d = await h5sm.connect();
   const op = h5sm.hashOperationInit();
   await d.hashSetup(op, h5sm.PSA_ALG_SHA_256);
   const copy = { ...op };
   ${body}
   await d.close();`,
];

const RIGHT = program('await d.hashFinish(op);');
/** The copy ends the operation; the calls after it fail, and nobody looks. */
const WRONG = program(
  'await d.hashFinish(copy); await d.hashUpdate(op, new Uint8Array(3)); await d.hashFinish(op);',
);

/** Lines are as wide as a terminal: what they say goes on in the next. */
const unwrapped = (text: string): string => text.replaceAll(/\n {13}(?!-)/g, ' ');

/** The trace of a program. */
const traceOf = async (words: readonly string[], ...flags: readonly string[]): Promise<string> => {
  const file = join(folderForTest(), 'calls.ndjson');
  const { code, stderr } = await h5sm(['exec', '--trace', file, ...flags, '--', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return file;
};

describe('h5sm diagnose', () => {
  it('finds nothing in a program that is right: exit code 0', async () => {
    const { code, stdout, stderr } = await h5sm(['diagnose', await traceOf(RIGHT)]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^nothing found in \d+ calls\n$/);
  });

  it('says what is wrong, with evidence and mend: exit code 1', async () => {
    const { code, stdout, stderr } = await h5sm(['diagnose', await traceOf(WRONG)]);
    expect([code, stderr]).toEqual([1, '']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(
      '1. Operation handle used after it ended, or copied by memory (stale-operation, certain)',
    );
    expect(stdout).toMatch(/evidence {2}#\d+ psa_hash_setup, #\d+ psa_hash_finish, #\d+ psa_hash_update\n/);
    expect(stdout).toMatch(/further {3}1 later failure follows from it\n/);
    expect(stdout).toMatch(/fix {7}Copy a hash with psa_hash_clone/);
    expect(lines.filter((line) => /^\d+\./.test(line))).toHaveLength(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('prints the findings as JSON', async () => {
    const { code, stdout } = await h5sm(['diagnose', '--json', await traceOf(WRONG)]);
    expect(code).toBe(1);
    const findings: { rule: string; evidence: { function: string }[]; consequences: number }[] =
      JSON.parse(stdout);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'stale-operation',
      certainty: 'certain',
      client: -1,
      evidence: [
        { function: 'psa_hash_setup', status: 0 },
        { function: 'psa_hash_finish', status: 0 },
        { function: 'psa_hash_update', status: -137 },
      ],
      consequences: 1,
    });
    expect(JSON.parse((await h5sm(['diagnose', '--json', await traceOf(RIGHT)])).stdout)).toEqual([]);
  });

  it('takes the profile of a file, whose name the trace has alone', async () => {
    const profile = join(folderForTest(), 'small.json');
    writeFileSync(
      profile,
      JSON.stringify({ extends: 'psa-full', operations: { value: 2, source: 'our board' } }),
    );
    const file = await traceOf(
      program(
        'for (let i = 0; i < 2; i++) await d.hashSetup(h5sm.hashOperationInit(), h5sm.PSA_ALG_SHA_256);',
      ),
      '--profile',
      profile,
    );
    const { code, stdout } = await h5sm(['diagnose', '--profile', profile, file]);
    expect(code).toBe(1);
    expect(unwrapped(stdout)).toMatch(/all 2 places for operations are taken \(2 hash\)/);
    expect(stdout).toMatch(/- places: 2 \(chosen: our board\)\n/);
  });

  it('answers wrong use with 2: no file, none that is there, none that is a trace', async () => {
    const folder = folderForTest();
    const text = join(folder, 'text');
    writeFileSync(text, 'not a trace\n');
    const [none, missing, bad, profile] = await Promise.all([
      h5sm(['diagnose']),
      h5sm(['diagnose', join(folder, 'nonesuch')]),
      h5sm(['diagnose', text]),
      h5sm(['diagnose', '--profile', 'nonesuch', text]),
    ]);
    expect([none, missing, bad, profile].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(none.stderr).toBe('h5sm: diagnose: expected one trace to read, got 0 file names\n');
    expect(missing.stderr).toMatch(/^h5sm: diagnose: .*nonesuch: cannot be read: ENOENT/);
    expect(bad.stderr).toMatch(/^h5sm: diagnose: .*text:1: not JSON/);
    expect([none, missing, bad].map(({ stdout }) => stdout)).toEqual(['', '', '']);
  });
});

describe('--hints', () => {
  it('says on stderr what exec’s program does wrong, once', async () => {
    const { code, stdout, stderr } = await h5sm(['exec', '--hints', '--', ...WRONG]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr.match(/^h5sm: hint: /gm)).toHaveLength(1);
    expect(stderr).toMatch(/^h5sm: hint: Operation handle used .* \(stale-operation, certain\)\n {3}what /);
    expect(stderr).toMatch(/\n {3}fix {7}Copy a hash with psa_hash_clone/);
  });

  it('has nothing to say of a program that is right', async () => {
    expect(await h5sm(['exec', '--hints', '--', ...RIGHT])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('goes with a trace, and tells the profile’s sources', async () => {
    const file = join(folderForTest(), 'calls.ndjson');
    const words = program(
      'await d.hashCompute(h5sm.PSA_ALG_SHA3_256, new Uint8Array(3)); await d.hashAbort(op);',
    );
    const flags = ['--hints', '--trace', file, '--profile', 'stm32h573-sm-1.2'];
    const { stderr } = await h5sm(['exec', ...flags, '--', ...words]);
    expect(unwrapped(stderr)).toMatch(/profile stm32h573-sm-1\.2 has no PSA_ALG_SHA3_256/);
    const { stdout } = await h5sm(['diagnose', file]);
    expect(unwrapped(stdout)).toMatch(/profile stm32h573-sm-1\.2 has no PSA_ALG_SHA3_256/);
    // Of all that the profile has, the hashes.
    expect(stdout).toMatch(/- it has PSA_ALG_SHA_224, PSA_ALG_SHA_256 \(read: demonstration/);
  });

  it('comes from start while the emulator runs', async () => {
    const running = launch(['start', '--hints', '--quiet', '--json', '--store', 'memory']);
    const { endpoint } = JSON.parse(await nextLine(running)) as { endpoint: string };
    const [command = '', ...args] = WRONG;
    const hinted = new Promise<string>((resolve) =>
      running.child.stderr?.once('data', (data) => resolve(`${data}`)),
    );
    await new Promise((resolve) =>
      execFile(command, args, { env: { ...process.env, H5SM_ENDPOINT: endpoint } }, resolve),
    );
    expect(await hinted).toMatch(/^h5sm: hint: Operation handle used/);
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });
});
