/** The C headers of the services beside Crypto and the TypeScript constants say the same. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as constants from '../../../psa-api/service-constants.ts';
import { environment } from '../../support/environment.ts';
import { run, toolchains } from './compiler.ts';
import { INCLUDE } from './headers.ts';

const HEADERS = ['storage_common', 'internal_trusted_storage', 'initial_attestation'] as const;

const names = HEADERS.flatMap((header) => [
  ...readFileSync(`${INCLUDE}psa/${header}.h`, 'utf8').matchAll(/^#define (PSA_\w+) +\S/gm),
]).map(([, name = '']) => name);

const program = [
  '#include <stdio.h>',
  ...HEADERS.map((header) => `#include <psa/${header}.h>`),
  'int main(void) {',
  ...names.map((name) => `printf("${name} %lu\\n", (unsigned long)${name});`),
  // For whoever keeps such a structure: a size_t, a size_t, 32 bits, and what makes it whole.
  'printf("info %d\\n", (int)(sizeof(struct psa_storage_info_t) / sizeof(size_t)));',
  'return 0;',
  '}',
].join('\n');

const byName = (lines: readonly string[]): string[] => [...lines].sort();

describe.each(toolchains(['c99', 'c++11']))('$language $width', (tools) => {
  it('has the values of the constants', (context) => {
    if (tools.missing !== undefined && environment.CI === undefined) context.skip(tools.missing);
    const expected = Object.entries(constants).map(([name, value]) => `${name} ${value}`);
    const lines = run(program, tools).toString().trim().split('\n');
    expect(byName(lines)).toEqual(byName([...expected, 'info 3']));
  });
});
