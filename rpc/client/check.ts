/** For those who would rather have an exception than look at a status. */
import { type PsaStatus, statusName } from '../../psa-api/status.ts';

export class PsaStatusError extends Error {
  override readonly name = 'PsaStatusError';
  readonly status: PsaStatus;

  constructor(status: PsaStatus) {
    super(`${statusName(status)} (${status})`);
    this.status = status;
  }
}

/** The result itself when it is a success; throws a PsaStatusError when it is not. */
export const check = <Result extends { readonly status: PsaStatus }>(result: Result): Result => {
  if (result.status === 0) return result;
  const error = new PsaStatusError(result.status);
  // The interesting line is where the result was checked.
  Error.captureStackTrace(error, check);
  throw error;
};
