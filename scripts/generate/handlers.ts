/** psa-api/generated/handlers.ts: what the implementation of each function takes and gives. */
import { type OperationFamily, type Param, TABLE } from '../../psa-api/functions.ts';
import { camel, HEADER, pascal } from './text.ts';

const SCALAR = { u8: 'number', u16: 'number', u32: 'number', u64: 'bigint', size: 'number' } as const;

const state = (family: OperationFamily): string => `${pascal(family)}State`;

/** A parameter as the handler receives it, or undefined where it receives nothing. */
const argument = (p: Param): string | undefined => {
  switch (p.kind) {
    case 'scalar':
      return `${camel(p.name)}: ${SCALAR[p.type]}`;
    case 'bytes':
      return `${camel(p.name)}: Uint8Array`;
    case 'room':
      return `${camel(p.size)}: number`;
    case 'fill':
      return `${camel(p.size)}: number`;
    case 'attributes':
      return `${camel(p.name)}: KeyAttributes`;
    case 'cipher-suite':
      return `${camel(p.name)}: CipherSuite`;
    case 'custom':
      return `${camel(p.name)}: CustomParameters`;
    case 'operation':
      return p.role === 'setup' ? undefined : `${camel(p.name)}: ${state(p.family)}`;
    case 'scalar-out':
    case 'attributes-out':
    case 'storage-info-out':
      return undefined;
    case 'vectors':
    case 'vectors-out':
      throw new Error(`${p.name}: vectors are for the framework`);
  }
};

const output = (p: Param): string | undefined => {
  switch (p.kind) {
    case 'scalar-out':
      return `${camel(p.name)}: number`;
    case 'room':
    case 'fill':
      return `${camel(p.name)}: Uint8Array`;
    case 'attributes-out':
      return `${camel(p.name)}: KeyAttributes`;
    case 'storage-info-out':
      return `${camel(p.name)}: StorageInfo`;
    case 'operation':
      return p.role === 'setup' ? `${camel(p.name)}: ${state(p.family)}` : undefined;
    default:
      return undefined;
  }
};

export const handlers = (): string => {
  // The framework is below the handlers, control is beside them.
  const rows = TABLE.filter(
    (f) =>
      !f.local &&
      f.library !== 'framework' &&
      f.library !== 'control' &&
      !f.params.some((p) => p.kind === 'operation' && p.role === 'abort'),
  );
  const families = new Set(
    rows.flatMap((f) => f.params.flatMap((p) => (p.kind === 'operation' ? [p.family] : []))),
  );
  const methods = rows.map((f) => {
    const inputs = ['caller: Caller', ...f.params.map(argument).filter((a) => a !== undefined)];
    const outputs = f.params.map(output).filter((a) => a !== undefined);
    return `  ${f.name}(${inputs.join(', ')}): Answer<[${outputs.join(', ')}]>;\n`;
  });
  return `${HEADER}
import type { KeyAttributes } from '../attributes.ts';
import type { CipherSuite, CustomParameters, StorageInfo } from '../call.ts';
import type { Answer, Caller } from '../handler.ts';
import type {
${[...families].map((f) => `  ${state(f)},\n`).join('')}} from '../operations/states.ts';

/** Operations come as their states, outputs go in the order of the C parameters; \`abort\` needs no handler. */
export interface Handlers {
${methods.join('')}}
`;
};
