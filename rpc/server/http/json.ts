/** A call as JSON: inputs and outputs by the names of the C parameters (docs/http.md). */
import { type KeyAttributes, keyAttributes } from '../../../psa-api/attributes.ts';
import { type CipherSuite, type Outcome, UNBOUNDED, type Value } from '../../../psa-api/call.ts';
import * as cryptoConstants from '../../../psa-api/constants.ts';
import type { FunctionRow, Param } from '../../../psa-api/functions.ts';
import { didYouMean } from '../../../psa-api/nearest.ts';
import * as serviceConstants from '../../../psa-api/service-constants.ts';
import { statusName } from '../../../psa-api/status.ts';
import { isBytes, isU8, isU16, isU32 } from '../../fields.ts';

/** A body that is not the call it should be: what, where, the mend. */
export class BadCall extends Error {}

type Named = Readonly<Record<string, unknown>>;

const NUMBERS: ReadonlyMap<string, number> = new Map(
  Object.entries({ ...cryptoConstants, ...serviceConstants }).flatMap(([name, value]) =>
    typeof value === 'number' ? [[name, value]] : [],
  ),
);

const isNamed = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

/** `PSA_KEY_USAGE_SIGN_HASH|PSA_KEY_USAGE_VERIFY_HASH` as a number. */
const constant = (where: string, text: string): number =>
  text.split('|').reduce((sum, part) => {
    const value = NUMBERS.get(part.trim());
    if (value !== undefined) return (sum | value) >>> 0;
    throw new BadCall(`${where}: no constant ${part.trim()}${didYouMean(part.trim(), [...NUMBERS.keys()])}`);
  }, 0);

const integer = (where: string, value: unknown, fits: (v: unknown) => v is number, what: string): number => {
  const number = typeof value === 'string' && /^PSA_/.test(value) ? constant(where, value) : value;
  if (fits(number)) return number;
  throw new BadCall(`${where}: expected ${what} or the name of a PSA_ constant, got ${show(value)}`);
};

const u32 = (where: string, value: unknown): number => integer(where, value, isU32, 'an integer of 32 bits');
const u16 = (where: string, value: unknown): number => integer(where, value, isU16, 'an integer of 16 bits');
const u8 = (where: string, value: unknown): number => integer(where, value, isU8, 'an integer of 8 bits');

const u64 = (where: string, value: unknown): bigint => {
  const fits =
    typeof value === 'number'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && /^\d{1,20}$/.test(value);
  const number = fits ? BigInt(value as number | string) : -1n;
  if (number >= 0n && number < 1n << 64n) return number;
  throw new BadCall(
    `${where}: expected an integer of 64 bits, as a decimal string above 2^53, got ${show(value)}`,
  );
};

const bytes = (where: string, value: unknown): Uint8Array => {
  if (typeof value === 'string' && value.length % 2 === 0 && /^[0-9a-f]*$/i.test(value)) {
    return Uint8Array.from(Buffer.from(value, 'hex'));
  }
  const { base64 } = isNamed(value) ? value : {};
  if (typeof base64 === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    return Uint8Array.from(Buffer.from(base64, 'base64'));
  }
  throw new BadCall(
    `${where}: expected an even count of hex digits or {"base64": "..."}, got ${show(value)}`,
  );
};

const known = (where: string, value: Named, names: readonly string[]): void => {
  const stranger = Object.keys(value).find((name) => !names.includes(name));
  if (stranger === undefined) return;
  const mend =
    didYouMean(stranger, names) ||
    (names.length === 0 ? '; it takes none' : `; it takes ${names.join(', ')}`);
  throw new BadCall(`${where}: no parameter ${stranger}${mend}`);
};

const ATTRIBUTES = ['type', 'bits', 'lifetime', 'usage', 'alg', 'id'] as const;
const SUITE = ['alg', 'type', 'family', 'bits', 'key_confirmation'] as const;

const object = (where: string, value: unknown, names: readonly string[]): Named => {
  if (!isNamed(value))
    throw new BadCall(`${where}: expected an object of ${names.join(', ')}, got ${show(value)}`);
  known(where, value, names);
  return value;
};

const attributes = (where: string, value: unknown): KeyAttributes => {
  const given = object(where, value, ATTRIBUTES);
  const fields = Object.entries(given).map(([name, field]) => {
    const read = name === 'type' || name === 'bits' ? u16 : u32;
    return [name, read(`${where}.${name}`, field)];
  });
  return keyAttributes(Object.fromEntries(fields));
};

const cipherSuite = (where: string, value: unknown): CipherSuite => {
  const { alg, type, family, bits, key_confirmation } = object(where, value, SUITE);
  return {
    alg: u32(`${where}.alg`, alg),
    type: u8(`${where}.type`, type),
    family: u8(`${where}.family`, family),
    bits: u16(`${where}.bits`, bits),
    keyConfirmation: u32(`${where}.key_confirmation`, key_confirmation ?? 0),
  };
};

const list =
  <T>(read: (where: string, value: unknown) => T) =>
  (where: string, value: unknown): readonly T[] => {
    if (!Array.isArray(value)) throw new BadCall(`${where}: expected a list, got ${show(value)}`);
    return value.map((one, i) => read(`${where}[${i}]`, one));
  };

const scalar = { u8, u16, u32, size: u32, u64 } as const;

interface Input {
  readonly name: string;
  readonly read: (where: string, value: unknown) => Value;
}

const inputOf = (param: Param): Input | undefined => {
  switch (param.kind) {
    case 'scalar':
      return { name: param.name, read: scalar[param.type] };
    case 'bytes':
      return { name: param.name, read: bytes };
    case 'room':
      return {
        name: param.size,
        read: (where, value) => (value === undefined ? UNBOUNDED : u32(where, value)),
      };
    case 'fill':
      return { name: param.size, read: u32 };
    case 'operation': {
      const inactive = param.role === 'setup' ? 0 : undefined;
      return { name: param.name, read: (where, value) => u32(where, value ?? inactive) };
    }
    case 'attributes':
      return { name: param.name, read: attributes };
    case 'cipher-suite':
      return { name: param.name, read: cipherSuite };
    case 'custom':
      return {
        name: param.name,
        read: (where, value) => {
          const { flags } = object(where, value, ['flags']);
          return { flags: u32(`${where}.flags`, flags) };
        },
      };
    case 'vectors':
      return { name: param.name, read: list(bytes) };
    case 'vectors-out':
      return { name: param.name, read: list(u32) };
    case 'scalar-out':
    case 'attributes-out':
    case 'storage-info-out':
      return undefined;
  }
};

export const readInputs = (row: FunctionRow, body: unknown): Value[] => {
  const given = body ?? {};
  if (!isNamed(given))
    throw new BadCall(`${row.name}: expected a JSON object of its parameters, got ${show(given)}`);
  const inputs = row.params.flatMap((param) => inputOf(param) ?? []);
  known(
    row.name,
    given,
    inputs.map((input) => input.name),
  );
  return inputs.map(({ name, read }) => read(`${row.name}, ${name}`, given[name]));
};

/** Names of the outputs, in the order of an outcome. */
const outputsOf = (row: FunctionRow): string[] =>
  row.params.flatMap((param) => {
    switch (param.kind) {
      case 'scalar-out':
      case 'attributes-out':
      case 'storage-info-out':
      case 'room':
      case 'fill':
      case 'vectors-out':
        return [param.name];
      case 'operation':
        return param.role === 'source' ? [] : [param.name];
      default:
        return [];
    }
  });

const written = (value: Value): unknown => {
  if (Array.isArray(value)) return value.map(written);
  if (isBytes(value)) return Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex');
  return typeof value === 'bigint' ? value.toString() : value;
};

/** A failure has the operation's handle and nothing else. */
export const writeOutcome = (row: FunctionRow, [status, ...outputs]: Outcome): Record<string, unknown> => {
  const operation = row.params.find((param) => param.kind === 'operation' && param.role !== 'source');
  const names = status === 0 ? outputsOf(row) : operation === undefined ? [] : [operation.name];
  const named = outputs.map((value, i) => [names[i] ?? `output${i}`, written(value)]);
  return { status, statusName: statusName(status), ...Object.fromEntries(named) };
};
