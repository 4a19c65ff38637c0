import { onCall, type Rule } from '../finding.ts';
import { answered, inOrder } from '../words.ts';

export const statusIgnored: Rule = {
  name: 'status-ignored',
  title: 'A failing call whose status was ignored',
  explanation:
    'The call failed, and the program went on with what it should have produced: an operation that is in its error ' +
    'state or was never set up, or a key that was never made. What follows fails too, or computes on stale memory; ' +
    'the first failure is the one to look at.',
  fix:
    'Compare the status of every psa_* call with PSA_SUCCESS. After a failure of a multi-part operation call its ' +
    'psa_*_abort and give up the result; an adaptation layer has to hand the failure to its caller.',
  look: onCall(({ cause, evidence }) => {
    if (cause === undefined || cause.finding !== undefined) return undefined;
    return {
      certainty: 'certain',
      what: `${answered(cause.by)}, and ${answered(evidence)} because of it: the first status was not looked at.`,
      evidence: inOrder(cause.by, evidence),
      subject: `${cause.by.function} ${cause.by.status}`,
    };
  }),
};
