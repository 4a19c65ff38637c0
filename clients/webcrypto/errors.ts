/** What went wrong, by the names of DOMException that the Web Cryptography API gives it. */
import {
  PSA_ERROR_INSUFFICIENT_MEMORY,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../psa-api/constants.ts';
import { PsaFailure } from '../tls/failure.ts';

export type ErrorName =
  | 'DataError'
  | 'InvalidAccessError'
  | 'NotSupportedError'
  | 'OperationError'
  | 'QuotaExceededError'
  | 'SyntaxError'
  | 'TypeMismatchError';

export const failure = (name: ErrorName, message: string, cause?: unknown): DOMException =>
  new DOMException(message, cause === undefined ? { name } : { name, cause });

const nameOf = ({ psaFunction, status }: PsaFailure): ErrorName => {
  switch (status) {
    case PSA_ERROR_NOT_SUPPORTED:
      return 'NotSupportedError';
    // The key's policy forbids it, or there is no such key any more.
    case PSA_ERROR_NOT_PERMITTED:
    case PSA_ERROR_INVALID_HANDLE:
      return 'InvalidAccessError';
    case PSA_ERROR_INVALID_ARGUMENT:
      return psaFunction === 'psa_import_key' ? 'DataError' : 'OperationError';
    default:
      return 'OperationError';
  }
};

const MAKES_KEY = /_(import|generate|output|unwrap)_key/;

/** Mends that the status alone does not suggest. */
const hintFor = ({ psaFunction, status }: PsaFailure): string => {
  if (status === PSA_ERROR_INVALID_HANDLE) return '; the key was destroyed, or its connection has ended';
  if (status === PSA_ERROR_INSUFFICIENT_MEMORY && MAKES_KEY.test(psaFunction))
    return '; destroyKey makes room in the device';
  return '';
};

/** `error` as callers of the Web Cryptography API expect it; a PSA status stands in its `cause`. */
export const translate = (error: unknown): unknown =>
  error instanceof PsaFailure ? failure(nameOf(error), `${error.message}${hintFor(error)}`, error) : error;
