/** A verification that did not succeed, and a run that ended as if it had. */
import { statusName } from '../../../psa-api/status.ts';
import type { TraceEvent } from '../../trace/event.ts';
import type { Finding } from '../outcome.ts';

const VERIFYING =
  /^psa_(verify_|hash_(compare|verify)|mac_verify(_finish)?$|aead_(decrypt|verify)$|key_derivation_verify_|pake_input)/;

/** What was asked, without the operation that it was asked of: a second try has another one. */
const question = (event: TraceEvent): string =>
  JSON.stringify([event.function, event.key, event.alg, event.scalars, event.digests]);

/** Outputs stand among a success's digests: compared are the inputs alone. */
const inputsOf = (event: TraceEvent, failed: TraceEvent): string =>
  question({
    ...event,
    scalars: Object.fromEntries(Object.entries(event.scalars).filter(([name]) => name in failed.scalars)),
    digests: Object.fromEntries(Object.entries(event.digests).filter(([name]) => name in failed.digests)),
  });

const isSecondTry = (event: TraceEvent, failed: TraceEvent): boolean =>
  event.status === 0 && event.function === failed.function && inputsOf(event, failed) === question(failed);

/** Of a run that completed: verifications refused that the golden run has not, and that nobody repeated. */
export const verdictFindings = (
  events: readonly TraceEvent[],
  golden: readonly TraceEvent[],
): readonly Finding[] => {
  const known = new Set(
    golden.filter(({ status }) => status !== 0).map((event) => `${event.status} ${question(event)}`),
  );
  return events.flatMap((event, at) => {
    if (event.status === 0 || !VERIFYING.test(event.function)) return [];
    if (known.has(`${event.status} ${question(event)}`)) return [];
    if (events.slice(at + 1).some((later) => isSecondTry(later, event))) return [];
    return [
      {
        oracle: 'ignored-status',
        class: 'security',
        property: 'forgery-accepted',
        detail: `call ${at + 1}, ${event.function} answered ${statusName(event.status)}, and the run went on as if it had verified`,
      } as const,
    ];
  });
};
