/** The ways to get the C client into a program: CMake package, pkg-config, source tree, single file. */
import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../../psa-api/functions.ts';
import { CLIENT, HERE, ROOT, run, STRICT, scratch, succeed, type Variables, with32 } from './programs.ts';

const folder = scratch();
const at = (...names: string[]): string => join(folder.path, ...names);
const CLI = join(ROOT, 'dist/emulator/cli/main.js');
const FIRST = join(HERE, 'first.c');
/** Without an argument it tells a size: of a certificate, whose signature has 70 to 72 bytes. */
const CERTIFICATE = join(HERE, 'certificate.c');
const environment: Variables = { PKG_CONFIG_PATH: at('moved', 'lib/pkgconfig') };
const inFolder = { cwd: folder.path, env: environment };

/** Runs a program under the command that users run it with. */
const exec = (...command: string[]) => run(process.execPath, [CLI, 'exec', '--', ...command], inFolder);

const expectFirst = async (program: string) =>
  expect(await exec(program)).toEqual({ code: 0, signal: null, stdout: '0 32\n', stderr: '' });

const expectCertificate = async (program: string) =>
  expect(await exec(at('consumer', program))).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^1 4(3[89]|4[01])\n$/),
  });

/** Builds a CMake project of this folder. */
const cmake = async (project: string, more: readonly string[]): Promise<void> => {
  await succeed('cmake', ['-S', project, '-B', at(project), ...more], { cwd: HERE, env: environment });
  await succeed('cmake', ['--build', at(project), '-j2'], inFolder);
};

beforeAll(async () => {
  await succeed('cmake', ['-S', CLIENT, '-B', at('build'), '-DH5SM_WERROR=ON', '-DCMAKE_INSTALL_LIBDIR=lib']);
  await succeed('cmake', ['--build', at('build'), '-j2']);
  await succeed('cmake', ['--install', at('build'), '--prefix', at('prefix')]);
  // Whoever unpacks an archive has it elsewhere than whoever made it.
  renameSync(at('prefix'), at('moved'));
}, 120_000);

afterAll(() => folder.remove());

describe('the installation', () => {
  it('builds with one line of a shell, and runs without a library path', async () => {
    const line = `gcc ${FIRST} $(pkg-config --cflags --libs h5sm_psa) -o first && ${process.execPath} ${CLI} exec -- ./first`;
    expect(await run('sh', ['-c', line], inFolder)).toMatchObject({ code: 0, stdout: '0 32\n', stderr: '' });
  });

  it('is found by CMake, static, shared, and by way of pkg-config', async () => {
    await cmake('consumer', [
      `-DPROGRAM=${FIRST}`,
      `-DCERTIFICATE=${CERTIFICATE}`,
      `-DCMAKE_PREFIX_PATH=${at('moved')}`,
    ]);
    for (const program of ['static', 'shared', 'pkgconfig']) await expectFirst(at('consumer', program));
    expect(await succeed('ldd', [at('consumer/static')])).not.toContain('h5sm');
    expect(await succeed('ldd', [at('consumer/shared')])).toContain(at('moved/lib/libh5sm_psa.so.0.1'));
    for (const program of ['certificate', 'certificate-shared', 'certificate-pkgconfig'])
      await expectCertificate(program);
    const libraries = await succeed('ldd', [at('consumer/certificate-shared')]);
    for (const name of ['psa', 'cert']) expect(libraries).toContain(at(`moved/lib/libh5sm_${name}.so.0.1`));
  }, 60_000);

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(readFileSync(at('moved/lib/pkgconfig/h5sm_psa.pc'), 'utf8')).toContain(`\nVersion: ${version}\n`);
    expect(readFileSync(at('moved/lib/cmake/h5sm/h5smConfigVersion.cmake'), 'utf8')).toContain(
      `"${version}"`,
    );
  });

  it('holds the headers, the libraries and nothing of the folder that it was built from', async () => {
    const files = readdirSync(at('moved'), { recursive: true, withFileTypes: true }).filter((f) =>
      f.isFile(),
    );
    expect(files.map(({ name }) => name).sort()).toEqual([
      'crypto.h',
      'crypto_compat.h',
      'crypto_sizes.h',
      'crypto_struct.h',
      'crypto_types.h',
      'crypto_values.h',
      'error.h',
      'h5smConfig.cmake',
      'h5smConfigVersion.cmake',
      'h5smTargets-release.cmake',
      'h5smTargets.cmake',
      'h5sm_cert.pc',
      'h5sm_psa.pc',
      'libh5sm_cert.a',
      'libh5sm_cert.so.0.1.0',
      'libh5sm_psa.a',
      'libh5sm_psa.so.0.1.0',
      'stm32_cert.h',
      'system_flash.h',
    ]);
    for (const { name, parentPath } of files.filter(({ name }) => /\.(cmake|pc|h)$/.test(name))) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(folder.path);
    }
  });

  it('exports every function, the hooks, and nothing of its own', async () => {
    const exportsOf = async (library: string) =>
      (await succeed('nm', ['-D', '--defined-only', '--format=posix', at('moved/lib', library)]))
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]);
    const names = await exportsOf('libh5sm_psa.so');
    expect(names.filter((name) => name?.startsWith('psa_') !== true)).toEqual([
      'h5sm_map_system_flash',
      'h5sm_read_system_flash',
      'ns_ipc_seq_begin',
      'ns_ipc_seq_end',
    ]);
    expect(await exportsOf('libh5sm_cert.so')).toEqual([
      'UTIL_CERT_GetCertificate',
      'UTIL_CERT_GetCertificateSize',
    ]);
    expect(names).toEqual(expect.arrayContaining(FUNCTIONS.map(({ name }) => name)));
  });

  it('lets a program replace the hooks of the shared library', async () => {
    const flags = [`-I${at('moved/include')}`, `-I${HERE}`, '-pthread', '-D_GNU_SOURCE'];
    const library = [`-L${at('moved/lib')}`, '-lh5sm_psa', `-Wl,-rpath,${at('moved/lib')}`];
    await succeed('gcc', [...flags, join(HERE, 'hooks.c'), ...library, '-o', at('hooks')]);
    expect(await exec(at('hooks'))).toMatchObject({ code: 0, stdout: 'hooks 1\n' });
  });

  it('has headers that bring no sockets along, in every language they are read in', async () => {
    const include = `-I${at('moved/include')}`;
    const header = at('moved/include/psa/crypto.h');
    const headers = [header, at('moved/include/h5sm/system_flash.h'), at('moved/include/stm32_cert.h')];
    const check = (compiler: string, language: string, standard: string) =>
      succeed(compiler, [
        `-std=${standard}`,
        ...STRICT,
        include,
        '-fsyntax-only',
        '-x',
        language,
        ...headers,
      ]);
    for (const standard of ['c99', 'c11']) await check('gcc', 'c', standard);
    for (const standard of ['c++11', 'c++14', 'c++17']) await check('g++', 'c++', standard);
    const macros = await succeed('gcc', [include, '-E', '-dM', '-x', 'c', header]);
    expect(macros).not.toMatch(/#define (AF_INET|htonl|htons|ntohl|SOCK_STREAM|SIGALRM|PTHREAD_\w+|EINTR) /);
  });
});

describe('the source tree', () => {
  it('goes into another CMake project, and installs and shares nothing there', async () => {
    await cmake('subproject', [`-DPROGRAM=${FIRST}`, `-DH5SM_CLIENT=${CLIENT}`]);
    await expectFirst(at('subproject/program'));
    expect(readdirSync(at('subproject/h5sm')).filter((name) => name.includes('.so'))).toEqual([]);
  }, 60_000);
});

describe('the single file', () => {
  it('compiles alone, in C and for a program in C++, at every width', async () => {
    for (const name of ['h5sm_psa.c', 'h5sm_psa.h'])
      copyFileSync(join(CLIENT, 'amalgamation', name), at(name));
    const source = readFileSync(FIRST, 'utf8').replace('<psa/crypto.h>', '"h5sm_psa.h"');
    writeFileSync(at('single.cc'), source);
    for (const width of with32() ? ['-m64', '-m32'] : ['-m64']) {
      await succeed('gcc', [width, '-std=c11', ...STRICT, '-c', 'h5sm_psa.c', '-o', 'client.o'], inFolder);
      await succeed(
        'g++',
        [width, '-std=c++11', 'single.cc', 'client.o', '-pthread', '-o', 'single'],
        inFolder,
      );
      await expectFirst(at('single'));
    }
  });
});
