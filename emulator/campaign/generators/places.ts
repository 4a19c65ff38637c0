/** Points and effects as a campaign names them, against what the golden run has passed. */
import { didYouMean } from '../../../psa-api/nearest.ts';
import { statusName } from '../../../psa-api/status.ts';
import { CampaignError } from '../campaign-file.ts';
import { functionOfPoint, type Ground } from '../case.ts';
import { documentedFor } from '../documented.ts';

/** `*` stands for any letters. */
const patternOf = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

/** The points that were passed and that a pattern means, in the order of their names. */
export const matching = (patterns: readonly string[], { visits }: Ground): readonly string[] => {
  const names = Object.keys(visits)
    .filter((name) => (visits[name] ?? 0) > 0)
    .sort();
  const found = patterns.map((pattern) => {
    const expression = patternOf(pattern);
    const those = names.filter((name) => expression.test(name));
    if (those.length === 0)
      throw new CampaignError(
        `points: the golden run passes no ${pattern}${didYouMean(pattern, names) || `; it passes ${names.join(', ') || 'none of those that are named'}`}`,
      );
    return those;
  });
  return [...new Set(found.flat())].sort();
};

const DOCUMENTED = 'return(documented)';

/** `return(documented)` becomes each error that is documented for the function of the point. */
export const effectsAt = (point: string, effects: readonly string[]): readonly string[] =>
  effects.flatMap((effect) => {
    if (effect !== DOCUMENTED) return [effect];
    const name = functionOfPoint(point);
    if (name === undefined)
      throw new CampaignError(
        `effects: ${DOCUMENTED} at ${point}: it is for api.<function>.enter and leave; name a status: return(PSA_ERROR_HARDWARE_FAILURE)`,
      );
    return (documentedFor(name) ?? [])
      .filter((status) => status !== 0)
      .map((status) => `return(${statusName(status)})`);
  });

export const lineOf = (point: string, nth: number, effect: string): string =>
  `${point}:nth=${nth}->${effect}`;
