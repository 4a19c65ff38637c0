import { PSA_ERROR_BAD_STATE } from '../../../psa-api/status.ts';
import { type Hit, onCall, type Rule } from '../finding.ts';
import type { Seen } from '../lives.ts';
import { answered, call, ending, inOrder, operation as operationName } from '../words.ts';

/** psa_hash_clone was called, and what it was to copy is no operation. */
const refused = ({ event, evidence, otherSource, source }: Seen): Hit | undefined => {
  if (event.function !== 'psa_hash_clone' || source !== undefined) return undefined;
  const handle = event.source ?? 0;
  const foreign =
    `its source, handle ${handle}, was never given out in this trace: a context of other code, a hash in ` +
    'software for instance, stands where the PSA operation should';
  const known =
    otherSource === undefined ? foreign : `its source, ${operationName(otherSource)}, ${ending(otherSource)}`;
  return {
    certainty: 'certain',
    what: `${answered(evidence)}: ${handle === 0 ? 'its source was never set up' : known}.`,
    evidence: inOrder(otherSource?.setup, otherSource?.end?.by, evidence),
    subject: 'clone',
    blames: [otherSource],
  };
};

/** A digest in between is asked of an object that nothing was copied into. */
const missing = ({ event, evidence, role, lastCall }: Seen): Hit | undefined => {
  if (event.family !== 'hash' || role !== 'end' || event.handle !== 0) return undefined;
  const running = lastCall?.operation;
  if (running === undefined || running.end !== undefined || running.text === 0) return undefined;
  return {
    certainty: 'likely',
    what:
      `${answered(evidence)}: the object is inactive, while ${operationName(running)}, last used by ` +
      `${call(running.last)}, runs on; a copy of it was to be finished, and psa_hash_clone was never called.`,
    evidence: inOrder(running.setup, running.last, evidence),
    subject: 'clone',
    blames: [],
  };
};

export const cloneNotMade: Rule = {
  name: 'clone-not-made',
  title: 'Hash clone refused, and its status ignored',
  explanation:
    'A digest in between (a TLS transcript) takes a clone of the running hash. The clone was not made: what was ' +
    'given to it is no active PSA hash, or the adaptation refused before it called PSA, as one does that compares ' +
    'the length of the context with its own. NetX Secure does not look at what NX_SECURE_HASH_METADATA_CLONE ' +
    'returns, and goes on with stale memory: the Finished message, or the TLS 1.3 traffic keys, come out wrong. ' +
    'Typical is a table whose hash method is software while the clone macro is that of PSA.',
  fix:
    'Use the same hash method wherever a transcript is kept (the SHA-256 slot of the table and the TLS 1.3 rows), or ' +
    'let the clone function tell its contexts by a mark in them and copy others with memcpy. Look at the status.',
  look: onCall((seen) => {
    if (seen.event.status !== PSA_ERROR_BAD_STATE || seen.cause !== undefined) return undefined;
    return refused(seen) ?? missing(seen);
  }),
};
