import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCorpus, replay } from '../../../scripts/fuzz/corpus.ts';
import { Emulator } from '../../../scripts/fuzz/emulator.ts';
import { fuzz } from '../../../scripts/fuzz/run.ts';
import { TIMES } from '../../support/generator.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CORPUS = fileURLToPath(new URL('../../fixtures/fuzz', import.meta.url));

// The fuzzer talks to a process of the built emulator.
beforeAll(() => {
  const { status } = spawnSync(process.execPath, [`${ROOT}/scripts/ready.mjs`], { stdio: 'inherit' });
  expect(status).toBe(0);
});

describe('what the fuzzer has found, or might have', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await Emulator.start('1');
  });
  afterAll(() => emulator.stop());

  test.each(readCorpus(CORPUS))('%s', async (_, finding) => {
    await replay(emulator.socket, finding);
    expect(emulator.died).toBeUndefined();
    expect(emulator.stderr).toBe('');
  });

  test('nothing is left behind', async () => {
    await expect
      .poll(async () => {
        const { operations, keys } = await emulator.status();
        return { operations, volatile: keys.volatile, persistent: keys.persistent };
      })
      .toEqual({ operations: [], volatile: 0, persistent: 0 });
  });
});

const FRAMES = 5000 * TIMES;

test(
  `${FRAMES} frames of a fixed seed find nothing`,
  async () => {
    const { found, frames } = await fuzz(FRAMES, { seed: '1' });
    expect(found).toEqual([]);
    expect(frames).toBeGreaterThanOrEqual(FRAMES);
  },
  300_000 * TIMES,
);
