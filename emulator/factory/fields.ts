/** Values of a seed file, read one by one: what is wrong is told with its place, `keys[0].alg`, and the mend. */
import { ExpressionError, evaluate } from '../../psa-api/expression.ts';

/** The seed file is not what it should be. */
export class FactoryError extends Error {
  override readonly name = 'FactoryError';
}

/** An object with some of these names. */
export type Fields<Name extends string> = Readonly<Partial<Record<Name, unknown>>>;

const show = (value: unknown): string => {
  const text = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? 'nothing');
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
};

export const fail = (where: string, text: string): never => {
  throw new FactoryError(`${where}: ${text}`);
};

const wanted = (where: string, what: string, value: unknown): never =>
  fail(where, `expected ${what}, got ${show(value)}`);

/** An object with no other names than these. */
export const object = <Name extends string>(
  where: string,
  value: unknown,
  names: readonly Name[],
): Fields<Name> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return wanted(where, `an object of ${names.join(', ')}`, value);
  const stranger = Object.keys(value).find((name) => !names.some((known) => known === name));
  if (stranger !== undefined) fail(where, `no field ${stranger}; it takes ${names.join(', ')}`);
  return value as Fields<Name>;
};

/** A list, or nothing. */
export const list = (where: string, value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : wanted(where, 'a list', value);
};

export const text = (where: string, value: unknown): string =>
  typeof value === 'string' ? value : wanted(where, 'a text', value);

/** A number, an expression in the specification's names, or a list of such, which are put together. */
export const value32 = (where: string, value: unknown, most = 0xffffffff): number => {
  if (Array.isArray(value))
    return value.reduce((sum: number, part, i) => (sum | value32(`${where}[${i}]`, part, most)) >>> 0, 0);
  const number = typeof value === 'string' ? expression(where, value) : value;
  if (typeof number === 'number' && number >>> 0 === number && number <= most) return number;
  return wanted(where, `an integer of 0 to ${most}, or the name of a PSA_ constant`, value);
};

const expression = (where: string, source: string): number => {
  try {
    return evaluate(source);
  } catch (error) {
    if (error instanceof ExpressionError) return fail(where, error.message);
    throw error;
  }
};

/** A number, or a text of decimal or hexadecimal digits, of 64 bits. */
export const value64 = (where: string, value: unknown): bigint => {
  const isNumber = typeof value === 'bigint' || Number.isSafeInteger(value);
  const isText = typeof value === 'string' && /^(0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value);
  const number = isNumber || isText ? BigInt(value as string | number | bigint) : -1n;
  if (number >= 0n && number < 1n << 64n) return number;
  return wanted(where, 'an integer of 64 bits, above 2^53 as a text', value);
};

/** Whose an item is: the non-secure application's, where it is not said. */
export const owner = (where: string, value: unknown = -1): number => {
  if (typeof value !== 'number' || (value | 0) !== value || value === 0)
    return wanted(where, 'a client id, an integer of 32 bits other than 0', value);
  return value;
};

export const hex = (where: string, value: unknown): Uint8Array => {
  if (typeof value === 'string' && /^([0-9a-f]{2})*$/i.test(value))
    return Uint8Array.from(Buffer.from(value, 'hex'));
  return wanted(where, 'an even count of hex digits', value);
};

export const base64 = (where: string, value: unknown): Uint8Array => {
  if (typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value))
    return Uint8Array.from(Buffer.from(value, 'base64'));
  return wanted(where, 'base64', value);
};

/** The one of these fields that is there. */
export const oneOf = <Name extends string>(
  where: string,
  fields: Fields<Name>,
  names: readonly Name[],
): Name => {
  const [name, second] = names.filter((candidate) => fields[candidate] !== undefined);
  if (name === undefined) return fail(where, `nothing to provision; give one of ${names.join(', ')}`);
  if (second !== undefined) fail(where, `${name} and ${second}: give one of them`);
  return name;
};
