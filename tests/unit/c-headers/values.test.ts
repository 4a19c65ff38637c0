/** The C headers and the TypeScript constants say the same, in both directions, for 64-bit and 32-bit clients. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import * as psa from '../../../psa-api/constants.ts';
import { accepts, inScratch, run, type Toolchain, toolchains } from './compiler.ts';
import { argumentsAt, type Grid, gridOf, gridProgram, points } from './grid.ts';
import { constants, functions, INCLUDE, inlineFunctions, type Macro, SOURCE } from './headers.ts';
import * as programs from './programs.ts';

const exported: Readonly<Record<string, unknown>> = psa;
const grids = functions.map(gridOf);

const C = toolchains(['c99', 'c11']);
const CPP = toolchains(['c++11', 'c++17']);
const titled = (all: readonly Toolchain[]) =>
  all.map((tools) => [`${tools.language} ${tools.width}`, tools] as const);

/** An absent tool fails the test where tests decide, and elsewhere skips it by name. */
function need(tools: Toolchain, context: TestContext): void {
  if (tools.missing === undefined) return;
  const { CI } = process.env;
  if (CI) throw new Error(tools.missing);
  context.skip(tools.missing);
}

const lines = (output: Buffer): string[] => output.toString().trim().split('\n');
const names = (macros: readonly Macro[]): string[] => macros.map(({ name }) => name).sort();
const exportedNames = (kind: 'number' | 'function'): string[] =>
  Object.entries(exported)
    .filter(([name, value]) => name.startsWith('PSA_') && typeof value === kind)
    .map(([name]) => name)
    .sort();

describe('names', () => {
  it('are the same constants', () => {
    expect(names(constants)).toEqual(exportedNames('number'));
  });

  it('are the same function-like macros', () => {
    expect(names(functions)).toEqual(exportedNames('function'));
  });
});

function fromTypeScript(name: string, args: readonly number[]): number {
  const macro = exported[name];
  if (typeof macro !== 'function') throw new Error(`${name} is no function`);
  return Number(macro(...args)) >>> 0;
}

/** The first point where the languages differ, in words. */
function difference(grid: Grid, words: Uint32Array): string | undefined {
  for (let point = 0; point < words.length; point++) {
    const args = argumentsAt(grid, point * grid.stride);
    const expected = fromTypeScript(grid.macro, args);
    if (words[point] === expected) continue;
    const shown = args.map((value) => `0x${value.toString(16)}`).join(', ');
    return `${grid.macro}(${shown}) is ${words[point]} in C and ${expected} in TypeScript`;
  }
  return undefined;
}

describe.each(titled(C))('%s', (_title, tools) => {
  const isC11 = tools.language === 'c11';

  it('has the values of the constants', (context) => {
    need(tools, context);
    const expected = constants.map(({ name }) => `${name} ${String(exported[name])}`);
    expect(lines(run(programs.constantsProgram, tools))).toEqual(expected);
  });

  it('has macros that are constant expressions', (context) => {
    need(tools, context);
    accepts(programs.constantExpressions(grids), tools);
  });

  /** Once for each width: the dialect changes nothing. */
  if (!isC11) {
    it('has the values of the macros', { timeout: 120_000 }, (context) => {
      need(tools, context);
      const output = Uint8Array.from(run(gridProgram(grids), tools));
      const words = new Uint32Array(output.buffer);
      let start = 0;
      const differences = grids.flatMap((grid) => {
        const part = words.subarray(start, start + points(grid));
        start += points(grid);
        return difference(grid, part) ?? [];
      });
      expect(words.length).toBe(start);
      expect(differences).toEqual([]);
    });
  }

  it('lays structures out as the client-only interface does', (context) => {
    need(tools, context);
    expect(lines(run(programs.layoutProgram, tools))).toEqual(programs.layoutExpected);
  });

  it('initializes operations as inactive', (context) => {
    need(tools, context);
    expect(lines(run(programs.initialProgram, tools))).toEqual(programs.initialExpected);
  });

  it('sets attributes as keyAttributes does', (context) => {
    need(tools, context);
    expect(lines(run(programs.settersProgram, tools))).toEqual(programs.settersExpected);
  });

  it('keeps what is set in a cipher suite', (context) => {
    need(tools, context);
    expect(lines(run(programs.suiteProgram, tools))).toEqual(programs.suiteExpected);
  });

  /** _Generic came with C11. */
  if (isC11) {
    it('has sizes of type size_t', (context) => {
      need(tools, context);
      accepts(programs.sizeTypes, tools);
    });
  }

  it('has the old names on demand', (context) => {
    need(tools, context);
    accepts(programs.compatProgram, tools);
  });

  it('exports a symbol for each inline function', (context) => {
    need(tools, context);
    const symbols = inScratch((directory) => {
      const object = join(directory, 'psa_inline.o');
      const warnings = ['-Wall', '-Wextra', '-Wconversion', '-Wmissing-prototypes', '-pedantic', '-Werror'];
      const options = [
        `-std=${tools.language}`,
        tools.width,
        '-fvisibility=hidden',
        ...warnings,
        `-I${INCLUDE}`,
      ];
      execFileSync('gcc', [...options, '-c', join(SOURCE, 'psa_inline.c'), '-o', object]);
      return execFileSync('nm', ['--defined-only', '--extern-only', '--format=posix', object], {
        encoding: 'utf8',
      });
    });
    const defined = [...symbols.matchAll(/^(psa_\w+) T/gm)].map(([, name]) => name);
    expect(defined.sort()).toEqual([...inlineFunctions].sort());
    expect(defined.length).toBe(30);
  });
});

describe.each(titled(CPP))('%s', (_title, tools) => {
  it('takes the headers, their macros and their functions', (context) => {
    need(tools, context);
    accepts(programs.cppProgram, tools);
  });

  it('takes the old names', (context) => {
    need(tools, context);
    accepts(programs.compatProgram, tools);
  });
});
