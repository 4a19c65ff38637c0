/** The ways to get the C client into a program: CMake package, pkg-config, source tree, single file. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTIONS, type Library, TABLE } from '../../../psa-api/functions.ts';
import { CLIENT, HERE, ROOT, run, STRICT, scratch, succeed, type Variables, with32 } from './programs.ts';

const folder = scratch();
const at = (...names: string[]): string => join(folder.path, ...names);
const CLI = join(ROOT, 'dist/emulator/cli/main.js');
const FIRST = join(HERE, 'first.c');
/** Without an argument it tells a size: of a certificate, whose signature has 70 to 72 bytes. */
const CERTIFICATE = join(HERE, 'certificate.c');
const SERVICES = join(HERE, 'services.c');
const environment: Variables = { PKG_CONFIG_PATH: at('moved', 'lib/pkgconfig') };
/** The archives, in an order in which each is asked for what those before it need. */
const STATIC = ['its', 'attest', 'fwu', 'psa'].map((name) => at('moved/lib', `libh5sm_${name}.a`)).join(' ');
const inFolder = { cwd: folder.path, env: environment };

/** Runs a program under the command that users run it with; flags may come before it. */
const exec = (...command: string[]) => run(process.execPath, [CLI, 'exec', ...command], inFolder);

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
    const files = readdirSync(at('moved'), { recursive: true, withFileTypes: true }).filter(
      // The methods for NetX Duo are installed as sources (tests/e2e/netxduo).
      (f) => f.isFile() && !f.parentPath.startsWith(at('moved/share/h5sm/netxduo')),
    );
    expect(files.map(({ name }) => name).sort()).toEqual([
      'client.h',
      'crypto.h',
      'crypto_compat.h',
      'crypto_sizes.h',
      'crypto_struct.h',
      'crypto_types.h',
      'crypto_values.h',
      'ctl.h',
      'error.h',
      'functions.h',
      'h5smConfig.cmake',
      'h5smConfigVersion.cmake',
      'h5smTargets-release.cmake',
      'h5smTargets.cmake',
      'h5sm_attest.pc',
      'h5sm_cert.pc',
      'h5sm_ctl.pc',
      'h5sm_fwu.pc',
      'h5sm_ipc.pc',
      'h5sm_its.pc',
      'h5sm_psa.pc',
      'initial_attestation.h',
      'internal_trusted_storage.h',
      'libh5sm_attest.a',
      'libh5sm_attest.so.0.1.0',
      'libh5sm_cert.a',
      'libh5sm_cert.so.0.1.0',
      'libh5sm_ctl.a',
      'libh5sm_ctl.so.0.1.0',
      'libh5sm_fwu.a',
      'libh5sm_fwu.so.0.1.0',
      'libh5sm_ipc.a',
      'libh5sm_ipc.so.0.1.0',
      'libh5sm_its.a',
      'libh5sm_its.so.0.1.0',
      'libh5sm_psa.a',
      'libh5sm_psa.so.0.1.0',
      'lifecycle.h',
      'stm32_cert.h',
      'storage_common.h',
      'system_flash.h',
      'update.h',
    ]);
    for (const { name, parentPath } of files.filter(({ name }) => /\.(cmake|pc|h)$/.test(name))) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(folder.path);
    }
  });

  const HOOKS = ['ns_ipc_seq_begin', 'ns_ipc_seq_end'];

  const exportsOf = async (library: string): Promise<readonly string[]> => {
    const table = await succeed('nm', ['-D', '--defined-only', '--format=posix', at('moved/lib', library)]);
    return table
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '');
  };

  it('exports every function, the hooks, and nothing of its own', async () => {
    const names = await exportsOf('libh5sm_psa.so');
    expect(names.filter((name) => !name.startsWith('psa_'))).toEqual([
      'h5sm_map_system_flash',
      'h5sm_read_system_flash',
      ...HOOKS,
    ]);
    expect(await exportsOf('libh5sm_cert.so')).toEqual([
      'UTIL_CERT_GetCertificate',
      'UTIL_CERT_GetCertificateSize',
    ]);
    expect(names).toEqual(expect.arrayContaining(FUNCTIONS.map(({ name }) => name)));
  });

  it.each([
    ['libh5sm_its.so', ['its'], HOOKS],
    ['libh5sm_attest.so', ['attestation'], HOOKS],
    ['libh5sm_fwu.so', ['fwu', 'lifecycle'], []],
    ['libh5sm_ctl.so', ['control'], [...HOOKS, 'h5sm_ctl_function_id', 'h5sm_ctl_function_name']],
  ] as const)('keeps the services apart: %s exports its own functions alone', async (library, of, hooks) => {
    const libraries: readonly Library[] = of;
    const functions = TABLE.filter((row) => libraries.includes(row.library)).map(({ name }) => name);
    expect([...(await exportsOf(library))].sort()).toEqual([...hooks, ...functions].sort());
  });

  it('exports the framework calls, and what the device’s own client has beside them', async () => {
    const beside = ['get_verbosity_level', 'psa_init_signal', 'set_verbosity_level'];
    const framework = TABLE.filter(({ library }) => library === 'framework').map(({ name }) => name);
    expect([...(await exportsOf('libh5sm_ipc.so'))].sort()).toEqual(
      [...HOOKS, ...framework, ...beside].sort(),
    );
  });

  it('gives a vendor’s client its own headers, and a program without any ours', async () => {
    // As a vendor's: complete, with another order of includes and names of its own.
    mkdirSync(at('vendor/psa'), { recursive: true });
    writeFileSync(at('vendor/psa/crypto.h'), '#define VENDOR_CRYPTO 1\n');
    writeFileSync(
      at('vendor/psa/client.h'),
      '#include <stdint.h>\nint32_t psa_connect(uint32_t, uint32_t);\n',
    );
    const program = `#include "psa/client.h"
#include "psa/crypto.h"
#ifndef VENDOR_CRYPTO
#error "not the vendor's header"
#endif
int main(void)
{
    return psa_connect(3, 0) == -1 ? 0 : 1;
}
`;
    writeFileSync(at('vendor.c'), program);
    // Even with our flags first.
    const build =
      'gcc $(pkg-config --cflags h5sm_ipc) -Ivendor vendor.c $(pkg-config --libs h5sm_ipc) -o vendor.out';
    const cli = `${process.execPath} ${CLI} exec --profile stm32h573-sm-1.2 -- ./vendor.out`;
    expect(await run('sh', ['-c', `${build} && ${cli}`], inFolder)).toMatchObject({ code: 0, stderr: '' });
    // uid of three bytes: no message of the storage service.
    await cmake('consumer', [
      `-DPROGRAM=${FIRST}`,
      `-DCERTIFICATE=${CERTIFICATE}`,
      `-DCMAKE_PREFIX_PATH=${at('moved')}`,
      `-DFRAMEWORK=${join(HERE, 'vectors.c')}`,
    ]);
    expect((await exec(at('consumer/framework'))).stdout).toBe(
      '-1 -129 8:eeeeeeeeeeeeeeee 4:eeeeeeeeeeeeeeee\n',
    );
  }, 60_000);

  it.each(['--libs', '--static'])('has pkg-config files for the services (%s)', async (kind) => {
    const libraries = kind === '--libs' ? '$(pkg-config --libs h5sm_its h5sm_attest h5sm_fwu)' : STATIC;
    const flags = `-D_GNU_SOURCE -I${HERE} $(pkg-config --cflags h5sm_its)`;
    const line = `gcc ${flags} ${SERVICES} ${libraries} -o services${kind} && ${process.execPath} ${CLI} exec --profile psa-full -- ./services${kind}`;
    expect(await run('sh', ['-c', line], inFolder)).toMatchObject({
      code: 0,
      stdout: 'services: all is well\n',
      stderr: '',
    });
  });

  it('makes one connection of the archives of several services', async () => {
    const program = `#include <psa/crypto.h>
#include <psa/initial_attestation.h>
#include <psa/internal_trusted_storage.h>
#include <stdlib.h>
int main(void)
{
    size_t size;
    psa_crypto_init();
    psa_its_set(1, 0, NULL, 0);
    psa_initial_attest_get_token_size(32, &size);
    return system("${process.execPath} ${CLI} status --json");
}
`;
    writeFileSync(at('several.c'), program);
    for (const [libraries, connections] of [
      [STATIC, 1],
      ['$(pkg-config --libs h5sm_its h5sm_attest h5sm_psa)', 3],
    ] as const) {
      const line = `gcc $(pkg-config --cflags h5sm_psa) several.c ${libraries} -o several && ${process.execPath} ${CLI} exec -- ./several`;
      const { stdout } = await run('sh', ['-c', line], inFolder);
      expect(JSON.parse(stdout)).toMatchObject({ connections });
    }
  });

  it('lets a program replace the hooks of the shared library', async () => {
    const flags = [`-I${at('moved/include')}`, `-I${HERE}`, '-pthread', '-D_GNU_SOURCE'];
    const library = [`-L${at('moved/lib')}`, '-lh5sm_psa', `-Wl,-rpath,${at('moved/lib')}`];
    await succeed('gcc', [...flags, join(HERE, 'hooks.c'), ...library, '-o', at('hooks')]);
    expect(await exec(at('hooks'))).toMatchObject({ code: 0, stdout: 'hooks 1\n' });
  });

  it('has headers that bring no sockets along, in every language they are read in', async () => {
    const include = `-I${at('moved/include')}`;
    const psa = [
      'client',
      'crypto',
      'internal_trusted_storage',
      'initial_attestation',
      'update',
      'lifecycle',
    ];
    const headers = [
      ...psa.map((name) => `psa/${name}.h`),
      'h5sm/ctl.h',
      'h5sm/system_flash.h',
      'stm32_cert.h',
    ].map((name) => at('moved/include', name));
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
    const ours = headers.filter((name) => !name.endsWith('stm32_cert.h'));
    const macros = await succeed('gcc', [include, '-E', '-dM', '-x', 'c', ...ours]);
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
    for (const name of ['h5sm_psa.c', 'h5sm_psa.h', 'h5sm_services.c', 'h5sm_services.h'])
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

  it('of the services stands alone too, and beside that of Crypto', async () => {
    const source = readFileSync(SERVICES, 'utf8')
      .replace('#include <psa/initial_attestation.h>', '#include "h5sm_services.h"')
      .replace(/#include <psa\/.*\n/g, '');
    writeFileSync(at('services.cc'), source);
    for (const width of with32() ? ['-m64', '-m32'] : ['-m64']) {
      const strict = [width, '-std=c11', ...STRICT, '-c'];
      await succeed('gcc', [...strict, 'h5sm_services.c', '-o', 'services.o'], inFolder);
      await succeed('gcc', [...strict, 'h5sm_psa.c', '-o', 'client.o'], inFolder);
      const program = [width, '-std=c++11', '-D_GNU_SOURCE', `-I${HERE}`, 'services.cc', '-pthread'];
      for (const objects of [['services.o'], ['services.o', 'client.o']]) {
        await succeed('g++', [...program, ...objects, '-o', 'services'], inFolder);
        expect(await exec('--profile', 'psa-full', at('services'))).toMatchObject({
          code: 0,
          stdout: 'services: all is well\n',
        });
      }
    }
  });
});
