/** The pages that follow from the rows are current; `npm run generate` writes them. */
import { expect, it } from 'vitest';
import { openForTest } from '../../support/device.ts';
import { coveragePage, statusPage } from './pages.ts';

it('docs/statuses.md is current', async () => {
  await expect(statusPage()).toMatchFileSnapshot('../../../docs/statuses.md');
});

it('docs/coverage.md is current', async () => {
  const { functions } = (await openForTest()).device.capabilities();
  const implemented = functions.flatMap((f) => (f.implemented ? [f.name] : []));
  await expect(coveragePage(new Set(implemented))).toMatchFileSnapshot('../../../docs/coverage.md');
});
