/** A device of tight limits, but for them as psa-full: a few operations and volatile keys, short identities. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, openForTest } from '../../support/device.ts';
import { temporaryFolder } from '../../support/folder.ts';

export const openSmall = (): Promise<Bench> => {
  const profile = join(temporaryFolder(), 'small.json');
  writeFileSync(
    profile,
    JSON.stringify({ extends: 'psa-full', operations: 8, volatileKeys: 16, pakeIdentity: 16 }),
  );
  return openForTest({ profile });
};
