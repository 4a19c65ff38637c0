import { describe, expect, it } from 'vitest';
import { casesOf } from '../../../../emulator/campaign/generators/generate.ts';
import type { Campaign } from '../../../../emulator/campaign/schema.ts';
import { DOCUMENTED } from '../../../../psa-api/documented-statuses.ts';
import { laboratory } from '../../../support/campaigns.ts';

const visits = { 'api.psa_hash_compute.leave': 2, 'storage.write': 3, 'storage.erase': 1, 'rng.draw': 2 };

const faultsOf = (generator: Campaign['generator']): readonly string[] =>
  casesOf({ scenario: { command: ['x'] }, generator }, { visits }).map(({ faults }) => faults.join(' & '));

describe('generators', () => {
  it('exhaustive: each effect at each passing, of documented statuses each error', () => {
    const spec = { points: ['api.*.leave'], effects: ['return(documented)', 'hang'] };
    const faults = faultsOf({ exhaustive: spec });
    const errors = DOCUMENTED.psa_hash_compute.statuses.length - 1;
    expect(faults).toHaveLength(2 * (errors + 1));
    expect(faults).toContain('api.psa_hash_compute.leave:nth=2->return(PSA_ERROR_NOT_SUPPORTED)');
    expect(faults.some((line) => line.includes('PSA_SUCCESS'))).toBe(false);
  });

  it('powerLoss: at every write and erasure', () => {
    expect(faultsOf({ powerLoss: {} })).toEqual([
      'storage.erase:nth=1->power-off',
      'storage.write:nth=1->power-off',
      'storage.write:nth=2->power-off',
      'storage.write:nth=3->power-off',
    ]);
  });

  it('bitSweep: each bit at each passing', () => {
    const faults = faultsOf({ bitSweep: { points: ['rng.draw'], width: 8 } });
    expect(faults).toHaveLength(16);
    expect(faults.at(-1)).toBe('rng.draw:nth=2->flip(7)');
  });

  it('grid: every combination of its ranges', () => {
    const grid = {
      fault: 'rng.draw:nth={n}->{e}',
      ranges: { n: { from: 1, to: 5, step: 2 }, e: ['zero', 'stuck'] },
    };
    expect(faultsOf({ grid })).toEqual([
      'rng.draw:nth=1->zero',
      'rng.draw:nth=1->stuck',
      'rng.draw:nth=3->zero',
      'rng.draw:nth=3->stuck',
      'rng.draw:nth=5->zero',
      'rng.draw:nth=5->stuck',
    ]);
  });

  it('random: the same for the same seed, within what the golden run passed', () => {
    const random = { points: ['rng.draw'], effects: ['flip({256})', 'zero'], seed: 5, count: 200 };
    const faults = faultsOf({ random });
    expect(faults).toEqual(faultsOf({ random }));
    expect(faults).not.toEqual(faultsOf({ random: { ...random, seed: 6 } }));
    expect(faults).toHaveLength(200);
    for (const line of faults) expect(line).toMatch(/^rng\.draw:nth=[12]->(zero|flip\(\d{1,3}\))$/);
  });

  it('pairs: each two of its faults once', () => {
    expect(faultsOf({ pairs: { points: ['rng.draw'], effects: ['zero', 'stuck'] } })).toHaveLength(6);
  });

  it('list: as it is written, and several generators one after the other', () => {
    const faults = faultsOf([{ list: ['a->b', ['c->d', 'e->f']] }, { powerLoss: { effects: ['torn(16)'] } }]);
    expect(faults.slice(0, 3)).toEqual(['a->b', 'c->d & e->f', 'storage.erase:nth=1->torn(16)']);
  });

  it('count what the golden run passes', async () => {
    const { golden, cases } = await laboratory({
      generator: { exhaustive: { points: ['api.psa_aead_*.enter'], effects: ['hang'] } },
    });
    expect(golden.visits).toEqual({ 'api.psa_aead_encrypt.enter': 1, 'api.psa_aead_decrypt.enter': 1 });
    expect(cases).toHaveLength(2);
  });
});
