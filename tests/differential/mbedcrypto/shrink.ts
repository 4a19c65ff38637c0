/** The fewest lines that still show a difference. */
import { compare, type Difference } from './compare.ts';
import { explain } from './differences.ts';
import type { Drivers } from './drivers.ts';

const isSame = (a: Difference, b: Difference): boolean =>
  explain(a) === explain(b) &&
  a.line.name === b.line.name &&
  a.theirs.status === b.theirs.status &&
  a.ours.status === b.ours.status;

/** `script` shows `difference` at its place; `fresh` for scripts that need libraries nobody has used. */
export const shrink = async (
  drivers: Drivers,
  script: readonly string[],
  difference: Difference,
  fresh = false,
): Promise<readonly string[]> => {
  const shows = async (lines: readonly string[]): Promise<boolean> => {
    if (fresh) await drivers.restart();
    const { theirs, ours } = await drivers.run(lines);
    const found = compare(lines, theirs, ours).differences.find(({ at }) => at === lines.length - 1);
    return found !== undefined && isSame(found, difference);
  };
  let lines = script.slice(0, difference.at + 1);
  // It may depend on what an earlier script left behind; then there is nothing to drop.
  if (!(await shows(lines))) return lines;
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = lines.length - 1 - size; at > -size; at -= size) {
      const from = Math.max(at, 0);
      const fewer = [...lines.slice(0, from), ...lines.slice(at + size)];
      if (fewer.length < lines.length && (await shows(fewer))) lines = fewer;
    }
  }
  return lines;
};
