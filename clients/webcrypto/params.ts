/** Members of algorithm dictionaries, read as Web IDL converts them: what is missing or of a wrong type is a TypeError. */
import type { webcrypto } from 'node:crypto';
import { copyOf } from './bytes.ts';
import { failure } from './errors.ts';

export interface Params {
  readonly name: string;
  readonly [member: string]: unknown;
}

/** A dictionary with the name of an algorithm, or the name alone. */
export type Identifier = webcrypto.AlgorithmIdentifier | Params;

/** The dictionary. */
export const paramsOf = (identifier: unknown): Params => {
  if (typeof identifier === 'string') return { name: identifier };
  if (typeof identifier === 'object' && identifier !== null && 'name' in identifier) {
    const { name } = identifier;
    if (typeof name === 'string') return { ...identifier, name };
  }
  throw new TypeError('an algorithm: expected a name or an object with a name');
};

export const has = (params: Params, member: string): boolean => params[member] !== undefined;

export const bytesOf = (params: Params, member: string): Uint8Array =>
  copyOf(params[member], `${params.name}: ${member}`);

export const optionalBytesOf = (params: Params, member: string): Uint8Array | undefined =>
  has(params, member) ? bytesOf(params, member) : undefined;

/** An unsigned integer with [EnforceRange]. */
export const integerOf = (params: Params, member: string, limit = 0xffff_ffff): number => {
  const value = Math.trunc(Number(params[member]));
  if (params[member] === null || !Number.isInteger(value) || value < 0 || value > limit)
    throw new TypeError(`${params.name}: ${member}: expected an integer from 0 to ${limit}`);
  return value;
};

export const textOf = (params: Params, member: string): string => {
  if (!has(params, member)) throw new TypeError(`${params.name}: ${member} is missing`);
  return String(params[member]);
};

export const KEY_USAGES = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'deriveKey',
  'deriveBits',
  'wrapKey',
  'unwrapKey',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

/** Each usage once, in the order of the enumeration. */
export const usagesOf = (usages: unknown): KeyUsage[] => {
  if (!Array.isArray(usages)) throw new TypeError('key usages: expected an array');
  const strange: unknown = usages.find((usage) => !KEY_USAGES.includes(usage));
  if (strange !== undefined) throw new TypeError(`key usages: ${String(strange)} is none`);
  return KEY_USAGES.filter((usage) => usages.includes(usage));
};

/** SyntaxError for a usage that this kind of key does not have. */
export const onlyUsages = (usages: readonly KeyUsage[], allowed: readonly KeyUsage[], what: string): void => {
  const strange = usages.find((usage) => !allowed.includes(usage));
  if (strange === undefined) return;
  const those = allowed.length === 0 ? 'it has none' : `it has ${allowed.join(', ')}`;
  throw failure('SyntaxError', `${what}: no key usage ${strange}; ${those}`);
};

/** SyntaxError for a secret or private key that would be good for nothing. */
export const someUsage = (usages: readonly KeyUsage[], what: string): void => {
  if (usages.length === 0) throw failure('SyntaxError', `${what}: no key usages are given`);
};
