/** The methods by NetX's call sequences, on each profile of the device, 64 and 32 bit. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Emulator } from '../c/emulator.ts';
import { run, succeed, type Variables, with32 } from '../c/programs.ts';
import { FLAGS, Methods, SOURCES, TLS13, WIDTHS } from './programs.ts';

/** What the programs are told of the device: how many operations and keys it has, and that it lacks multi-part AEAD. */
const PROFILES: readonly (readonly [profile: string, told: Variables])[] = [
  ['stm32h573-sm-1.2', { OPERATIONS: '8', KEYS: '32' }],
  ['stm32h573-sm-1.1', { OPERATIONS: '8', KEYS: '32', ONE_SHOT: '1' }],
  ['psa-full', {}],
];

const widths = with32() ? WIDTHS : WIDTHS.slice(0, 1);
const built = widths.map((width) => [width, new Methods(width)] as const);

beforeAll(async () => {
  await Promise.all(built.map(([, methods]) => methods.prepare()));
}, 120_000);

afterAll(() => {
  for (const [, methods] of built) methods.remove();
});

describe.each(built)('built with %s', (_, methods) => {
  describe.each(PROFILES)('on %s', (profile, told) => {
    const emulator = new Emulator(profile);
    let device: Variables;

    beforeAll(async () => {
      device = (await emulator.start()).unix;
    });

    afterAll(() => emulator.close());

    it.each(['hash', 'mac', 'cipher', 'aead', 'agreement'])('%s', async (name) => {
      const program = await methods.program(name);
      const end = await run(program, [], { env: { ...device, ...told } });
      expect(end).toEqual({ code: 0, signal: null, stdout: `${name}: all is well\n`, stderr: '' });
    });
  });

  it('the tables of both forms agree, and sizes are as documented', async () => {
    expect(await succeed(await methods.program('tables'))).toBe('tables: all is well\n');
  });

  it('need no heap, nothing of NetX, and of the C library what moves bytes', async () => {
    const symbols = await succeed('nm', ['-u', '--format=posix', ...methods.objects]);
    const foreign = symbols
      .split('\n')
      .filter((line) => line.endsWith(' U') || / U\s/.test(line))
      .map((line) => line.split(' ')[0] ?? '')
      .filter((name) => !/^(psa_|h5sm_nx_|__ubsan_|_GLOBAL_OFFSET_TABLE_)/.test(name));
    expect([...new Set(foreign)].sort()).toEqual(['abort', 'memcmp', 'memcpy', 'memmove', 'memset']);
  });
});

describe('the methods', () => {
  const [, methods] = built[0] as (typeof built)[number];

  it('without a device all fail, and NX_RAND ends the program', async () => {
    const tables = await methods.program('tables');
    expect(await run(tables, ['none'])).toMatchObject({ code: 0, stdout: 'tables: all is well\n' });
    expect(await run(tables, ['rand'])).toMatchObject({ signal: 'SIGABRT', stdout: '' });
  });

  it('compute the PRF by HMAC on a device that has none', async () => {
    const profile = join(methods.path, 'profile.json');
    const without = { extends: 'stm32h573-sm-1.2', algorithms: { remove: ['PSA_ALG_TLS12_PRF'] } };
    writeFileSync(profile, JSON.stringify(without));
    const emulator = new Emulator(profile);
    const { unix } = await emulator.start();
    const env = { ...unix, OPERATIONS: '8', KEYS: '32' };
    expect(await succeed(await methods.program('mac'), [], { env })).toBe('mac: all is well\n');
    await emulator.close();
  });

  it.each([
    ['with no TLS 1.3', []],
    ['with NetX’s own ECDHE in TLS 1.3', ['-DNX_SECURE_TLS_ENABLE_TLS_1_3']],
    ['with no buffer for records', [...TLS13, '-DH5SM_NX_AEAD_BUFFER=0']],
    ['with a larger shared area', [...TLS13, '-DH5SM_NX_SHARED_AREA=65536']],
  ])('compile without a warning %s', async (_, flags) => {
    for (const width of widths)
      await succeed('gcc', [...FLAGS, ...flags, width, '-fsyntax-only', ...SOURCES]);
  });

  it('have headers for C++ too', async () => {
    const source = join(methods.path, 'first.cpp');
    writeFileSync(source, '#include "h5sm_nx_tls.h"\nint main() { return h5sm_nx_psa_status(); }\n');
    const flags = FLAGS.filter((flag) => flag !== '-std=c99' && flag !== '-Wstrict-prototypes');
    await succeed('g++', ['-std=c++11', ...flags, '-fsyntax-only', source]);
  });
});
