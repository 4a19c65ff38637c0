/** What every attack has to show: the key without a countermeasure, and no key with it. */

import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../scripts/attacks/scenario.ts';

export const bothWays = (scenario: Scenario): void => {
  describe(scenario.name, () => {
    test('recovers the key, and the device takes what it signs', async () => {
      expect(await scenario.run(false)).toMatchObject({ recovered: true });
    });

    test(`does not with ${scenario.countermeasure}`, async () => {
      expect(await scenario.run(true)).toMatchObject({ recovered: false });
    });
  });
};
