/** examples/unit-tests-c: it passes as its page says, in both widths, and it notices what it is there for. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from './emulator.ts';
import { ROOT, run, scratch, succeed, Workshop, with32 } from './programs.ts';

const EXAMPLE = join(ROOT, 'examples/unit-tests-c');
const CLI = join(ROOT, 'dist/emulator/cli/main.js');
const folder = scratch();

afterAll(() => folder.remove());

describe('the example', () => {
  /** `h5sm`: where CMake finds the command, or OFF. */
  const build = async (name: string, width: string, h5sm: string): Promise<string> => {
    const at = join(folder.path, name);
    const flags = [`-DCMAKE_C_FLAGS=${width} -Werror`, `-DH5SM=${h5sm}`];
    await succeed('cmake', ['-S', EXAMPLE, '-B', at, ...flags]);
    await succeed('cmake', ['--build', at, '-j2']);
    return at;
  };
  const PASSED = /100% tests passed, 0 tests failed out of 2/;

  it('gives each test a device of its own, side by side', async () => {
    const at = await build('own', '-m64', CLI);
    const { code, stdout } = await run('ctest', ['--test-dir', at, '-j2', '--output-on-failure']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(PASSED)]);
  }, 120_000);

  it.each(with32() ? ['-m64', '-m32'] : ['-m64'])(
    'runs all on one device, %s',
    async (width) => {
      const at = await build(`one${width}`, width, 'OFF');
      const ctest = ['ctest', '--test-dir', at, '--output-on-failure'];
      const { code, stdout } = await run(process.execPath, [CLI, 'exec', '--', ...ctest]);
      expect([code, stdout]).toEqual([0, expect.stringMatching(PASSED)]);
    },
    120_000,
  );
});

describe('a bug that is planted', () => {
  const workshop = new Workshop([`-I${EXAMPLE}`], ['h5sm_psa', 'h5sm_ctl']);
  const emulator = new Emulator('stm32h573-sm-1.2');
  let env: Awaited<ReturnType<Emulator['start']>>['unix'];

  beforeAll(async () => {
    await workshop.prepare();
    env = (await emulator.start()).unix;
  }, 60_000);

  afterAll(async () => {
    await emulator.close();
    workshop.remove();
  });

  /** The suite of a module, with another text in the place of one that stands there. */
  const suite = async (module: string, bug?: readonly [string, string]) => {
    const source = readFileSync(join(EXAMPLE, `${module}.c`), 'utf8');
    const changed = bug === undefined ? source : source.replace(...bug);
    expect(changed !== source).toBe(bug !== undefined);
    const file = join(workshop.path, `${module}.c`);
    writeFileSync(file, changed);
    const test = await workshop.program(join(EXAMPLE, `test_${module}.c`), [file, join(EXAMPLE, 'test.c')]);
    const { code, stdout } = await run(test, [], { env });
    return { code, failed: [...stdout.matchAll(/^test_(\w+): FAIL$/gm)].map(([, name]) => name), stdout };
  };

  it.each(['record', 'proof'])('is none in %s as it is', async (module) => {
    expect(await suite(module)).toMatchObject({ code: 0, failed: [] });
  });

  it('a status that is ignored', async () => {
    const bug = [
      'status = psa_aead_update(&operation, text',
      '(void)psa_aead_update(&operation, text',
    ] as const;
    const { code, failed, stdout } = await suite('record', bug);
    expect([code, failed]).toEqual([
      1,
      ['gives_up_at_each_call_that_fails', 'goes_on_after_a_record_that_failed'],
    ]);
    expect(stdout).toMatch(/test_record\.c:\d+: seal\(\) is 0, expected -141\n/);
  });

  it.each([
    ['an operation that is not aborted', 'record', '        psa_aead_abort(&operation);\n', '', 'open == 0'],
    [
      'a record that is left half made',
      'record',
      'memset(record, 0, length + RECORD_OVERHEAD)',
      '(void)0',
      'test_is_zero(record, sizeof record)',
    ],
    [
      'text that is left though its tag is wrong',
      'record',
      'memset(text, 0, length)',
      '(void)0',
      'test_is_zero(text, sizeof text)',
    ],
    [
      'a nonce of the caller',
      'record',
      'psa_aead_generate_nonce(&operation, record, RECORD_NONCE, &given)',
      'psa_aead_set_nonce(&operation, record, RECORD_NONCE)',
      '!"called as expected"',
    ],
    [
      'a key that is destroyed after success alone',
      'proof',
      'first_of(status, psa_destroy_key(key));\n    if (status',
      'status != PSA_SUCCESS ? status : psa_destroy_key(key);\n    if (status',
      'keys == 0',
    ],
    [
      'a key that may still be there',
      'proof',
      'first_of(status, psa_destroy_key(key));\n    if (status',
      '(psa_destroy_key(key), status);\n    if (status',
      'is 0, expected -146',
    ],
  ] as const)('%s', async (_, module, right, wrong, line) => {
    const { code, failed, stdout } = await suite(module, [right, wrong]);
    expect(code).toBe(1);
    expect(failed).not.toEqual([]);
    expect(stdout).toContain(line);
  });
});
