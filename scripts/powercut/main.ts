/** `npm run powercut`: takes power away at every point of every change of a store, and counts what is left. */
import { fileURLToPath } from 'node:url';
import { check, type Report, record } from './check.ts';
import { GEOMETRY, killProcesses } from './killed.ts';
import { scenarios } from './scenarios.ts';

const total = { points: 0, lost: 0, half: 0 };

const tell = ({ name, points, old, new: now, lost, half, findings }: Report): void => {
  console.log(`${name}: ${points} cut points, ${old} old, ${now} new, ${lost} lost, ${half} half keys`);
  for (const finding of findings) console.error(`  ${finding}`);
  total.points += points;
  total.lost += lost;
  total.half += half;
};

const depth = { perSync: 64, goOnEvery: 1 };
for (const scenario of scenarios(GEOMETRY)) tell(await check(scenario, await record(scenario), depth));
tell(await killProcesses(fileURLToPath(new URL('dying.js', import.meta.url)), 20));
console.log(`${total.points} cut points, ${total.lost} lost, ${total.half} half keys`);
process.exitCode = total.lost + total.half === 0 ? 0 : 1;
