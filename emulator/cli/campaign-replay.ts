/** `h5sm campaign replay campaign.json --fault '...'`: one case again, with its calls. */
import { writeFileSync } from 'node:fs';
import { callLine, repeatingLine } from '../campaign/calls.ts';
import { DEFAULT_ACCEPT } from '../campaign/outcome.ts';
import { caseText } from '../campaign/report/text.ts';
import { isOn, textFlag, textFlags } from './arguments.ts';
import { asUsage, campaignOf, laboratoryOf } from './campaign-flags.ts';
import { UsageError } from './usage.ts';

export const run = asUsage(async (invocation) => {
  const faults = textFlags(invocation, 'fault');
  if (faults.length === 0) throw new UsageError("campaign replay: no fault; use --fault '<line>'");
  const loaded = campaignOf(invocation, 'campaign replay');
  const laboratory = await laboratoryOf(loaded);
  const index = laboratory.cases.find((one) => one.faults.join(' ') === faults.join(' '))?.index ?? -1;
  const { result, run: replayed } = await laboratory.run(faults, index);
  const trace = textFlag(invocation, 'trace');
  if (trace !== undefined)
    writeFileSync(trace, replayed.events.map((event) => `${repeatingLine(event)}\n`).join(''), {
      mode: 0o600,
    });
  if (isOn(invocation, 'json')) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    process.stdout.write(
      `${replayed.events.map((event, i) => `${`${i + 1}`.padStart(5)} ${callLine(event)}\n`).join('')}${caseText(result)}`,
    );
  return (loaded.campaign.accept ?? DEFAULT_ACCEPT).includes(result.class) ? 0 : 1;
});
