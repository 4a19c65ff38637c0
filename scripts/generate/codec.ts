/** rpc/generated/codec.ts: call records to and from the arrays that frames carry. */
import { type FunctionRow, type Param, TABLE } from '../../psa-api/functions.ts';
import { HEADER, hex4 } from './text.ts';

/** How one element is checked and read, and how it is written. A plain element is itself. */
interface Element {
  /** For elements that stand for themselves: the check. */
  readonly check?: string;
  /** For elements of another shape: the reader and the writer. */
  readonly read?: string;
  readonly write?: string;
}

const SCALAR = { u8: 'isU8', u16: 'isU16', u32: 'isU32', size: 'isU32' } as const;

const inputElement = (p: Param): Element | undefined => {
  switch (p.kind) {
    case 'scalar':
      return p.type === 'u64' ? { read: 'readU64', write: 'writeU64' } : { check: SCALAR[p.type] };
    case 'bytes':
      return { check: 'isBytes' };
    case 'room':
    case 'fill':
    case 'operation':
      return { check: 'isU32' };
    case 'attributes':
      return { read: 'readAttributes', write: 'writeAttributes' };
    case 'cipher-suite':
      return { read: 'readCipherSuite', write: 'writeCipherSuite' };
    case 'custom':
      return { read: 'readCustom', write: 'writeCustom' };
    case 'vectors':
      return { read: 'readVectors', write: 'writeVectors' };
    case 'vectors-out':
      return { read: 'readSizes', write: 'writeSizes' };
    default:
      return undefined;
  }
};

const outputElement = (p: Param): Element | undefined => {
  switch (p.kind) {
    case 'scalar-out':
      return { check: 'isU32' };
    case 'room':
    case 'fill':
      return { check: 'isBytes' };
    case 'attributes-out':
      return { read: 'readAttributes', write: 'writeAttributes' };
    case 'storage-info-out':
      return { read: 'readStorageInfo', write: 'writeStorageInfo' };
    case 'vectors-out':
      return { read: 'readVectors', write: 'writeVectors' };
    case 'operation':
      return p.role === 'source' ? undefined : { check: 'isU32' };
    default:
      return undefined;
  }
};

const elements = (f: FunctionRow, of: (p: Param) => Element | undefined): Element[] =>
  f.params.map(of).filter((e) => e !== undefined);

/** An arrow function that checks `list[from..]` and gives the values, or undefined. */
const reader = (id: number, list: Element[], from: number, before: string): string => {
  const at = (i: number) => `f[${from + i}]`;
  const reads = list.flatMap((e, i) =>
    e.read === undefined ? [] : [`    const v${i} = ${e.read}(${at(i)});\n`],
  );
  const checks = [
    `f.length === ${from + list.length}`,
    ...list.map((e, i) => (e.read === undefined ? `${e.check}(${at(i)})` : `v${i} !== undefined`)),
  ];
  const values = [
    ...(before === '' ? [] : [before]),
    ...list.map((e, i) => (e.read === undefined ? at(i) : `v${i}`)),
  ];
  const text = `${checks.join(' && ')} ? [${values.join(', ')}] : undefined`;
  return reads.length === 0
    ? `  ${hex4(id)}: (f) => (${text}),\n`
    : `  ${hex4(id)}: (f) => {\n${reads.join('')}    return ${text};\n  },\n`;
};

const writer = (id: number, list: Element[], from: number, before: string): string => {
  const values = list.map((e, i) =>
    e.write === undefined ? `v[${from + i}]` : `${e.write}(v[${from + i}])`,
  );
  return `  ${hex4(id)}: ${list.length === 0 ? '(seq)' : '(seq, v)'} => [${[before, ...values].join(', ')}],\n`;
};

export const codec = (): string => {
  const rows = TABLE.filter((f) => !f.local);
  const named = (of: (p: Param) => Element | undefined) =>
    rows.map((f) => ({ id: f.id, list: elements(f, of) }));
  return `${HEADER}
import type { Inputs, Outcome } from '../../psa-api/call.ts';
import {
  isBytes,
  isU16,
  isU32,
  isU8,
  readAttributes,
  readCipherSuite,
  readCustom,
  readSizes,
  readStorageInfo,
  readU64,
  readVectors,
  writeAttributes,
  writeCipherSuite,
  writeCustom,
  writeSizes,
  writeStorageInfo,
  writeU64,
  writeVectors,
} from '../fields.ts';

type Frame = readonly unknown[];

/** [seq, function, ...inputs] -> inputs; undefined when an element is missing, extra or of another kind. */
export const readRequest: Readonly<Record<number, (f: Frame) => Inputs | undefined>> = {
${named(inputElement)
  .map(({ id, list }) => reader(id, list, 2, ''))
  .join('')}};

export const writeRequest: Readonly<Record<number, (seq: number, v: Inputs) => Frame>> = {
${named(inputElement)
  .map(({ id, list }) => writer(id, list, 0, `seq, ${hex4(id)}`))
  .join('')}};

/** [seq, 0, ...outputs] -> outcome of a success. */
export const readSuccess: Readonly<Record<number, (f: Frame) => Outcome | undefined>> = {
${named(outputElement)
  .map(({ id, list }) => reader(id, list, 2, '0'))
  .join('')}};

export const writeSuccess: Readonly<Record<number, (seq: number, v: Outcome) => Frame>> = {
${named(outputElement)
  .map(({ id, list }) => writer(id, list, 1, 'seq, 0'))
  .join('')}};
`;
};
