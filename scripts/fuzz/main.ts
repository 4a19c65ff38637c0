/**
 * `npm run fuzz -- [--frames n] [--seed n] [--profile name]`: says anything to a real emulator, and checks that it lives
 * on, answers each well-formed request once and as the table says, refuses the rest, and forgets those who leave.
 */
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeFinding } from './corpus.ts';
import { type Found, fuzz, type Report } from './run.ts';

const CORPUS = join(dirname(fileURLToPath(import.meta.url)), '../../../tests/fixtures/fuzz');

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    profile: { type: 'string', default: 'psa-full' },
  },
});
const frames = Number(values.frames);
if (!Number.isSafeInteger(frames) || frames < 1) {
  console.error(`--frames ${values.frames}: expected how many, for example --frames 1000000`);
  process.exit(2);
}
const seed = values.seed ?? String(randomInt(2 ** 47));

// The emulator ends with this process, whatever ends it.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const tell = (found: Found, i: number): void => {
  console.error(`\nFOUND ${i + 1}: ${found.message}\n${found.stderr}`);
  if (found.finding === undefined) return;
  mkdirSync(CORPUS, { recursive: true });
  const path = writeFinding(CORPUS, `found-${seed}-${i + 1}`, found.finding);
  const how = found.repeats ? 'repeats alone' : 'does not repeat alone; all that the connection sent';
  console.error(`${found.finding.steps.length} steps, ${how}: ${path}`);
};

const show = (report: Report): void => {
  const { memory, perKind } = report;
  const rate = Math.round(report.frames / report.seconds);
  console.log(`seed ${report.seed}`);
  console.log(
    `${report.frames} frames, ${report.answers} answers, ${report.connections} connections in ${report.seconds.toFixed(1)} s: ${rate} frames/s`,
  );
  console.log(
    Object.entries(perKind)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', '),
  );
  console.log(
    `slowest answer ${Math.round(report.slowest)} ms, to ${report.slowestOf}; ${report.late} late on this machine and not alone`,
  );
  console.log(`memory ${memory.warm} MiB warm, ${memory.end} MiB at the end, ${memory.peak} MiB at most`);
  const never = report.neverSucceeded;
  console.log(`functions that never succeeded: ${never.length === 0 ? 'none' : never.join(', ')}`);
  console.log(report.found.length === 0 ? 'nothing found' : `${report.found.length} found`);
};

console.log(`seed ${seed}, ${frames} frames, profile ${values.profile}`);
const report = await fuzz(frames, {
  seed,
  profile: values.profile,
  progress: (at) => console.log(`${at.frames} frames, ${at.seconds.toFixed(1)} s, ${at.memory} MiB`),
});
show(report);
report.found.forEach(tell);
process.exitCode = report.found.length === 0 ? 0 : 1;
