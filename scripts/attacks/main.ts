/**
 * `npm run attacks [name ...]`: every attack against an emulated device, with its countermeasure off and on. Exit code 1
 * where one does not recover what it should, or a countermeasure does not hold.
 */
import { ATTACKS } from './attacks.ts';
import { type Row, runRow, surprisesOf, tableOf } from './table.ts';

const words = process.argv.slice(2);
const wanted = ATTACKS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)),
);

if (wanted.length === 0) {
  console.error(
    `no attack ${words.join(', ')}; there are\n${ATTACKS.map(({ name }) => `  ${name}`).join('\n')}`,
  );
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  for (const scenario of wanted) {
    process.stderr.write(`${scenario.name} ...\n`);
    rows.push(await runRow(scenario));
  }
  process.stdout.write(tableOf(rows));
  const surprises = rows.flatMap(surprisesOf);
  for (const surprise of surprises) console.error(surprise);
  const stopped = rows.filter(({ closed }) => !closed.recovered).length;
  console.log(
    `${rows.length - surprises.length} of ${rows.length} as expected: ${stopped} stopped by their countermeasure`,
  );
  process.exitCode = surprises.length === 0 ? 0 : 1;
}
