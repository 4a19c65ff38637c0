/** What the verbs of campaigns have in common. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Shard } from '../campaign/campaign.ts';
import { type LoadedCampaign, loadCampaign } from '../campaign/campaign-file.ts';
import type { Laboratory } from '../campaign/laboratory.ts';
import { junit } from '../campaign/report/junit.ts';
import { page } from '../campaign/report/page.ts';
import { isAccepted, reportText } from '../campaign/report/text.ts';
import { type Report, writeResults } from '../campaign/results.ts';
import { fileNames, isOn, textFlag } from './arguments.ts';
import { serveAlone } from './serve-alone.ts';
import { UsageError } from './usage.ts';
import type { Invocation, Run } from './verbs.ts';

/** What is wrong with a campaign is wrong use: exit code 2, and so is what breaks in the harness itself. */
export const asUsage =
  (run: Run): Run =>
  async (invocation) => {
    try {
      const code = await run(invocation);
      await new Promise((resolve) => process.stdout.write('', resolve));
      // A scenario that was given up may still hold timers and sockets.
      process.exit(code);
    } catch (error) {
      throw error instanceof UsageError
        ? error
        : new UsageError(error instanceof Error ? error.message : String(error));
    }
  };

export const campaignOf = (invocation: Invocation, verb: string): LoadedCampaign => {
  const [path = ''] = fileNames(invocation, verb, 'one campaign file');
  return loadCampaign(path);
};

export const laboratoryOf = async (loaded: LoadedCampaign): Promise<Laboratory> => {
  const { openLaboratory } = await import('../campaign/laboratory.ts');
  const laboratory = await openLaboratory(loaded, serveAlone);
  const { unsteady, findings } = laboratory.golden;
  if (unsteady !== undefined)
    process.stderr.write(
      `h5sm: ${loaded.path}: two runs without a fault differ, from call ${unsteady.same + 1} on; cases will too, and a replay is not the same trace\n`,
    );
  for (const { property, detail } of findings)
    process.stderr.write(`h5sm: ${loaded.path}: the golden run has it already: ${property}: ${detail}\n`);
  return laboratory;
};

export const jobsFlag = (invocation: Invocation): number => {
  const text = textFlag(invocation, 'jobs') ?? '1';
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new UsageError(`--jobs ${text}: expected how many at once, 1 to 999`);
};

export const shardFlag = (invocation: Invocation): Shard | undefined => {
  const text = textFlag(invocation, 'shard');
  if (text === undefined) return undefined;
  const [, number = '', of = ''] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (shard.number >= 1 && shard.number <= shard.of) return shard;
  throw new UsageError(`--shard ${text}: expected which of how many, from 1: 2/4`);
};

const writeFile = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Into the files that were asked for, and onto stdout; 1 where a case is worse than accepted. */
export const conclude = (invocation: Invocation, report: Report): number => {
  const out = textFlag(invocation, 'out');
  const xml = textFlag(invocation, 'junit');
  if (out !== undefined) {
    writeResults(out, report.summary, report.results);
    writeFile(join(out, 'junit.xml'), junit(report));
    writeFile(join(out, 'index.html'), page(report));
  }
  if (xml !== undefined) writeFile(xml, junit(report));
  if (isOn(invocation, 'json'))
    process.stdout.write(report.results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  else process.stdout.write(reportText(report));
  return report.results.every((result) => isAccepted(report, result)) ? 0 : 1;
};
