/** Campaigns over the scenarios of tests/fixtures/campaigns. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadCampaign } from '../../emulator/campaign/campaign-file.ts';
import { type Laboratory, openLaboratory } from '../../emulator/campaign/laboratory.ts';
import type { CaseResult } from '../../emulator/campaign/outcome.ts';
import { temporaryFolder } from './folder.ts';

export const SCENARIOS: string = fileURLToPath(new URL('../fixtures/campaigns/sealed.mjs', import.meta.url));

export interface Given {
  readonly scenario?: string;
  readonly negative?: boolean;
  readonly prepare?: string;
  readonly [field: string]: unknown;
}

/** A campaign file in a folder; a list of one harmless fault where no generator is given. */
export const campaignFile = (
  { scenario = 'careful', negative, prepare, ...fields }: Given,
  folder = temporaryFolder(),
): string => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'campaign.json');
  const campaign = {
    profile: 'psa-full',
    scenario: { module: SCENARIOS, export: scenario, negative, prepare },
    generator: { list: ['api.psa_crypto_init.leave->count'] },
    ...fields,
  };
  writeFileSync(path, JSON.stringify(campaign));
  return path;
};

export const laboratory = (given: Given): Promise<Laboratory> =>
  openLaboratory(loadCampaign(campaignFile(given)));

/** What becomes of a run with these faults. */
export const outcome = async (given: Given, ...faults: readonly string[]): Promise<CaseResult> => {
  const opened = await laboratory(given);
  return (await opened.run(faults, 0)).result;
};
