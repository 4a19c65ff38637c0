/** Statuses by their short names, so that a failing test says BAD_STATE and not -137. */
import { statusName } from '../../psa-api/status.ts';

export interface Answered {
  readonly status: number;
}

/** 'SUCCESS', 'BAD_STATE' and so on. */
export const shortName = (status: number): string => statusName(status).replace(/^PSA_(ERROR_)?/, '');

export const named = async (answer: Answered | Promise<Answered>): Promise<string> =>
  shortName((await answer).status);

/** The outputs of a call that has to succeed. */
export const must = async <A extends Answered>(answer: Promise<A>): Promise<A> => {
  const outputs = await answer;
  if (outputs.status !== 0) throw new Error(`expected SUCCESS, got ${shortName(outputs.status)}`);
  return outputs;
};
