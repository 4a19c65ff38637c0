/** The ways to get the methods into a firmware's build: the CMake package's component, and the source tree. */
import { readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CLIENT, ROOT, run, scratch, succeed } from '../c/programs.ts';
import { SOURCES } from './programs.ts';

const folder = scratch();
const at = (...names: string[]): string => join(folder.path, ...names);
const TESTS = join(ROOT, 'tests/e2e/netxduo');

afterAll(() => folder.remove());

/** Builds the consumer, and runs the program that goes through the tables. */
const consume = async (name: string, more: readonly string[]): Promise<void> => {
  await succeed('cmake', ['-S', join(TESTS, 'consumer'), '-B', at(name), `-DTESTS=${TESTS}`, ...more]);
  await succeed('cmake', ['--build', at(name), '-j2']);
  expect(await run(at(name, 'tables'))).toMatchObject({ code: 0, stdout: 'tables: all is well\n' });
};

it('are a component of the installed package, which may be moved', async () => {
  await succeed('cmake', ['-S', CLIENT, '-B', at('build'), '-DH5SM_SHARED=OFF', '-DCMAKE_BUILD_TYPE=Debug']);
  await succeed('cmake', ['--build', at('build'), '-j2']);
  await succeed('cmake', ['--install', at('build'), '--prefix', at('prefix')]);
  renameSync(at('prefix'), at('moved'));
  expect(readdirSync(at('moved/share/h5sm/netxduo/src')).filter((name) => name.endsWith('.c'))).toEqual(
    SOURCES.map((source) => basename(source)).sort(),
  );
  await consume('installed', [`-DCMAKE_PREFIX_PATH=${at('moved')}`]);
}, 120_000);

it('are a part of the source tree', async () => {
  await consume('source', [`-DH5SM_CLIENT=${CLIENT}`]);
}, 120_000);
