/** `h5sm campaign run campaign.json`: every case of it, or those of a shard. */
import { runCampaign } from '../campaign/campaign.ts';
import { openLog, summaryOf } from '../campaign/results.ts';
import { isOn, textFlag } from './arguments.ts';
import { asUsage, campaignOf, conclude, jobsFlag, laboratoryOf, shardFlag } from './campaign-flags.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage.ts';

export const run = asUsage(async (invocation) => {
  const jobs = jobsFlag(invocation);
  const shard = shardFlag(invocation);
  const out = textFlag(invocation, 'out');
  const resume = isOn(invocation, 'resume');
  if (resume && out === undefined)
    throw new UsageError('--resume: goes on with the report in a folder; name it: --out <folder>');
  const loaded = campaignOf(invocation, 'campaign run');
  const laboratory = await laboratoryOf(loaded);
  const summary = summaryOf(loaded, laboratory);
  const log = out === undefined ? undefined : openLog(out, summary, resume);
  const progress = createProgress(process.stderr, isOn(invocation, 'quiet'));
  const results = await runCampaign(loaded, laboratory, summary, {
    jobs,
    shard,
    done: log?.done,
    onResult: (result, left) => {
      log?.add(result);
      progress.step(left);
    },
  });
  progress.end();
  return conclude(invocation, { summary, results });
});
