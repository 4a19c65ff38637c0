/** Whether an error is one that the specification documents for the function; those that a fault forces are not its. */
import { statusName } from '../../../psa-api/status.ts';
import type { TraceEvent } from '../../trace/event.ts';
import { documentedFor } from '../documented.ts';
import type { Finding } from '../outcome.ts';

/** `api.psa_sign_hash.leave:nth=3->return(PSA_ERROR_HARDWARE_FAILURE)` */
const forcedBy = (faults: readonly string[]): ReadonlySet<string> =>
  new Set(faults.flatMap((line) => [...line.matchAll(/return\((\w+)\)/g)].map(([, name = '']) => name)));

export const statusFindings = (
  events: readonly TraceEvent[],
  faults: readonly string[],
): readonly Finding[] => {
  const forced = forcedBy(faults);
  return events.flatMap((event, at) => {
    const { status } = event;
    if (status === 0 || event.refusedBy !== undefined || forced.has(statusName(status))) return [];
    const allowed = documentedFor(event.function);
    if (allowed === undefined || allowed.includes(status)) return [];
    return [
      {
        oracle: 'statuses',
        class: 'corrupt',
        property: 'undocumented-status',
        detail: `call ${at + 1}: ${event.function} answered ${statusName(status)}, which is not documented for it`,
      } as const,
    ];
  });
};
