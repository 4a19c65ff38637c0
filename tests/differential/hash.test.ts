/** Hashes against OpenSSL. */
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { hashOperationInit } from '../../psa-api/generated/psa.ts';
import { hex } from '../support/bytes.ts';
import { openInProcess } from '../support/device.ts';
import { cases, SEED } from '../support/generator.ts';
import { HASHES } from '../support/hashes.ts';
import { must, named } from '../support/status.ts';

const { device, psa } = await openInProcess();
afterAll(() => device.close());

const CASES = 200;

describe(`hashes against OpenSSL, seed ${SEED}`, () => {
  it.each(HASHES)('%s', (name, alg, options) =>
    cases(name, CASES, async (random) => {
      const message = random.bytes(random.length(2000));
      const expected = createHash(...options)
        .update(message)
        .digest();
      expect(hex((await must(psa.hashCompute(alg, message))).hash)).toBe(hex(expected));
      expect(await named(psa.hashCompare(alg, message, expected))).toBe('SUCCESS');

      const operation = hashOperationInit();
      await must(psa.hashSetup(operation, alg));
      const parts = random.split(message);
      const at = random.below(parts.length + 1);
      for (const part of parts.slice(0, at)) await must(psa.hashUpdate(operation, part));
      const clone = hashOperationInit();
      await must(psa.hashClone(operation, clone));
      for (const part of parts.slice(at)) await must(psa.hashUpdate(operation, part));
      expect(hex((await must(psa.hashFinish(operation))).hash)).toBe(hex(expected));
      for (const part of parts.slice(at)) await must(psa.hashUpdate(clone, part));
      expect(await named(psa.hashVerify(clone, expected))).toBe('SUCCESS');
    }),
  );
});
