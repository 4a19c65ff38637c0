/**
 * Which earlier failure a failing call follows from: a caller that goes on after a failure gets more of them, and only
 * the first is worth telling.
 */
import {
  PSA_ERROR_ALREADY_EXISTS,
  PSA_ERROR_BAD_STATE,
  PSA_ERROR_DOES_NOT_EXIST,
  PSA_ERROR_INVALID_ARGUMENT,
  PSA_ERROR_INVALID_HANDLE,
  PSA_ERROR_NOT_PERMITTED,
  PSA_ERROR_NOT_SUPPORTED,
} from '../../psa-api/status.ts';
import type { Failure, KeyLife, OperationLife } from './lives.ts';
import type { Before } from './world.ts';

/** A life that a finding is about, as a cause. */
const blamed = (life: OperationLife | KeyLife | undefined, by: Before['evidence']): Failure | undefined =>
  life?.finding === undefined ? undefined : { by, finding: life.finding };

/** The object has no operation: because a call on it failed, or because its handle is stale. */
const ofOperation = (before: Before): Failure | undefined => {
  const { event, role, operation, other, source, otherSource, voided, lastFailure, evidence } = before;
  if (operation !== undefined) {
    const ofSource = source?.failure ?? otherSource?.failure;
    return operation.failure ?? ofSource;
  }
  if (other !== undefined) return other.failure ?? blamed(other, evidence);
  // psa_hash_clone reads another object of the family, which may be the one that failed.
  const isRead = role === 'setup' && event.source === 0;
  if (role === 'use' || role === 'end' || isRead) {
    // An abort may have been of this object or of another: only what has been explained goes on explaining.
    const explained = lastFailure?.finding === undefined ? undefined : lastFailure;
    return voided?.failure ?? explained;
  }
  return source?.failure ?? otherSource?.failure ?? blamed(otherSource, evidence);
};

/** The key was never made, because making it failed. */
const ofKey = ({ event, key, connection, evidence }: Before): Failure | undefined => {
  if (event.key === undefined) return undefined;
  if (event.key === 0) return connection.failedCreation;
  return connection.failedCreations.get(event.key) ?? blamed(key, evidence);
};

export const causeOf = (before: Before): Failure | undefined => {
  switch (before.event.status) {
    case PSA_ERROR_BAD_STATE:
      return ofOperation(before);
    case PSA_ERROR_INVALID_HANDLE:
    case PSA_ERROR_DOES_NOT_EXIST:
      return ofKey(before);
    case PSA_ERROR_ALREADY_EXISTS:
      return blamed(before.existing, before.evidence);
    case PSA_ERROR_INVALID_ARGUMENT:
    case PSA_ERROR_NOT_PERMITTED:
    case PSA_ERROR_NOT_SUPPORTED:
      return blamed(before.key, before.evidence);
    default:
      return undefined;
  }
};
