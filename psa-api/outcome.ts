/** Readers of an outcome's elements; an element of another kind is a bug of the carrier, and throws. */
import type { KeyAttributes } from './attributes.ts';
import type { Outcome, StorageInfo, Value } from './call.ts';
import type { PsaStatus } from './status.ts';

export const NOTHING: Uint8Array = new Uint8Array(0);

const wrong = (wanted: string, value: Value | undefined): never => {
  throw new TypeError(`outcome: expected ${wanted}, got ${value === undefined ? 'nothing' : typeof value}`);
};

export const number = (value: Value | undefined): number =>
  typeof value === 'number' ? value : wrong('a number', value);

export const bytes = (value: Value | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : wrong('bytes', value);

export const attributes = (value: Value | undefined): KeyAttributes =>
  typeof value === 'object' && 'lifetime' in value ? value : wrong('key attributes', value);

export const storageInfo = (value: Value | undefined): StorageInfo =>
  typeof value === 'object' && 'capacity' in value ? value : wrong('storage info', value);

export const STORAGE_INFO_INIT: StorageInfo = Object.freeze({ capacity: 0, size: 0, flags: 0 });

/** The status of an outcome; codes come from the status table of the other side. */
export const status = (outcome: Outcome): PsaStatus => outcome[0] as PsaStatus;
