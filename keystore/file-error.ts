/** Errors of the file system as errors of storage. */
import { StorageError } from './storage.ts';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const failure = (what: string, error: unknown): StorageError => {
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
  return new StorageError(
    full ? 'full' : 'failed',
    `${what}: ${error instanceof Error ? error.message : error}`,
    { cause: error },
  );
};
