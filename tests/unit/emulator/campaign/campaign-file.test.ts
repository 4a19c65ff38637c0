import { describe, expect, it } from 'vitest';
import { CampaignError, checkCampaign, loadCampaign } from '../../../../emulator/campaign/campaign-file.ts';
import { campaignFile, laboratory } from '../../../support/campaigns.ts';

const good = {
  scenario: { command: ['./app'] },
  generator: { exhaustive: { points: ['api.*.leave'], effects: ['return(documented)'] } },
};

const complaint = (campaign: unknown): string => {
  try {
    checkCampaign(campaign, 'c.json');
  } catch (error) {
    if (error instanceof CampaignError) return error.message;
    throw error;
  }
  throw new Error('nothing is wrong with it');
};

describe('a campaign file', () => {
  it('is taken as it is written', () => {
    const full = {
      ...good,
      name: 'full',
      seed: 7,
      profile: 'psa-full',
      oracles: ['golden-diff', { stdout: 'ok' }],
      accept: ['masked'],
      budget: { wallMs: 10, virtualMs: 10, events: 10, slowdown: 2 },
    };
    expect(checkCampaign(full, 'c.json')).toBe(full);
  });

  it.each([
    [{ generator: good.generator }, /c\.json: .*"scenario" is missing/],
    [{ ...good, scenario: {} }, /scenario: expected either "command": .* or "module"/],
    [{ ...good, scenario: { command: ['a'], module: 'b' } }, /scenario: expected either/],
    [{ ...good, scenario: { command: [] } }, /scenario\.command: .*/],
    [{ ...good, acept: ['masked'] }, /the file: "acept" .* did you mean accept\?/],
    [{ ...good, accept: ['maskd'] }, /accept\.0: "maskd" is none; did you mean masked\?/],
    [{ ...good, oracles: ['noncs'] }, /oracles\.0: .*"noncs".*/],
    [{ ...good, generator: { exhaustiv: {} } }, /generator: "exhaustiv" .* did you mean exhaustive\?/],
    [{ ...good, generator: {} }, /generator: expected one of exhaustive, .*, got none/],
    [
      { ...good, generator: { list: ['x->y'], powerLoss: {} } },
      /generator: expected one of .*, got list, powerLoss; several generators are a list/,
    ],
    [
      { ...good, generator: { exhaustive: { points: ['a'] } } },
      /generator\.exhaustive: "effects" is missing/,
    ],
    [{ ...good, budget: { events: 0 } }, /budget\.events: .*0/],
    [{ ...good, seed: -1 }, /seed: .*-1/],
  ])('says what is wrong, where, and the mend: %j', (campaign, wanted) => {
    expect(complaint(campaign)).toMatch(wanted);
  });

  it('has to be JSON, and there', () => {
    expect(() => loadCampaign('/nonesuch/c.json')).toThrow(CampaignError);
  });

  it.each([
    [{ scenario: 'nonesuch' }, /exports no function "nonesuch"; it exports .*careful/],
    [
      { generator: { exhaustive: { points: ['api.psa_sign.leave'], effects: ['hang'] } } },
      /passes no api\.psa_sign\.leave|no point/,
    ],
    [{ generator: { list: ['api.psa_sign_hash->hang'] } }, /api\.psa_sign_hash/],
    [{ generator: { grid: { fault: 'rng.draw:nth={n}->zero', ranges: {} } } }, /\{n\} has no range/],
    [{ generator: { powerLoss: {} } }, /writes nothing into storage/],
    [{ scenario: 'careful', negative: true }, /the run with the bad input succeeds/],
    [{ profile: 'nonesuch' }, /nonesuch/],
  ])('is refused where it cannot be carried out: %j', async (given, wanted) => {
    const open = async () => {
      const opened = await laboratory(given);
      for (const { faults, index } of opened.cases) await opened.run(faults, index);
    };
    await expect(open()).rejects.toThrow(wanted);
  });

  it('names the file as the user did', () => {
    const path = campaignFile({});
    expect(loadCampaign(path)).toMatchObject({ path, name: 'campaign' });
  });
});
