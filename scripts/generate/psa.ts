/** psa-api/generated/psa.ts: the typed API that a TypeScript program calls. */
import { type FunctionRow, type Param, TABLE } from '../../psa-api/functions.ts';
import { camel, HEADER, hex4, method, pascal } from './text.ts';

const SCALAR = { u8: 'number', u16: 'number', u32: 'number', u64: 'bigint', size: 'number' } as const;

/** Output rooms come last and may be left out: then there is room for everything. */
const argument = (p: Param): { text: string; optional: boolean } | undefined => {
  const required = (type: string, name = p.name) => ({ text: `${camel(name)}: ${type}`, optional: false });
  switch (p.kind) {
    case 'scalar':
      return required(SCALAR[p.type]);
    case 'bytes':
      return required('Uint8Array');
    case 'room':
      return { text: `${camel(p.size)} = UNBOUNDED`, optional: true };
    case 'fill':
      return required('number', p.size);
    case 'attributes':
      return required('Partial<KeyAttributes>');
    case 'cipher-suite':
      return required('CipherSuite');
    case 'custom':
      return required('CustomParameters');
    case 'operation':
      return required(
        p.role === 'source' ? `Readonly<${pascal(p.family)}Operation>` : `${pascal(p.family)}Operation`,
      );
    default:
      return undefined;
  }
};

const input = (p: Param): string | undefined => {
  switch (p.kind) {
    case 'scalar':
    case 'bytes':
    case 'cipher-suite':
    case 'custom':
      return camel(p.name);
    case 'room':
    case 'fill':
      return camel(p.size);
    case 'attributes':
      return `keyAttributes(${camel(p.name)})`;
    case 'operation':
      return `${camel(p.name)}.handle`;
    default:
      return undefined;
  }
};

/** Result fields: name, type, value at a failure, and the reader of the outcome's element. */
const field = (p: Param): { name: string; type: string; none: string; read: string } | undefined => {
  switch (p.kind) {
    case 'scalar-out':
      return { name: camel(p.name), type: 'number', none: '0', read: 'number' };
    case 'room':
    case 'fill':
      return { name: camel(p.name), type: 'Uint8Array', none: 'NOTHING', read: 'bytes' };
    case 'attributes-out':
      return { name: camel(p.name), type: 'KeyAttributes', none: 'KEY_ATTRIBUTES_INIT', read: 'attributes' };
    case 'storage-info-out':
      return { name: camel(p.name), type: 'StorageInfo', none: 'STORAGE_INFO_INIT', read: 'storageInfo' };
    default:
      return undefined;
  }
};

const handleAt = (f: FunctionRow): string | undefined => {
  const p = f.params.find((q) => q.kind === 'operation' && q.role !== 'source');
  return p === undefined ? undefined : camel(p.name);
};

const signature = (f: FunctionRow): { args: string; result: string } => {
  const all = f.params.map(argument).filter((a) => a !== undefined);
  const ordered = [...all.filter((a) => !a.optional), ...all.filter((a) => a.optional)];
  const fields = f.params.map(field).filter((a) => a !== undefined);
  return {
    args: ordered.map((a) => a.text).join(', '),
    result: `{ status: PsaStatus${fields.map((o) => `; ${o.name}: ${o.type}`).join('')} }`,
  };
};

const declaration = (f: FunctionRow): string => {
  const { args, result } = signature(f);
  return `  ${method(f.name)}(${args.replaceAll(' = UNBOUNDED', '?: number')}): Promise<${result}>;\n`;
};

const body = (f: FunctionRow): string => {
  const { args } = signature(f);
  const handle = handleAt(f);
  const inputs = f.params.map(input).filter((a) => a !== undefined);
  // Outputs of the outcome: the status at 0, then one element an output, the handle in its place.
  const wire = f.params.filter(
    (p) => field(p) !== undefined || (p.kind === 'operation' && p.role !== 'source'),
  );
  const fields = wire.flatMap((p, i) => {
    const o = field(p);
    return o === undefined ? [] : [`, ${o.name}: o[0] === 0 ? ${o.read}(o[${i + 1}]) : ${o.none}`];
  });
  // So that a failure and a success carry the handle at the same place.
  if (handle !== undefined && wire[0]?.kind !== 'operation')
    throw new Error(`${f.name}: the operation must be the first output`);
  const lines = [
    `    async ${method(f.name)}(${args}) {`,
    `      const o = await call(${hex4(f.id)}, [${inputs.join(', ')}]);`,
    ...(handle === undefined ? [] : [`      ${handle}.handle = number(o[1]);`]),
    `      return { status: status(o)${fields.join('')} };`,
    '    },\n',
  ];
  return lines.join('\n');
};

export const psa = (): string => {
  // What the framework's calls carry is called by its own name here; a test has the device itself.
  const rows = TABLE.filter((f) => !f.local && f.library !== 'framework' && f.library !== 'control');
  const families = [
    ...new Set(rows.flatMap((f) => f.params.flatMap((p) => (p.kind === 'operation' ? [p.family] : [])))),
  ];
  return `${HEADER}
import { KEY_ATTRIBUTES_INIT, keyAttributes, type KeyAttributes } from '../attributes.ts';
import { type Call, type CipherSuite, type CustomParameters, type Operation, type StorageInfo, UNBOUNDED } from '../call.ts';
import { attributes, bytes, NOTHING, number, STORAGE_INFO_INIT, status, storageInfo } from '../outcome.ts';
import type { PsaStatus } from '../status.ts';

${families.map((f) => `export type ${pascal(f)}Operation = Operation<'${f}'>;\n`).join('')}
${families.map((f) => `export const ${camel(f)}OperationInit = (): ${pascal(f)}Operation => ({ family: '${f}', handle: 0 });\n`).join('')}
/**
 * The PSA Crypto API and the services beside it, call by call: names and parameters as in the specification, sizes of output rooms
 * last and optional. A failure gives empty outputs; an operation object follows as in C, 0 = inactive.
 */
export interface Psa {
${rows.map(declaration).join('')}}

/** The API over any carrier of calls: a device in this process or a connection. */
export const createPsa = (call: Call): Psa => {
  const psa: Psa = {
${rows.map(body).join('')}  };
  return psa;
};
`;
};
