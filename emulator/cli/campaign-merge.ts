/** `h5sm campaign merge shard-1 shard-2 ... --out report`: the report that one run of all would have written. */
import { mergeReports } from '../campaign/results.ts';
import { textFlag } from './arguments.ts';
import { asUsage, conclude } from './campaign-flags.ts';
import { UsageError } from './usage.ts';

export const run = asUsage(async (invocation) => {
  if (invocation.rest.length === 0)
    throw new UsageError('campaign merge: no folders; name the --out of each shard');
  if (textFlag(invocation, 'out') === undefined)
    throw new UsageError('campaign merge: --out <folder> is missing: where the whole report goes');
  return conclude(invocation, mergeReports(invocation.rest));
});
