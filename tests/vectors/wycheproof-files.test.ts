/** Every file of Wycheproof that lies beside the project is run, or there is a reason why it is not. */

import { describe, expect, it } from 'vitest';
import { environment } from '../support/environment.ts';
import { FOLDER, isPresent, names, PLAN } from './wycheproof-file.ts';

if (!isPresent) console.log(`no Wycheproof vectors: ${FOLDER} does not exist`);

describe('Wycheproof', () => {
  it.runIf(environment.CI !== undefined)('is there in CI', () => expect(isPresent).toBe(true));

  it.runIf(isPresent)('has no file that is passed over in silence, and none is missing', () => {
    const lines = names().map((name) => {
      const entry = PLAN[name];
      if (entry === undefined) return `${name}: unknown; plan it in wycheproof-file.ts`;
      return 'by' in entry
        ? `${name}: run by wycheproof-${entry.by}.test.ts`
        : `${name}: not run, ${entry.not}`;
    });
    console.log(lines.join('\n'));
    expect(names()).toEqual(Object.keys(PLAN).sort());
  });
});
