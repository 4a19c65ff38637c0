/** clients/c: the prototypes, the stubs and the constants of the wire, as C sees the function table. */
import { FILLS_OUTPUT, LEAVES_LENGTH } from '../../psa-api/board-client.ts';
import {
  type FunctionRow,
  functionByName,
  type OperationFamily,
  type Param,
  TABLE,
} from '../../psa-api/functions.ts';
import { CLIENT_QUIRKS, HELLO, MAX_FRAME, PROTOCOL_VERSION } from '../../rpc/protocol.ts';
import { SUMMARIES } from './c-summaries.ts';
import { hex4 } from './text.ts';

export const C_HEADER = `/* Generated from psa-api/functions.ts by \`npm run generate\`. Do not edit.
 * SPDX-License-Identifier: Apache-2.0 */
`;

/** Functions whose body is written by hand. */
const HAND_WRITTEN: ReadonlySet<string> = new Set(['psa_generate_random']);
/** Functions that hand-written code calls or looks out for. */
const NAMED = [
  'psa_crypto_init',
  'psa_generate_random',
  'psa_its_set',
  'psa_initial_attest_get_token',
  'psa_connect',
  'psa_call',
  'psa_close',
  'h5sm_ctl_calls',
  'h5sm_ctl_expect_call',
  'h5sm_ctl_verify',
  'h5sm_ctl_fault_add',
  'h5sm_ctl_fail',
] as const;

/** What the library of Crypto has: its functions, and those of h5sm itself. */
const rows = TABLE.filter((f) => !f.local && (f.library === 'crypto' || f.library === 'device'));
/** What the crypto library has beside the specification. */
const beside = TABLE.filter((f) => f.library === 'tf-m');

const operationType = (family: OperationFamily): string => `psa_${family}_operation_t`;

/** The C parameters that one parameter of the table stands for. */
const parameters = (p: Param): string[] => {
  switch (p.kind) {
    case 'scalar':
      return [`${p.c} ${p.name}`];
    case 'scalar-out':
      return [`${p.c} *${p.name}`];
    case 'bytes':
      if (p.ofStorage) return [`size_t ${p.length}`, `const void *${p.name}`];
      return [`const uint8_t *${p.name}`, `size_t ${p.length}`];
    case 'room':
      if (p.ofStorage) return [`size_t ${p.size}`, `void *${p.name}`, `size_t *${p.length}`];
      return [`uint8_t *${p.name}`, `size_t ${p.size}`, `size_t *${p.length}`];
    case 'fill':
      return [`uint8_t *${p.name}`, `size_t ${p.size}`];
    case 'attributes':
      return [`const psa_key_attributes_t *${p.name}`];
    case 'attributes-out':
      return [`psa_key_attributes_t *${p.name}`];
    case 'cipher-suite':
      return [`const psa_pake_cipher_suite_t *${p.name}`];
    case 'custom':
      return [`const psa_custom_key_parameters_t *${p.name}`];
    case 'storage-info-out':
      return [`struct psa_storage_info_t *${p.name}`];
    case 'vectors':
      return [`const psa_invec *${p.name}`, `size_t ${p.length}`];
    case 'vectors-out':
      return [`psa_outvec *${p.name}`, `size_t ${p.length}`];
    case 'operation':
      return [`${p.role === 'source' ? 'const ' : ''}${operationType(p.family)} *${p.name}`];
  }
};

const WIDTH = 110;

/** A prototype, its parameters aligned below the first where they need more than one line. */
const prototype = (f: FunctionRow): string => {
  const head = `psa_status_t ${f.name}(`;
  const list = f.params.flatMap(parameters);
  const lines: string[] = [];
  let line = head;
  for (const [i, text] of (list.length === 0 ? ['void'] : list).entries()) {
    const piece = i < list.length - 1 ? `${text},` : `${text})`;
    const first = line.trim() === '' || line === head;
    if (!first && line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = `${' '.repeat(head.length)}${piece}`;
    } else {
      line += first ? piece : ` ${piece}`;
    }
  }
  return [...lines, line].join('\n');
};

const summary = (f: FunctionRow): string => {
  const text = SUMMARIES[f.name];
  if (text === undefined) throw new Error(`${f.name} has no line in scripts/generate/c-summaries.ts`);
  return text;
};

const origin = ({ since }: FunctionRow): string => (since === 'TF-M' ? 'Of TF-M 1.5.' : `Since ${since}.`);

/** Prototypes, each below a line that says what the function does. */
export const declarations = (members: readonly FunctionRow[]): string =>
  members.map((f) => `/** ${summary(f)} ${origin(f)} */\n${prototype(f)};\n`).join('\n');

export const cHeader = (): string => {
  const declared = rows.filter((f) => f.library === 'crypto');
  const groups = [...new Set(declared.map((f) => f.group))];
  const sections = groups.map(
    (group) => `/* ---- ${group} ---- */\n\n${declarations(declared.filter((f) => f.group === group))}`,
  );
  return `${C_HEADER}
/* The PSA Certified Crypto API 1.5. Every function below is one call to the emulator (docs/functions.md). */

#ifndef PSA_CRYPTO_H
#define PSA_CRYPTO_H

#include <psa/error.h>
#include <psa/crypto_types.h>
#include <psa/crypto_values.h>
#include <psa/crypto_sizes.h>
#include <psa/crypto_struct.h>

#ifdef __cplusplus
extern "C" {
#endif

${sections.join('\n')}
/* ---- functions of the device that the specification does not have ---- */

${declarations(beside)}
#ifdef __cplusplus
}
#endif

#include <psa/crypto_compat.h>

#endif /* PSA_CRYPTO_H */
`;
};

const idOf = (name: string): number => {
  const row = functionByName(name);
  if (row === undefined) throw new Error(`${name} is not in the function table`);
  return row.id;
};

const SCALAR = {
  u8: 'h5sm_uint',
  u16: 'h5sm_uint',
  u32: 'h5sm_uint',
  u64: 'h5sm_u64',
  size: 'h5sm_size',
} as const;

/** The line of a stub that carries one parameter. */
const carry = (p: Param): string => {
  switch (p.kind) {
    case 'scalar':
      return `${SCALAR[p.type]}(&call, ${p.name})`;
    case 'scalar-out':
      return `${p.type === 'size' ? 'h5sm_size_out' : 'h5sm_id_out'}(&call, ${p.name})`;
    case 'bytes':
      return `h5sm_bytes(&call, ${p.name}, ${p.length})`;
    case 'room':
      return `${p.ofStorage ? 'h5sm_memory' : 'h5sm_room'}(&call, ${p.name}, ${p.size}, ${p.length})`;
    case 'fill':
      return `h5sm_fill(&call, ${p.name}, ${p.size})`;
    case 'attributes':
      return `h5sm_attributes(&call, ${p.name})`;
    case 'attributes-out':
      return `h5sm_attributes_out(&call, ${p.name})`;
    case 'cipher-suite':
      return `h5sm_cipher_suite(&call, ${p.name})`;
    case 'custom':
      return `h5sm_custom(&call, ${p.name})`;
    case 'storage-info-out':
      return `h5sm_storage_info_out(&call, ${p.name})`;
    case 'vectors':
    case 'vectors-out':
      throw new Error(`${p.name}: psa_call is written by hand`);
    case 'operation':
      return p.role === 'source'
        ? `h5sm_source(&call, H5SM_HANDLE(${p.name}))`
        : `h5sm_operation(&call, H5SM_HANDLE(${p.name}), ${hex4(idOf(`psa_${p.family}_abort`))})`;
  }
};

/** What the device's client does differently for this function. */
const habits = ({ name }: FunctionRow): string[] => {
  const flags = [
    ...(FILLS_OUTPUT.has(name) ? ['H5SM_FILLS_OUTPUT'] : []),
    ...(LEAVES_LENGTH.has(name) ? ['H5SM_LEAVES_LENGTH'] : []),
  ];
  return flags.length === 0 ? [] : [`    h5sm_habits(&call, ${flags.join(' | ')});`];
};

export const stub = (f: FunctionRow): string =>
  [
    prototype(f),
    '{',
    '    h5sm_call_t call;',
    `    h5sm_begin(&call, ${hex4(f.id)});`,
    ...habits(f),
    ...f.params.map((p) => `    ${carry(p)};`),
    '    return h5sm_end(&call);',
    '}\n',
  ].join('\n');

export const cStubs = (): string => `${C_HEADER}
/* One call each: the parameters in their order, then the exchange (h5sm_call.h). */
#include "h5sm_crypto.h"

${[...rows, ...beside]
  .filter((f) => !HAND_WRITTEN.has(f.name))
  .map(stub)
  .join('\n')}`;

export const cProtocol = (): string => `${C_HEADER}
/* The constants of the wire (docs/wire.md) that hand-written code needs. */
#ifndef H5SM_PROTOCOL_H
#define H5SM_PROTOCOL_H

#define H5SM_PROTOCOL_VERSION ${PROTOCOL_VERSION}u
#define H5SM_MAX_FRAME ${MAX_FRAME}u
#define H5SM_HELLO ${HELLO}u

/* What the device's own client does, as the answer to the hello asks for it. */
#define H5SM_LENGTHS_ON_ERROR ${CLIENT_QUIRKS.lengthsOnError}u
#define H5SM_OUTPUTS_FILLED ${CLIENT_QUIRKS.outputsFilled}u

${NAMED.map((name) => `#define H5SM_${name.toUpperCase()} ${hex4(idOf(name))}u\n`).join('')}
#endif
`;
