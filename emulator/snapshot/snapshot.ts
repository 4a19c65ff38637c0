/**
 * A snapshot: all that a device holds, in one JSON file. Keys, storage, generator, clock, open operations and the root
 * secret are in it in clear or as good as that: it is for tests, like a seed.
 */

import type { SavedKey } from '../../keystore/key-store.ts';
import type { SavedOperation } from '../../psa-api/operation-table.ts';
import type { SavedGenerator } from '../random.ts';

export interface Snapshot {
  readonly profile: string;
  readonly seed: string | null;
  readonly root: Uint8Array;
  readonly generator: SavedGenerator;
  readonly bootSeed: Uint8Array;
  /** Board time so far, in nanoseconds. */
  readonly clock: number;
  readonly calls: number;
  readonly lastConnection: number;
  readonly lastHandle: number;
  readonly nextKeyId: number;
  /** What the storage holds, sealed as it is there. */
  readonly records: readonly (readonly [name: string, data: Uint8Array])[];
  readonly volatileKeys: readonly SavedKey[];
  readonly operations: readonly (SavedOperation & { readonly steps: NonNullable<SavedOperation['steps']> })[];
}

/** Why a snapshot cannot be taken, read or restored. */
export class SnapshotError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SnapshotError';
  }
}

const FORMAT = 'h5sm snapshot';
const VERSION = 1;

/** Bytes and big integers, which JSON has not. */
type Tagged = { readonly bytes: string } | { readonly bigint: string };

const replacer = (_: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') } satisfies Tagged;
  return typeof value === 'bigint' ? ({ bigint: value.toString() } satisfies Tagged) : value;
};

const isTagged = (value: object, key: 'bytes' | 'bigint'): value is { readonly [k in typeof key]: string } =>
  Object.keys(value).length === 1 && typeof (value as Record<string, unknown>)[key] === 'string';

const reviver = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (isTagged(value, 'bytes')) return new Uint8Array(Buffer.from(value.bytes, 'base64'));
  return isTagged(value, 'bigint') ? BigInt(value.bigint) : value;
};

/** UTF-8 JSON, the same bytes for the same state. */
export const encodeSnapshot = (snapshot: Snapshot): Uint8Array =>
  new TextEncoder().encode(
    `${JSON.stringify({ format: FORMAT, version: VERSION, insecure: 'keys in clear', ...snapshot }, replacer, 1)}\n`,
  );

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const FIELDS: { readonly [Name in keyof Snapshot]: (value: unknown) => boolean } = {
  profile: (value) => typeof value === 'string',
  seed: (value) => value === null || typeof value === 'string',
  root: (value) => isBytes(value) && value.length === 32,
  bootSeed: (value) => isBytes(value) && value.length === 32,
  generator: (value) =>
    isObject(value) && isBytes(value.key) && value.key.length === 32 && isBytes(value.left),
  clock: isNumber,
  calls: isNumber,
  lastConnection: isNumber,
  lastHandle: isNumber,
  nextKeyId: isNumber,
  records: (value) =>
    Array.isArray(value) &&
    value.every((record) => Array.isArray(record) && typeof record[0] === 'string' && isBytes(record[1])),
  volatileKeys: (value) =>
    Array.isArray(value) &&
    value.every((key) => isObject(key) && isBytes(key.data) && isObject(key.attributes)),
  operations: (value) =>
    Array.isArray(value) &&
    value.every(
      (operation) => isObject(operation) && isNumber(operation.handle) && Array.isArray(operation.steps),
    ),
};

interface Loose {
  readonly key?: unknown;
  readonly left?: unknown;
  readonly data?: unknown;
  readonly attributes?: unknown;
  readonly handle?: unknown;
  readonly steps?: unknown;
  readonly format?: unknown;
  readonly version?: unknown;
}

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), reviver);
  } catch (error) {
    throw new SnapshotError(`not a snapshot: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
};

/** Throws SnapshotError. */
export const decodeSnapshot = (bytes: Uint8Array): Snapshot => {
  const json = parse(bytes);
  if (!isObject(json) || json.format !== FORMAT)
    throw new SnapshotError(
      'not a snapshot: no "format": "h5sm snapshot" in it; h5sm snapshot save writes one',
    );
  if (json.version !== VERSION)
    throw new SnapshotError(`a snapshot of version ${json.version}; this h5sm reads version ${VERSION}`);
  const wrong = Object.entries(FIELDS).find(
    ([name, holds]) => !holds((json as Record<string, unknown>)[name]),
  );
  if (wrong !== undefined)
    throw new SnapshotError(`a damaged snapshot: "${wrong[0]}" is missing or not what it should be`);
  return json as unknown as Snapshot;
};
