/** The C and C++ compilers of the host, on programs that include the public headers. */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INCLUDE } from './headers.ts';

export type Language = 'c99' | 'c11' | 'c++11' | 'c++17';
export type Width = '-m64' | '-m32';

export interface Build {
  readonly language: Language;
  readonly width: Width;
}

const STRICT = ['-Wall', '-Wextra', '-Wconversion', '-pedantic', '-Werror', `-I${INCLUDE}`];

const isCpp = (language: Language): boolean => language.startsWith('c++');

/** A directory of its own for each use, gone afterwards. */
export function inScratch<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'h5sm-headers-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Throws with the compiler's words when it does not accept the source. */
export function compile(
  directory: string,
  source: string,
  build: Build,
  extra: readonly string[] = [],
): string {
  const cpp = isCpp(build.language);
  const file = join(directory, cpp ? 'program.cc' : 'program.c');
  const output = join(directory, 'program');
  writeFileSync(file, source);
  const result = spawnSync(
    cpp ? 'g++' : 'gcc',
    [`-std=${build.language}`, build.width, ...STRICT, ...extra, file, '-o', output],
    { encoding: 'utf8' },
  );
  if (result.error) throw result.error;
  if (result.status !== 0)
    throw new Error(`the compiler refuses (${Object.values(build).join(' ')})\n${result.stderr}`);
  return output;
}

export const accepts = (source: string, build: Build, extra: readonly string[] = []): void =>
  inScratch((directory) => {
    compile(directory, source, build, ['-c', ...extra]);
  });

/** What the program writes to its standard output. */
export const run = (source: string, build: Build): Buffer =>
  inScratch((directory) => execFileSync(compile(directory, source, build), { maxBuffer: 1 << 28 }));

/** Undefined when the build works, otherwise why not. */
function obstacle(build: Build): string | undefined {
  try {
    run('int main(void) { return 0; }', build);
    return undefined;
  } catch (error) {
    return `no ${isCpp(build.language) ? 'g++' : 'gcc'} ${build.width}: ${String(error).split('\n')[0]}`;
  }
}

export interface Toolchain extends Build {
  readonly missing: string | undefined;
}

export const toolchains = (languages: readonly Language[]): readonly Toolchain[] =>
  (['-m64', '-m32'] as const).flatMap((width) =>
    languages.map((language) => ({ language, width, missing: obstacle({ language, width }) })),
  );
