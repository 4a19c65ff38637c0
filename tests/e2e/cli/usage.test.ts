import { beforeAll, describe, expect, it } from 'vitest';
import { findVerb, parseFlags } from '../../../emulator/cli/arguments.ts';
import { UsageError } from '../../../emulator/cli/usage.ts';
import { h5sm, ready } from './h5sm.ts';

beforeAll(ready);

describe('h5sm', () => {
  it('alone, and with --help, shows the verbs', async () => {
    const [alone, help] = await Promise.all([h5sm([]), h5sm(['--help'])]);
    expect(alone).toEqual(help);
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    for (const verb of [
      'start',
      'exec',
      'status',
      'keys list',
      'capabilities',
      'identity show',
      'identity export',
    ])
      expect(alone.stdout).toContain(`  ${verb}`);
  });

  it('shows the flags of a verb', async () => {
    const { code, stdout } = await h5sm(['exec', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: h5sm exec \[flags\] -- command/);
    expect(stdout).toContain('--seed <number|hex>');
  });

  it('tells its version', async () => {
    expect((await h5sm(['--version'])).stdout).toMatch(/^h5sm \d+\.\d+\.\d+\n$/);
  });

  it.each([
    [['strat'], 'strat: no such verb; did you mean start?'],
    [['keys'], 'keys: no such verb; use keys list'],
    [['keys', 'lits'], 'keys lits: no such verb; use keys list'],
    [['frobnicate'], 'frobnicate: no such verb; use start, '],
    [['start', '--sed', '1'], 'start: no flag --sed; did you mean --seed?'],
    [['start', '-x'], 'start: no flag -x; use --socket, --tcp, '],
    [['start', '--seed'], 'start: --seed needs a value: --seed number|hex'],
    [['start', '--seed='], 'start: --seed needs a value: --seed number|hex'],
    [['start', '--quiet=1'], 'start: --quiet takes no value; leave it out'],
    [['start', 'now'], 'start: now is not expected here; flags begin with --'],
  ])('%j is refused with what to do', (words, text) => {
    const parse = () => {
      const { verb, words: rest } = findVerb(words);
      return parseFlags(verb, rest);
    };
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(text);
  });

  it('answers wrong use with one line and exit code 2', async () => {
    const wrong: readonly (readonly [args: string[], line: RegExp])[] = [
      [['start', '--sed', '1'], /^h5sm: start: no flag --sed; did you mean --seed\?\n$/],
      [['start', '--seed', 'xyz'], /^h5sm: --seed xyz: expected a number or an even count of hex digits\n$/],
      [
        ['start', '--profile', 'psa-ful'],
        /^h5sm: --profile psa-ful: no such profile; did you mean psa-full\?\n$/,
      ],
      [
        ['exec', '--attestation-key', 'tfm', '--', 'true'],
        /^h5sm: --attestation-key tfm: no such key; there is tfm-dummy, device\n$/,
      ],
      [['start', '--tcp', 'x'], /^h5sm: --tcp x: expected \[host:\]port, got x; .*\n$/],
      [['start', '--tcp', '0.0.0.0:1'], /^h5sm: --tcp 0\.0\.0\.0:1: .* only loopback is served .*\n$/],
      [['exec', '--'], /^h5sm: exec: no command; use h5sm exec -- command \[arguments\]\n$/],
      [['status', '--endpoint', 'here'], /^h5sm: endpoint "here": not an endpoint; use unix:.*\n$/],
      [
        ['capabilities', '--profile', 'psa-full', '--endpoint', 'unix:/x'],
        /^h5sm: capabilities: --profile .*\n$/,
      ],
      [['identity', 'export'], /^h5sm: identity export: what to export\? --cert, .*\n$/],
      [['identity', 'export', '--cert', '--ca', '--der'], /^h5sm: identity export: --der holds one .*\n$/],
      [
        ['identity', 'show', '--seed', '1', '--endpoint', 'unix:/x'],
        /^h5sm: identity show: --seed describes a device, --endpoint asks an emulator; .*\n$/,
      ],
      [['identity', 'show', '--store', 'memory'], /^h5sm: identity show: --store memory names no .*\n$/],
    ];
    const ended = await Promise.all(wrong.map(([args]) => h5sm(args)));
    expect(ended.map(({ code, stdout }) => [code, stdout])).toEqual(wrong.map(() => [2, '']));
    for (const [i, { stderr }] of ended.entries()) expect(stderr).toMatch(wrong[i]?.[1] ?? /never/);
  });
});
