/**
 * h5sm beside libmbedcrypto 2.28: the same calls in both, from C, with every status and every output compared.
 * docs/differences.md lists what differs, and which clause decides.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../../support/environment.ts';
import { generator } from '../../support/generator.ts';
import { shortName } from '../../support/status.ts';
import { type Comparison, compare, type Difference } from './compare.ts';
import { type Cross, crosses } from './cross.ts';
import { EXPLANATIONS, explain } from './differences.ts';
import { Drivers, missing } from './drivers.ts';
import { EXAMPLES } from './examples.ts';
import { beforeInitScene } from './other-scenes.ts';
import { PLAN } from './plan.ts';
import { Scene } from './script.ts';
import { shrink } from './shrink.ts';
import { Tally } from './tally.ts';

/**
 * One seed for all, unless told otherwise: with another, two errors may meet in one call that have not met before, and
 * a difference in which of them is named first is no mistake in what somebody has just changed.
 */
const SEED = environment.H5SM_TEST_SEED ?? '1';
const LEAST_COMPARED = 20_000;
/** Failures that are shrunk and shown; others follow from the same cause most of the time. */
const SHOWN = 8;

const lacking = missing();
const isRun = lacking === undefined || environment.CI !== undefined;
if (!isRun) console.warn(`h5sm is not compared with libmbedcrypto: missing ${lacking}`);

const drivers = new Drivers();
afterAll(() => drivers.remove());

const sceneOf = (play: (scene: Scene) => void, index: number): Scene => {
  const scene = new Scene(generator(`mbedcrypto/${play.name}/${index}`, SEED));
  scene.call('psa_crypto_init');
  play(scene);
  return scene;
};

const shortened = (line: string): string => (line.length > 600 ? `${line.slice(0, 600)}...` : line);

describe.runIf(isRun)('libmbedcrypto', () => {
  beforeAll(async () => {
    if (lacking !== undefined) throw new Error(`missing ${lacking}`);
    drivers.build();
    await drivers.restart();
  });

  const report = async (
    { at, line, theirs, ours, ...rest }: Difference,
    script: readonly string[],
    fresh: boolean,
  ) => {
    const lines = await shrink(drivers, script, { at, line, theirs, ours, ...rest }, fresh);
    return [
      ...lines.map(shortened),
      `  libmbedcrypto: ${shortName(theirs.status)} ${shortened(theirs.rest)}`,
      `  h5sm:          ${shortName(ours.status)} ${shortened(ours.rest)}`,
    ].join('\n');
  };

  it('answers as we do, but for what is explained', { timeout: 120_000 }, async () => {
    const tally = new Tally();
    const failures = new Map<string, () => Promise<string>>();

    const settle = (script: readonly string[], comparison: Comparison, fresh = false): void => {
      const unexplained = tally.add(comparison);
      for (const difference of unexplained) {
        const { line, theirs, ours } = difference;
        const kind = `${line.name} ${shortName(theirs.status)} ${shortName(ours.status)}`;
        if (!failures.has(kind)) failures.set(kind, () => report(difference, script, fresh));
      }
    };

    const cold = new Scene(generator('mbedcrypto/before-init', SEED));
    beforeInitScene(cold);
    const first = await drivers.run(cold.lines);
    settle(cold.lines, compare(cold.lines, first.theirs, first.ours), true);

    for (const [times, play] of PLAN) {
      const scenes = Array.from({ length: times }, (_, i) => sceneOf(play, i));
      // All at once: the libraries compute on while earlier answers are compared.
      await Promise.all(
        scenes.map(async ({ lines }) => {
          const { theirs, ours } = await drivers.run(lines);
          settle(lines, compare(lines, theirs, ours));
        }),
      );
    }

    console.log(`libmbedcrypto, H5SM_TEST_SEED=${SEED}, ${tally.summary()}`);
    if (failures.size > 0) console.log(tally.table());
    const shown: string[] = [];
    for (const show of [...failures.values()].slice(0, SHOWN)) shown.push(await show());
    const left = failures.size > SHOWN ? `\n\nand ${failures.size - SHOWN} more kinds` : '';
    if (shown.length > 0) throw new Error(`H5SM_TEST_SEED=${SEED}\n\n${shown.join('\n\n')}${left}`);
    expect(tally.compared).toBeGreaterThanOrEqual(LEAST_COMPARED);
  });

  it.each(Object.entries(EXAMPLES))('still differs: %s', async (id, play) => {
    const scene = new Scene(generator('mbedcrypto/example', '1'));
    if (id === 'before-init') await drivers.restart();
    else scene.call('psa_crypto_init');
    play(scene);
    const { lines } = scene;
    const { theirs, ours } = await drivers.run(lines);
    const { differences } = compare(lines, theirs, ours);
    expect(differences.map((difference) => [difference.at, explain(difference)?.id])).toEqual([
      [lines.length - 1, id],
    ]);
  });

  it('takes what we made with random parts, and we take what it made', { timeout: 60_000 }, async () => {
    const init = 'psa_crypto_init';
    const check = async ({ make, take }: Cross): Promise<void> => {
      const made = await drivers.run([init, ...make]);
      for (const answer of [made.theirs.at(-1), made.ours.at(-1)]) {
        const [status, output] = (answer ?? '').split(' ');
        const script = [init, ...take(output?.replace(/^\d+:/, '') ?? '')];
        const where = `H5SM_TEST_SEED=${SEED}\n${[...make, ...script].map(shortened).join('\n')}`;
        expect(status, where).toBe('0');
        const { theirs, ours } = await drivers.run(script);
        expect(ours, where).toEqual(theirs);
        for (const line of theirs) expect(line, where).toMatch(/^0( |$)/);
      }
    };
    await Promise.all(crosses(generator('mbedcrypto/crosses', SEED)).map(check));
  });
});

it('the document has an entry for each difference, and no other', () => {
  const text = readFileSync(new URL('../../../docs/differences.md', import.meta.url), 'utf8');
  const headings = [...text.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
  expect(headings.toSorted()).toEqual(EXPLANATIONS.map(({ id }) => id).toSorted());
});

it('every entry has an example', () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(EXPLANATIONS.map(({ id }) => id).toSorted());
});

it('every entry has an id of its own', () => {
  expect(new Set(EXPLANATIONS.map(({ id }) => id)).size).toBe(EXPLANATIONS.length);
});
