/** A C program that makes every call of the function table, made from the table, and what must come of it. */

import type { Value } from '../../../psa-api/call.ts';
import { type FunctionRow, type Param, TABLE } from '../../../psa-api/functions.ts';

/** A parameter of a call: its C text, what of it the server must see, and what it shall answer. */
interface Sample {
  readonly declare?: string;
  readonly args: readonly string[];
  readonly input?: Value;
  readonly output?: Value;
  /** Prints the output: its C statement, and the words after a success and after a failure. */
  readonly show?: string;
  readonly success?: string;
  readonly failure?: string;
}

/** A failure's handle: an operation that lives on. */
export const KEPT_HANDLE = 77;

const LENGTHS = [3, 0, 255, 256, 65535, 65536, 70000] as const;
const INTEGERS = [
  0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
] as const;
const WIDTHS = { u8: 0xff, u16: 0xffff, u32: 0xffffffff, u64: 0xffffffff, size: 0xfffffffe } as const;

/** byte i of `pattern` in the C program. */
const byteAt = (i: number): number => (i * 7 + 3) & 0xff;
export const data = (from: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => byteAt(from + i));

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Different values at every use, the edges of the encoding among them. */
class Draw {
  #at = 0;

  from<T>(list: readonly T[]): T {
    const value = list[this.#at++ % list.length];
    if (value === undefined) throw new RangeError('empty list');
    return value;
  }

  integer(most: number): number {
    return this.from(INTEGERS.filter((i) => i <= most));
  }
}

const ATTRIBUTES = {
  type: 0x7112,
  bits: 256,
  lifetime: 0x80000001,
  usage: 0x3300,
  alg: 0x06000609,
  id: 0x3fffffff,
};
const ATTRIBUTES_C = `{ ${ATTRIBUTES.type}, ${ATTRIBUTES.bits}, ${ATTRIBUTES.lifetime}u, { ${ATTRIBUTES.usage}, ${ATTRIBUTES.alg}, 0 }, ${ATTRIBUTES.id} }`;

const scalar = (p: Param & { kind: 'scalar' }, draw: Draw): Sample => {
  if (p.type === 'u64') return { args: ['0x8000000000000102u'], input: 0x8000000000000102n };
  if (p.type === 'size') {
    const size = draw.from(['SIZE_MAX', '65536u']);
    return { args: [size], input: size === 'SIZE_MAX' ? 0xffffffff : 65536 };
  }
  const value = draw.integer(WIDTHS[p.type]);
  return { args: [`(${p.c})${value}u`], input: value };
};

const sample = (p: Param, draw: Draw): Sample => {
  const { name } = p;
  switch (p.kind) {
    case 'scalar':
      return scalar(p, draw);
    case 'scalar-out': {
      const value = draw.from([1, 0x3fffffff, 0xfffffffe]);
      return {
        declare: `${p.c} ${name} = 99;`,
        args: [`&${name}`],
        output: value,
        show: `printf(" %lu", (unsigned long)${name});`,
        success: `${value}`,
        failure: '0',
      };
    }
    case 'bytes': {
      const length = draw.from(LENGTHS);
      const from = draw.from([0, 1, 2, 3, 5]);
      const args = [length === 0 ? 'NULL' : `pattern + ${from}`, `${length}u`];
      return { args: p.ofStorage ? args.reverse() : args, input: data(from, length) };
    }
    case 'room': {
      const length = draw.from([16, 0, 4080, 5000, 70000]);
      const memory = [name, `sizeof ${name}`];
      return {
        declare: `static uint8_t ${name}[100000]; size_t ${p.length} = 99;`,
        args: [...(p.ofStorage ? memory.reverse() : memory), `&${p.length}`],
        input: 100000,
        output: data(length, length),
        show: `show(${name}, ${p.length});`,
        success: `[${length}:${hexOf(data(length, length))}]`,
        failure: '[0:]',
      };
    }
    case 'fill': {
      const length = draw.from([1, 300]);
      return {
        declare: `static uint8_t ${name}[${length}];`,
        args: [name, `${length}u`],
        input: length,
        output: data(9, length),
        show: `if (status == 0) show(${name}, sizeof ${name});`,
        success: `[${length}:${hexOf(data(9, length))}]`,
        failure: '',
      };
    }
    case 'attributes':
      return {
        declare: `const psa_key_attributes_t ${name} = ${ATTRIBUTES_C};`,
        args: [`&${name}`],
        input: ATTRIBUTES,
      };
    case 'attributes-out':
      return {
        declare: `psa_key_attributes_t ${name}; memset(&${name}, 0xee, sizeof ${name});`,
        args: [`&${name}`],
        output: ATTRIBUTES,
        show: `printf(" %d", memcmp(&${name}, status == 0 ? &expected_attributes : &no_attributes, sizeof ${name}));`,
        success: '0',
        failure: '0',
      };
    case 'cipher-suite':
      return {
        declare: `const psa_pake_cipher_suite_t ${name} = { 0x0a000109, 1, 0x12, 256, 1 };`,
        args: [`&${name}`],
        input: { alg: 0x0a000109, type: 1, family: 0x12, bits: 256, keyConfirmation: 1 },
      };
    case 'custom':
      return {
        declare: `const psa_custom_key_parameters_t ${name} = { 65537 };`,
        args: [`&${name}`],
        input: { flags: 65537 },
      };
    case 'storage-info-out':
      return {
        declare: `struct psa_storage_info_t ${name}; memset(&${name}, 0xee, sizeof ${name});`,
        args: [`&${name}`],
        output: { capacity: 0x80000000, size: 70000, flags: 5 },
        show: `printf(" %lu %lu %lu", (unsigned long)${name}.capacity, (unsigned long)${name}.size, (unsigned long)${name}.flags);`,
        success: `${0x80000000} 70000 5`,
        failure: '0 0 0',
      };
    case 'vectors':
    case 'vectors-out':
      throw new Error(`${name}: framework.test.ts makes the framework's calls`);
    case 'operation': {
      const before = draw.from([0, 5, 0xfffffff0]);
      const after = draw.from([0, 6, 0xfffffff1]);
      const declare = `psa_${p.family}_operation_t ${name} = { ${before}u };`;
      if (p.role === 'source') return { declare, args: [`&${name}`], input: before };
      return {
        declare,
        args: [`&${name}`],
        input: before,
        output: after,
        show: `printf(" %lu", (unsigned long)${name}.handle);`,
        success: `${after}`,
        failure: `${KEPT_HANDLE}`,
      };
    }
  }
};

export interface Case {
  readonly row: FunctionRow;
  readonly c: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** The lines that the program prints. */
  readonly success: string;
  readonly failure: string;
}

const caseOf = (row: FunctionRow, draw: Draw): Case => {
  const samples = row.params.map((p) => sample(p, draw));
  const line = (status: number, words: readonly (string | undefined)[]) =>
    [row.name, status, ...words.filter((w) => w !== undefined && w !== '')].join(' ');
  return {
    row,
    c: [
      `static void call_${row.name}(void)\n{`,
      ...samples.flatMap((s) => (s.declare === undefined ? [] : [`    ${s.declare}`])),
      `    psa_status_t status = ${row.name}(${samples.flatMap((s) => s.args).join(', ')});`,
      `    printf("${row.name} %d", (int)status);`,
      ...samples.flatMap((s) => (s.show === undefined ? [] : [`    ${s.show}`])),
      '    putchar(10);\n}\n',
    ].join('\n'),
    inputs: samples.flatMap((s) => (s.input === undefined ? [] : [s.input])),
    outputs: samples.flatMap((s) => (s.output === undefined ? [] : [s.output])),
    success: line(
      0,
      samples.map((s) => s.success),
    ),
    failure: line(
      -132,
      samples.map((s) => s.failure),
    ),
  };
};

export const everyFunction = (): readonly Case[] => {
  const draw = new Draw();
  return TABLE.filter(({ local, library }) => !local && library !== 'framework' && library !== 'control').map(
    (row) => caseOf(row, draw),
  );
};

/** Makes every call twice: the server lets the first round succeed and the second fail. */
export const programOf = (cases: readonly Case[]): string => `#include <psa/crypto.h>
#include <h5sm/system_flash.h>
#include <psa/initial_attestation.h>
#include <psa/internal_trusted_storage.h>
#include <stdio.h>
#include <string.h>

static uint8_t pattern[80000];
static const psa_key_attributes_t expected_attributes = ${ATTRIBUTES_C};
static const psa_key_attributes_t no_attributes = PSA_KEY_ATTRIBUTES_INIT;

static void show(const uint8_t *bytes, size_t length)
{
    printf(" [%lu:", (unsigned long)length);
    for (size_t i = 0; i < length; i++) {
        printf("%02x", (unsigned)bytes[i]);
    }
    putchar(']');
}

${cases.map(({ c }) => c).join('\n')}
int main(void)
{
    for (size_t i = 0; i < sizeof pattern; i++) {
        pattern[i] = (uint8_t)(i * 7 + 3);
    }
    (void)expected_attributes;
    for (int round = 0; round < 2; round++) {
${cases.map(({ row }) => `        call_${row.name}();`).join('\n')}
    }
    return 0;
}
`;
