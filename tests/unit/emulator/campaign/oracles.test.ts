import { describe, expect, it } from 'vitest';
import { outcome } from '../../../support/campaigns.ts';

const findings = async (given: Parameters<typeof outcome>[0], fault: string) =>
  (await outcome(given, fault)).findings.map(({ oracle, property }) => `${oracle} ${property}`);

const only = (...oracles: readonly unknown[]) => ({ oracles });

describe('the oracles of a campaign', () => {
  it('golden-diff: outputs and state', async () => {
    const fault = 'api.psa_hash_compute.leave->flip(0)';
    expect(await findings({ scenario: 'careless', ...only('golden-diff') }, fault)).toEqual([
      'golden-diff output',
    ]);
    expect(await findings({ scenario: 'careless', ...only('statuses') }, fault)).toEqual([]);
  });

  it('golden-diff: the calls of a scenario that reports nothing', async () => {
    const fault = 'api.psa_hash_compute.leave->flip(0)';
    expect(await findings({ scenario: 'crashing', ...only('golden-diff') }, fault)).toEqual([
      'golden-diff output',
    ]);
  });

  it('nonces: one nonce for two messages', async () => {
    const given = { scenario: 'twoNonces', ...only('nonces') };
    expect(await findings(given, 'rng.draw:fn=psa_generate_random->stuck')).toEqual(['nonces nonce-reuse']);
    expect(await findings(given, 'rng.draw:fn=psa_generate_random,nth=1->flip(1)')).toEqual([]);
  });

  it('nonces: one r for two hashes', async () => {
    const given = { scenario: 'twoSignatures', ...only('nonces') };
    expect(await findings(given, 'rng.draw:fn=psa_sign_message->stuck')).toEqual(['nonces nonce-reuse']);
    expect(await findings(given, 'rng.draw:fn=psa_sign_message,nth=1->flip(1)')).toEqual([]);
  });

  it('rng: numbers that come twice, and such that are none', async () => {
    const given = { scenario: 'twoNonces', ...only('rng') };
    expect(await findings(given, 'rng.draw:fn=psa_generate_random->stuck')).toEqual(['rng weak-random']);
    expect(await findings(given, 'rng.draw:fn=psa_generate_random,nth=1->zero')).toEqual(['rng weak-random']);
    expect(await findings(given, 'rng.draw:fn=psa_generate_key->zero')).toEqual(['rng weak-random']);
    expect(await findings(given, 'rng.draw:fn=psa_generate_random,nth=1->flip(1)')).toEqual([]);
  });

  it('secrets: material of a key among what leaves the device', async () => {
    const key = '00112233445566778899aabbccddeeff';
    const given = { scenario: 'randomBesideKey', ...only('secrets') };
    const leak = `api.psa_generate_random.leave:param=output->overwrite(${key})`;
    expect(await findings(given, leak)).toEqual(['secrets key-leak', 'secrets key-leak']);
    expect(await findings(given, 'api.psa_generate_random.leave:param=output->flip(0)')).toEqual([]);
  });

  it('secrets: a key that may not be exported', async () => {
    const given = { scenario: 'exporting', ...only('secrets') };
    expect(await findings(given, 'policy.check->force(true)')).toContain('secrets policy-bypass');
  });

  it('keystore: what was promised is there after a power cycle', async () => {
    const given = { scenario: 'storing', ...only('keystore') };
    expect(await findings(given, 'storage.write:nth=1->power-off')).toEqual([]);
    const lost = { scenario: 'keeping', ...only('keystore') };
    expect(await findings(lost, 'api.psa_import_key.enter->count')).toEqual([]);
    expect(await findings(lost, 'storage.write->drop')).toContain('keystore keystore');
  });

  it('of the user: output and functions of a module', async () => {
    const script = { script: '../fixtures/never.mjs' };
    await expect(outcome({ ...only(script) }, 'op.slot->count')).rejects.toThrow(
      /oracles\.0\.script: .*never\.mjs/,
    );
  });
});
