/** A PSA call that did not succeed, as TLS stacks hear of it: an exception. */
import { statusName } from '../../psa-api/status.ts';

export class PsaFailure extends Error {
  override readonly name = 'PsaFailure';
  /** `psa_import_key` and so on. */
  readonly psaFunction: string;
  readonly status: number;

  /** `subject` is what the stack asked for, in its own words. */
  constructor(psaFunction: string, status: number, subject?: string) {
    const about = subject === undefined ? '' : `${subject}: `;
    super(`${about}${psaFunction} answered ${statusName(status)}`);
    this.psaFunction = psaFunction;
    this.status = status;
  }
}

/** Gives a failure inside `work` the name of the algorithm that it was about. */
export const about = async <T>(subject: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PsaFailure) throw new PsaFailure(error.psaFunction, error.status, subject);
    throw error;
  }
};
