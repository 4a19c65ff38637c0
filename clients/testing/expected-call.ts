/** What a test says of a call, and how a call that was made differs from it. */
import type { TraceEvent } from '../../emulator/trace/event.ts';
import { algorithmName } from '../../psa-api/algorithm-names.ts';
import { UNBOUNDED } from '../../psa-api/call.ts';
import { type FunctionRow, functionByName } from '../../psa-api/functions.ts';
import { keyTypeName } from '../../psa-api/key-type-names.ts';
import { statusName } from '../../psa-api/status.ts';

/** Numbers and texts a test expects; asymmetric matchers (`expect.any(Number)`) stand for them too. */
export interface ExpectedCall {
  /** Key id that the call names, or that its operation stands on. */
  readonly key?: number;
  /** Key id that the call made. */
  readonly made?: number;
  readonly alg?: number;
  readonly keyType?: number;
  readonly keyBits?: number;
  /** psa_status_t; any where not given, failures too. */
  readonly status?: number;
  /** The client id: -1 is the non-secure application. */
  readonly client?: number;
  /** Bytes of inputs and outputs by parameter name. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** Other numbers by parameter name, fields of structures as `attributes.usage`. */
  readonly scalars?: Readonly<Record<string, number | string>>;
  /** The first 16 hex digits of SHA-256 of inputs and outputs by parameter name. */
  readonly digests?: Readonly<Record<string, string>>;
  /** How many such calls there are, exactly; at least one where not given. */
  readonly times?: number;
}

export type Equals = (actual: unknown, expected: unknown) => boolean;

const FIELDS = ['key', 'made', 'alg', 'keyType', 'keyBits', 'status', 'client'] as const;
const GROUPS = ['lengths', 'scalars', 'digests'] as const;
const KNOWN: readonly string[] = [...FIELDS, ...GROUPS, 'times'];

/** What a call is compared by: `alg`, `lengths.plaintext`. */
interface Wanted {
  readonly name: string;
  readonly value: unknown;
  of(event: TraceEvent): unknown;
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

const VALUE_NAMES: Readonly<Record<string, (value: number) => string>> = {
  key: hex,
  made: hex,
  alg: algorithmName,
  keyType: keyTypeName,
  status: statusName,
};

const valueText = (name: string, value: unknown): string => {
  if (value === undefined) return 'none';
  if (typeof value === 'number') {
    if (name.startsWith('lengths.')) return value === UNBOUNDED ? 'unbounded' : `${value} B`;
    return (VALUE_NAMES[name] ?? String)(value);
  }
  return value !== null && typeof value === 'object' ? String(value) : JSON.stringify(value);
};

const parameterNames = (row: FunctionRow): readonly string[] =>
  row.params.flatMap((param) => ('size' in param ? [param.name, param.size] : [param.name]));

/** A name that no call can have would never match, and with `.not` never fail. */
const checkName = (row: FunctionRow, group: string, name: string): void => {
  const names = parameterNames(row);
  if (names.includes(name.replace(/[[.].*$/, ''))) return;
  throw new TypeError(
    `${group}.${name}: no parameter of ${row.name}; there are ${names.join(', ')} (docs/functions.md)`,
  );
};

const checkGiven = (name: string, value: unknown): void => {
  if (value === undefined) throw new TypeError(`${name}: undefined; give a value or leave it out`);
};

/** Throws TypeError for a function that does not exist. */
export const rowOf = (name: string): FunctionRow => {
  const row = functionByName(name);
  if (row === undefined)
    throw new TypeError(`${name}: no function of the device; names are as in docs/functions.md`);
  return row;
};

/** Throws TypeError for fields and parameters that do not exist. */
export const wantedOf = (row: FunctionRow, expected: ExpectedCall): readonly Wanted[] => {
  for (const [name, value] of Object.entries(expected)) {
    if (!KNOWN.includes(name))
      throw new TypeError(`${name}: no field of an expected call; there are ${KNOWN.join(', ')}`);
    checkGiven(name, value);
  }
  const fields = FIELDS.filter((name) => name in expected).map((name) => ({
    name,
    value: expected[name],
    of: (event: TraceEvent): unknown => event[name],
  }));
  const grouped = GROUPS.flatMap((group) =>
    Object.entries(expected[group] ?? {}).map(([name, value]) => {
      checkName(row, group, name);
      checkGiven(`${group}.${name}`, value);
      return { name: `${group}.${name}`, value, of: (event: TraceEvent): unknown => event[group][name] };
    }),
  );
  return [...fields, ...grouped];
};

/** `alg PSA_ALG_GCM, lengths.plaintext 16 B` */
export const wantedText = (wanted: readonly Wanted[]): string =>
  wanted.map(({ name, value }) => `${name} ${valueText(name, value)}`).join(', ');

/** Where a call of the function is not the expected one: `alg PSA_ALG_CCM`; empty where it is. */
export const differences = (
  event: TraceEvent,
  wanted: readonly Wanted[],
  equals: Equals,
): readonly string[] =>
  wanted
    .filter(({ value, of }) => !equals(of(event), value))
    .map(({ name, of }) => `${name} ${valueText(name, of(event))}`);
